#include "notify/match.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>

#include "base/json.h"
#include "notify/deadline.h"
#include "storage/alerts.h"
#include "storage/drafts.h"
#include "storage/subscriptions.h"
#include "storage/versions.h"

namespace draftwatch::notify {
namespace {

namespace json = boost::json;

constexpr int kBatch = 50;  // events a transaction: other roles wait for the lock no longer than that

bool holds(const std::vector<std::string>& list, const std::string& item) { return std::find(list.begin(), list.end(), item) != list.end(); }

class ScanMatcher final : public Matcher {
 public:
  explicit ScanMatcher(const std::vector<model::Subscription>& subscriptions) {
    std::map<std::string, std::size_t> known;
    for (const auto& subscription : subscriptions) {
      const auto [at, added] = known.try_emplace(subscription.interest.query, compiled_.size());
      if (added) {
        auto query = text::Query::parse(subscription.interest.query);
        compiled_.push_back({query ? std::move(*query) : *text::Query::parse(""), {}});
      }
      compiled_[at->second].subscribers.push_back(subscription);
    }
  }

  std::vector<Match> match(const Subject& subject) const override {
    std::vector<Match> out;
    for (const Compiled& compiled : compiled_) {
      const auto wants = [&](const model::Subscription& subscription) {
        return wants_source(subscription.interest, subject.source, subject.country);
      };
      if (std::none_of(compiled.subscribers.begin(), compiled.subscribers.end(), wants) || !compiled.query.meets(subject.document)) continue;
      const text::Meeting meeting = compiled.query.explain(subject.document);
      for (const auto& subscription : compiled.subscribers)
        if (wants(subscription)) out.push_back({subscription.id, meeting});
    }
    std::sort(out.begin(), out.end(), [](const Match& a, const Match& b) { return a.subscription < b.subscription; });
    return out;
  }

 private:
  struct Compiled {
    text::Query query;
    std::vector<model::Subscription> subscribers;
  };
  std::vector<Compiled> compiled_;
};

// The draft of an event, prepared once for all events of a batch.
struct Prepared {
  storage::DraftRow row;
  std::vector<Match> matches;
};

base::Result<Prepared> prepare(const Context& context, const Matcher& matcher, model::Id<model::Draft> draft) {
  auto row = storage::Drafts(context.database).row(draft);
  if (!row) return row.error();
  if (!*row) return base::corrupt("event of draft " + std::to_string(draft.value) + ", which does not exist");
  auto body = storage::Versions(context.database).text_of_draft(draft);
  if (!body && body.error().kind != base::Failure::not_found) return body.error();
  Prepared out{std::move(**row), {}};
  const model::Draft& found = out.row.draft;
  const text::Document document(found.title, (body ? *body : std::string()) + "\n" + found.authority + "\n" + found.number);
  out.matches = matcher.match({found.source, out.row.country, document});
  return out;
}

base::Result<int> match_batch(const Context& context, const Matcher& matcher, const std::vector<model::Event>& events, base::Instant now) {
  storage::Alerts alerts(context.database);
  std::map<std::int64_t, Prepared> drafts;
  int added = 0;
  for (const model::Event& event : events) {
    auto found = drafts.find(event.draft.value);
    if (found == drafts.end()) {
      auto prepared = prepare(context, matcher, event.draft);
      if (!prepared) return prepared.error();
      found = drafts.emplace(event.draft.value, std::move(*prepared)).first;
    }
    const bool urgent = is_urgent(event, found->second.row.window, now);
    for (const Match& match : found->second.matches) {
      const auto one = alerts.add({{}, match.subscription, event.id, urgent, why_json(match.meeting)}, now);
      if (!one) return one.error();
      added += *one;
    }
    const auto marked = alerts.mark_matched(event.id, now);
    if (!marked) return marked.error();
  }
  return added;
}

}  // namespace

bool wants_source(const model::Interest& interest, const std::string& source, const std::string& country) {
  return (interest.sources.empty() || holds(interest.sources, source)) && (interest.countries.empty() || holds(interest.countries, country));
}

std::unique_ptr<Matcher> scan_matcher(const std::vector<model::Subscription>& subscriptions) { return std::make_unique<ScanMatcher>(subscriptions); }

std::string why_json(const text::Meeting& meeting) {
  json::array words;
  for (const std::string& word : meeting.words) words.emplace_back(word);
  return base::to_json(json::object{{"excerpt", meeting.excerpt}, {"words", std::move(words)}});
}

text::Meeting why_from_json(const std::string& why) {
  text::Meeting meeting;
  const auto value = base::parse_json(why);
  if (!value || !value->is_object()) return meeting;
  meeting.excerpt = base::string_at(value->as_object(), "excerpt");
  if (const auto* words = value->as_object().if_contains("words"); words != nullptr && words->is_array())
    for (const auto& word : words->as_array())
      if (word.is_string()) meeting.words.emplace_back(word.as_string());
  return meeting;
}

base::Result<int> match_events(const Context& context, base::Instant now) {
  int added = 0;
  std::unique_ptr<Matcher> matcher;
  for (;;) {
    int matched = 0;
    // The list is read inside the transaction: what another connection committed meanwhile waits for the next batch.
    const auto done = context.database.transaction([&]() -> base::Status {
      const auto events = storage::Alerts(context.database).unmatched(kBatch);
      if (!events) return events.error();
      if (events->empty()) return {};
      if (!matcher) {
        const auto subscriptions = storage::Subscriptions(context.database).active();
        if (!subscriptions) return subscriptions.error();
        matcher = scan_matcher(*subscriptions);
      }
      const auto count = match_batch(context, *matcher, *events, now);
      if (!count) return count.error();
      added += *count;
      matched = static_cast<int>(events->size());
      return {};
    });
    if (!done) return done.error();
    if (matched < kBatch) return added;
  }
}

}  // namespace draftwatch::notify
