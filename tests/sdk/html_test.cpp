#include "plugins/sdk/html.h"

#include <doctest/doctest.h>

#include <string>

#include "plugins/sdk/selector.h"
#include "plugins/sdk/xml.h"

namespace draftwatch::plugin {
namespace {

const char* const kPage = R"(<!doctype html><title>T</title><body>
<div id=main class="box  wide" lang="ru-RU">
  <h1>Закон <br>о&nbsp;налогах<sup>1</sup></h1>
  <table><tr><th>Срок:</th><td>30.09.2026</td></tr><tr><th>Орган</th><td><b>Мин</b>юст</td></tr></table>
  <ul class=files><li class=first><a href="/a b.docx">Первый</a></li><li><a href="../x/./y.pdf?q=1#z">Второй</a><script>bad()</script></li>
  <li><span data-kind='x "y"'>третий</span></li></ul>
  <p>Тип: <b>приказ</b></p><p class=empty></p>
</div></body>)";

Node page() { return parse_html(kPage, "https://gov.example/drafts/list?page=2"); }

std::string why(auto&& act) {
  try {
    act();
  } catch (const Mismatch& mismatch) {
    return mismatch.what();
  }
  return "no mismatch";
}

std::size_t count(const Node& node, std::string_view selector) { return node.any(selector).size(); }

}  // namespace

TEST_CASE("each part of the selector language selects what it says") {
  const Node html = page();
  CHECK(count(html, "li") == 3);
  CHECK(count(html, "*") > 15);
  CHECK(count(html, "LI") == 3);
  CHECK(count(html, ".box") == 1);
  CHECK(count(html, ".bo") == 0);
  CHECK(count(html, "div.box.wide#main") == 1);
  CHECK(count(html, "#main li a") == 2);
  CHECK(count(html, "ul>li") == 3);
  CHECK(count(html, "ul > li > a") == 2);
  CHECK(count(html, "div > a") == 0);
  CHECK(count(html, "li+li") == 2);
  CHECK(count(html, "li.first ~ li") == 2);
  CHECK(count(html, "table + ul") == 1);
  CHECK(count(html, "a, span") == 3);
  CHECK(count(html, "a , li a") == 2);
  CHECK(count(html, "[href]") == 2);
  CHECK(count(html, "[lang=ru-RU]") == 1);
  CHECK(count(html, "a[href^='/a']") == 1);
  CHECK(count(html, "a[href$=\".docx\"]") == 1);
  CHECK(count(html, "a[href*='y.pdf']") == 1);
  CHECK(count(html, "[class~=wide]") == 1);
  CHECK(count(html, "[data-kind='x \"y\"']") == 1);
  CHECK(count(html, "li:first-child") == 1);
  CHECK(count(html, "li:last-child") == 1);
  CHECK(count(html, "li:nth-child(2) a") == 1);
  CHECK(count(html, "li:nth-child(odd)") == 2);
  CHECK(count(html, "li:nth-child(even)") == 1);
  CHECK(count(html, "li:not(.first)") == 2);
  CHECK(count(html, "li > :not(a)") == 2);
  CHECK(count(html.one("ul"), "> li") == 3);
  CHECK(count(html.one("ul"), "> a") == 0);
  CHECK(count(html.one("ul"), "ul") == 0);  // below the element, never the element itself
}

TEST_CASE("an attribute ending in letters outside ASCII is found by its end") {
  const Node html = parse_html("<a title='проект закона'>x</a><a title='закона проект'>y</a>", "https://a/");
  CHECK(html.one("a[title$='закона']").text() == "x");
}

TEST_CASE("matches come in page order, also from lists of selectors") {
  const auto found = page().all("span, a, h1");
  REQUIRE(found.size() == 4);
  CHECK(found[0].tag() == "h1");
  CHECK(found[1].text() == "Первый");
  CHECK(found[3].tag() == "span");
}

TEST_CASE("a miscount names the selector, what was expected and what was found") {
  CHECK(why([] { page().one("li"); }) == "selector 'li': expected exactly one, found 3");
  CHECK(why([] { page().one("h6"); }) == "selector 'h6': expected exactly one, found none");
  CHECK(why([] { page().all("h6"); }) == "selector 'h6': expected one or more, found none");
  CHECK(why([] { page().maybe("li"); }) == "selector 'li': expected one or none, found 3");
  CHECK(why([] { page().text_of("p.empty"); }) == "selector 'p.empty': expected text, found none");
  CHECK(why([] { page().one("h1").attr("href"); }) == "element <h1>: expected an attribute 'href', found none");
  CHECK_FALSE(page().maybe("h6").has_value());
}

TEST_CASE("syntax that is not supported is refused by name, never read as something else") {
  for (const char* selector : {"",           "li:hover",           "li:has(a)", "a[href|=x]", "li:not(a b)", "li >", "> ",  "li,,a", "a[href",
                               "a[href='x]", "li:nth-child(2n+1)", "::before",  "li)",        "a[b='\\31']", "a||b", "..x", "333",   "li > -a",
                               "ns|a",       "li:contains('x')"}) {
    CAPTURE(selector);
    CHECK(why([&] { page().any(selector); }).find("selector '" + std::string(selector) + "' is not understood at") == 0);
  }
}

TEST_CASE("text is collapsed, parted at blocks and breaks, joined inside a line, and without scripts") {
  const Node html = page();
  CHECK(html.one("h1").text() == "Закон о налогах1");
  CHECK(html.one("table").text() == "Срок: 30.09.2026 Орган Минюст");
  CHECK(html.one("li:nth-child(2)").text() == "Второй");
  CHECK(html.one("p:not(.empty)").own_text() == "Тип:");
  CHECK(html.one("p:not(.empty)").text_after("Тип") == "приказ");
  CHECK(html.one("p:not(.empty)").text_after("Вид").empty());
}

