// Our diff against git word-diff, wdiff, dwdiff and libdtl on synthetic laws: CPU of the whole process (the cores may be
// shared), time inside the process, peak memory, words reported. Two programs of ours: "script" is the edit script alone
// (bench_diff_process), "command" is `draftwatch text diff OLD NEW` as it is shipped, with the legal reading.
// usage: bench_diff [KB ...] (100 1000 5000)
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <dtl/dtl.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/file.h"
#include "bench/bench.h"
#include "bench/law_texts.h"
#include "text/diff/paragraphs.h"
#include "text/diff/script.h"

namespace {

using namespace draftwatch;
namespace fs = std::filesystem;

struct Cost {
  bool ok = false;
  double cpu_ms = 1e18, peak_mb = 0;
};

// The cheapest of `times` runs; exit statuses 0 and 1 are a diff's.
Cost process(const std::vector<std::string>& command, const fs::path& output, int times) {
  Cost best;
  for (int k = 0; k < times; ++k) {
    const pid_t child = fork();
    if (child == 0) {
      const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), null = open("/dev/null", O_WRONLY);
      dup2(out, 1);
      dup2(null, 2);
      std::vector<char*> arguments;
      for (const std::string& a : command) arguments.push_back(const_cast<char*>(a.c_str()));
      arguments.push_back(nullptr);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1) return {};
    const auto ms = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
    best.ok = true;
    best.cpu_ms = std::min(best.cpu_ms, ms(used.ru_utime) + ms(used.ru_stime));
    best.peak_mb = std::max(best.peak_mb, static_cast<double>(used.ru_maxrss) / 1024);
  }
  return best;
}

// Words inside [-…-] and {+…+} (wdiff, dwdiff), or on lines that begin with - or + (git's porcelain).
std::size_t words_reported(const fs::path& output, bool brackets) {
  const std::string text = base::read_file(output, std::size_t{1} << 30).value_or("");
  std::size_t words = 0;
  if (!brackets) {
    for (const text::Line& line : text::lines_of(text)) {
      const std::string_view l = std::string_view(text).substr(line.begin, line.size());
      if ((l[0] == '-' || l[0] == '+') && l.substr(0, 3) != "---" && l.substr(0, 3) != "+++") words += text::count_words(l.substr(1));
    }
    return words;
  }
  for (const auto& [open_mark, close_mark] : {std::pair("[-", "-]"), std::pair("{+", "+}")}) {
    for (std::size_t at = text.find(open_mark); at != std::string::npos; at = text.find(open_mark, at + 2)) {
      const std::size_t end = text.find(close_mark, at + 2);
      words += text::count_words(std::string_view(text).substr(at + 2, end == std::string::npos ? std::string::npos : end - at - 2));
    }
  }
  return words;
}

// libdtl over words, inside this process: it is a library. Returns milliseconds.
double libdtl_words(const std::string& a, const std::string& b) {
  const auto split = [](const std::string& text) {
    std::vector<text::Token> tokens;
    text::tokens_of(text, 0, text.size(), tokens);
    std::vector<std::uint64_t> out;
    for (const text::Token& token : tokens) out.push_back(token.hash);
    return out;
  };
  return bench::milliseconds([&] {
    dtl::Diff<std::uint64_t> diff(split(a), split(b));
    diff.onHuge();
    diff.compose();
  });
}

struct Files {
  fs::path folder, old_file, new_file, output;
  std::string old_text, new_text;
};

fs::path program(const char* name) { return fs::path(DRAFTWATCH_BUILD_DIR) / "bin" / name; }

struct Ours {
  double script_ms = 0, command_ms = 0;
};

