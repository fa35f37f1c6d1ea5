// SMTP by libcurl. One connection is reused for the messages of a pass.
//
// libcurl's exit code says nothing about who refused what (55 for 450 and 550 alike, measured), so the conversation is
// followed here: the last command, every reply line, and whether the last byte of the body was taken. From that:
//   final reply 2xx                        accepted, whatever happened to the connection after it
//   body out whole, no complete reply      in doubt
//   4xx anywhere, 552 mailbox full         temporary
//   5xx to RCPT, MAIL or DATA              permanent
//   5xx to greeting, EHLO, AUTH, STARTTLS  temporary: that is between us and the server, no fault of the message
// TLS is verified and never falls back: "starttls" refuses a server that does not offer it, "none" refuses every
// address that is not loopback. The address guard decides in the moment of connecting. No address, no body and no
// credential is ever logged. Not thread-safe: one channel a thread.
#pragma once

#include <memory>

#include "notify/channel.h"

namespace draftwatch::notify {

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(SmtpOptions options, base::Guard guard, std::string helo_name);
  ~SmtpChannel() override;
  Handover send(const Envelope& envelope, const std::string& message_id, std::stop_token stop) override;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

// The decision table above, apart from libcurl.
struct Conversation {
  enum class Step { connect, greeting, ehlo, starttls, auth, mail, rcpt, data, body, final };
  Step step = Step::connect;
  bool body_taken = false;  // the last byte was handed over
  int final_reply = 0;      // the complete reply after the body; 0: none
  int reply = 0;            // the last complete reply before the body
  std::string words;        // of the reply that counts
};
Handover judge(const Conversation& conversation, bool succeeded, const std::string& failure);

}  // namespace draftwatch::notify
