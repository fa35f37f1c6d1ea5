#include "fetch/url.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "fetch/header.h"

namespace draftwatch::fetch {
namespace {

struct Freed {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};
using Handle = std::unique_ptr<CURLU, Freed>;

base::Error bad(std::string_view what, std::string_view text) { return base::invalid(fmt::format("{}: {}", what, printable(text, 200))); }

// A scheme in front ("javascript:..."), or empty for a relative reference.
std::string_view scheme_of(std::string_view text) {
  const std::size_t end = text.find_first_of(":/?#");
  return end == text.npos || text[end] != ':' ? std::string_view{} : text.substr(0, end);
}

bool same_word(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x - 'A' + 'a' : x) == y; });
}

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* raw = nullptr;
  if (curl_url_get(url, which, &raw, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, Freed> text(raw);
  return text.get();
}

// `handle` holds the base of a relative reference, or nothing.
base::Result<Url> read(CURLU* handle, std::string_view text) {
  if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return bad("control character in the address", text);
  if (text.substr(0, text.find_first_of("?#")).find('\\') != text.npos) return bad("backslash in the address", text);
  const std::string_view scheme = scheme_of(text);
  if (!scheme.empty() && !same_word(scheme, "http") && !same_word(scheme, "https")) return bad("only http and https are followed", text);
  // curl would forgive "http:/host" and "http:///host"; browsers and it disagree about what they mean.
  const std::string_view after = scheme.empty() ? text : text.substr(scheme.size() + 1);
  if ((!scheme.empty() && !after.starts_with("//")) || after.starts_with("///")) return bad("no host in the address", text);
  const CURLUcode code = curl_url_set(handle, CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE | CURLU_DISALLOW_USER | CURLU_ALLOW_SPACE);
  if (code == CURLUE_USER_NOT_ALLOWED) return bad("user name in the address", text);
  if (code != CURLUE_OK) return bad(curl_url_strerror(code), text);
  curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0);

  const std::string host = lower_ascii(part(handle, CURLUPART_HOST));
  curl_url_set(handle, CURLUPART_HOST, host.c_str(), 0);
  Url url{part(handle, CURLUPART_URL), part(handle, CURLUPART_SCHEME), host, 0};
  if (url.host.starts_with('[') && url.host.ends_with(']')) url.host = url.host.substr(1, url.host.size() - 2);
  const std::string port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  if (url.text.empty() || url.host.empty() || url.port == 0) return bad("no host in the address", text);
  return url;
}

}  // namespace

base::Result<Url> parse_url(std::string_view text) {
  if (scheme_of(text).empty()) return bad("not an http or https address", text);
  const Handle handle(curl_url());
  return read(handle.get(), text);
}

base::Result<Url> resolve(const Url& from, std::string_view location) {
  if (location.empty()) return base::invalid("redirect without a target");
  const Handle handle(curl_url());
  if (curl_url_set(handle.get(), CURLUPART_URL, from.text.c_str(), 0) != CURLUE_OK) return bad("redirect from an unreadable address", from.text);
  auto target = read(handle.get(), location);
  if (target && from.secure() && !target->secure()) return bad("redirect from https to http", target->text);
  return target;
}

}  // namespace draftwatch::fetch
