// draftwatch run --once: one round of track and alert by hand, on the network or on recorded answers.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>

#include "cli/command.h"
#include "cli/progress.h"
#include "daemon/alerting.h"
#include "daemon/lock.h"
#include "daemon/tracking.h"

namespace draftwatch::cli {
namespace {

struct Wanted {
  bool once = false, as_news = false, no_mail = false;
  std::string replay, now, source;
  int backfill = 0;
};

boost::json::array texts(const std::vector<std::string>& lines) {
  boost::json::array out;
  for (const auto& line : lines) out.push_back(boost::json::string(line));
  return out;
}

void print_list(const Shell& shell, const char* head, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  shell.print(fmt::format("{} ({}):\n", head, lines.size()));
  for (const auto& line : lines) shell.print("  " + line + "\n");
}

void print_report(const Shell& shell, const tracker::Report& report, int mails) {
  if (shell.json)
    return shell.print_json(boost::json::value(boost::json::object{{"fetched", report.fetched},
                                                                   {"unchanged", report.unchanged},
                                                                   {"parsed", report.parsed},
                                                                   {"failed", report.failed},
                                                                   {"drafts", report.drafts},
                                                                   {"versions", report.versions},
                                                                   {"events", report.events},
                                                                   {"loud_events", report.loud_events},
                                                                   {"mails", mails},
                                                                   {"not_recorded", texts(report.not_recorded)},
                                                                   {"warnings", texts(report.warnings)},
                                                                   {"failures", texts(report.failures)},
                                                                   {"kept_back", texts(report.kept_back)},
                                                                   {"held", texts(report.held)}}));
  print_list(shell, "warnings", report.warnings);
  print_list(shell, "held for you", report.held);
  print_list(shell, "left out, the portal's robots.txt forbids it", report.kept_back);
  print_list(shell, "failures", report.failures);
  print_list(shell, "not recorded", report.not_recorded);
  shell.print(fmt::format("{} pages fetched, {} unchanged, {} read, {} failed; {} new drafts, {} new versions, {} events; {} mails\n", report.fetched,
                          report.unchanged, report.parsed, report.failed, report.drafts, report.versions, report.events, mails));
}

base::Result<daemon::Context> with_clock(daemon::Context context, const std::string& now) {
  if (now.empty()) return context;
  const auto at = base::parse_rfc3339(now);
  if (!at) return base::invalid("--now: " + at.error().message);
  context.clock = std::make_shared<base::HandClock>(*at);
  return context;
}

void run(Shell& shell, const Wanted& wanted) {
  auto loaded = shell.context();
  if (!loaded) return;
  const auto context = with_clock(std::move(*loaded), wanted.now);
  if (!context) return shell.fail(context.error());
  if (const auto made = daemon::make_state_dir(*context); !made) return shell.fail(made.error());
  const auto track_lock = daemon::Lock::take(context->lock_dir(), "track");
  if (!track_lock) return shell.fail(track_lock.error());
  Progress progress;
  auto parts = daemon::make_tracking(*context, {wanted.replay, wanted.as_news, [&](const tracker::Report& report, const std::string& url) {
                                                  progress.line(fmt::format("{} pages, {} new drafts  {}", report.fetched, report.drafts, url));
                                                }});
  if (!parts) return shell.fail(parts.error());
  if (const auto started = parts->tracker->start(); !started) return shell.fail(started.error());
  const auto report = wanted.backfill > 0 ? parts->tracker->backfill(wanted.source, wanted.backfill) : parts->tracker->run_once();
  if (!report) return shell.fail(report.error());
  int mails = 0;
  if (!wanted.no_mail) {
    const auto alert_lock = daemon::Lock::take(context->lock_dir(), "alert");
    if (!alert_lock) return shell.fail(alert_lock.error());
    auto alerting = daemon::make_alerting(*context);
    if (!alerting) return shell.fail(alerting.error());
    const auto sent = alerting->alerter->run_once();
    if (!sent) return shell.fail(sent.error());
    mails = sent->sent;
  }
  progress.clear();
  print_report(shell, *report, mails);
  if (!report->not_recorded.empty() || !report->failures.empty() || !context->broken.empty()) shell.status = 1;
}

}  // namespace

void add_run_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("run", "One round by hand: read what is due, match, send. Status 1: a page failed or was not recorded");
  command->add_flag("--once", wanted->once, "One round, then end")->required();
  command->add_option("--replay", wanted->replay, "Answer from the recorded responses of this folder (replay.tsv) instead of the network");
  command->add_option("--now", wanted->now, "Set every clock of the run (RFC 3339)");
  command->add_flag("--as-news", wanted->as_news, "Let a first crawl and old items count as news");
  command->add_flag("--no-mail", wanted->no_mail, "Read only; match and send nothing");
  command->add_option("--backfill", wanted->backfill, "Instead of what is due: this many list pages of --source, silently")
      ->check(CLI::Range(1, 100000));
  command->add_option("--source", wanted->source, "For --backfill");
  command->callback([&shell, wanted] { run(shell, *wanted); });
}

}  // namespace draftwatch::cli
