// draftwatch-worker: one page or one document in, one JSON object out, and away.
//
// The order of steps is the security: own words and environment first, stage one of the jail, then foreign code is
// loaded, the strict filter, and only then are foreign bytes parsed and foreign functions called. Before the jail the
// head of a document is compared with the signatures of formats (extract/detect.h): which readers to load.
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <string>

#include "sandbox/extract/alone/page_alone.h"
#include "sandbox/extract/detect.h"
#include "sandbox/extract/encoding.h"
#include "sandbox/plugin_file.h"
#include "sandbox/worker/answer.h"
#include "sandbox/worker/command.h"
#include "sandbox/worker/jail.h"
#include "sandbox/worker/json_writer.h"
#include "sandbox/worker/loaded.h"
#include "sandbox/worker/texts.h"

namespace draftwatch::sandbox::worker {
namespace {

constexpr int kAnswered = 0, kError = 1, kWrongWords = 64, kNoJail = 70;
constexpr std::size_t kHead = 4'096;  // signatures of documents stand in the first 1,024 bytes

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) _exit(kError);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

[[noreturn]] void answer_and_exit(std::string_view json, int status) {
  write_all(1, json);
  _exit(status);  // no destructors: they are foreign code too
}

// What standard input holds behind `all`, until there are `enough` bytes or no more.
std::string read_input(std::string all = {}, std::size_t enough = std::string::npos) {
  std::array<char, 65'536> part;
  while (all.size() < enough) {
    const ssize_t n = read(0, part.data(), std::min(part.size(), enough - all.size()));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) answer_and_exit(error_answer(name(Fate::bad_output), "the page could not be read from standard input", {}), kError);
    if (n == 0) break;
    all.append(part.data(), static_cast<std::size_t>(n));
  }
  return all;
}

