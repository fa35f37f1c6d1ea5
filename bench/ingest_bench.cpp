// What a page costs the track role apart from network and sandbox: a new draft with its durable commit, and a page that
// has not changed (304, and the same bytes). Fetcher and sandbox answer from memory; the database is a file with WAL
// and synchronous=FULL, as in production. CPU is the process's own; the disk's own limit is printed beside the wall.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>

#include "base/json.h"
#include "bench/bench.h"
#include "storage/database.h"
#include "storage/schedule.h"
#include "tracker/tracker.h"

using namespace draftwatch;

namespace {

constexpr int kPages = 500;

double cpu_milliseconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto ms = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
  return ms(use.ru_utime) + ms(use.ru_stime);
}

// A legal text of about 30 KB, another for each number.
std::string text_of(int number) {
  std::string out;
  for (int line = 0; out.size() < 30'000; ++line)
    out += "<p>Статья " + std::to_string(line) + ". Уполномоченный орган в сроке " + std::to_string((line * 7919 + number * 104729) % 9973) +
           " дней рассматривает заявление и принимает решение.</p>\n";
  return out;
}

class Web final : public fetch::Fetcher {
 public:
  bool same_validator = false;
  fetch::Answer fetch(const fetch::Request& request) override {
    fetch::Answer out;
    if (request.url.ends_with("/robots.txt")) {
      out.cause = fetch::Cause::not_found;
      out.status = 404;
      return out;
    }
    out.cause = same_validator ? fetch::Cause::not_modified : fetch::Cause::ok;
    out.status = same_validator ? 304 : 200;
    out.final_url = request.url;
    out.content_type = "text/html";
    if (!same_validator) out.body = request.url + std::string(64'000, 'x');  // a page of 64 KB
    out.etag = "\"1\"";
    return out;
  }
};

class Reader final : public sandbox::Sandbox {
 public:
  sandbox::ParseOutcome parse(const sandbox::ParseJob& job) override {
    sandbox::ParseOutcome out;
    out.run.fate = sandbox::Fate::ok;
    if (job.kind == "list") {
      for (int i = 0; i < kPages; ++i) out.findings.follow.push_back({"card", "https://portal.example/card/" + std::to_string(i)});
      return out;
    }
    const int number = std::atoi(job.url.c_str() + job.url.rfind('/') + 1);
    sandbox::FoundDraft draft;
    draft.key = std::to_string(number);
    draft.url = job.url;
    draft.title = "О проекте закона номер " + draft.key;
    draft.comments_until = "31.12.2026";
    draft.text = text_of(number);
    draft.read = sandbox::FoundText{"text", draft.text};  // as the page's worker hands it over
    out.findings.drafts.push_back(std::move(draft));
    return out;
  }
  sandbox::ExtractOutcome extract(const sandbox::ExtractJob& job) override {
    sandbox::ExtractOutcome out;
    out.run.fate = sandbox::Fate::ok;
    out.json = base::to_json(boost::json::object{{"outcome", "text"}, {"text", job.bytes}});
    return out;
  }
  sandbox::DescribeOutcome describe(const sandbox::PluginFile&) override {
    sandbox::DescribeOutcome out;
    out.run.fate = sandbox::Fate::ok;
    out.manifest = {"x", "X", {"portal.example"}, {{"list", "https://portal.example/list"}}, {{"list", true}, {"card", false}}};
    return out;
  }
};

double commits_a_second(const std::filesystem::path& folder) {
  const auto file = folder / "fsync";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const std::string block(4096, 'x');
  constexpr int kRounds = 100;
  const double took = bench::milliseconds([&] {
    for (int i = 0; i < kRounds; ++i) {
      [[maybe_unused]] const auto wrote = ::pwrite(fd, block.data(), block.size(), i * 4096);
      ::fdatasync(fd);
    }
  });
  ::close(fd);
  return kRounds * 1000 / took;
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / ("draftwatch-ingest-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  base::HandClock clock{*base::parse_rfc3339("2026-11-02T06:00:00Z")};
  Web web;
  Reader reader;
  tracker::Source source;
  source.id = "bench";
  source.plugin.path = "/nowhere/bench.so";
  source.zone = "Asia/Bishkek";
  {
    auto database = storage::Database::open(folder / "bench.db");
    if (!database) return 1;
    tracker::Tracker tracker(*database, web, reader, clock, {source}, {});
    if (!tracker.start()) return 1;

    const auto round = [&](const char* name, const char* goal, double limit) {
      const double before = cpu_milliseconds();
      int pages = 0;
      const double wall = bench::milliseconds([&] {
        const auto report = tracker.run_once();
        if (report) pages = report->fetched;
      });
      bench::report("ingest", std::string(name) + " cpu", (cpu_milliseconds() - before) / pages, "ms/page", bench::Peer{goal, limit});
      bench::report("ingest", std::string(name) + " rate", pages * 1000 / wall, "pages/s");
    };
    bench::report("ingest", "disk limit", commits_a_second(folder), "fdatasync/s");
    // Scrapy's CPU a page, measured in the project's notes on performance: 3.8 ms; unchanged pages a fiftieth of it.
    round("new draft of 30 KB, committed", "goal: Scrapy's 3.8 ms less the sandbox's 3.05", 0.75);
    clock.advance(base::Seconds{24 * 3600});
    web.same_validator = true;
    round("unchanged, 304", "goal: 1/50 of Scrapy's 3.8 ms", 0.076);
    clock.advance(base::Seconds{24 * 3600});
    web.same_validator = false;
    round("unchanged, same 64 KB", "goal: 1/50 of Scrapy's 3.8 ms", 0.076);
    bench::report("ingest", "database", static_cast<double>(std::filesystem::file_size(folder / "bench.db")) / kPages, "bytes/draft");
  }
  std::filesystem::remove_all(folder);
  return 0;
}
