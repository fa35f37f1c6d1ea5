// Values of HTTP headers, and text of strangers made safe to print. All functions are pure, bounded by their input and
// never fail loudly: what is malformed is as if it were missing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace draftwatch::fetch {

// UTF-8 without control characters (C0, C1, DEL), bidirectional controls and broken sequences: those become \xNN.
// At most about `most` bytes, then "...". For logs, terminals, detail texts and stored evidence headers.
std::string printable(std::string_view text, std::size_t most = 1000);

// The three forms of RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
// "Sun Nov  6 08:49:37 1994". Years 1970 to 9999; a two-digit year is the one nearest to now.
std::optional<base::Instant> parse_http_date(std::string_view text, base::Instant now);

// Retry-After: seconds or a date. Negative, zero, past or garbage: empty. Capped at kLongestRetryAfter.
std::optional<base::Seconds> parse_retry_after(std::string_view text, base::Instant now);

// How long the answer stays fresh: Cache-Control max-age (no-store and no-cache: 0), else Expires minus Date (or now).
// Empty where nothing is said. Capped at a year.
std::optional<base::Seconds> parse_max_age(std::string_view cache_control, std::string_view expires, std::string_view date, base::Instant now);

// The value unchanged when it may be sent back (RFC 9110, 8.8.3: no control characters, quoted; at most 1,000 bytes;
// unquoted ones are in use and accepted when they have no space or quote), else empty.
std::string usable_etag(std::string_view value);

// The value unchanged when it is a date, else empty.
std::string usable_last_modified(std::string_view value, base::Instant now);

// "text/html" of "Text/HTML; charset=utf-8": lower case, without parameters.
std::string media_type(std::string_view content_type);

std::string_view trimmed(std::string_view text);  // spaces and tabs at both ends
std::string lower_ascii(std::string_view text);

}  // namespace draftwatch::fetch
