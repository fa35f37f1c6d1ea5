#include "notify/file_channel.h"

#include "base/file.h"
#include "base/owner.h"

namespace draftwatch::notify {

Handover FileChannel::send(const Envelope& envelope, const std::string& message_id, std::stop_token) {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) return {Handover::Kind::unreachable, "file: cannot create the mail folder: " + failed.message()};
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);  // mails hold addresses and tokens
  std::string name = message_id.substr(0, message_id.find('@'));
  for (char& letter : name)
    if (letter == '/' || letter == '.' || static_cast<unsigned char>(letter) < ' ') letter = '_';
  const auto written = base::write_file(folder_ / (name + ".eml"), envelope.bytes, 0600);
  if (!written) return {Handover::Kind::unreachable, "file: the mail could not be written"};
  base::belong_to_folder(folder_);
  base::belong_to_folder(folder_ / (name + ".eml"));
  return {Handover::Kind::accepted, "file: written"};
}

}  // namespace draftwatch::notify
