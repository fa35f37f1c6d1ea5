// One .eml a message in a folder. The name is made of the Message-ID, so sending twice leaves one file, and the file is
// there whole or not at all. The embedded default: a developer, an exercise and the demo read mails without a server.
#pragma once

#include <filesystem>

#include "notify/channel.h"

namespace draftwatch::notify {

class FileChannel final : public Channel {
 public:
  explicit FileChannel(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Handover send(const Envelope& envelope, const std::string& message_id, std::stop_token stop) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace draftwatch::notify
