// What the operator chose for mails and alerts. Filled by the daemon from the configuration; plain values.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/address.h"
#include "base/clock.h"

namespace draftwatch::notify {

struct SmtpOptions {
  std::string host;
  int port = 587;
  std::string security = "starttls";  // starttls | tls | none; none only towards an address that Options::guard lists
  std::string user, password;         // empty: no authentication
  std::string ca_file;                // empty: the system's
  base::Seconds reply_timeout{300};   // for each reply; the final one may take long (RFC 5321 4.5.3.2)
  base::Seconds total_timeout{900};
};

struct Options {
  std::string base_url = "http://127.0.0.1:8080";  // every link begins with it
  std::string from = "draftwatch@localhost", from_name = "draftwatch";
  std::string operator_address;  // empty: nobody is told by mail
  std::string unsubscribe;       // a mailbox for List-Unsubscribe by mail; empty: only the link
  std::string channel = "file";  // file | smtp
  std::filesystem::path mail_dir = "mail";
  SmtpOptions smtp;
  base::Guard guard;  // whom the smtp channel may connect to

  int digest_hour = 8;                                                       // in the subscriber's zone
  int erase_days = 28;                                                       // after unsubscribing
  int keep_days = 7;                                                         // bytes of messages that ended
  int pending_days = 7;                                                      // an unconfirmed request
  base::Seconds first_retry{300}, longest_retry{4000}, lifetime{5 * 86400};  // as Postfix: minimal and maximal back-off, queue lifetime
  base::Seconds outage_grace{3 * 3600};                                      // before subscribers are told that a source is unreadable
  base::Seconds alive_every{7 * 86400};
  int merge_above = 5;  // more drafts than this for one subscriber in one pass make one mail
};

}  // namespace draftwatch::notify
