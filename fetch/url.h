// The form of addresses that we request. libcurl's own parser reads them, here and when connecting: two parsers that
// disagree about a host are how guards are fooled.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::fetch {

struct Url {
  std::string text;  // normalised, without fragment; what is handed to libcurl
  std::string scheme;
  std::string host;  // lower case, IPv6 without brackets, IPv4 literals in dotted form
  std::uint16_t port = 0;

  bool secure() const { return scheme == "https"; }
  std::string site() const { return host + ":" + std::to_string(port); }  // the unit of pace and of concurrency
};

// http and https only; no user name, no control characters, no backslash, a host that is not empty. Bytes beyond ASCII
// and spaces are percent-encoded. Failure::invalid says what is wrong and escapes what it quotes.
base::Result<Url> parse_url(std::string_view text);

// The target of a redirect, relative to where it was found. The same rules; an empty target and a step from https to
// http are Failure::invalid as well.
base::Result<Url> resolve(const Url& from, std::string_view location);

}  // namespace draftwatch::fetch
