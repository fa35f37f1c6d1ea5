#include "fetch/header.h"

#include <doctest/doctest.h>

#include <string>

#include "fetch/fetcher.h"
#include "fetch/url.h"

using namespace draftwatch;
using namespace draftwatch::fetch;
using base::Seconds;

namespace {
const base::Instant kNow = *base::parse_rfc3339("2026-11-22T12:00:00Z");
}

TEST_CASE("strangers' text is printed without doing anything") {
  CHECK(printable("plain, Законопроект, Әкү") == "plain, Законопроект, Әкү");
  CHECK(printable("\x1b[2Jpwn\x07\r\n") == "\\x1b[2Jpwn\\x07\\x0d\\x0a");
  CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(printable("a\xe2\x80\xae"
                  "fdp.exe") == "a\\xe2\\x80\\xaefdp.exe");  // U+202E turns the letters round
  CHECK(printable("\xc2\x9b"
                  "2J") == "\\xc2\\x9b2J");  // C1: CSI in one character
  CHECK(printable("\xc0\xaf\xed\xa0\x80\xf5\xff") == "\\xc0\\xaf\\xed\\xa0\\x80\\xf5\\xff");
  CHECK(printable(std::string(5000, 'a'), 10) == "aaaaaaaaaa...");
}

TEST_CASE("dates of HTTP are read in their three forms") {
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    CAPTURE(text);
    REQUIRE(parse_http_date(text, kNow));
    CHECK(base::to_rfc3339(*parse_http_date(text, kNow)) == "1994-11-06T08:49:37Z");
  }
  CHECK(base::to_rfc3339(*parse_http_date("Friday, 06-Nov-26 08:49:37 GMT", kNow)) == "2026-11-06T08:49:37Z");
  for (const char* text : {"", "0", "-1", "Mon, 32 Nov 2026 08:49:37 GMT", "Mon, 30 Feb 2026 08:49:37 GMT", "Mon, 06 Foo 9999 99:99:99 +9999",
                           "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 06 Nov 194 08:49:37 GMT", "Sun, 06 Nov 1969 08:49:37 GMT", "2026-11-22T12:00:00Z",
                           "a b c d e f g h i j"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_http_date(text, kNow));
  }
}

TEST_CASE("the wish to be left alone is read, bounded, or ignored") {
  CHECK(parse_retry_after("120", kNow) == Seconds{120});
  CHECK(parse_retry_after(" Sun, 22 Nov 2026 12:10:00 GMT ", kNow) == Seconds{600});
  for (const char* text : {"31536000", "99999999999999999999999", "Sun, 22 Nov 2099 12:10:00 GMT"})
    CHECK(parse_retry_after(text, kNow) == kLongestRetryAfter);
  for (const char* text : {"", "-5", "0", "soon", "1.5", "Sun, 22 Nov 2020 12:10:00 GMT"}) CHECK_FALSE(parse_retry_after(text, kNow));
}

TEST_CASE("freshness is Cache-Control's, else that of Expires") {
  CHECK(parse_max_age("public, max-age=600", "", "", kNow) == Seconds{600});
  CHECK(parse_max_age("max-age=\"60\"", "", "", kNow) == Seconds{60});
  CHECK(parse_max_age("max-age=600, no-cache", "", "", kNow) == Seconds{0});
  CHECK(parse_max_age("NO-STORE", "", "", kNow) == Seconds{0});
  CHECK(parse_max_age("max-age=99999999999999999999", "", "", kNow) == Seconds{365 * 86'400});
  CHECK(parse_max_age("max-age=5", "Sun, 22 Nov 2026 13:00:00 GMT", "", kNow) == Seconds{5});
  CHECK(parse_max_age("", "Sun, 22 Nov 2026 13:00:00 GMT", "Sun, 22 Nov 2026 12:30:00 GMT", kNow) == Seconds{1800});
  CHECK(parse_max_age("", "Sun, 22 Nov 2026 13:00:00 GMT", "", kNow) == Seconds{3600});
  CHECK(parse_max_age("", "0", "", kNow) == Seconds{0});
  CHECK_FALSE(parse_max_age("public, max-age=-3, max-age=x", "", "", kNow));
  CHECK_FALSE(parse_max_age("", "", "", kNow));
}

TEST_CASE("only validators that can be sent back are kept") {
  for (const char* tag : {"\"abc\"", "W/\"abc\"", "abc-gzip", "\"\xd0\xb7\""}) CHECK(usable_etag(tag) == tag);
  for (const char* tag : {"", "\"\"", "\"a\tb\"", "\"a\r\nb\"", "\"\x1b]0;pwn\x07\"", "\"a\", \"b\"", "a b", "\"a\"b\""})
    CHECK(usable_etag(tag).empty());
  CHECK(usable_etag("\"" + std::string(2000, 'a') + "\"").empty());
  CHECK(usable_last_modified("Sun, 22 Nov 2026 10:00:00 GMT", kNow) == "Sun, 22 Nov 2026 10:00:00 GMT");
  CHECK(usable_last_modified("\x1b[2J\x1b[31mpwn", kNow).empty());
  CHECK(usable_last_modified("Su\rn, 22 Nov 2026 10:00:00 GMT", kNow).empty());  // found by fuzzing
  CHECK(media_type(" Text/HTML ; charset=utf-8") == "text/html");
}

TEST_CASE("addresses are normalised, or refused with the reason") {
  CHECK(parse_url("HTTP://Portal.Example:80/a b?\xd0\xb7#x")->text == "http://portal.example:80/a%20b?%d0%b7");
  CHECK(parse_url("https://portal.example")->port == 443);
  CHECK(parse_url("http://2130706433/")->host == "127.0.0.1");
  CHECK(parse_url("http://[::1]:81/")->host == "::1");
  for (const char* text :
       {"", "//a/", "ftp://a/", "file:///x", "http:///x", "http://u@a/", "http://a:99999/", "http://a\\b/", "javascript:x", "http://a/\x01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
  }
}

TEST_CASE("redirects are resolved against where they stand, and never from https to http") {
  const Url from = *parse_url("https://a.example/x/y?z");
  CHECK(resolve(from, "../q")->text == "https://a.example/q");
  CHECK(resolve(from, "?k=1")->text == "https://a.example/x/y?k=1");
  CHECK(resolve(from, "//b.example/")->text == "https://b.example/");
  CHECK(resolve(from, "https://b.example/#f")->text == "https://b.example/");
  for (const char* to : {"", "http://a.example/", "HTTP://a.example/", "javascript:alert(1)", "data:text/html,x", "http://gov.example\\@127.0.0.1/",
                         "https://gov.example@127.0.0.1/", "gopher://a/"}) {
    CAPTURE(to);
    CHECK_FALSE(resolve(from, to));
  }
  CHECK(resolve(*parse_url("http://a.example/"), "https://a.example/"));
}
