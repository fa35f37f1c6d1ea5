#include "plugins/sdk/url.h"

#include <algorithm>

namespace draftwatch::plugin {
namespace {

struct Span {
  std::size_t from = std::string_view::npos, size = 0;  // of the value
};

Span find_value(std::string_view url, std::string_view name) {
  const std::size_t question = url.find('?');
  if (question == url.npos) return {};
  const std::size_t end = std::min(url.find('#'), url.size());
  for (std::size_t at = question + 1; at < end;) {
    const std::size_t stop = std::min(url.find('&', at), end);
    const std::string_view pair = url.substr(at, stop - at);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return {at + name.size() + 1, pair.size() - name.size() - 1};
    at = stop + 1;
  }
  return {};
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string query_value(std::string_view url, std::string_view name) {
  const Span span = find_value(url, name);
  if (span.from == url.npos) return {};
  const std::string_view raw = url.substr(span.from, span.size);
  std::string out;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const bool coded = raw[at] == '%' && at + 2 < raw.size() && hex_digit(raw[at + 1]) >= 0 && hex_digit(raw[at + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(hex_digit(raw[at + 1]) * 16 + hex_digit(raw[at + 2]));
      at += 2;
    } else {
      out += raw[at] == '+' ? ' ' : raw[at];
    }
  }
  return out;
}

std::string with_query(std::string_view url, std::string_view name, std::string_view value) {
  std::string out(url.substr(0, url.find('#')));
  const Span span = find_value(out, name);
  if (span.from != std::string_view::npos) return out.replace(span.from, span.size, value);
  out += out.find('?') == out.npos ? '?' : out.ends_with('?') || out.ends_with('&') ? '\0' : '&';
  if (out.back() == '\0') out.pop_back();
  return out.append(name).append("=").append(value);
}

}  // namespace draftwatch::plugin
