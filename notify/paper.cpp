#include "notify/paper.h"

#include <array>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "base/embedded.h"

namespace draftwatch::embedded {
const base::Embedded& notify_templates();
}

namespace draftwatch::notify {
namespace {

using kainjow::mustache::data;
using Kind = data::type;

// A text that is there only when it has something: an empty one hides its section.
void put(data& into, const std::string& name, const std::string& text) {
  if (!text.empty()) into.set(name, text);
}

data list_of(const std::vector<std::string>& texts) {
  data list{Kind::list};
  for (const std::string& text : texts) list.push_back(data{text});
  return list;
}

data links_of(const std::vector<Link>& links) {
  data list{Kind::list};
  for (const Link& link : links) {
    data item;
    item.set("label", link.label);
    item.set("url", link.url);
    list.push_back(item);
  }
  return list;
}

// Inside a section a missing name is looked up outside, so every name of a nested item is set, also when empty.
data happenings_of(const Paper& paper, const DraftBlock& draft) {
  data list{Kind::list};
  for (const Happening& happening : draft.happened) {
    data item, excerpts{Kind::list};
    item.set("words", happening.words);
    for (const Excerpt& excerpt : happening.excerpts) {
      data piece;
      piece.set("place", excerpt.place);
      put(piece, "removed", excerpt.removed);
      put(piece, "added", excerpt.added);
      piece.set("removed_label", paper.removed_label);
      piece.set("added_label", paper.added_label);
      excerpts.push_back(piece);
    }
    item.set("excerpts", excerpts);
    put(item, "detail", happening.detail);
    put(item, "more", happening.more);
    list.push_back(item);
  }
  return list;
}

data draft_of(const Paper& paper, const DraftBlock& draft, bool ruled) {
  data item;
  item.set("ruled", ruled);
  item.set("title", draft.title);
  item.set("where", draft.where);
  put(item, "deadline", draft.deadline);
  item.set("deadline_background", draft.urgent ? "#fdf0e3" : "#eef4f0");
  item.set("deadline_edge", draft.urgent ? "#b4540a" : "#1f5f4a");
  put(item, "quoted", draft.quoted);
  put(item, "caution", draft.caution);
  item.set("happened", happenings_of(paper, draft));
  put(item, "how_to_comment", draft.how_to_comment);
  item.set("comment_label", paper.comment_label);
  item.set("page_url", draft.page.url);
  item.set("page_label", draft.page.label);
  put(item, "source_url", draft.source.url);
  item.set("source_label", draft.source.label);
  put(item, "why_words", draft.why_words);
  put(item, "why_excerpt", draft.why_excerpt);
  return item;
}

// ---- plain text ---------------------------------------------------------------------------------------------------

class Lines {
 public:
  void line(std::string_view text, std::string_view indent = "") {
    out_ += indent;
    out_ += text;
    out_ += '\n';
  }
  void gap() {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  }
  void paragraph(std::string_view text) {
    if (text.empty()) return;
    gap();
    line(text);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_happening(Lines& lines, const Paper& paper, const Happening& happening) {
  lines.line(happening.words, "* ");
  if (!happening.detail.empty()) lines.line(happening.detail, "  ");
  for (const Excerpt& excerpt : happening.excerpts) {
    lines.line(excerpt.place, "  ");
    if (!excerpt.removed.empty()) lines.line("− " + paper.removed_label + ": " + excerpt.removed, "    ");
    if (!excerpt.added.empty()) lines.line("+ " + paper.added_label + ": " + excerpt.added, "    ");
  }
  if (!happening.more.empty()) lines.line(happening.more, "  ");
}

void write_draft(Lines& lines, const Paper& paper, const DraftBlock& draft, bool ruled) {
  lines.gap();
  if (ruled) lines.line("----------------------------------------\n");
  lines.line(draft.title);
  lines.line(draft.where);
  lines.paragraph(draft.deadline);
  if (!draft.quoted.empty()) lines.line(draft.quoted);
  if (!draft.caution.empty()) lines.line(draft.caution);
  lines.gap();
  for (const Happening& happening : draft.happened) write_happening(lines, paper, happening);
  if (!draft.how_to_comment.empty()) lines.paragraph(paper.comment_label + ": " + draft.how_to_comment);
  lines.gap();
  lines.line(draft.page.label + ":");
  lines.line(draft.page.url);
  if (!draft.source.url.empty()) {
    lines.line(draft.source.label + ":");
    lines.line(draft.source.url);
  }
  lines.paragraph(draft.why_words);
  if (!draft.why_excerpt.empty()) lines.line(draft.why_excerpt);
}

}  // namespace

std::string render_text(const Paper& paper) {
  Lines lines;
  if (!paper.heading.empty()) lines.line(paper.heading);
  for (const std::string& text : paper.lead) lines.paragraph(text);
  if (paper.button) {
    lines.paragraph(paper.button->label + ":");
    lines.line(paper.button->url);
  }
  bool ruled = false;
  for (const DraftBlock& draft : paper.drafts) {
    write_draft(lines, paper, draft, ruled);
    ruled = true;
  }
  for (const std::string& text : paper.after) lines.paragraph(text);
  // "-- " alone on a line begins the signature: programs fold it away when quoting.
  lines.gap();
  lines.line("-- ");
  if (!paper.why.empty()) lines.line(paper.why_heading + ". " + paper.why);
  for (const std::string& text : paper.health) lines.line(text);
  for (const Link& link : paper.footer) lines.line(link.label + ": " + link.url);
  lines.line(paper.footer_note);
  return lines.take();
}

std::string render_html(const Paper& paper) {
  static const std::string source(embedded::notify_templates().at("mail.html.mustache"));
  kainjow::mustache::mustache page{source};
  if (!page.is_valid()) throw std::logic_error("mail.html.mustache: " + page.error_message());
  data values;
  values.set("language", paper.language);
  values.set("subject", paper.subject);
  put(values, "heading", paper.heading);
  values.set("lead", list_of(paper.lead));
  if (paper.button) values.set("button", links_of({*paper.button}));
  data drafts{Kind::list};
  for (std::size_t n = 0; n < paper.drafts.size(); ++n) drafts.push_back(draft_of(paper, paper.drafts[n], n > 0 || !paper.lead.empty()));
  values.set("drafts", drafts);
  values.set("after", list_of(paper.after));
  values.set("why_heading", paper.why_heading);
  put(values, "why", paper.why);
  values.set("health", list_of(paper.health));
  values.set("has_footer", !paper.footer.empty());
  values.set("footer", links_of(paper.footer));
  values.set("footer_note", paper.footer_note);
  return page.render(values);
}

}  // namespace draftwatch::notify
