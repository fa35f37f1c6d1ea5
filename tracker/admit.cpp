#include "tracker/admit.h"

#include <algorithm>
#include <set>

#include "base/origin.h"
#include "text/normalise.h"
#include "text/stage.h"
#include "tracker/window.h"

namespace draftwatch::tracker {
namespace {

constexpr std::size_t kLongestKey = 200;
constexpr std::size_t kMostFollowed = 5000;

// Bytes that stand in a database, an address and a command line alike.
bool good_key(const std::string& key) {
  return !key.empty() && key.size() <= kLongestKey && text::normalise(key) == key + "\n" && key.find_first_of("\n\t") == std::string::npos;
}

std::string clean_language(const std::string& language, const Source& source) {
  const bool good = !language.empty() && language.size() <= 12 && std::all_of(language.begin(), language.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  return good ? language : source.language;
}

constexpr std::string_view kRoles[] = {"text", "note", "comparison", "opinion", "attachment"};

class Border {
 public:
  Border(const Source& source, base::Instant now) : source_(source), now_(now) {}

  Admitted admit(const sandbox::Findings& findings) {
    for (const std::string& warning : findings.warnings) doubt("", "from_plugin", clean_line(warning, 400));
    for (const auto& found : findings.drafts) draft(found);
    for (const auto& request : findings.follow) follow(request);
    out_.nothing_expected = findings.nothing_expected;
    if (!findings.next_list.empty()) {
      if (base::inside(findings.next_list, source_.origins))
        out_.next_list = findings.next_list;
      else
        doubt("", "outside_origins", "next list page " + clean_line(findings.next_list, 200));
    }
    return std::move(out_);
  }

 private:
  void doubt(const std::string& key, const char* what, std::string detail) { out_.doubts.push_back({key, what, std::move(detail)}); }
  void refuse(const std::string& key, const char* what, std::string detail) {
    ++out_.refused;
    doubt(key, what, std::move(detail));
  }

  void draft(const sandbox::FoundDraft& found) {
    if (!good_key(found.key))
      return refuse("", "bad_key", "'" + clean_line(found.key, 100) + "' cannot be a key: '" + clean_line(found.title, 100) + "' was refused");
    if (!keys_.insert(found.key).second) return refuse(found.key, "same_key_twice", "the page names it twice; the first was taken");
    AdmittedDraft out;
    model::Draft& draft = out.draft;
    draft.source = source_.id;
    draft.key = found.key;
    draft.title = clean_line(found.title);
    if (draft.title.empty()) return refuse(found.key, "no_title", "a draft without a title was refused");
    if (!found.url.empty() && base::origin_of(found.url).empty())
      doubt(found.key, "bad_address", "'" + clean_line(found.url, 200) + "' is no address for people; left out");
    else
      draft.url = found.url;
    draft.language = clean_language(found.language, source_);
    draft.number = clean_line(found.number, 200);
    draft.kind = clean_line(found.kind, 200);
    draft.authority = clean_line(found.authority, 500);
    draft.stage_as_written = clean_line(found.stage, 300);
    draft.stage = model::stage_from_string(text::stage_name(draft.stage_as_written, source_.stages));
    draft.how_to_comment = clean_line(found.how_to_comment);
    draft.withdrawn_words = clean_line(found.withdrawn);
    draft.published = admit_day(source_, found.key, "published", found.published, now_, out_.doubts);
    out.window = read_window(source_, found, draft.published, draft.stage, now_, out_.doubts);
    out.version_label = clean_line(found.version_label, 200);
    out.text = found.text;
    out.read = found.read;
    out.text_type = found.text_type.empty() ? "text/html" : clean_line(found.text_type, 100);
    for (const auto& document : found.documents) paper(out, document);
    out_.drafts.push_back(std::move(out));
  }

  void paper(AdmittedDraft& out, const sandbox::FoundDocument& found) {
    if (base::origin_of(found.url).empty()) return doubt(out.draft.key, "bad_address", "paper '" + clean_line(found.url, 200) + "' was left out");
    AdmittedPaper paper{"attachment", clean_language(found.language, source_), found.url, clean_line(found.label, 300),
                        base::inside(found.url, source_.origins)};
    if (std::find(std::begin(kRoles), std::end(kRoles), found.role) != std::end(kRoles)) paper.role = found.role;
    if (!paper.fetchable) doubt(out.draft.key, "outside_origins", "paper " + clean_line(found.url, 200) + " is linked, not read");
    const bool twice = std::any_of(out.papers.begin(), out.papers.end(), [&](const AdmittedPaper& other) {
      return other.url == paper.url && other.role == paper.role && other.language == paper.language;
    });
    if (!twice) out.papers.push_back(std::move(paper));
  }

  void follow(const sandbox::FollowRequest& request) {
    if (!source_.follow.empty() && std::find(source_.follow.begin(), source_.follow.end(), request.kind) == source_.follow.end()) return;
    if (!base::inside(request.url, source_.origins))
      return doubt("", "outside_origins", clean_line(request.kind, 50) + " " + clean_line(request.url, 200));
    const bool twice = !followed_.insert(request.kind + " " + request.url).second;
    if (!twice && out_.follow.size() < kMostFollowed) out_.follow.push_back(request);
  }

  const Source& source_;
  base::Instant now_;
  Admitted out_;
  std::set<std::string> keys_, followed_;
};

}  // namespace

std::string clean_line(std::string_view words, std::size_t at_most) {
  std::string out;
  for (const char c : text::normalise(words)) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() <= at_most) return out;
  while (at_most > 0 && (static_cast<unsigned char>(out[at_most]) & 0xc0U) == 0x80U) --at_most;
  out.resize(at_most);
  return out;
}

Admitted admit(const Source& source, const sandbox::Findings& findings, base::Instant now) { return Border(source, now).admit(findings); }

}  // namespace draftwatch::tracker
