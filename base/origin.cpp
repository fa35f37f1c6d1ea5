#include "base/origin.h"

#include <algorithm>

namespace draftwatch::base {

std::string origin_of(std::string_view url) {
  const bool safe = std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\'; });
  if (!safe || url.size() > 4000) return {};
  std::string_view rest = url, own_port;
  if (url.starts_with("https://")) {
    rest.remove_prefix(8);
    own_port = ":443";
  } else if (url.starts_with("http://")) {
    rest.remove_prefix(7);
    own_port = ":80";
  } else {
    return {};
  }
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.empty() || rest.find('@') != std::string_view::npos) return {};
  if (rest.ends_with(own_port)) rest.remove_suffix(own_port.size());
  std::string out(rest);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool inside(std::string_view url, const std::vector<std::string>& origins) {
  const std::string origin = origin_of(url);
  return !origin.empty() && std::find(origins.begin(), origins.end(), origin) != origins.end();
}

}  // namespace draftwatch::base
