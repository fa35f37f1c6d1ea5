// Foreign bytes and foreign code, run where they can do nothing: one fresh process a page or document.
//
// Promise: a call returns within its wall limit plus a second, whatever the plugin or the bytes do; nothing of the run
// outlives the call (no process, descriptor or file); every byte that comes back has been checked. Failures are the
// fate, not exceptions. Thread-safety: implementations are called from several threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sandbox/fate.h"
#include "sandbox/findings.h"

namespace draftwatch::sandbox {

using Milliseconds = std::chrono::milliseconds;

#ifdef DRAFTWATCH_SANITIZED
constexpr unsigned kSlowness = 5;  // the limits are for plain builds, and tested there
#else
constexpr unsigned kSlowness = 1;
#endif

// Of one run. Figures and their sources: sandbox/README.md.
struct Limits {
  std::size_t memory = std::size_t{512} << 20;       // address space, bytes
  unsigned cpu_seconds = 2;                          // pages 2, documents 4, OCR by pages
  Milliseconds wall{6'000};                          // not under 5 s: shared machines have tails of seconds (measured)
  std::size_t output = std::size_t{32} << 20;        // bytes of the answer: a page is at most 20 MB and its text leaves once
  std::size_t error_output = std::size_t{16} << 10;  // bytes of stderr that are kept; the rest is read and dropped

  static Limits page() { return {}; }
  static Limits document() { return {.cpu_seconds = 4 * kSlowness, .wall = Milliseconds{12'000} * kSlowness}; }
  // Of a scan with so many pages: measured 1.4 s a page in one language and 1.9 s in two, on one core.
  static Limits ocr(std::size_t pages) {
    const auto cpu = static_cast<unsigned>(10 + 4 * (pages < 50 ? pages : 50));
    return {.cpu_seconds = cpu, .wall = Milliseconds{std::int64_t{2'000} * cpu + 20'000}};  // at most 440 s: inside the tracker's lease
  }
};

// A plugin as the operator trusts it. With `sha256` (64 hexadecimal digits) the file must still be those bytes.
struct PluginFile {
  std::filesystem::path path;
  std::string sha256;
};

struct ParseJob {
  PluginFile plugin;
  std::string kind;          // page kind
  std::string url;           // final, absolute
  std::string content_type;  // the header's whole value, charset and all; empty where there was none
  std::string body;          // as received, not decoded
  Limits limits = Limits::page();
  bool texts = false;  // have the same worker read FoundDraft::text too, where it is HTML: a process less for each page
};

struct ExtractJob {
  std::string media_type;  // of the bytes as the server says it, parameters allowed
  std::string bytes;
  std::string ocr_languages;  // "rus+kir": recognise scanned pages (with Limits::ocr(pages)); empty = do not
  Limits limits = Limits::document();
};

// What a run cost and said, whatever its end.
struct Run {
  Fate fate = Fate::spawn_failed;
  std::string reason;      // for people; one line; empty when ok
  std::string error_text;  // what came on stderr, cut, control characters replaced: for the operator only
  std::string jail;        // "full", or what was missing ("no landlock"); empty when the worker never said
  Milliseconds wall{0};
  Milliseconds cpu{0};          // user + system
  std::size_t peak_memory = 0;  // bytes resident at most
};

struct ParseOutcome {
  Run run;
  Findings findings;  // empty unless run.fate is ok
  // The worker was lost when the plugin had answered and the texts were being read: how, for people. The page is whole
  // and nobody's misdeed is counted; texts without FoundDraft::read are still to be read.
  std::string texts_lost;
};

// `json` is one valid UTF-8 JSON object of at most limits.output bytes, as sandbox/extract/ words it.
struct ExtractOutcome {
  Run run;
  std::string json;  // empty unless run.fate is ok
};

struct ManifestKind {
  std::string name;
  bool list = false;
};

// What a plugin says of itself.
struct Manifest {
  std::string id, title;
  std::vector<std::string> origins;
  std::vector<FollowRequest> start;
  std::vector<ManifestKind> kinds;
};

struct DescribeOutcome {
  Run run;
  Manifest manifest;  // empty unless run.fate is ok
};

class Sandbox {
 public:
  virtual ~Sandbox() = default;
  virtual ParseOutcome parse(const ParseJob& job) = 0;
  virtual ExtractOutcome extract(const ExtractJob& job) = 0;
  virtual DescribeOutcome describe(const PluginFile& plugin) = 0;
};

}  // namespace draftwatch::sandbox
