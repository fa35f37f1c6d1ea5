#include "demo/portal.h"

#include <charconv>
#include <ctime>

#include "base/digest.h"
#include "demo/pages.h"
#include "demo/papers.h"
#include "demo/words.h"

namespace draftwatch::demo {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kRobots = "User-agent: *\nDisallow: /admin/\n";

Answer plain(int status, std::string_view media_type, std::string body) {
  Answer answer;
  answer.status = status;
  answer.media_type = media_type;
  answer.body = std::move(body);
  return answer;
}

// RFC 9110's date, always English.
std::string http_date(base::Instant at) {
  const std::time_t seconds = base::to_unix(at);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday], parts.tm_mday, kMonths[parts.tm_mon],
                parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text;
}

// The latest thing that happened anywhere: a page cannot be younger.
base::Instant last_change(const Scenario& scenario, const Timeline& timeline, const std::vector<Standing>& all, base::Instant now) {
  base::Instant latest = timeline.start - base::Seconds{30 * 86400};
  for (const Standing& standing : all) latest = std::max(latest, standing.changed);
  for (const auto& spells : {scenario.outages, scenario.redesigns})
    for (const Spell& spell : spells)
      for (const base::Instant at : {timeline.at(spell.from), timeline.at(spell.until)})
        if (at <= now) latest = std::max(latest, at);
  return latest;
}

std::string_view language_of(std::string_view path) {
  for (const std::string_view language : {"ru", "ky", "en"})
    if (path.size() > 3 && path[0] == '/' && path.substr(1).starts_with(std::string(language) + "/")) return language;
  return {};
}

// 1 where the query has no page; 0 where it has nonsense.
std::size_t page_number(std::string_view query) {
  if (query.empty()) return 1;
  if (!query.starts_with("page=")) return 0;
  std::size_t number = 0;
  const std::string_view digits = query.substr(5);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() && number < 10000 ? number : 0;
}

const Standing* find_key(const std::vector<Standing>& all, std::string_view key) {
  for (const Standing& standing : all)
    if (standing.life->key == key && !standing.gone) return &standing;
  return nullptr;
}

// /files/{key}/{name}.{format}
Answer file_answer(const Scenario& scenario, const std::vector<Standing>& all, std::string_view path) {
  path.remove_prefix(std::string_view("/files/").size());
  const std::size_t slash = path.find('/');
  const Standing* standing = slash == path.npos ? nullptr : find_key(all, path.substr(0, slash));
  if (standing != nullptr)
    for (const Paper& paper : standing->papers) {
      if (paper.name + "." + paper.format != path.substr(slash + 1)) continue;
      const std::string& text = scenario.texts.find(paper.text)->second;
      if (paper.format == "pdf") return plain(200, "application/pdf", pdf(text));
      return plain(200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx(text));
    }
  return plain(404, kHtml, message_page(words_in("ru").missing, {"ru", "UTC", false}));
}

}  // namespace

Answer Portal::page(std::string_view path, std::string_view query, std::vector<Standing> all, base::Instant now) const {
  if (path == "/robots.txt") return plain(200, "text/plain; charset=utf-8", std::string(kRobots));
  if (path == "/assets/portal.css") return plain(200, "text/css; charset=utf-8", std::string(style_sheet()));
  if (path == "/") return plain(200, kHtml, front_page());
  std::erase_if(all, [](const Standing& standing) { return standing.gone; });
  if (path.starts_with("/files/")) return file_answer(scenario_, all, path);
  const std::string_view language = language_of(path);
  const PageFrame frame{language.empty() ? "ru" : language, scenario_.zone, in_redesign(scenario_, timeline_, now)};
  const Answer missing = plain(404, kHtml, message_page(words_in(frame.language).missing, frame));
  if (language.empty()) return missing;
  const std::string_view rest = path.substr(3);
  if (rest == "/drafts") {
    const std::size_t number = page_number(query);
    return number == 0 ? missing : plain(200, kHtml, list_page(all, number, frame));
  }
  if (!rest.starts_with("/drafts/")) return missing;
  const Standing* standing = find_key(all, rest.substr(8));
  if (standing == nullptr) return missing;
  return plain(200, kHtml, card_page(*standing, scenario_.texts.find(standing->text)->second, frame));
}

Answer Portal::answer(const Ask& ask, base::Instant now) const {
  if (ask.method != "GET" && ask.method != "HEAD") return plain(405, "text/plain; charset=utf-8", "only GET and HEAD\n");
  const std::size_t question = ask.target.find('?');
  const std::string_view target = ask.target, path = target.substr(0, question);
  const std::string_view query = question == std::string::npos ? std::string_view() : target.substr(question + 1);
  if (in_outage(scenario_, timeline_, now)) {
    const std::string_view language = language_of(path);
    const PageFrame frame{language.empty() ? "ru" : language, scenario_.zone, false};
    Answer answer = plain(503, kHtml, message_page(words_in(frame.language).outage, frame));
    answer.retry_after = 30;
    return answer;
  }
  const std::vector<Standing> all = standings(scenario_, timeline_, now);
  Answer answer = page(path, query, all, now);
  if (answer.status != 200) return answer;
  answer.etag = "\"" + base::to_hex(base::sha256(answer.body)).substr(0, 24) + "\"";
  answer.last_modified = http_date(last_change(scenario_, timeline_, all, now));
  const bool known = ask.if_none_match.empty() ? !ask.if_modified_since.empty() && ask.if_modified_since == answer.last_modified
                                               : ask.if_none_match.find(answer.etag) != std::string::npos;
  if (known) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

}  // namespace draftwatch::demo
