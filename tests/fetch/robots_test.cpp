#include "fetch/robots.h"

#include <doctest/doctest.h>

#include <ctime>

using namespace draftwatch::fetch;
using draftwatch::base::Seconds;

namespace {
bool allowed(std::string_view rules, std::string_view target, std::string_view product = "draftwatch") {
  return Robots::parse(rules, product).allows(target);
}
}  // namespace

TEST_CASE("the longest match decides and allow wins a tie (RFC 9309, 2.2.2 and 5.2)") {
  constexpr std::string_view kRules = "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
  CHECK(allowed(kRules, "https://a.example/example/page/x", "foobot"));
  CHECK_FALSE(allowed(kRules, "https://a.example/example/page/disallowed.gif", "foobot"));
  CHECK(allowed(kRules, "/example/page/disallowed.gif", "barbot"));
  CHECK(allowed("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
  CHECK(allowed("User-agent: *\nAllow: /page\nDisallow: /page\n", "/page"));
  CHECK_FALSE(allowed("User-agent: *\nAllow: /p\nDisallow: /page\n", "/page/1"));
}

TEST_CASE("the groups of the RFC's simple example apply to whom they name (RFC 9309, 5.1)") {
  constexpr std::string_view kRules =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";
  CHECK_FALSE(allowed(kRules, "/a/b.gif"));
  CHECK(allowed(kRules, "/a/b.gif?x"));
  CHECK_FALSE(allowed(kRules, "/example/"));
  CHECK(allowed(kRules, "/publications/"));
  CHECK(allowed(kRules, "/example/page.html", "FooBot"));
  CHECK_FALSE(allowed(kRules, "/publications/", "foobot"));
  CHECK_FALSE(allowed(kRules, "/example/page.html", "barbot"));
  CHECK_FALSE(allowed(kRules, "/example/page.html", "bazbot"));
  CHECK(allowed(kRules, "/example/other", "bazbot"));
  CHECK(allowed(kRules, "/example/", "quxbot"));  // its own, empty group: no rules
}

TEST_CASE("two groups of one name are one group, and a group starts anew after rules") {
  constexpr std::string_view kRules = "user-agent: a\ndisallow: /c\nuser-agent: b\ndisallow: /d\nuser-agent: a\ndisallow: /e\n";
  CHECK_FALSE(allowed(kRules, "/c", "a"));
  CHECK_FALSE(allowed(kRules, "/e", "a"));
  CHECK(allowed(kRules, "/d", "a"));
  CHECK(allowed(kRules, "/c", "b"));
}

TEST_CASE("other lines neither count nor end a group") {
  CHECK_FALSE(allowed("Sitemap: https://a/s.xml\nUser-agent: draftwatch\nSitemap: x\nHost: y\nDisallow: /a # why\n", "/a"));
  CHECK(allowed("Disallow: /\nUser-agent: *\nDisallow:\n", "/a"));
  CHECK_FALSE(allowed("\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\r\n", "/a"));
  CHECK_FALSE(allowed("User-agent: *\rDisallow: /a\r", "/a"));
  CHECK_FALSE(allowed("USER-AGENT : DraftWatch/2.0 (x)\ndisALLOW : /a", "/a"));
  CHECK(allowed("User-agent: draft\nDisallow: /a", "/a"));
}

TEST_CASE("stars and the end mark match as the RFC says") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /npa/view*\n", "/npa/view?id=15912271"));
  CHECK(allowed("User-agent: *\nDisallow: /npa/view*\n", "/list"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*.php$\n", "/a/b.php"));
  CHECK(allowed("User-agent: *\nDisallow: /*.php$\n", "/a/b.php5"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*.php\n", "/a/b.php?c"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a*b*c\n", "/axxbyyczz"));
  CHECK(allowed("User-agent: *\nDisallow: /a*b*c$\n", "/axxbyyczz"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /$\n", "https://a.example"));
  CHECK(allowed("User-agent: *\nDisallow: /$\n", "/a"));
  CHECK(allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST_CASE("percent-encoding is compared in one spelling") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar?baz=http://foo.bar\n", "/foo/bar?baz=http://foo.bar"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/\xe3\x83\x84\n", "/foo/bar/%E3%83%84"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%e3%83%84\n", "/foo/bar/\xe3\x83\x84"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz"));
  CHECK(allowed("User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
}

TEST_CASE("the delay between requests is read and bounded") {
  CHECK(Robots::parse("User-agent: *\nCrawl-delay: 10\n", "x").crawl_delay() == Seconds{10});
  CHECK(Robots::parse("User-agent: *\nCrawl-delay: 0.5\n", "x").crawl_delay() == Seconds{1});
  for (const char* text : {"User-agent: *\nCrawl-delay: -1\n", "User-agent: *\nCrawl-delay: soon\n", "User-agent: *\nCrawl-delay: 1e9\n",
                           "User-agent: *\nCrawl-delay: nan\n", "User-agent: y\nCrawl-delay: 3\n"})
    CHECK_FALSE(Robots::parse(text, "x").crawl_delay());
}

TEST_CASE("a hostile file costs little") {
  std::string stars = "User-agent: *\n";
  for (int i = 0; i < 200; ++i) stars += "Disallow: /" + std::string(900, '*') + "a*b*c*d*e*f$\n";
  stars += std::string(2 << 20, 'x');
  const std::clock_t start = std::clock();  // processor time: a busy machine is no finding
  CHECK(Robots::parse(stars, "draftwatch").allows("/" + std::string(2000, 'a')));
  CHECK((std::clock() - start) / CLOCKS_PER_SEC < 5);
  CHECK(allowed(std::string(kMostRobotsBytes, '#') + "\nUser-agent: *\nDisallow: /\n", "/a"));
}

TEST_CASE("people see which rule decides, and what a failed fetch means") {
  CHECK(Robots::parse("User-agent: *\nDisallow: /npa/view*\n", "x").deciding_rule("/npa/view?id=1") == "Disallow: /npa/view*");
  CHECK(Robots::parse("User-agent: *\nDisallow: /npa/view*\n", "x").deciding_rule("/list").empty());
  CHECK_FALSE(Robots::disallow_all().allows("/a"));
  CHECK(Robots::allow_all().allows("/a"));
  CHECK(verdict(Cause::ok, 200) == RobotsVerdict::parse);
  CHECK(verdict(Cause::not_found, 404) == RobotsVerdict::allow_all);
  CHECK(verdict(Cause::refused, 403) == RobotsVerdict::allow_all);
  CHECK(verdict(Cause::later, 503) == RobotsVerdict::disallow_for_now);
  CHECK(verdict(Cause::server_error, 500) == RobotsVerdict::disallow_for_now);
  CHECK(verdict(Cause::timeout, 0) == RobotsVerdict::disallow_for_now);
  CHECK(robots_url("https://a.example:8443/x/y?z#q") == "https://a.example:8443/robots.txt");
  CHECK(robots_url("http://a.example") == "http://a.example/robots.txt");
  CHECK(robots_url("mailto:a@b").empty());
}
