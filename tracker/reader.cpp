#include "tracker/reader.h"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "storage/health.h"
#include "text/normalise.h"

namespace draftwatch::tracker {
namespace {

namespace json = boost::json;

bool is_plain(std::string_view media_type) { return media_type == "text/plain" || media_type.starts_with("text/plain;"); }

constexpr std::string_view kOcrMark = "[OCR ";

const json::object* member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value ? value->if_object() : nullptr;
}

double number_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_number() ? value->to_number<double>() : 0;
}

bool true_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

// "text", or the name of a reason.
void take_outcome(std::string_view outcome, std::string_view words, ReadText& out) {
  if (outcome == "text")
    out.text = text::normalise(words);
  else
    out.no_text = outcome.empty() ? sandbox::name(sandbox::Fate::bad_output) : outcome;
}

// The extractor's object: "outcome" is "text" or the name of a reason, "text" the words.
void take_extracted(const std::string& answer, ReadText& out) {
  const auto value = base::parse_json(answer);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  if (object == nullptr) {
    out.no_text = sandbox::name(sandbox::Fate::bad_output);
    return;
  }
  take_outcome(base::string_at(*object, "outcome"), base::string_at(*object, "text"), out);
  const auto* ocr = member(*object, "ocr");
  if (out.text && ocr && true_at(*ocr, "used")) out.ocr = static_cast<int>(std::clamp(number_at(*ocr, "confidence"), 0.0, 100.0));
}

// Why a recognition gave nothing.
std::string reason_of(const std::string& answer) {
  const auto value = base::parse_json(answer);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  const auto* ocr = object ? member(*object, "ocr") : nullptr;
  const std::string reason = ocr ? base::string_at(*ocr, "reason") : "";
  return reason.empty() ? "no words were recognised" : reason;
}

bool is_ours(sandbox::Fate fate) { return fate == sandbox::Fate::spawn_failed || fate == sandbox::Fate::no_jail; }

}  // namespace

std::optional<base::Seconds> quarantine_after(int kills) {
  if (kills < kKillsToQuarantine) return std::nullopt;
  const int doublings = std::min(kills - kKillsToQuarantine, 10);
  return std::min(base::Seconds{kFirstQuarantine.count() * (1LL << doublings)}, kLongestQuarantine);
}

std::string with_ocr_mark(const std::string& label, std::optional<int> confidence) {
  if (!confidence) return label;
  return label + (label.empty() ? "" : " ") + std::string(kOcrMark) + std::to_string(*confidence) + " %]";
}

std::string without_ocr_mark(const std::string& label) {
  const auto at = label.rfind(kOcrMark);
  if (at == std::string::npos || !label.ends_with(" %]")) return label;
  return label.substr(0, at > 0 ? at - 1 : 0);
}

base::Status Reader::killed(const std::string& source, const std::string& kind, std::string_view fate) {
  storage::Health health(database_);
  const auto run = health.worker_run(source, kind);
  if (!run) return run.error();
  const auto rest = quarantine_after(run->kills + 1);
  return health.worker_killed(source, kind, fate, rest ? std::optional(clock_.now() + *rest) : std::nullopt);
}

base::Result<ReadPage> Reader::page(const Source& source, const std::string& kind, const std::string& url, const std::string& content_type,
                                    std::string body) {
  storage::Health health(database_);
  const auto noted = health.worker_starts(source.id, kind, clock_.now());
  if (!noted) return noted.error();
  auto outcome = sandbox_.parse({source.plugin, kind, url, content_type, std::move(body), sandbox::Limits::page(), true});
  const sandbox::Fate fate = outcome.run.fate;
  const auto counted =
      sandbox::is_misdeed(fate) ? killed(source.id, kind, sandbox::name(fate)) : health.worker_ended(source.id, kind, sandbox::name(fate));
  if (!counted) return counted.error();
  ReadPage out;
  out.ours = is_ours(fate);
  out.misdeed = sandbox::is_misdeed(fate);
  if (fate != sandbox::Fate::ok) {
    out.cause = sandbox::name(fate);
    out.detail = outcome.run.reason;
  } else {
    out.findings = std::move(outcome.findings);
    if (!outcome.texts_lost.empty())
      out.findings.warnings.push_back("the worker was lost while it read the texts of " + url + " (" + outcome.texts_lost +
                                      "): they were read by a worker of their own");
  }
  return out;
}

ReadText Reader::text_of_page(std::string media_type, std::string bytes, const sandbox::FoundText& read) {
  ReadText out;
  out.media_type = std::move(media_type);
  out.original = std::move(bytes);
  take_outcome(read.outcome, read.text, out);
  return out;
}

ReadText Reader::text(std::string media_type, std::string bytes) {
  ReadText out;
  out.media_type = std::move(media_type);
  out.original = std::move(bytes);
  if (is_plain(out.media_type) && out.media_type.find("charset") == std::string::npos) {
    out.text = text::normalise(out.original);
    if (out.text->empty()) {
      out.text.reset();
      out.no_text = "empty";
    }
    return out;
  }
  sandbox::ExtractJob job;
  job.media_type = out.media_type;
  job.bytes = out.original;
  const auto outcome = sandbox_.extract(job);
  out.ours = is_ours(outcome.run.fate);
  if (outcome.run.fate == sandbox::Fate::ok)
    take_extracted(outcome.json, out);
  else
    out.no_text = sandbox::name(outcome.run.fate);
  if (outcome.run.fate == sandbox::Fate::ok && !ocr_languages_.empty()) recognise(outcome, out);
  return out;
}

// The second reading of a scan. Whatever comes of it, what the first one said holds where this one brings no text: a
// recognition that is killed, or not installed, leaves a scan a scan.
void Reader::recognise(const sandbox::ExtractOutcome& first, ReadText& out) {
  const auto value = base::parse_json(first.json);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  if (object == nullptr || !true_at(*object, "scanned")) return;
  sandbox::ExtractJob job;
  job.media_type = out.media_type;
  job.bytes = out.original;
  job.ocr_languages = ocr_languages_;
  job.limits = sandbox::Limits::ocr(static_cast<std::size_t>(std::clamp(number_at(*object, "pages"), 1.0, 1e4)));
  const auto again = sandbox_.extract(job);
  ReadText recognised;
  if (again.run.fate == sandbox::Fate::ok) take_extracted(again.json, recognised);
  if (recognised.ocr) {
    out.text = std::move(recognised.text);
    out.ocr = recognised.ocr;
    out.no_text.clear();
    return;
  }
  // No worker for the second reading: the whole is tried again later, or this scan would never be recognised.
  out.ours = is_ours(again.run.fate);
  out.doubt = again.run.fate == sandbox::Fate::ok ? reason_of(again.json) : again.run.reason;
}

base::Status Reader::count_unfinished() {
  storage::Health health(database_);
  const auto runs = health.unfinished_runs();
  if (!runs) return runs.error();
  for (const auto& run : *runs) {
    const auto counted = killed(run.source, run.kind, "daemon_ended");
    if (!counted) return counted;
  }
  return {};
}

}  // namespace draftwatch::tracker
