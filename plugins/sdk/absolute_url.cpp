// RFC 3986 section 5.2, and the tidying that real links need first.
#include "plugins/sdk/html.h"

namespace draftwatch::plugin {
namespace {

struct Parts {
  std::string scheme, authority, path, query, fragment;
  bool has_authority = false, has_query = false, has_fragment = false;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_scheme_letter(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }

Parts split(std::string_view url) {
  Parts parts;
  if (const auto colon = url.find(':'); colon != std::string_view::npos && colon > 0 && is_letter(url[0])) {
    bool scheme = true;
    for (const char c : url.substr(0, colon)) scheme = scheme && is_scheme_letter(c);
    if (scheme) {
      for (const char c : url.substr(0, colon)) parts.scheme += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
      url.remove_prefix(colon + 1);
    }
  }
  if (const auto hash = url.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const auto mark = url.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  if (url.starts_with("//")) {
    parts.has_authority = true;
    const auto end = url.find('/', 2);
    parts.authority = url.substr(2, end == std::string_view::npos ? end : end - 2);
    url = end == std::string_view::npos ? std::string_view{} : url.substr(end);
  }
  parts.path = url;
  return parts;
}

std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool rooted = path.starts_with('/');
  bool folder = false;
  std::size_t at = rooted ? 1 : 0;
  while (at <= path.size()) {
    const auto slash = std::min(path.find('/', at), path.size());
    const auto segment = path.substr(at, slash - at);
    folder = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!folder) kept.push_back(segment);
    at = slash + 1;
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) out += (i > 0 ? "/" : "") + std::string(kept[i]);
  if (folder && !out.ends_with('/')) out += '/';
  return out;
}

// Bytes that may not stand in an address are percent-encoded; what is encoded already stays as it is.
std::string encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos) {
      out += c;
    } else if (byte == '\\') {
      out += '/';  // as browsers read it
    } else if (byte != '\t' && byte != '\n' && byte != '\r') {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string join(const Parts& parts) {
  std::string out = parts.scheme + ":";
  if (parts.has_authority) out += "//" + parts.authority;  // not encoded: the fetcher knows host names
  out += encoded(parts.path);
  if (parts.has_query) out += "?" + encoded(parts.query);
  if (parts.has_fragment) out += "#" + encoded(parts.fragment);
  return out;
}

}  // namespace

std::string absolute_url(std::string_view base_url, std::string_view reference) {
  const Parts base = split(trimmed(base_url));
  if (base.scheme.empty() || !base.has_authority) throw Mismatch("'" + std::string(base_url) + "' is no absolute address to resolve links against");
  Parts link = split(trimmed(reference));
  if (!link.scheme.empty()) {
    if (link.has_authority) link.path = without_dots(link.path.empty() ? "/" : link.path);
    return join(link);
  }
  link.scheme = base.scheme;
  if (!link.has_authority) {
    link.has_authority = true;
    link.authority = base.authority;
    if (link.path.empty()) {
      link.path = base.path;
      if (!link.has_query) link.has_query = base.has_query, link.query = base.query;
    } else if (!link.path.starts_with('/')) {
      const auto slash = base.path.rfind('/');
      link.path = (slash == std::string::npos ? "/" : base.path.substr(0, slash + 1)) + link.path;
    }
  }
  link.path = link.path.empty() ? "/" : without_dots(link.path);
  return join(link);
}

}  // namespace draftwatch::plugin
