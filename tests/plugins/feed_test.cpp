// The feed reader on feeds as ministries write them. The fixtures are ours.
#include "plugins/sdk/feed.h"

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace draftwatch::plugin;

Feed read(const std::string& body, const std::string& url = "https://ministry.example/news/feed.xml") {
  return parse_feed(Page{"list", url, "", body});
}

std::string refusal(const std::string& body) {
  try {
    (void)read(body);
  } catch (const Mismatch& mismatch) {
    return mismatch.what();
  }
  return {};
}

}  // namespace

TEST_CASE("RSS 2.0 of a ministry: entities of HTML, a relative link, an enclosure, an author with an address") {
  const Feed feed = read(R"(
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0"><channel><title>Министрлик&nbsp;&mdash; долбоорлор</title><link>/news</link>
      <item>
        <title>О внесении изменений в Закон &laquo;О СМИ&raquo;</title>
        <link>/drafts/17</link><guid isPermaLink="false">draft-17</guid>
        <pubDate>Fri, 06 Mar 2026 18:40:00 +0600</pubDate>
        <author>press@ministry.example (Пресс-служба)</author>
        <description><![CDATA[<p>Проект &amp; справка</p>]]></description>
        <enclosure url="files/17.docx" type="application/msword" length="12"/>
      </item>
    </channel></rss>)");
  CHECK(feed.format == Feed::Format::rss);
  CHECK(feed.title == "Министрлик\u00a0— долбоорлор");
  CHECK(feed.url == "https://ministry.example/news");
  REQUIRE(feed.entries.size() == 1);
  const FeedEntry& entry = feed.entries[0];
  CHECK(entry.title == "О внесении изменений в Закон «О СМИ»");
  CHECK(entry.url == "https://ministry.example/drafts/17");
  CHECK(entry.id == "draft-17");
  CHECK(entry.published == "Fri, 06 Mar 2026 18:40:00 +0600");
  REQUIRE(entry.authors.size() == 1);
  CHECK(entry.authors[0].name == "Пресс-служба");
  CHECK(entry.authors[0].email == "press@ministry.example");
  CHECK(entry.summary == "<p>Проект &amp; справка</p>");
  REQUIRE(entry.enclosures.size() == 1);
  CHECK(entry.enclosures[0].url == "https://ministry.example/news/files/17.docx");
}

TEST_CASE("an RSS item may carry Atom's date instead of its own") {
  const Feed feed = read(R"(<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><title>Bills</title>
    <item><guid>b1</guid><title>Bill</title><a10:updated>2026-10-05T14:00:00Z</a10:updated></item></channel></rss>)");
  CHECK(feed.entries.at(0).updated == "2026-10-05T14:00:00Z");
}

TEST_CASE("RSS 1.0 keeps its items beside the channel; a malformed date stays as it is written") {
  const Feed feed = read(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://e-gov.example/"><title>Comments</title></channel>
    <item rdf:about="https://e-gov.example/1"><title>One</title><link>https://e-gov.example/1</link><dc:date>2026-08-16T15:00:Z</dc:date></item></rdf:RDF>)");
  CHECK(feed.format == Feed::Format::rdf);
  REQUIRE(feed.entries.size() == 1);
  CHECK(feed.entries[0].published == "2026-08-16T15:00:Z");
}

TEST_CASE("Atom with xhtml content, a relative base and an enclosure link") {
  const Feed feed =
      read(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gov.example/a/" xml:lang="ky"><title type="html">T &amp;amp; U</title>
    <link rel="self" href="feed.atom"/>
    <entry><id>tag:gov.example,2026:1</id><title>Долбоор</title><link href="drafts/1"/><link rel="enclosure" type="application/pdf" href="1.pdf" length="9"/>
      <updated>2026-03-06T12:00:00+06:00</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; b <a href="x">c</a></p></div></content></entry></feed>)");
  CHECK(feed.language == "ky");
  CHECK(feed.self == "https://gov.example/a/feed.atom");
  const FeedEntry& entry = feed.entries.at(0);
  CHECK(entry.url == "https://gov.example/a/drafts/1");
  CHECK(entry.content == "<p>a &lt; b <a href=\"https://gov.example/a/x\">c</a></p>");
  CHECK(entry.enclosures.at(0).url == "https://gov.example/a/1.pdf");
}

TEST_CASE("JSON Feed 1.1: text content, numbers as written, attachments") {
  const Feed feed = read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "Новости", "items": [
    {"id": 17, "url": "/17", "title": "Проект", "content_text": "Текст", "date_published": "2026-03-06T12:00:00+06:00",
     "authors": [{"name": "А"}], "attachments": [{"url": "/17.pdf", "mime_type": "application/pdf", "size_in_bytes": 9}]}]})");
  CHECK(feed.format == Feed::Format::json);
  CHECK(feed.version == "1.1");
  const FeedEntry& entry = feed.entries.at(0);
  CHECK(entry.id == "17");
  CHECK(entry.url == "https://ministry.example/17");
  CHECK(entry.content == "Текст");
  CHECK(entry.content_type == "text");
  CHECK(entry.enclosures.at(0).length == "9");
}

TEST_CASE("what declares entities is refused before anything is read; a bare DOCTYPE is not") {
  CHECK(refusal(R"(<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>)")
            .find("entities") != std::string::npos);
  CHECK(refusal(R"(<!DOCTYPE rss [ <!entity % x SYSTEM "file:///etc/passwd"> ]><rss version="2.0"><channel><title>x</title></channel></rss>)")
            .find("entities") != std::string::npos);
  CHECK(read(R"(<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
    <rss version="0.91"><channel><title>Old</title></channel></rss>)")
            .title == "Old");
}

TEST_CASE("what is no feed is a mismatch that says what it is") {
  CHECK(refusal("").find("empty") != std::string::npos);
  CHECK(refusal("quota exceeded").find("no markup") != std::string::npos);
  CHECK(refusal("<!DOCTYPE html><html><body><form>Login</form></body></html>").find("<html>") != std::string::npos);
  CHECK(refusal("<rss version=\"2.0\"><channel><title>cut").find("byte") != std::string::npos);
  CHECK(refusal("<rss version=\"2.0\"></rss>").find("<channel>") != std::string::npos);
  CHECK(refusal("{\"error\": \"quota\"}") != "");
  CHECK(refusal("{\"version\": \"1.1\"}").find("items") != std::string::npos);
  std::string deep = "<rss version=\"2.0\"><channel><title>";
  for (int i = 0; i < 200; ++i) deep += "<b>";
  for (int i = 0; i < 200; ++i) deep += "</b>";
  CHECK(refusal(deep + "</title></channel></rss>").find("nested deeper") != std::string::npos);
}