// Our two programs and the others on one pair of files.
Ours peers(const std::string& name, const Files& files, bool heavy) {
  const Cost script_cost = process({program("bench_diff_process").string(), files.old_file, files.new_file}, files.output, 7);
  const Cost command_cost = process({program("draftwatch").string(), "text", "diff", files.old_file, files.new_file}, files.output, 5);
  const text::Script script = text::edit_script(files.old_text, files.new_text);
  const auto words = static_cast<double>(script.words_removed + script.words_added);
  const auto against = [&](const char* peer, std::vector<std::string> command, bool brackets, int times) {
    command.push_back(files.old_file);
    command.push_back(files.new_file);
    const Cost cost = process(command, files.output, times);
    if (!cost.ok) return;
    bench::report("diff", name + " script cpu", script_cost.cpu_ms, "ms", bench::Peer{peer, cost.cpu_ms});
    bench::report("diff", name + " command cpu", command_cost.cpu_ms, "ms", bench::Peer{peer, cost.cpu_ms});
    bench::report("diff", name + " script words", words, "words", bench::Peer{peer, static_cast<double>(words_reported(files.output, brackets))});
  };
  against("git word-diff histogram", {"git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U0", "--diff-algorithm=histogram"}, false,
          5);
  if (!heavy) {
    against("wdiff", {"wdiff"}, true, 1);
    against("dwdiff", {"dwdiff"}, true, 1);
    if (files.old_text.size() < 2'000'000) {
      double best = 1e18;
      for (int k = 0; k < 3; ++k) best = std::min(best, bench::milliseconds([&] { (void)text::edit_script(files.old_text, files.new_text); }));
      bench::report("diff", name + " script in process", best, "ms", bench::Peer{"libdtl", libdtl_words(files.old_text, files.new_text)});
    }
  }
  const bench::Peer goal{"goal: 12 x input + 16 MB", 12 * static_cast<double>(files.old_text.size() + files.new_text.size()) / 1048576 + 16};
  bench::report("diff", name + " script peak memory", script_cost.peak_mb, "MB", goal);
  bench::report("diff", name + " command peak memory", command_cost.peak_mb, "MB", goal);
  return {script_cost.cpu_ms, command_cost.cpu_ms};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int k = 1; k < argc; ++k) sizes.push_back(static_cast<std::size_t>(std::atol(argv[k])));
  if (sizes.empty()) sizes = {100, 1000, 5000};
  Files files;
  files.folder = fs::temp_directory_path() / ("draftwatch-diff-bench-" + std::to_string(getpid()));
  fs::create_directory(files.folder);
  files.old_file = files.folder / "old.txt", files.new_file = files.folder / "new.txt", files.output = files.folder / "output";
  std::map<std::string, std::map<std::size_t, double>> cpu;  // program and kind of edit -> KB -> ms
  for (const std::size_t kb : sizes) {
    bench::LawMaker maker(static_cast<unsigned>(kb));
    const bench::Law base = maker.law(kb * 1000);
    const std::pair<const char*, bench::Law> versions[] = {{"small", maker.small(base)},
                                                           {"renumbered", maker.renumbered(base)},
                                                           {"moves", maker.moved(base, false)},
                                                           {"moved and edited", maker.moved(base, true)},
                                                           {"rewrite", maker.law(kb * 1000)}};
    files.old_text = base.text();
    std::ofstream(files.old_file) << files.old_text;
    for (const auto& [kind, version] : versions) {
      const std::string name = std::to_string(kb) + " KB " + kind;
      files.new_text = version.text();
      std::ofstream(files.new_file) << files.new_text;
      const Ours ours = peers(name, files, kb >= 5000 && std::string_view(kind) != "small" && std::string_view(kind) != "renumbered");
      cpu[std::string(kind) + " script"][kb] = ours.script_ms;
      cpu[std::string(kind) + " command"][kb] = ours.command_ms;
      double best = 1e18;
      for (int k = 0; k < 5; ++k) best = std::min(best, bench::milliseconds([&] { (void)text::edit_script(files.old_text, files.new_text); }));
      bench::report("diff", name + " script in process", best, "ms");
      const text::Script script = text::edit_script(files.old_text, files.new_text);
      if (version.blocks > 0) {
        bench::report("diff", name + " moved blocks", static_cast<double>(script.blocks_moved), "blocks",
                      bench::Peer{"truth", static_cast<double>(version.blocks)});
        bench::report("diff", name + " words of edits", static_cast<double>(script.words_removed + script.words_added), "words",
                      bench::Peer{"truth", static_cast<double>(version.words_removed + version.words_added)});
      }
    }
  }
  for (const auto& [kind, times] : cpu) {
    if (times.contains(1000) && times.contains(5000)) {
      bench::report("diff", kind + " growth 1 to 5 MB", times.at(5000) / times.at(1000), "times", bench::Peer{"goal: at most", 6});
    }
  }
  fs::remove_all(files.folder);
  return 0;
}
