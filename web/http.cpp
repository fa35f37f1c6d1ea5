#include "web/http.h"

#include <cstdint>

namespace draftwatch::web {
namespace {

int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

// Structure only: no overlong forms, no surrogates, nothing over U+10FFFF.
bool valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
    if (more < 0 || i + static_cast<std::size_t>(more) >= text.size() + (more == 0 ? 1 : 0)) return false;
    std::uint32_t code = more == 0 ? lead : lead & (0x3f >> more);
    for (int k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
      if ((next & 0xc0) != 0x80) return false;
      code = (code << 6) | (next & 0x3f);
    }
    if ((more == 2 && code < 0x800) || (more == 3 && code < 0x10000) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    i += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex(text[i + 1]), low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (out.find('\0') != out.npos || !valid_utf8(out)) return std::nullopt;
  return out;
}

std::string_view first(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() || found->second.empty() ? std::string_view{} : std::string_view(found->second.front());
}

}  // namespace

std::string_view Request::query_value(std::string_view name) const { return first(query, name); }
std::string_view Request::form_value(std::string_view name) const { return first(form, name); }

std::optional<Fields> parse_fields(std::string_view encoded) {
  constexpr int kMostFields = 200;
  Fields fields;
  int count = 0;
  while (!encoded.empty()) {
    const std::size_t end = encoded.find('&');
    const std::string_view pair = encoded.substr(0, end);
    encoded = end == encoded.npos ? std::string_view{} : encoded.substr(end + 1);
    if (pair.empty()) continue;
    if (++count > kMostFields) return std::nullopt;
    const std::size_t equals = pair.find('=');
    const auto name = decoded(pair.substr(0, equals), true);
    const auto value = equals == pair.npos ? std::optional<std::string>("") : decoded(pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    fields[*name].push_back(*value);
  }
  return fields;
}

std::optional<Target> parse_target(std::string_view target) {
  constexpr std::size_t kLongest = 4096;
  if (target.empty() || target.front() != '/' || target.size() > kLongest) return std::nullopt;
  const std::size_t mark = target.find('?');
  const auto path = decoded(target.substr(0, mark), false);
  const auto query = mark == target.npos ? std::optional<Fields>(Fields{}) : parse_fields(target.substr(mark + 1));
  if (!path || !query) return std::nullopt;
  return Target{*path, *query};
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

}  // namespace draftwatch::web
