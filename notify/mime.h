// A mail as bytes (RFC 5322, MIME by GMime): CRLF lines of at most 998 bytes, ASCII only, multipart/alternative with a
// complete plain text first. The same letter gives the same bytes. Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "notify/options.h"

namespace draftwatch::notify {

struct Letter {
  std::string from, from_name, to, to_name;
  std::string subject, text, html;
  std::string message_id;   // without angle brackets
  std::string in_reply_to;  // the first mail of the thread; empty: this is the first or there is no thread
  std::string language;
  std::string list_id;                            // "alerts.example.org"; empty for mail to the operator
  std::string unsubscribe_url, unsubscribe_mail;  // one-click is offered where the URL is https
  base::Instant date;
};

// Failure::invalid where an address would break the header.
base::Result<std::string> to_mime(const Letter& letter);

// "example.org" of "draftwatch@example.org": the right side of Message-IDs and the name given to mail servers.
std::string domain_of(const std::string& address);

}  // namespace draftwatch::notify
