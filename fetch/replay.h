// The fetcher that answers from recorded files: `draftwatch run --once --replay DIR`.
//
// DIR/replay.tsv has a header line and the columns source, method, url, status, content_type, file, note, separated by
// tabs. `file` is relative to DIR's parent and may be empty. A url that ends in "?*" matches any query, and none; an
// exact url wins. What is not listed is Cause::not_recorded, never an empty page, and is remembered.
// Conditional requests are answered in full: recordings have no validators. Pace is not kept.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "fetch/fetcher.h"

namespace draftwatch::fetch {

class Replay final : public Fetcher {
 public:
  // Reads and checks the whole table: a malformed row, a row twice or a file that is missing is Failure::invalid with
  // file and line. `clock` must outlive the replay.
  static base::Result<Replay> open(const std::filesystem::path& folder, const base::Clock& clock);

  // Statuses are classified as for the network; redirects among the recorded answers are not known.
  Answer fetch(const Request& request) override;

  // "source url" of every request that had no recorded answer, in order of asking, each once. The run that used this
  // replay prints them and ends with a non-zero status.
  const std::vector<std::string>& not_recorded() const { return not_recorded_; }

  // The sources of the table, in order of appearance: a replay enables them.
  const std::vector<std::string>& sources() const { return sources_; }

  // The exact addresses recorded for a source, sorted.
  std::vector<std::string> urls(const std::string& source) const;

 private:
  struct Row {
    int status;
    std::string content_type;
    std::filesystem::path file;  // empty: no body
  };
  explicit Replay(const base::Clock& clock) : clock_(&clock) {}
  base::Status add(const std::filesystem::path& table, std::size_t number, std::string_view line);
  const Row* find(const std::string& source, const std::string& url) const;

  const base::Clock* clock_;
  std::filesystem::path root_;
  std::map<std::pair<std::string, std::string>, Row> exact_, any_query_;  // by source and url
  std::vector<std::string> sources_, not_recorded_;
};

}  // namespace draftwatch::fetch