// The daemon starts us with exactly this. An author's shell does not, and its environment holds secrets: start again.
// TZ must be set (or the C library opens files at first use of a zone); OMP_THREAD_LIMIT is read when libgomp loads.
void clean_environment([[maybe_unused]] char** argv) {
#ifndef DRAFTWATCH_SANITIZED
  static constexpr std::array<const char*, 3> kWanted = {"TZ=UTC0", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1"};
  std::size_t count = 0, wanted = 0;
  for (char** one = environ; *one; ++one, ++count)
    wanted += static_cast<std::size_t>(std::count_if(kWanted.begin(), kWanted.end(), [&](const char* w) { return std::strcmp(w, *one) == 0; }));
  if (count == kWanted.size() && wanted == kWanted.size()) return;
  std::array<char*, 4> clean{};
  std::transform(kWanted.begin(), kWanted.end(), clean.begin(), [](const char* w) { return const_cast<char*>(w); });
  execve("/proc/self/exe", argv, clean.data());
  write_all(2, "draftwatch-worker: cannot start again with an empty environment\n");
  _exit(kNoJail);
#else
  setenv("TZ", "UTC0", 1);
#endif
}

// What the C library opens or asks once and lazily, done before a filter forbids it.
void warm_up() {
  tzset();
  tm day{};
  day.tm_year = 100, day.tm_mday = 1;
  (void)mktime(&day);
  std::array<int, 1'024> numbers{};
  qsort(numbers.data(), numbers.size(), sizeof(int),  // glibc 2.36 asks sysinfo() at the first large one
        [](const void* a, const void* b) { return *static_cast<const int*>(a) - *static_cast<const int*>(b); });
}

std::string media_type_of(std::string_view content_type, std::string_view body) {
  std::string type(content_type.substr(0, content_type.find(';')));
  type.erase(std::remove_if(type.begin(), type.end(), [](char c) { return c == ' ' || c == '\t'; }), type.end());
  for (char& c : type) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  if (!type.empty()) return type;
  const auto first = body.find_first_not_of(" \t\r\n");
  const char c = first == std::string_view::npos ? '<' : body[first];
  return c == '{' || c == '[' ? "application/json" : "text/html";
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("xml") != type.npos || type.find("json") != type.npos || type.find("html") != type.npos ||
         type == "application/javascript";
}

// The page as the plugin gets it: text decoded, anything else as it came.
plugin::Page make_page(const Command& command, std::string body) {
  plugin::Page page{command.kind, command.url, media_type_of(command.content_type, body), {}};
  if (!is_text(page.media_type)) {
    page.body = std::move(body);
    return page;
  }
  auto decoded = extract::decode_to_utf8(body, command.content_type, page.media_type.find("ml") != std::string::npos);
  if (!decoded) throw std::runtime_error(decoded.error().message);
  page.body = std::move(decoded.value().text);
  return page;
}

struct Answer {
  std::string json;
  int status = kAnswered;
};

const plugin::PageKind& find_kind(const plugin::Portal& portal, const std::string& wanted) {
  std::string known;
  for (const auto& kind : portal.kinds) {
    if (kind.name == wanted && kind.parse) return kind;
    known += (known.empty() ? "" : ", ") + std::string(kind.name);
  }
  throw LoadFault(Fate::unknown_kind, "the plugin has no page kind '" + wanted + "'; it has " + known);
}

// What was read and loaded between the two stages of the jail.
struct Loaded {
  std::string page;  // of parse
  PortalEntry entry = nullptr;
  ExtractModule module{};
  extract::Recogniser* recogniser = nullptr;
  std::string ocr_missing;
};

// From here on everything that runs is foreign or works on foreign bytes.
Answer run(const Command& command, Loaded& loaded, const std::string& head, const Style& style) {
  try {
    if (command.task == Task::extract) {
      const std::string document = read_input(head);
      std::string json;
      loaded.module.extract(command.content_type.c_str(), document.data(), document.size(), loaded.recogniser, loaded.ocr_missing.c_str(), &json);
      return {extract_answer(json, style)};
    }
    const plugin::Portal* portal = loaded.entry();
    if (!portal) throw LoadFault(Fate::not_a_plugin, "the plugin handed over no portal");
    if (command.task == Task::describe) return {manifest_answer(*portal, style)};
    const plugin::PageKind& kind = find_kind(*portal, command.kind);
    const plugin::Findings findings = kind.parse(make_page(command, std::move(loaded.page)));
    const std::string answer = findings_answer(findings, style);
    if (!command.texts) return {answer};
    write_all(1, answer);  // from here on the page is safe
    read_texts(findings, [](std::string_view line) { write_all(1, line); });
    _exit(kAnswered);
  } catch (const LoadFault& fault) {
    return {error_answer(name(fault.fate), fault.what(), style), kError};
  } catch (const std::bad_alloc&) {
    return {error_answer(name(Fate::killed_memory), "more memory than the worker's limit was asked for", style), kError};
  } catch (const std::exception& failed) {
    return {error_answer(name(Fate::mismatch), failed.what(), style), kError};
  } catch (...) {
    return {error_answer(name(Fate::mismatch), "the plugin threw something that is not a std::exception", style), kError};
  }
}

std::string jail_words(const Jail& jail) {
  return "landlock: " + (jail.landlock_abi > 0 ? "ABI " + std::to_string(jail.landlock_abi) : "none") +
         "\nseccomp, stage one: " + (jail.filter ? "yes" : "no") + "\nseccomp, strict: " + (jail.strict ? "yes" : "no") +
         "\njail: " + jail.summary() + "\n";
}

// The file, if nobody else can write it.
std::filesystem::path trusted(const std::filesystem::path& file) {
  const auto fit = check_plugin_file(file);
  if (!fit) throw LoadFault(Fate::unsafe_plugin, fit.error().message);
  return file;
}

void load(const Command& command, const std::filesystem::path& file, Loaded& loaded) {
  if (command.task == Task::parse) {
    loaded.page = read_input();  // looked at for one question before the plugin is there: whether it is UTF-8
    if (!is_utf8(loaded.page)) extract::use_charsets(load_charsets(trusted(charsets_module_file())));
  }
  if (command.task != Task::extract) {
    loaded.entry = load_plugin(file);
    return;
  }
  const bool pictures = !command.ocr_languages.empty() && file == extract_module_file(false);  // other documents have no pages
  loaded.module = load_extract_module(file);
  loaded.module.warm_up(command.content_type.c_str(), pictures);
  if (!pictures) return;
  if (std::filesystem::exists(ocr_module_file())) trusted(ocr_module_file());
  loaded.recogniser = load_recogniser(ocr_module_file(), command.ocr_languages, loaded.ocr_missing);
}

[[noreturn]] void work(const Command& command) {
  Style style{command.pretty, ""};
  const auto refuse = [&](Fate fate, const std::string& why, int status) { answer_and_exit(error_answer(name(fate), why, style), status); };
  JailPlan plan{command.memory, command.cpu_seconds, {}};
  // The first bytes of a document choose the readers to load: they are compared with signatures, and nothing more.
  const std::string head = command.task == Task::extract ? read_input({}, kHead) : std::string();
  const std::filesystem::path file = command.task == Task::extract ? extract_module_file(extract::detect_binary(command.content_type, head).empty())
                                                                   : std::filesystem::path(command.plugin);
  if (command.task != Task::show_jail) {
    if (const auto fit = check_plugin_file(file); !fit) refuse(Fate::unsafe_plugin, fit.error().message, kError);
    plan.readable.push_back(std::filesystem::absolute(file));
    if (command.task == Task::parse) plan.readable.push_back(charsets_module_file());
    if (!command.ocr_languages.empty()) plan.readable.insert(plan.readable.end(), {ocr_module_file(), "/usr/share/tesseract-ocr"});
  }
  warm_up();
  Jail jail = enter_stage_one(plan);
  std::string words = jail.summary();
  style.jail = words;
  if (jail.none() && !command.unjailed && command.task != Task::show_jail)
    refuse(Fate::no_jail, "this kernel offers neither Landlock nor seccomp; --unjailed accepts that", kNoJail);
  Loaded loaded;
  try {
    if (command.task != Task::show_jail) load(command, plan.readable.front(), loaded);
  } catch (const LoadFault& fault) {
    refuse(fault.fate, fault.what(), kError);
  } catch (const std::bad_alloc&) {
    refuse(Fate::killed_memory, "more memory than the worker's limit was asked for while loading", kError);
  } catch (const std::exception& failed) {
    refuse(Fate::not_a_plugin, failed.what(), kError);
  }
  enter_stage_two(jail);
  words = jail.summary();
  style.jail = words;
  if (words != "full") write_all(2, "draftwatch-worker: DEGRADED JAIL: " + words + "\n");
  if (command.task == Task::show_jail) answer_and_exit(jail_words(jail), kAnswered);
  const Answer answer = run(command, loaded, head, style);
  answer_and_exit(answer.json, answer.status);
}

}  // namespace
}  // namespace draftwatch::sandbox::worker

int main(int argc, char** argv) {
  using namespace draftwatch::sandbox::worker;
  clean_environment(argv);
  std::string wrong;
  const auto command = read_command(argc, argv, wrong);
  if (!command) {
    std::fprintf(stderr, "draftwatch-worker: %s\n%s", wrong.c_str(), kUsage);
    return kWrongWords;
  }
  work(*command);
}
