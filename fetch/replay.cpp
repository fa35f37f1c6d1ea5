#include "fetch/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/file.h"
#include "fetch/body_digest.h"
#include "fetch/header.h"
#include "fetch/outcome.h"
#include "fetch/site_block.h"

namespace draftwatch::fetch {
namespace {

constexpr std::string_view kColumns = "source\tmethod\turl\tstatus\tcontent_type\tfile\tnote";

std::string without_query(const std::string& url) { return url.substr(0, url.find('?')); }

bool same_query_aside(std::string_view url) { return url.ends_with("?*"); }

}  // namespace

base::Result<Replay> Replay::open(const std::filesystem::path& folder, const base::Clock& clock) {
  const std::filesystem::path table = folder / "replay.tsv";
  const auto text = base::read_file(table);
  if (!text) return text.error();
  Replay replay(clock);
  std::error_code error;
  replay.root_ = std::filesystem::weakly_canonical(folder, error).parent_path();
  std::size_t number = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (number == 1 && line != kColumns) return base::invalid(fmt::format("{}: line 1: the columns must be {}", table.string(), kColumns));
    if (number == 1 || line.empty()) continue;
    if (auto added = replay.add(table, number, line); !added) return added.error();
  }
  if (number == 0) return base::invalid(fmt::format("{}: is empty; the first line names the columns", table.string()));
  return replay;
}

base::Status Replay::add(const std::filesystem::path& table, std::size_t number, std::string_view line) {
  const auto wrong = [&](std::string_view what) { return base::invalid(fmt::format("{}: line {}: {}", table.string(), number, what)); };
  std::array<std::string_view, 7> cells;
  std::size_t count = 0;
  for (std::string_view rest = line; count < cells.size(); ++count) {
    const std::size_t tab = count + 1 < cells.size() ? rest.find('\t') : rest.npos;  // the note may hold tabs
    cells[count] = rest.substr(0, tab);
    if (tab == rest.npos) {
      ++count;
      break;
    }
    rest.remove_prefix(tab + 1);
  }
  const auto [source, method, url, status, content_type, file, note] = cells;
  if (count < 6) return wrong("fewer than six columns");
  if (source.empty() || url.empty()) return wrong("source and url are required");
  if (method != "GET") return wrong("only GET is replayed, not " + printable(method, 20));
  Row row{0, std::string(content_type), {}};
  const auto [stop, error] = std::from_chars(status.data(), status.data() + status.size(), row.status);
  if (error != std::errc{} || stop != status.data() + status.size() || row.status < 200 || row.status > 599)
    return wrong("status is not 200..599: " + printable(status, 20));
  if (!file.empty()) {
    row.file = (root_ / file).lexically_normal();
    const auto inside = row.file.lexically_relative(root_);
    if (inside.empty() || *inside.begin() == "..") return wrong("file leads out of " + root_.string() + ": " + printable(file, 200));
    std::error_code missing;
    if (!std::filesystem::is_regular_file(row.file, missing)) return wrong("no such file: " + row.file.string());
  }
  const bool any = same_query_aside(url);
  auto& rows = any ? any_query_ : exact_;
  const std::string address(any ? url.substr(0, url.size() - 2) : url);
  if (!rows.try_emplace({std::string(source), address}, std::move(row)).second)
    return wrong("the same source and url stand in an earlier line: " + printable(url, 200));
  if (std::ranges::find(sources_, source) == sources_.end()) sources_.emplace_back(source);
  return {};
}

const Replay::Row* Replay::find(const std::string& source, const std::string& url) const {
  if (const auto row = exact_.find({source, url}); row != exact_.end()) return &row->second;
  if (const auto row = any_query_.find({source, without_query(url)}); row != any_query_.end()) return &row->second;
  return nullptr;
}

std::vector<std::string> Replay::urls(const std::string& source) const {
  std::vector<std::string> all;
  for (const auto& [key, row] : exact_)
    if (key.first == source) all.push_back(key.second);
  return all;
}

Answer Replay::fetch(const Request& request) {
  Answer answer;
  answer.at = clock_->now();
  answer.final_url = request.url;
  const Row* row = find(request.source, request.url);
  if (row == nullptr) {
    answer.cause = Cause::not_recorded;
    answer.detail = "no row of replay.tsv answers it";
    std::string asked = request.source + " " + request.url;
    if (std::ranges::find(not_recorded_, asked) == not_recorded_.end()) not_recorded_.push_back(std::move(asked));
    return answer;
  }
  answer.status = row->status;
  answer.content_type = row->content_type;
  answer.headers.emplace_back("content-type", printable(row->content_type));
  if (row->status != 200 && row->status != 203) {
    answer.cause = cause_of_status(row->status);
    answer.detail = fmt::format("status {}", row->status);
    return answer;
  }
  auto body = row->file.empty() ? base::Result<std::string>(std::string()) : base::read_file(row->file, request.limits.decoded_bytes);
  if (!body) {
    answer.cause = body.error().kind == base::Failure::invalid ? Cause::too_large : Cause::local;
    answer.detail = body.error().message;
    return answer;
  }
  answer.body = std::move(*body);
  answer.wire_bytes = answer.body.size();
  answer.digest = body_digest(answer.body);
  answer.cause = answer.body.empty() ? Cause::empty : Cause::ok;
  if (const std::string wall = site_block(row->status, row->content_type, answer.body, request.expects); !wall.empty()) {
    answer.cause = Cause::blocked_by_site;
    answer.detail = wall;
  }
  return answer;
}

}  // namespace draftwatch::fetch
