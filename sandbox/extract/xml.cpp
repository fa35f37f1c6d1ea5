// XML of bills and acts: one walk, steered by the dialect's roles. Numbers and headings come out as the print has them.
#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

#include "sandbox/extract/list_number.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/us_marker.h"
#include "sandbox/extract/writer.h"
#include "sandbox/extract/xml_cover.h"
#include "sandbox/extract/xml_dialect.h"
#include "sandbox/extract/xml_guard.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kLongestChange = 64 * 1024;  // words of one tracked change that are handed over

// Some writers put the marks into the words: «Art. 1.».
bool begins_quoted(std::string_view line) { return line.starts_with("“") || line.starts_with("«") || line.starts_with("„") || line.starts_with('"'); }

bool ends_quoted(std::string_view line) {
  while (!line.empty() && std::strchr(".,;: ", line.back()) != nullptr) line.remove_suffix(1);
  return line.ends_with("”") || line.ends_with("»") || line.ends_with('"');
}

class Walker {
 public:
  Walker(const Dialect& dialect, Writer& writer, Extracted& out, const ExtractOptions& options)
      : dialect_(dialect), writer_(writer), out_(out), options_(options) {}

  void walk(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return words(node.value());
    if (node.type() == pugi::node_document) return children(node);
    if (node.type() != pugi::node_element) return;
    const std::string_view shown = node.attribute("display").value(), changed = node.attribute("changed").value();
    if (shown == "no") return;
    if (std::strcmp(node.attribute("status").value(), "unofficial") == 0) return;  // Canada: the long title once more
    if (local_name(node) == "after-quoted-block") {
      after_quote_ = plain(node);
      return;
    }
    if (changed == "deleted") return deleted(node);
    const auto role = role_of(node);
    if (changed == "added" && role == Role::block) return inserted(node, role);
    apply(node, role);
  }

  void finish() {
    flush();
    write_held();
    for (const auto& note : out_.notes) {
      if (!note.mark.empty()) writer_.line("[" + note.mark + "] " + note.words);
    }
  }

  void placeholders(const pugi::xml_node& references) {
    for (const auto& known : references.children()) {
      const std::string id = known.attribute("eId").empty() ? known.attribute("id").value() : known.attribute("eId").value();
      if (!id.empty()) shown_as_["#" + id] = known.attribute("showAs").value();
    }
  }

 private:
  Role role_of(const pugi::xml_node& node) const {
    const auto role = dialect_.role(local_name(node));
    if (dialect_.name != "xml" || role != Role::block) return role;
    const auto siblings = node.parent().children();
    const bool mixed = std::any_of(siblings.begin(), siblings.end(), [](const pugi::xml_node& sibling) {
      return sibling.type() == pugi::node_pcdata && std::strspn(sibling.value(), " \t\r\n") != std::strlen(sibling.value());
    });
    return mixed ? Role::inline_words : Role::block;
  }

  void apply(const pugi::xml_node& node, Role role) {
    switch (role) {
      case Role::drop: return;
      case Role::inline_words: return inline_words(node);
      case Role::number: return number(node);
      case Role::heading: return heading(node);
      case Role::quote: return quote(node);
      case Role::quoted_words: return quoted_words(node);
      case Role::raised: return superscript(node);
      case Role::note: return note(node);
      case Role::explanation: out_.notes.push_back({"", plain(node)}); return;
      case Role::table: return table(node);
      case Role::inserted: return inserted(node, Role::inline_words);
      case Role::deleted: return deleted(node);
      case Role::block: break;
    }
    if (!waiting_) flush();
    children(node);
    flush();
  }

  void children(const pugi::xml_node& node) {
    for (const auto& child : node.children()) walk(child);
  }