TEST_CASE("a value stands beside its label") {
  REQUIRE(page().beside("th", "Срок").has_value());
  CHECK(page().beside("th", "Срок")->text() == "30.09.2026");
  CHECK(page().beside("th", "Орган:")->text() == "Минюст");
  CHECK_FALSE(page().beside("th", "Ср").has_value());
  CHECK(why([] { (void)parse_html("<dt>a<dd>1<dt>a<dd>2", "https://a/").beside("dt", "a"); }).find("labelled 'a': expected one or none, found 2") !=
        std::string::npos);
}

TEST_CASE("inner HTML reads back as the same tree") {
  const Node html = parse_html("<article><p>a<br>b &lt; c</p><a name=x></a><script>if(a<b){}</script><img src=i alt='\"'></article>", "https://a/");
  const std::string inner = html.one("article").html();
  CHECK(inner == "<p>a<br>b &lt; c</p><a name=\"x\"></a><script>if(a<b){}</script><img src=\"i\" alt=\"&quot;\">");
  CHECK(parse_html("<article>" + inner + "</article>", "https://a/").one("article").html() == inner);
}

TEST_CASE("links are absolute, encoded, and honour the page's base") {
  const auto links = page().all("a");
  CHECK(links[0].link() == "https://gov.example/a%20b.docx");
  CHECK(links[1].link() == "https://gov.example/x/y.pdf?q=1#z");
  CHECK(parse_html("<base href='/v2/'><a href=q>", "https://gov.example/x/y").one("a").link() == "https://gov.example/v2/q");
}

TEST_CASE("addresses resolve as RFC 3986 section 5.4 says") {
  const std::string base = "http://a/b/c/d;p?q";
  const char* const cases[][2] = {{"g:h", "g:h"},
                                  {"g", "http://a/b/c/g"},
                                  {"./g", "http://a/b/c/g"},
                                  {"g/", "http://a/b/c/g/"},
                                  {"/g", "http://a/g"},
                                  {"//g", "http://g/"},
                                  {"?y", "http://a/b/c/d;p?y"},
                                  {"g?y", "http://a/b/c/g?y"},
                                  {"#s", "http://a/b/c/d;p?q#s"},
                                  {"g#s", "http://a/b/c/g#s"},
                                  {";x", "http://a/b/c/;x"},
                                  {"", "http://a/b/c/d;p?q"},
                                  {".", "http://a/b/c/"},
                                  {"..", "http://a/b/"},
                                  {"../g", "http://a/b/g"},
                                  {"../..", "http://a/"},
                                  {"../../../g", "http://a/g"},
                                  {"/./g", "http://a/g"},
                                  {"g;x=1/../y", "http://a/b/c/y"},
                                  {"g?y/./x", "http://a/b/c/g?y/./x"},
                                  {" проект.docx\n", "http://a/b/c/%D0%BF%D1%80%D0%BE%D0%B5%D0%BA%D1%82.docx"},
                                  {"%20x", "http://a/b/c/%20x"},
                                  {"HTTPS://B/x", "https://B/x"}};
  for (const auto& [reference, expected] : cases) {
    CAPTURE(reference);
    CHECK(absolute_url(base, reference) == expected);
  }
  CHECK_THROWS_AS(absolute_url("relative/base", "x"), Mismatch);
}

TEST_CASE("markup made to exhaust a parser is refused before it costs anything") {
  std::string deep, many = "<p ";
  for (int i = 0; i < 20'000; ++i) deep += "<div>", many += "a" + std::to_string(i) + "=1 ";
  CHECK(why([&] { parse_html(deep, "https://a/"); }).find("more than 10000 deep") != std::string::npos);
  CHECK(why([&] { parse_html(many + ">", "https://a/"); }).find("more than 4096 attributes") != std::string::npos);
}

TEST_CASE("long lists whose end tags are left out are no bomb, and the deepest tree that passes is read") {
  std::string list = "<ul>", deep;
  for (int i = 0; i < 15'000; ++i) list += "<li>x<p>y";
  CHECK(parse_html(list, "https://a/").all("li").size() == 15'000);
  for (int i = 0; i < 9'000; ++i) deep += "<div>";
  CHECK(parse_html(deep + "core", "https://a/").text() == "core");
}

TEST_CASE("broken markup and NUL bytes are no fault") {
  CHECK(parse_html("<table><b>x</table></i><p>y", "https://a/").any("p").size() == 1);
  CHECK_NOTHROW(parse_html(std::string("<a\0b>\0</a>", 10), "https://a/").text());
  CHECK(parse_html("", "https://a/").text().empty());
}

TEST_CASE("XML is read by the same selectors, prefixes included") {
  const Page page{"x", "https://a/feed", "text/xml",
                  "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><r xmlns:dc='d'><dc:Date>1 &e;</dc:Date><date>2</date>"
                  "<Item a='v'><![CDATA[<b>]]></Item></r>"};
  const Node xml = parse_xml(page);
  CHECK(xml.one("dc|Date").text() == "1 &e;");  // an entity of the document is never expanded
  CHECK(xml.all("date").size() == 1);
  CHECK(xml.one("r > Item[a=v]").text() == "<b>");
  CHECK(xml.any("item").empty());
  CHECK(why([] { parse_xml({"x", "https://a/", "text/xml", "<a><b></a>"}); }).find("not well-formed at byte") != std::string::npos);
}

}  // namespace draftwatch::plugin
