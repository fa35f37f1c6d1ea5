#include "fetch/ending.h"

#include <algorithm>
#include <string>

#include "fetch/header.h"

namespace draftwatch::fetch {
namespace {

constexpr std::size_t kLook = 1024;

// The last part in lower case, without NUL bytes (so that UTF-16 reads like ASCII) and white space at its end.
std::string tail_of(std::string_view body) {
  std::string tail = lower_ascii(body.substr(body.size() - std::min(body.size(), kLook)));
  std::erase(tail, '\0');
  const std::size_t last = tail.find_last_not_of(" \t\r\n");
  tail.resize(last == tail.npos ? 0 : last + 1);
  return tail;
}

Ending json_ending(std::string_view body, std::string_view tail) {
  const std::string_view first = body.substr(0, std::min(body.size(), kLook));
  const std::size_t start = first.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (start == first.npos || tail.empty()) return Ending::unknown;
  if (first[start] == '{') return tail.back() == '}' ? Ending::seen : Ending::cut;
  if (first[start] == '[') return tail.back() == ']' ? Ending::seen : Ending::cut;
  return Ending::unknown;
}

}  // namespace

Ending ending(std::string_view content_type, std::string_view body) {
  const std::string type = media_type(content_type);
  const std::string tail = tail_of(body);
  const auto judged = [](bool seen) { return seen ? Ending::seen : Ending::cut; };
  if (type == "application/json" || type.ends_with("+json")) return json_ending(body, tail);
  if (type == "text/html" || type == "application/xhtml+xml") return judged(tail.find("</html") != tail.npos || tail.find("</body") != tail.npos);
  if (type == "application/xml" || type == "text/xml" || type.ends_with("+xml")) return judged(tail.ends_with('>'));
  if (type == "application/pdf" && body.starts_with("%PDF-")) return judged(tail.find("%%eof") != tail.npos);
  return Ending::unknown;
}

}  // namespace draftwatch::fetch