  void words(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos) {
      // What ends the amending sentence stands right behind the closing mark, as in the print.
      if (glue_ && line_.find_first_not_of(' ') == std::string::npos && std::strchr(".,;:", text[first]) != nullptr) {
        const auto end = std::min(text.find_first_of(" \t\r\n", first), text.size());
        held_ += text.substr(first, end - first);
        text.remove_prefix(end);
      }
      glue_ = waiting_ = false;
    }
    for (const char c : text) line_ += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }

  void inline_words(const pugi::xml_node& node) {
    if (!node.first_child() && std::strcmp(node.attribute("class").value(), "placeholder") == 0) {
      const auto known = shown_as_.find(node.attribute("href").value());
      if (known != shown_as_.end()) words(known->second);
    }
    children(node);
  }

  void number(const pugi::xml_node& node) {
    if (!waiting_ || headed_) flush();  // "(5) Plan.—" stands alone above "(A) In general.—"
    if (std::strcmp(node.parent().attribute("display-enum").value(), "no-display-enum") == 0) return;
    auto mark = plain(node);
    if (dialect_.name == "us_bill")
      mark = us_marker(local_name(node.parent()), node.parent().attribute("section-type").value(), quote_style_, mark, sections_);
    if (mark.empty()) return;
    line_ += mark + (mark.ends_with("—") ? "" : " ");
    waiting_ = true;
  }

  void heading(const pugi::xml_node& node) {
    if (!waiting_) flush();
    const auto unit = local_name(node.parent());
    children(node);
    if (line_.find_first_not_of(' ') == std::string::npos) return;
    if (dialect_.ends_heading(unit)) return flush();
    line_ += dialect_.heading_tail;
    waiting_ = headed_ = true;
  }

  void quote(const pugi::xml_node& node) {
    flush();
    write_held();
    const auto mark_of = [&](const char* name, const char* standard) {
      return std::string(node.attribute(name) ? node.attribute(name).value() : standard);
    };
    const auto outer_style = std::move(quote_style_);
    const auto outer_opening = std::move(opening_);
    quote_style_ = node.attribute("style") ? node.attribute("style").value() : "OLC";
    opening_ = mark_of("startQuote", "“");
    every_line_ = dialect_.quote_every_line;
    const auto begin = writer_.at();
    ++quotes_;
    children(node);
    flush();
    // Only Akoma Ntoso's writers may have put the mark into the words; elsewhere one at the end closes a term in them.
    const bool closed = dialect_.name == "akn" && !node.attribute("endQuote") && ends_quoted(held_);
    if (!closed) held_ += mark_of("endQuote", "”");
    held_ += std::exchange(after_quote_, {});
    --quotes_;
    opening_ = every_line_ && quotes_ > 0 ? outer_opening : std::string();
    quote_style_ = outer_style;
    quotation_begins_.push_back(begin);
    glue_ = true;
  }

  void quoted_words(const pugi::xml_node& node) {
    const auto mark_of = [&](const char* name, const char* standard) {
      return std::string(node.attribute(name) ? node.attribute(name).value() : standard);
    };
    words(mark_of("startQuote", "“"));
    children(node);
    words(mark_of("endQuote", "”"));
  }

  void superscript(const pugi::xml_node& node) { words(raised(plain(node))); }

  void note(const pugi::xml_node& node) {
    std::string mark = node.attribute("marker").value();
    if (mark.empty()) mark = std::to_string(++notes_);
    out_.notes.push_back({mark, plain(node)});
    words("[" + mark + "]");
  }

  void table(const pugi::xml_node& node) {
    flush();
    write_held();
    Rows rows;
    collect_rows(node, rows);
    writer_.table(rows);
  }

  void collect_rows(const pugi::xml_node& node, Rows& rows) {
    for (const auto& child : node.children()) {
      const auto name = local_name(child);
      if (name == "tr" || name == "row") {
        auto& row = rows.emplace_back();
        for (const auto& cell : child.children()) {
          if (cell.type() != pugi::node_element) continue;
          row.push_back(lines(cell));
          for (auto span = std::min(cell.attribute("colspan").as_uint(1), 64U); span > 1; --span) row.emplace_back();
        }
      } else if (name == "ttitle" || name == "TitleText" || name == "caption") {
        rows.push_back({plain(child)});
      } else {
        collect_rows(child, rows);
      }
    }
  }

  void inserted(const pugi::xml_node& node, Role role) {
    report(node, true);
    if (role == Role::block) return apply(node, dialect_.role(local_name(node)));
    children(node);
  }

  void deleted(const pugi::xml_node& node) { report(node, false); }

  void report(const pugi::xml_node& node, bool is_new) {
    auto all = plain(node);
    if (all.size() > kLongestChange) all = one_line(std::string_view(all).substr(0, kLongestChange)) + " …";
    if (!all.empty()) out_.changes.push_back({is_new, "", "", std::move(all), writer_.at() + held_size()});
  }

  std::size_t held_size() const { return held_.empty() ? 0 : held_.size() + 1; }

  // The lines below a node, read apart.
  std::string lines(const pugi::xml_node& node) {
    Extracted scratch;
    Writer writer(scratch, options_);
    Walker walker(dialect_, writer, scratch, options_);
    walker.shown_as_ = shown_as_;
    walker.children(node);
    walker.finish();
    if (!scratch.text.empty()) scratch.text.pop_back();
    return std::move(scratch.text);
  }

  std::string plain(const pugi::xml_node& node) { return one_line(lines(node)); }

  // Ends the line in hand. One line is held back, since a closing mark may follow.
  void flush() {
    waiting_ = headed_ = false;
    const auto first = line_.find_first_not_of(' ');
    if (first == std::string::npos) return line_.clear();
    write_held();
    glue_ = false;
    held_ = line_.substr(first);
    while (!held_.empty() && held_.back() == ' ') held_.pop_back();
    line_.clear();
    if (quotes_ > 0 && !opening_.empty()) {
      if (!begins_quoted(held_)) held_.insert(0, opening_);
      if (!every_line_) opening_.clear();
    }
  }

  void write_held() {
    if (!held_.empty()) writer_.line(held_);
    held_.clear();
    for (const auto begin : quotation_begins_) out_.quotations.push_back({begin, writer_.at()});
    quotation_begins_.clear();
  }

  const Dialect& dialect_;
  Writer& writer_;
  Extracted& out_;
  const ExtractOptions& options_;
  std::unordered_map<std::string, std::string> shown_as_;  // Akoma Ntoso's placeholders
  std::string line_, held_, opening_, quote_style_, after_quote_;
  std::vector<std::size_t> quotation_begins_;  // of quotations whose last line is held
  std::size_t notes_ = 0, quotes_ = 0, sections_ = 0;
  bool waiting_ = false;  // the line has numbers only: what follows belongs behind them
  bool headed_ = false;   // ... and a heading that runs on
  bool glue_ = false;     // a quotation has just ended
  bool every_line_ = false;
};

