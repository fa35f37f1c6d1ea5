// A way out for complete messages. Fakes in tests remember what they were given.
#pragma once

#include <stop_token>
#include <string>

#include "notify/postbox.h"

namespace draftwatch::notify {

// What is known after trying to hand a message over.
struct Handover {
  enum class Kind {
    accepted,     // the next hop took responsibility
    temporary,    // refused for now, surely not taken
    permanent,    // refused for good
    in_doubt,     // the body went out whole and no complete final reply came: it may have been taken
    unreachable,  // no conversation: the message is not to blame
  };
  Kind kind = Kind::temporary;
  std::string reply;  // "rcpt: 550 5.1.1 ...": the step and the server's words, without addresses and control characters
};

class Channel {
 public:
  virtual ~Channel() = default;
  // `stop` asked: give up what can be given up without loss of knowledge, soon. Never throws for what a server does.
  virtual Handover send(const Envelope& envelope, const std::string& message_id, std::stop_token stop) = 0;
};

// A server's words fit for logs and the database: no control characters, everything with an @ replaced, 200 bytes.
std::string safe_reply(std::string_view words);

}  // namespace draftwatch::notify
