#include "tracker/window.h"

#include "base/zone.h"
#include "text/dates.h"
#include "tracker/admit.h"

namespace draftwatch::tracker {
namespace {

using model::Certainty;
using model::Stage;

constexpr base::Seconds kFarFuture{10LL * 365 * 24 * 3600};

std::optional<text::ReadDate> date_of(const std::string& key, const char* field, const std::string& words, std::vector<Doubt>& doubts) {
  const auto read = text::read_date(words);
  if (read) return *read;
  doubts.push_back({key, "date_dropped", std::string(field) + ": " + clean_line(read.error().message, 400)});
  return std::nullopt;
}

// While the text is still open to be shaped; after adoption a term means nothing.
bool can_be_discussed(Stage stage) {
  return stage == Stage::unknown || stage == Stage::planned || stage == Stage::consultation || stage == Stage::introduced ||
         stage == Stage::committee;
}

}  // namespace

std::optional<base::Day> admit_day(const Source& source, const std::string& key, const char* field, const std::string& words, base::Instant now,
                                   std::vector<Doubt>& doubts) {
  if (words.empty()) return std::nullopt;
  const auto read = date_of(key, field, words, doubts);
  if (!read) return std::nullopt;
  const auto day = text::day_of(*read, source.zone);
  if (!day) return std::nullopt;
  if (base::Instant{std::chrono::sys_days{*day}} > now + kFarFuture) {
    doubts.push_back({key, "date_dropped", std::string(field) + ": '" + clean_line(words, 100) + "' is more than ten years ahead"});
    return std::nullopt;
  }
  return *day;
}

std::optional<model::Window> read_window(const Source& source, const sandbox::FoundDraft& found, const std::optional<base::Day>& published,
                                         Stage stage, base::Instant now, std::vector<Doubt>& doubts) {
  model::Window window;
  window.zone = source.zone;
  window.seen = now;
  window.how_to_comment = clean_line(found.how_to_comment);
  if (!found.comments_from.empty()) {
    if (const auto read = date_of(found.key, "comments from", found.comments_from, doubts)) {
      const auto opens = text::start_of(*read, source.zone);
      if (opens) window.opens = *opens;
    }
  }
  if (!found.comments_until.empty()) {
    if (const auto read = date_of(found.key, "comments until", found.comments_until, doubts)) {
      const auto closes = text::end_of(*read, source.zone);
      if (closes && *closes > now + kFarFuture) {
        doubts.push_back({found.key, "date_dropped", "comments until: '" + clean_line(found.comments_until, 100) + "' is more than ten years ahead"});
      } else if (closes) {
        window.closes = *closes;
        window.closes_at_day_end = !read->time_of_day;
        window.certainty = Certainty::stated;
        window.words = clean_line(found.comments_until, 400);
      }
    }
  }
  if (window.opens && *window.opens > now + kFarFuture) window.opens.reset();
  if (window.opens && window.closes && *window.opens > *window.closes) {
    doubts.push_back(
        {found.key, "window_doubtful",
         "it begins ('" + clean_line(found.comments_from, 100) + "') after it ends ('" + window.words + "'); the beginning was dropped"});
    window.opens.reset();
  }
  if (window.closes) return window;

  if (source.term && published && can_be_discussed(stage)) {
    if (const auto term = source.term(*published)) {
      const auto opens = base::to_instant({*published, base::Seconds{0}}, source.zone);
      const auto closes = base::end_of_day(term->last_day, source.zone);
      if (opens && closes) {
        if (!window.opens) window.opens = *opens;
        window.closes = *closes;
        window.certainty = Certainty::computed;
        window.words = term->words;
        return window;
      }
    }
  }
  if (!window.opens) return std::nullopt;
  return window;  // without words: what is quoted is taken for the deadline
}

bool replaces(const std::optional<model::Window>& holds, const model::Window& now_read) {
  if (!holds) return true;
  if (holds->certainty == Certainty::stated && now_read.certainty != Certainty::stated) return false;
  if (!now_read.closes && holds->closes) return false;  // the portal no longer says it: what it said holds
  return holds->closes != now_read.closes || holds->certainty != now_read.certainty || (now_read.opens && holds->opens != now_read.opens);
}

}  // namespace draftwatch::tracker
