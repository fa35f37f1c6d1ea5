#include "sandbox/spawner.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "sandbox/answer_reader.h"
#include "sandbox/child.h"
#include "sandbox/plugin_file.h"

namespace draftwatch::sandbox {
namespace {

constexpr int kWrongWords = 64;  // of the worker's exit statuses (sandbox/worker/main.cpp)

void end(Run& run, Fate fate, std::string reason) {
  run.fate = fate;
  run.reason = std::move(reason);
}

std::string seconds(Milliseconds time) { return std::to_string(time.count() / 1'000) + "." + std::to_string(time.count() / 100 % 10) + " s"; }

// The fate that a signal tells.
void judge_signal(Run& run, int signal, const Limits& limits) {
  const bool used_up = run.cpu >= std::chrono::seconds(limits.cpu_seconds);
  if (signal == SIGXCPU || (signal == SIGKILL && used_up))
    return end(run, Fate::killed_cpu, "used its " + std::to_string(limits.cpu_seconds) + " s of processor time");
  if (signal == SIGKILL) return end(run, Fate::killed_memory, "killed by the system, most likely for memory");
  if (signal == SIGSYS) return end(run, Fate::forbidden_call, "made a system call that workers may not make (or called abort)");
  end(run, Fate::crashed, std::string("crashed: ") + strsignal(signal));
}

// Everything that can be told without reading the answer.
Run judge(const ChildEnd& child, const Limits& limits) {
  Run run;
  run.wall = child.wall;
  run.cpu = child.cpu;
  run.peak_memory = child.peak_memory;
  run.error_text = tamed(child.error_output, limits.error_output);
  if (!child.started) {
    end(run, Fate::spawn_failed, "no worker could be started: " + child.trouble);
  } else if (child.flooded) {
    end(run, Fate::too_much_output, "answered with more than " + std::to_string(limits.output >> 20) + " MB");
  } else if (child.timed_out) {
    end(run, Fate::timeout, "did not answer within " + seconds(limits.wall));
  } else if (WIFSIGNALED(child.status)) {
    judge_signal(run, WTERMSIG(child.status), limits);
  } else if (WEXITSTATUS(child.status) == kWrongWords) {
    end(run, Fate::spawn_failed, "the worker is of another version: " + run.error_text);
  } else if (child.output.empty()) {
    end(run, Fate::bad_output, "ended without an answer, exit status " + std::to_string(WEXITSTATUS(child.status)));
  } else {
    run.fate = Fate::ok;
  }
  return run;
}

// Turns a run that ended well into what its answer says.
template <class Use>
Run believe(Run run, std::string_view words, std::string_view member, Use&& use) {
  auto answer = read_answer(words, member);
  if (!answer) {
    end(run, Fate::bad_output, answer.error().message);
    return run;
  }
  run.jail = answer->jail;
  if (answer->fate != Fate::ok) {
    end(run, answer->fate, answer->reason);
  } else if (const base::Status used = use(answer->body); !used) {
    end(run, Fate::bad_output, used.error().message);
  }
  return run;
}

// Reads the answer where there is one.
template <class Use>
Run conclude(const ChildEnd& child, const Limits& limits, std::string_view member, Use&& use) {
  Run run = judge(child, limits);
  return run.fate == Fate::ok ? believe(std::move(run), child.output, member, use) : run;
}

// The plugin's answer is a line, what was read of its texts is the lines behind it. A worker that is lost in those has
// said all that there is to say of the page.
ParseOutcome conclude_page(const ChildEnd& child, const ParseJob& job) {
  ParseOutcome outcome;
  const std::string_view said = child.output;
  const auto end = job.texts ? said.find('\n') : said.npos;
  const Run run = judge(child, job.limits);
  const bool lost = run.fate != Fate::ok;
  const auto use = [&](const boost::json::object& body) -> base::Status {
    const auto texts = read_text_lines(end == said.npos ? std::string_view() : said.substr(end + 1), lost);
    if (!texts) return texts.error();
    auto findings = findings_from(body, {}, *texts);
    if (!findings) return findings.error();
    outcome.findings = std::move(findings).value();
    return {};
  };
  outcome.run = run;
  if (lost && (end == said.npos || !is_misdeed(run.fate))) return outcome;
  Run read = run;
  read.fate = Fate::ok;
  read.reason.clear();
  read = believe(std::move(read), said.substr(0, end), "findings", use);
  if (lost && read.fate != Fate::ok) return outcome;
  outcome.run = std::move(read);
  if (lost) outcome.texts_lost = run.reason;
  return outcome;
}

// `words` begins with the task's options; what a plugin or portal worded stands behind "--", where nothing is an option.
std::vector<std::string> command(const SpawnerOptions& options, const Limits& limits, const std::vector<std::string>& words) {
  std::vector<std::string> all{options.worker.string(), "--memory", std::to_string(std::max<std::size_t>(limits.memory >> 20, 1)), "--cpu",
                               std::to_string(limits.cpu_seconds)};
  if (options.unjailed) all.emplace_back("--unjailed");
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

// A command line takes 128 KB a word; a header or address that long is not one.
std::string short_word(const std::string& word) { return word.substr(0, 16'384); }

std::string whole_path(const std::filesystem::path& path) {
  std::error_code failed;
  const auto whole = std::filesystem::absolute(path, failed);
  return (failed ? path : whole).string();
}

}  // namespace

std::filesystem::path default_worker() {
  std::error_code failed;
  return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "draftwatch-worker";
}

Run Spawner::admit(const PluginFile& plugin) {
  Run run;
  run.fate = Fate::ok;
  if (const auto fit = check_plugin_file(plugin.path); !fit) {
    end(run, Fate::unsafe_plugin, fit.error().message);
    return run;
  }
  if (plugin.sha256.empty()) return run;
  struct stat status {};
  if (stat(plugin.path.c_str(), &status) != 0) {
    end(run, Fate::unsafe_plugin, plugin.path.string() + ": " + std::strerror(errno));
    return run;
  }
  std::string identity = whole_path(plugin.path);
  for (const auto part : {static_cast<long long>(status.st_dev), static_cast<long long>(status.st_ino), static_cast<long long>(status.st_size),
                          static_cast<long long>(status.st_mtim.tv_sec), static_cast<long long>(status.st_mtim.tv_nsec),
                          static_cast<long long>(status.st_ctim.tv_sec), static_cast<long long>(status.st_ctim.tv_nsec)})
    identity += "|" + std::to_string(part);
  const std::scoped_lock lock(mutex_);
  auto known = digests_.find(identity);
  if (known == digests_.end()) {
    const auto bytes = base::read_file(plugin.path);
    if (!bytes) {
      end(run, Fate::unsafe_plugin, bytes.error().message);
      return run;
    }
    if (digests_.size() > 1'000) digests_.clear();
    known = digests_.emplace(identity, base::to_hex(base::sha256(*bytes))).first;
  }
  if (known->second != plugin.sha256)
    end(run, Fate::unsafe_plugin,
        "plugin " + plugin.path.string() + " is not the pinned file: SHA-256 is " + known->second + ", pinned is " + plugin.sha256);
  return run;
}

ParseOutcome Spawner::parse(const ParseJob& job) {
  ParseOutcome outcome;
  outcome.run = admit(job.plugin);
  if (outcome.run.fate != Fate::ok) return outcome;
  std::vector<std::string> words{"--content-type", short_word(job.content_type)};
  if (job.texts) words.emplace_back("--texts");
  words.insert(words.end(), {"--", whole_path(job.plugin.path), short_word(job.kind), short_word(job.url)});
  return conclude_page(run_child(command(options_, job.limits, words), job.body, job.limits), job);
}

ExtractOutcome Spawner::extract(const ExtractJob& job) {
  ExtractOutcome outcome;
  const std::string type = job.media_type.empty() ? "application/octet-stream" : short_word(job.media_type);
  std::vector<std::string> words{"--extract", type};
  if (!job.ocr_languages.empty()) words.insert(words.end(), {"--ocr", short_word(job.ocr_languages)});
  const auto child = run_child(command(options_, job.limits, words), job.bytes, job.limits);
  outcome.run = conclude(child, job.limits, "extracted", [&](const boost::json::object& body) -> base::Status {
    outcome.json = base::to_json(boost::json::value(body));
    return {};
  });
  return outcome;
}

DescribeOutcome Spawner::describe(const PluginFile& plugin) {
  DescribeOutcome outcome;
  outcome.run = admit(plugin);
  if (outcome.run.fate != Fate::ok) return outcome;
  const Limits limits = Limits::page();
  const auto child = run_child(command(options_, limits, {"--describe", whole_path(plugin.path)}), "", limits);
  outcome.run = conclude(child, limits, "manifest", [&](const boost::json::object& body) -> base::Status {
    auto manifest = manifest_from(body);
    if (!manifest) return manifest.error();
    outcome.manifest = std::move(manifest).value();
    return {};
  });
  return outcome;
}

}  // namespace draftwatch::sandbox
