// Two columns, and the comparison table in three, as HTML.
#include <string>

#include "base/escape.h"
#include "text/render/render.h"
#include "text/render/words.h"

namespace draftwatch::text {
namespace {

// Colours hold at least 7:1 against their background; strikes, underlines and signs say the same without them.
struct Look {
  bool inline_styles;

  std::string tag(const char* name, const char* klass, const char* style) const {
    if (inline_styles) return "<" + std::string(name) + " style=\"" + style + "\">";
    return "<" + std::string(name) + " class=\"" + klass + "\">";
  }
  std::string removed() const { return tag("del", "dw-removed", "color:#7a0012;background:#fde8ea;text-decoration:line-through"); }
  std::string added() const { return tag("ins", "dw-added", "color:#0b4a1a;background:#e3f5e6;text-decoration:underline"); }
  // `of` names the column where a narrow screen shows the cells below one another.
  std::string cell(const char* klass, std::string_view of) const {
    if (!inline_styles) return "<td class=\"" + std::string(klass) + "\" data-of=\"" + base::escape_markup(of) + "\">";
    return "<td style=\"border:1px solid #888;padding:6px;vertical-align:top;width:50%\">";
  }
  std::string third() const { return tag("td", "dw-comment", "border:1px solid #888;padding:6px;vertical-align:top"); }
  std::string head() const { return tag("th", "dw-head", "border:1px solid #888;padding:6px;text-align:left;background:#eee"); }
};

std::string lines(std::string_view text) {
  std::string out;
  for (const char c : base::escape_markup(text)) {
    if (c == '\n') {
      out += "<br>";
    } else {
      out += c;
    }
  }
  return out;
}

std::string cell_html(const Change& change, bool old_side, const Look& look, const Labels& l) {
  const auto cells = cells_of(change, old_side);
  if (cells.empty()) return "<em>" + base::escape_markup(l.absent) + "</em>";
  std::string out;
  for (const Cell& cell : cells) {
    if (!cell.marked) {
      out += lines(cell.text);
    } else if (old_side) {
      out += look.removed() + "<span aria-hidden=\"true\">−</span>" + lines(cell.text) + "</del>";
    } else {
      out += look.added() + "<span aria-hidden=\"true\">+</span>" + lines(cell.text) + "</ins>";
    }
  }
  return out;
}

const char* sign(const Change& change) { return !change.old_path ? "+" : !change.new_path ? "−" : "±"; }

std::string opening(const Look& look, const RenderOptions& options, const Diff& diff) {
  std::string out = look.tag("div", "dw-diff", "font-family:sans-serif;font-size:15px;color:#111;background:#fff");
  if (!options.title.empty()) out += look.tag("p", "dw-title", "font-weight:bold") + base::escape_markup(options.title) + "</p>";
  return out + look.tag("p", "dw-verdict", "margin:4px 0") + base::escape_markup(verdict(diff, options.language)) + "</p>";
}

std::string table_start(const Look& look, std::initializer_list<std::string> heads) {
  std::string out = look.tag("table", "dw-table", "border-collapse:collapse;width:100%") + "<thead><tr>";
  for (const std::string& head : heads) out += look.head() + base::escape_markup(head) + "</th>";
  return out + "</tr></thead><tbody>\n";
}

std::string closing(std::size_t left_out, const Labels& l) {
  std::string out = "</tbody></table>";
  if (left_out > 0) out += "<p>" + base::escape_markup(l.more) + ": " + std::to_string(left_out) + "</p>";
  return out + "</div>\n";
}

std::string comment(const Change& change, std::string_view language) {
  std::string out = base::escape_markup(kind_label(change.kind, language));
  for (const Signal& signal : change.signals) {
    if (signal.name != "wording") out += "<br>" + base::escape_markup(signal_label(signal, language));
  }
  return out;
}

}  // namespace

std::string render_side_by_side(const Diff& diff, const RenderOptions& options, bool inline_styles) {
  const Look look{inline_styles};
  const Labels& l = labels(options.language);
  std::string out = opening(look, options, diff);
  std::size_t left_out = 0;
  const auto changes = shown_changes(diff, options, left_out);
  if (changes.empty()) return out + "</div>\n";
  out += table_start(look, {column_name(options, true), column_name(options, false)});
  for (const Change* change : changes) {
    out += "<tr><td colspan=\"2\" " +
           std::string(inline_styles ? "style=\"border:1px solid #888;padding:6px;background:#f6f6f6\"" : "class=\"dw-signal\"") + "><b>" +
           sign(*change) + " " + base::escape_markup(summary_line(*change, options.language)) + "</b></td></tr>\n<tr>";
    out += look.cell("dw-old", column_label(options, true)) + cell_html(*change, true, look, l) + "</td>" +
           look.cell("dw-new", column_label(options, false)) + cell_html(*change, false, look, l) + "</td></tr>\n";
  }
  return out + closing(left_out, l);
}

std::string render_table_html(const Diff& diff, const RenderOptions& options, bool inline_styles) {
  const Look look{inline_styles};
  const Labels& l = labels(options.language);
  std::string out = opening(look, options, diff);
  std::size_t left_out = 0;
  const auto changes = shown_changes(diff, options, left_out);
  out += table_start(look, {column_name(options, true), column_name(options, false), std::string(l.comment_column)});
  for (const Change* change : changes) {
    const std::string old_place = change->old_path ? "<b>" + base::escape_markup(place(*change->old_path, options.language)) + "</b><br>" : "";
    const std::string new_place = change->new_path ? "<b>" + base::escape_markup(place(*change->new_path, options.language)) + "</b><br>" : "";
    out += "<tr>" + look.third() + old_place + cell_html(*change, true, look, l) + "</td>" + look.third() + new_place +
           cell_html(*change, false, look, l) + "</td>" + look.third() + comment(*change, options.language) + "</td></tr>\n";
  }
  return out + closing(left_out, l);
}

std::string render_table_text(const Diff& diff, const RenderOptions& options) {
  const Labels& l = labels(options.language);
  std::string out = options.title.empty() ? "" : options.title + "\n";
  for (const bool old_side : {true, false}) {
    if (!(old_side ? options.old_name : options.new_name).empty()) out += column_name(options, old_side) + "\n";
  }
  out += verdict(diff, options.language) + "\n";
  std::size_t left_out = 0, number = 0;
  for (const Change* change : shown_changes(diff, options, left_out)) {
    const auto side = [&](std::string_view label, bool old_side) {
      const std::string& text = old_side ? change->old_text : change->new_text;
      out += std::string(label) + ": " + (text.empty() ? std::string(l.absent) : text) + "\n";
    };
    const Path& where = change->new_path ? *change->new_path : change->old_path ? *change->old_path : Path{};
    out += "\n" + std::to_string(++number) + ". " + place(where, options.language) + "\n";
    side(column_label(options, true), true);
    side(column_label(options, false), false);
    out += std::string(l.comment_column) + ": " + std::string(kind_label(change->kind, options.language));
    for (const Signal& signal : change->signals) {
      if (signal.name != "wording") out += "; " + signal_label(signal, options.language);
    }
    out += "\n";
  }
  if (left_out > 0) out += "\n" + std::string(l.more) + ": " + std::to_string(left_out) + "\n";
  return out;
}

}  // namespace draftwatch::text
