#include <boost/json/object.hpp>
#include <cstdio>

#include "base/json.h"
#include "world.h"

namespace draftwatch::notify {

std::map<std::string, std::string> read_by_python(const std::string& bytes) {
  static int count = 0;
  const auto file = std::filesystem::temp_directory_path() / ("notify_mail_" + std::to_string(::getpid()) + "_" + std::to_string(++count));
  std::ofstream(file, std::ios::binary) << bytes;
  const std::string command = std::string("python3 ") + DRAFTWATCH_SOURCE_DIR + "/tests/notify/read_mail.py " + file.string();
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, pipe)) > 0;) out.append(block, got);
  REQUIRE_MESSAGE(::pclose(pipe) == 0, out);
  std::filesystem::remove(file);
  const auto value = base::parse_json(out);
  REQUIRE(value.ok());
  std::map<std::string, std::string> mail;
  for (const auto& [name, text] : value->as_object()) mail.emplace(std::string(name), std::string(text.as_string()));
  return mail;
}

}  // namespace draftwatch::notify
