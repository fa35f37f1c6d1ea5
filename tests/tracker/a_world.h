// A world for the tracker: a hand clock, a web of pages that can change, a sandbox that "reads" them, a real SQLite.
// The fakes remember what they were asked.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/health.h"
#include "storage/schedule.h"
#include "storage/search.h"
#include "storage/sources.h"
#include "storage/versions.h"
#include "storage/windows.h"
#include "tracker/tracker.h"

namespace draftwatch::tests {

using base::Seconds;
constexpr Seconds kHour{3600}, kDay{24 * 3600};

class FakeWeb final : public fetch::Fetcher {
 public:
  std::map<std::string, fetch::Answer> pages;
  std::vector<fetch::Request> asked;
  std::function<void(const fetch::Request&)> before;

  void serve(const std::string& url, std::string body, const std::string& type = "text/html") {
    fetch::Answer& page = pages[url];
    page = {};
    page.cause = fetch::Cause::ok;
    page.status = 200;
    page.final_url = url;
    page.content_type = type;
    page.body = std::move(body);
  }
  void fail(const std::string& url, fetch::Cause cause, int status = 0) {
    pages[url] = {};
    pages[url].cause = cause;
    pages[url].status = status;
    pages[url].detail = "as arranged";
  }

  fetch::Answer fetch(const fetch::Request& request) override {
    asked.push_back(request);
    if (before) before(request);
    const auto page = pages.find(request.url);
    if (page == pages.end()) {
      fetch::Answer none;
      none.cause = request.url.ends_with("/robots.txt") ? fetch::Cause::not_found : fetch::Cause::not_recorded;
      none.status = 404;
      none.detail = "no such page in this world";
      return none;
    }
    if (!request.etag.empty() && request.etag == page->second.etag) {
      fetch::Answer same;
      same.cause = fetch::Cause::not_modified;
      same.status = 304;
      return same;
    }
    return page->second;
  }
  int times(const std::string& url) const {
    int out = 0;
    for (const auto& request : asked) out += request.url == url ? 1 : 0;
    return out;
  }
};

// Pages are known by their bodies; a document's text is its bytes.
class FakeSandbox final : public sandbox::Sandbox {
 public:
  std::map<std::string, sandbox::Findings> pages;
  std::map<std::string, sandbox::Fate> fates;     // by body
  std::map<std::string, std::string> texts_lost;  // by body: how the worker was lost after its answer
  sandbox::Manifest manifest{"x", "X", {"portal.example"}, {}, {{"list", true}, {"card", false}}};
  std::map<std::string, std::string> recognised;  // by bytes: what OCR makes of a scan, confidence 91.6
  std::vector<sandbox::ExtractJob> recognitions;  // asked for
  int parsed = 0, extracted = 0;

