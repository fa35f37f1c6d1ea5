// One request and one response as plain values: what pages see of HTTP. No sockets, no Beast.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace draftwatch::web {

using Fields = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Request {
  std::string method;           // "GET", "POST", "HEAD"
  std::string path;             // decoded, starts with "/"
  Fields query;                 // decoded
  Fields form;                  // of an application/x-www-form-urlencoded body, decoded
  std::string cookie_language;  // the only cookie we set or read
  std::string accept_language;
  std::string origin;      // Origin header, empty where none
  std::string fetch_site;  // Sec-Fetch-Site header, empty where none: plain http and old browsers do not send it
  std::string if_none_match;

  std::string_view query_value(std::string_view name) const;  // the first; empty where none
  std::string_view form_value(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  bool personal = false;  // tokens or choices of one person: never stored by anybody
  std::vector<std::pair<std::string, std::string>> headers;
};

// Percent- and plus-decoding of `a=b&c=d`. Bad escapes, NUL, invalid UTF-8 or more than 200 fields: empty, which a
// page answers with 400.
std::optional<Fields> parse_fields(std::string_view encoded);

// A target such as "/d/kg.kenesh/6-502%2F24?lang=ru" into path and query. Empty: not acceptable (400).
struct Target {
  std::string path;
  Fields query;
};
std::optional<Target> parse_target(std::string_view target);

// For the path and query of links.
std::string percent_encoded(std::string_view text);

}  // namespace draftwatch::web
