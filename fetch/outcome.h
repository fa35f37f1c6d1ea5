// From what libcurl and a server said to our causes, and what of an answer is kept as evidence. Pure but for
// certificate_of, which reads a finished handle.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fetch/cause.h"

namespace draftwatch::fetch {

// `said` is libcurl's error text: one code stands for several things there. Never ok.
Cause cause_of(CURLcode code, std::string_view said, bool through_proxy);

// For statuses that are neither a readable page, a redirect nor a 304 that was asked for.
Cause cause_of_status(int status);

// SHA-256 of the server's certificate (DER), in hex; empty without TLS and where a kept connection was used.
std::string certificate_of(CURL* easy);

// Of all headers those that prove what was served and when; names in lower case, values printable and bounded.
std::vector<std::pair<std::string, std::string>> evidence_of(const std::vector<std::pair<std::string, std::string>>& headers);

}  // namespace draftwatch::fetch