  sandbox::ParseOutcome parse(const sandbox::ParseJob& job) override {
    ++parsed;
    sandbox::ParseOutcome out;
    const auto fate = fates.find(job.body);
    const auto page = pages.find(job.body);
    out.run.fate = fate != fates.end() ? fate->second : page == pages.end() ? sandbox::Fate::mismatch : sandbox::Fate::ok;
    if (out.run.fate == sandbox::Fate::ok)
      out.findings = page->second;
    else
      out.run.reason = "as arranged";
    if (const auto lost = texts_lost.find(job.body); lost != texts_lost.end()) out.texts_lost = lost->second;
    return out;
  }
  sandbox::ExtractOutcome extract(const sandbox::ExtractJob& job) override {
    ++extracted;
    sandbox::ExtractOutcome out;
    const auto fate = fates.find(job.bytes);
    out.run.fate = fate != fates.end() ? fate->second : sandbox::Fate::ok;
    const bool scan = job.bytes.starts_with("SCAN");
    boost::json::object answer{{"outcome", scan ? "scanned" : "text"}, {"text", job.bytes}, {"scanned", scan}, {"pages", 3}};
    if (!job.ocr_languages.empty()) {
      recognitions.push_back(job);
      const auto found = recognised.find(job.bytes);
      const bool used = found != recognised.end();
      answer["ocr"] = {{"used", used}, {"confidence", used ? 91.6 : 0}, {"reason", used ? "" : "the language data 'rus' is not installed"}};
      if (used) answer["outcome"] = "text", answer["text"] = found->second;
    }
    if (out.run.fate == sandbox::Fate::ok) out.json = base::to_json(answer);
    return out;
  }
  sandbox::DescribeOutcome describe(const sandbox::PluginFile&) override {
    sandbox::DescribeOutcome out;
    out.run.fate = sandbox::Fate::ok;
    out.manifest = manifest;
    return out;
  }
};

inline sandbox::FoundDraft bill(const std::string& key, const std::string& title = "О проекте закона") {
  sandbox::FoundDraft out;
  out.key = key;
  out.title = title + (title == "О проекте закона" ? " " + key : "");
  out.url = "https://portal.example/" + key;
  out.stage = "на общественном обсуждении";
  out.text = "<p>Статья 1. Текст проекта " + key + ".</p>";
  return out;
}

struct World {
  static constexpr const char* kList = "https://portal.example/list";
  base::HandClock clock{*base::parse_rfc3339("2026-11-02T06:00:00Z")};  // 12:00 in Bishkek
  storage::Database database = std::move(*storage::Database::in_memory());
  FakeWeb web;
  FakeSandbox sandbox;
  tracker::Source source;
  tracker::Options options;
  std::unique_ptr<tracker::Tracker> tracker;
  int pages = 0;

  World() {
    source.id = "kg.test";
    source.plugin.path = "/nowhere/kg.test.so";
    source.title = "Test";
    source.country = "kg";
    source.language = "ru";
    source.zone = "Asia/Bishkek";
    source.start = {{"list", kList}};
    source.interval_least = kHour;
    source.interval_most = 6 * kHour;
  }

  void start() {
    tracker = std::make_unique<tracker::Tracker>(database, web, sandbox, clock, std::vector{source}, options);
    REQUIRE(tracker->start());
  }
  // A page with these drafts; each call makes another body.
  void page(const std::string& url, sandbox::Findings findings) {
    const std::string body = url + " #" + std::to_string(++pages);
    sandbox.pages[body] = std::move(findings);
    web.serve(url, body);
  }
  void list(std::vector<sandbox::FoundDraft> drafts) {
    sandbox::Findings findings;
    findings.drafts = std::move(drafts);
    page(kList, findings);
  }
  tracker::Report run() {
    if (!tracker) start();
    auto report = tracker->run_once();
    REQUIRE(report);
    return *report;
  }
  // Hour by hour, as the daemon would.
  void live(Seconds span) {
    const auto end = clock.now() + span;
    while (clock.now() < end) {
      clock.advance(kHour);
      run();
    }
  }
  // The first crawl is over; what follows is news.
  void settle(std::vector<sandbox::FoundDraft> drafts) {
    list(std::move(drafts));
    run();
    clock.advance(7 * kHour);
  }

  storage::DraftHistory history(const std::string& key) {
    auto found = storage::Drafts(database).history("kg.test", key);
    REQUIRE(found);
    REQUIRE(found->has_value());
    return **found;
  }
  // "appeared", "(title_changed)" where silent.
  std::vector<std::string> events(const std::string& key) {
    std::vector<std::string> out;
    for (const auto& event : history(key).events) {
      const std::string kind(to_string(event.kind));
      out.push_back(event.silent ? "(" + kind + ")" : kind);
    }
    return out;
  }
  std::string detail(const std::string& key, model::EventKind kind) {
    for (const auto& event : history(key).events)
      if (event.kind == kind) return event.detail;
    return "";
  }
  storage::SourceHealth health() { return **storage::Health(database).find("kg.test"); }
  std::int64_t count(const char* sql) {
    auto read = database.prepare(sql);
    REQUIRE(*read.step());
    return read.integer(0);
  }
};

using Names = std::vector<std::string>;

}  // namespace draftwatch::tests