std::string first_words(const pugi::xml_document& document, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = document.find_node([&](const pugi::xml_node& node) { return local_name(node) == name; });
    std::string words = found.text().get();
    if (!(words = one_line(words)).empty()) return words;
  }
  return {};
}

}  // namespace

void read_xml(std::string_view text, const ExtractOptions& options, Extracted& out) {
  out.reader = "xml";
  pugi::xml_document document;
  parse_xml(document, text, options.max_depth, true);
  const auto root = document.document_element();
  const auto& dialect = dialect_of(local_name(root), root.attribute("xmlns").value());
  out.reader = dialect.name;
  out.language = language_tag(root.attribute("xml:lang").value());
  if (out.language.empty())
    out.language =
        language_tag(document.find_node([](const auto& node) { return local_name(node) == "FRBRlanguage"; }).attribute("language").value());
  const bool dublin = dialect.name == "us_bill" || dialect.name == "uslm";
  if (out.language.empty() && dublin) out.language = language_tag(first_words(document, {"language"}));
  if (dialect.name != "xml") out.title = first_words(document, {dublin ? "title" : "docTitle", "LongTitle", "longTitle", "official-title"});
  if (dialect.name == "uslm") settle_cover(document);
  Writer writer(out, options);
  Walker walker(dialect, writer, out, options);
  if (out.title.empty())
    out.title = one_line(document.find_node([](const auto& node) { return std::strcmp(node.attribute("eId").value(), "varBillTitle") == 0; })
                             .attribute("showAs")
                             .value());
  walker.placeholders(document.find_node([](const auto& node) { return local_name(node) == "references"; }));
  walker.walk(document);
  walker.finish();
}

}  // namespace draftwatch::extract
