// What a fresh jailed worker a page costs, from the daemon's call to the checked answer.
//
// "ready and gone": start, both stages of the jail, the plugin loaded, an empty page, exit; so an upper bound for "ready".
// Goals: ready <= 3 ms median; a page of 100 KB <= 10 ms median, <= 15 ms at the 99th percentile. They were set on a page of law
// that Gumbo reads in 3.2 ms; how long it takes for each page here, unjailed and in process, the same run says. "Act" is such a page,
// "real law" the first 100 KB of a published one ($DRAFTWATCH_DATA), "dense table" has four times as many elements and is the worst.
#include <gumbo.h>
#include <sys/resource.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/bench.h"
#include "bench/law_texts.h"
#include "sandbox/spawner.h"

namespace {

using namespace draftwatch;

std::string dense_table(std::size_t size) {
  std::string html = "<!doctype html><meta charset=utf-8><title>Проекты</title><div><p>Министерство</p></div><table class=drafts>";
  for (int i = 1; html.size() < size; ++i) {
    const std::string n = std::to_string(i);
    html += "<tr class=draft><td class=number>№ " + n + "</td><td class=title><a href='/drafts/" + n +
            "'>О внесении изменений в Закон «О налогах и других обязательных платежах», проект " + n +
            "</a></td><td class=stage>На публичном обсуждении</td><td class=until>30.09.2026</td><td class=files><a href='/files/" + n +
            ".docx'>Текст проекта</a></td></tr>";
  }
  return html + "</table><a class=next href='?page=2'>Далее</a>";
}

std::string act(std::size_t size) {
  std::string html = "<!doctype html><html lang=ru><meta charset=utf-8><title>Закон</title><body><div class=act><h1>Закон</h1>";
  for (const auto& paragraph : bench::LawMaker(1).law(size).paragraphs) {
    if (html.size() >= size) break;
    html +=
        (paragraph.heading ? "<p class=heading><b>" + bench::Law::line(paragraph) + "</b></p>\n" : "<p>" + bench::Law::line(paragraph) + "</p>\n");
  }
  return html + "</div><a href='/files/1.docx'>Текст</a></body></html>";
}

// Empty without the data.
std::string real_law(std::size_t size) {
  const char* set = std::getenv("DRAFTWATCH_DATA");
  std::ifstream file(std::string(set ? set : DRAFTWATCH_SOURCE_DIR "/../shared/data") + "/corpora/ru_codes/102107048.ru.html", std::ios::binary);
  std::string html(std::istreambuf_iterator<char>(file), {});
  if (html.empty()) std::fprintf(stderr, "sandbox: SKIPPED the real law: the data is not there (set DRAFTWATCH_DATA)\n");
  return html.substr(0, size);
}

// Processor time of all workers so far, milliseconds.
double workers_cpu() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto milliseconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
  return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

// Processor time of the bare parse, which no page can do without.
double gumbo_alone(const std::string& body) {
  constexpr int kRuns = 50;
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const std::clock_t before = std::clock();
  for (int i = 0; i < kRuns; ++i) gumbo_destroy_output(&options, gumbo_parse_with_options(&options, body.data(), body.size()));
  return static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC / kRuns;
}

void measure(sandbox::Spawner& spawner, const std::string& name, const std::string& kind, const std::string& body, int runs, double goal_median,
             double goal_p99) {
  const sandbox::PluginFile plugin{DRAFTWATCH_BUILD_DIR "/bench/plugins/page.so", ""};
  std::vector<double> times;
  const double before = workers_cpu();
  for (int i = -5; i < runs; ++i) {
    sandbox::ParseOutcome outcome;
    const double time = bench::milliseconds([&] {
      outcome = spawner.parse({plugin, kind, "https://portal.example/list", "text/html; charset=utf-8", body, {}});
    });
    if (outcome.run.fate != sandbox::Fate::ok) {
      std::fprintf(stderr, "%s: %s\n", name.c_str(), outcome.run.reason.c_str());
      std::exit(1);
    }
    if (i >= 0) times.push_back(time);
  }
  const auto alone = body.empty() ? std::optional<bench::Peer>() : bench::Peer{"Gumbo alone, unjailed", gumbo_alone(body)};
  bench::report("sandbox", name + ", processor time of the worker, mean", (workers_cpu() - before) / (runs + 5), "ms", alone);
  bench::report("sandbox", name + ", median", bench::quantile(times, 0.5), "ms", bench::Peer{"goal", goal_median});
  bench::report("sandbox", name + ", p99", bench::quantile(times, 0.99), "ms", bench::Peer{"goal", goal_p99});
}

}  // namespace

int main() {
  sandbox::Spawner spawner({.worker = DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker"});
  constexpr std::size_t kPage = 100'000;
  measure(spawner, "worker ready and gone", "nothing", "", 500, 3, 8);
  measure(spawner, "act of 100 KB", "act", act(kPage), 500, 10, 15);
  if (const std::string law = real_law(kPage); !law.empty()) measure(spawner, "real law, 100 KB", "act", law, 500, 10, 15);
  measure(spawner, "dense table of 100 KB", "list", dense_table(kPage), 500, 10, 15);
  measure(spawner, "dense table of 1 MB", "list", dense_table(10 * kPage), 30, 100, 150);
  return 0;
}
