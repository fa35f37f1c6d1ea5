#include "storage/search.h"

#include <algorithm>

#include "base/zstd.h"
#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

// A stem between double quotes is a string to FTS5, whatever it holds; a quote inside is doubled.
std::string quoted(const SearchTerm& term) {
  std::string out = "\"";
  for (std::size_t i = 0; i < term.stems.size(); ++i) {
    if (i > 0) out += ' ';
    for (const char c : term.stems[i]) {
      if (c == '\0') continue;
      out += c;
      if (c == '"') out += '"';
    }
  }
  return out + (term.prefix ? "\" *" : "\"");
}

bool is_empty(const SearchTerm& term) {
  return std::all_of(term.stems.begin(), term.stems.end(), [](const std::string& stem) { return stem.empty(); });
}

// FTS5's words for the query; Failure::invalid where there is nothing to look for.
base::Result<std::string> match_of(const SearchQuery& query) {
  std::size_t stems = 0;
  std::string all, none;
  for (const auto& alternatives : query.all) {
    std::string any;
    for (const SearchTerm& term : alternatives) {
      if (is_empty(term)) continue;
      stems += term.stems.size();
      any += (any.empty() ? "" : " OR ") + quoted(term);
    }
    if (any.empty()) return base::invalid("a word to search for has no letters or digits");
    all += (all.empty() ? "(" : " AND (") + any + ")";
  }
  for (const SearchTerm& term : query.none) {
    if (is_empty(term)) continue;
    stems += term.stems.size();
    none += (none.empty() ? "" : " OR ") + quoted(term);
  }
  if (all.empty()) return base::invalid("a search needs at least one word to look for");
  if (stems > static_cast<std::size_t>(Search::kMostStems))
    return base::invalid("a search may have " + std::to_string(Search::kMostStems) + " words, this one has " + std::to_string(stems));
  return none.empty() ? all : "(" + all + ") NOT (" + none + ")";
}

struct Stems {
  std::string title, body;
};

base::Result<std::optional<Stems>> stems_of(Database& database, std::int64_t draft) {
  auto read = database.prepare("SELECT title, body, size FROM search_stems WHERE draft = ?");
  read.bind(1, draft);
  const auto row = read.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Stems>();
  auto body = base::zstd_decompress(read.text(1), static_cast<std::size_t>(read.integer(2)));
  if (!body) return base::corrupt("search entry of draft " + std::to_string(draft) + ": " + body.error().message);
  return std::optional(Stems{read.text(0), std::move(*body)});
}

// How often the term stands in text made of stems and single spaces.
int occurrences(std::string_view text, const SearchTerm& term) {
  std::string wanted;
  for (const std::string& stem : term.stems) wanted += (wanted.empty() ? "" : " ") + stem;
  int count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + wanted.size())) {
    const bool starts = at == 0 || text[at - 1] == ' ';
    const bool ends = term.prefix || at + wanted.size() == text.size() || text[at + wanted.size()] == ' ';
    count += starts && ends ? 1 : 0;
  }
  return count;
}

constexpr double kTitleWeight = 100;  // a word of the title says what a draft is about

double score(const Stems& stems, const SearchQuery& query) {
  double total = 0;
  for (const auto& alternatives : query.all) {
    for (const SearchTerm& term : alternatives) {
      const int in_body = occurrences(stems.body, term);
      total += kTitleWeight * (occurrences(stems.title, term) > 0 ? 1 : 0) + in_body / (in_body + 5.0);  // saturates: length is no merit
    }
  }
  return total;
}

}  // namespace

base::Status Search::put(model::Id<model::Draft> draft, std::string_view title_stems, std::string_view body_stems) {
  return in_one(database_, [&]() -> base::Status {
    const auto old = stems_of(database_, draft.value);
    if (!old) return old.error();
    if (*old) {
      if ((*old)->title == title_stems && (*old)->body == body_stems) return {};
      auto remove = database_.prepare("INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?, ?, ?)");
      const auto removed = remove.bind(1, draft.value).bind(2, (*old)->title).bind(3, (*old)->body).run();
      if (!removed) return removed;
    }
    auto index = database_.prepare("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)");
    const auto indexed = index.bind(1, draft.value).bind(2, title_stems).bind(3, body_stems).run();
    if (!indexed) return indexed;
    auto keep = database_.prepare("INSERT OR REPLACE INTO search_stems (draft, title, body, size) VALUES (?, ?, ?, ?)");
    keep.bind(1, draft.value).bind(2, title_stems).bind_blob(3, base::zstd_compress(body_stems, {}, 3));
    return keep.bind(4, static_cast<std::int64_t>(body_stems.size())).run();
  });
}

base::Result<std::vector<model::Id<model::Draft>>> Search::find(const SearchQuery& query, Order order, int at_most,
                                                                std::optional<model::Id<model::Draft>> before) {
  const auto match = match_of(query);
  if (!match) return match.error();
  auto read = database_.prepare("SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?");
  read.bind(1, *match)
      .bind(2, before ? before->value : std::int64_t{1} << 62)
      .bind(3, order == Order::best ? std::max(kCandidates, at_most) : at_most);
  auto hits = all_rows(read, [](const Statement& row) { return model::Id<model::Draft>{row.integer(0)}; });
  if (!hits || order == Order::newest) return hits;

  std::vector<std::pair<double, model::Id<model::Draft>>> ranked;
  for (const auto& hit : *hits) {
    const auto stems = stems_of(database_, hit.value);
    if (!stems) return stems.error();
    ranked.emplace_back(*stems ? score(**stems, query) : 0, hit);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  hits->clear();
  for (const auto& [points, hit] : ranked)
    if (hits->size() < static_cast<std::size_t>(at_most)) hits->push_back(hit);
  return hits;
}

}  // namespace draftwatch::storage
