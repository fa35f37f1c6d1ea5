#include "plugins/sdk/url.h"

#include <doctest/doctest.h>

using namespace draftwatch::plugin;

TEST_CASE("a query parameter is read whole, by its own name, decoded") {
  CHECK(query_value("https://x.example/l?page=2&limit=100", "page") == "2");
  CHECK(query_value("https://x.example/l?page=2&limit=100#f", "limit") == "100");
  CHECK(query_value("https://x.example/l?mypage=7", "page") == "");
  CHECK(query_value("https://x.example/l?q=%D0%BD%D0%B0%D0%BB%D0%BE%D0%B3+x", "q") == "налог x");
  CHECK(query_value("https://x.example/l", "page") == "");
  CHECK(query_value("https://x.example/l?page=%4", "page") == "%4");
}

TEST_CASE("a query parameter is set where it stands, or added") {
  CHECK(with_query("https://x.example/l?page=2&limit=100", "page", "3") == "https://x.example/l?page=3&limit=100");
  CHECK(with_query("https://x.example/l?status=A", "page", "2") == "https://x.example/l?status=A&page=2");
  CHECK(with_query("https://x.example/l", "page", "2") == "https://x.example/l?page=2");
  CHECK(with_query("https://x.example/l?", "page", "2") == "https://x.example/l?page=2");
  CHECK(with_query("https://x.example/l?page=9#top", "page", "2") == "https://x.example/l?page=2");
}
