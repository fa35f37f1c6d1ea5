// DOCX: paragraphs with their displayed numbers, tables, footnotes, tracked changes accepted and reported.
// Headers and footers of pages, comments, fields' codes and hidden runs are dropped; nothing outside is fetched.
#include <algorithm>
#include <cstring>
#include <string>

#include "sandbox/extract/archive.h"
#include "sandbox/extract/docx_numbering.h"
#include "sandbox/extract/list_number.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/writer.h"
#include "sandbox/extract/xml_guard.h"

namespace draftwatch::extract {
namespace {

bool is(const pugi::xml_node& node, const char* name) { return std::strcmp(node.name(), name) == 0; }

// On unless w:val says otherwise.
bool is_on(const pugi::xml_node& flag) {
  const std::string_view value = flag.attribute("w:val").value();
  return flag && value != "0" && value != "false" && value != "off";
}

class Walker {
 public:
  Walker(Writer& writer, Extracted& out, const ExtractOptions& options, DocxNumbering numbering, const pugi::xml_node& footnotes,
         const pugi::xml_node& endnotes)
      : writer_(&writer), main_(writer), out_(out), options_(options), numbering_(std::move(numbering)), footnotes_(footnotes), endnotes_(endnotes) {}

  void blocks(const pugi::xml_node& parent) {
    for (const auto& node : parent.children()) {
      if (is(node, "w:p")) {
        paragraph(node);
      } else if (is(node, "w:tbl")) {
        table(node);
      } else if (is(node, "w:altChunk")) {
        out_.warnings.push_back("the document embeds another file (altChunk), which is not read");
      } else if (is(node, "w:sdt")) {
        blocks(node.child("w:sdtContent"));
      } else if (is(node, "w:customXml") || is(node, "w:ins") || is(node, "w:moveTo")) {
        blocks(node);
      } else if (is(node, "mc:AlternateContent")) {
        blocks(node.child("mc:Choice"));
      }
    }
  }

  void finish() {
    if (!line_.empty()) writer_->line(line_);
    for (const auto& note : out_.notes) main_.line("[" + note.mark + "] " + note.words);
  }

 private:
  void paragraph(const pugi::xml_node& node) {
    const auto properties = node.child("w:pPr");
    const bool joined = !line_.empty();  // the mark of the paragraph before was deleted
    const bool mark_deleted = static_cast<bool>(properties.child("w:rPr").child("w:del")) || properties.child("w:rPr").child("w:moveFrom");
    std::string before = std::move(line_);
    line_.clear();
    runs(node);
    if (mark_deleted && line_.empty() && !joined) return;  // the whole paragraph is deleted
    const auto number = joined ? std::string() : numbering_.next(properties);
    if (!number.empty()) line_ = number + " " + line_;
    line_ = before + line_;
    if (!mark_deleted) {
      writer_->line(line_);
      line_.clear();
    }
    for (auto& box : std::exchange(boxes_, {})) writer_->line(box);
  }

  void runs(const pugi::xml_node& parent) {
    for (const auto& node : parent.children()) {
      if (is(node, "w:r")) {
        run(node);
      } else if (is(node, "w:ins") || is(node, "w:moveTo")) {
        change(node, true);
      } else if (is(node, "w:del") || is(node, "w:moveFrom")) {
        change(node, false);
      } else if (is(node, "w:sdt")) {
        runs(node.child("w:sdtContent"));
      } else if (is(node, "mc:AlternateContent")) {
        runs(node.child("mc:Choice"));
      } else if (is(node, "w:hyperlink") || is(node, "w:smartTag") || is(node, "w:fldSimple") || is(node, "w:customXml") || is(node, "w:dir") ||
                 is(node, "w:bdo")) {
        runs(node);
      }
    }
  }

  // Accepts a tracked change and reports it. Changes inside an inserted run that were deleted again leave nothing.
  void change(const pugi::xml_node& node, bool inserted) {
    auto before = std::move(line_);
    line_.clear();
    if (!inserted) ++deleted_;
    runs(node);
    if (!inserted) --deleted_;
    if (!one_line(line_).empty()) {
      out_.changes.push_back({inserted, node.attribute("w:author").value(), node.attribute("w:date").value(), one_line(line_), main_.at()});
    }
    line_ = inserted ? before + line_ : before;
  }

  void run(const pugi::xml_node& node) {
    const auto properties = node.child("w:rPr");
    if (is_on(properties.child("w:vanish"))) return;
    const bool up = std::strcmp(properties.child("w:vertAlign").attribute("w:val").value(), "superscript") == 0;
    for (const auto& child : node.children()) {
      if (is(child, "w:t") || (is(child, "w:delText") && deleted_ > 0)) {
        words(child.text().get(), up);
      } else if (is(child, "w:tab") || is(child, "w:ptab")) {
        line_ += ' ';
      } else if (is(child, "w:br") || is(child, "w:cr")) {
        line_ += '\n';
      } else if (is(child, "w:noBreakHyphen")) {
        line_ += "‑";
      } else if (is(child, "w:footnoteReference") || is(child, "w:endnoteReference")) {
        note(child, is(child, "w:footnoteReference") ? footnotes_ : endnotes_);
      } else if (is(child, "w:drawing") || is(child, "w:pict") || is(child, "mc:AlternateContent")) {
        text_boxes(is(child, "mc:AlternateContent") ? child.child("mc:Choice") : child);
      }
    }
  }

  void words(const char* text, bool up) {
    if (!up) {
      line_ += text;
      return;
    }
    const auto high = raised(text);
    if (high != text && line_.size() > 1 && line_.back() == ' ' && std::isdigit(static_cast<unsigned char>(line_[line_.size() - 2])))
      line_.pop_back();
    line_ += high;
  }

  void note(const pugi::xml_node& reference, const pugi::xml_node& notes) {
    if (in_note_ || deleted_ > 0) return;
    const std::string_view id = reference.attribute("w:id").value();
    for (const auto& candidate : notes.children()) {
      if (id != candidate.attribute("w:id").value()) continue;
      const auto mark = std::to_string(out_.notes.size() + 1);
      in_note_ = true;
      auto own = one_line(apart(candidate));
      in_note_ = false;
      out_.notes.push_back({mark, std::move(own)});
      line_ += "[" + mark + "]";
      return;
    }
  }

  void text_boxes(const pugi::xml_node& node) {
    for (const auto& child : node.children()) {
      if (is(child, "w:txbxContent")) {
        boxes_.push_back(apart(child));
      } else {
        text_boxes(child);
      }
    }
  }

  void table(const pugi::xml_node& node) {
    Rows rows;
    for (const auto& row : node.children("w:tr")) {
      const auto properties = row.child("w:trPr");
      Rows::value_type cells(std::min(properties.child("w:gridBefore").attribute("w:val").as_uint(), 64U));
      const auto changes = out_.changes.size();
      for (const auto& cell : row.children("w:tc")) add_cell(cell, cells);
      for (const auto& content : row.children("w:sdt")) add_cell(content.child("w:sdtContent").child("w:tc"), cells);
      const bool deleted = static_cast<bool>(properties.child("w:del"));
      if (deleted || properties.child("w:ins")) report_row(properties.child(deleted ? "w:del" : "w:ins"), cells, !deleted, changes);
      if (!deleted) rows.push_back(std::move(cells));
    }
    writer_->table(rows);
  }

  void add_cell(const pugi::xml_node& cell, Rows::value_type& cells) {
    const auto properties = cell.child("w:tcPr");
    const auto merge = properties.child("w:vMerge");
    const bool continued = merge && std::strcmp(merge.attribute("w:val").value(), "restart") != 0;
    cells.push_back(continued ? std::string() : apart(cell));
    for (auto span = std::min(properties.child("w:gridSpan").attribute("w:val").as_uint(1), 64U); span > 1; --span) cells.emplace_back();
  }

  // A whole row came or went: one change instead of those of its runs.
  void report_row(const pugi::xml_node& mark, const Rows::value_type& cells, bool inserted, std::size_t changes) {
    out_.changes.resize(changes);
    std::string all;
    for (const auto& cell : cells) all += cell + " ";
    out_.changes.push_back({inserted, mark.attribute("w:author").value(), mark.attribute("w:date").value(), one_line(all), main_.at()});
  }

  // The lines of a cell, box or note, read apart from the text in hand but with the same counters.
  std::string apart(const pugi::xml_node& node) {
    Extracted scratch;
    Writer writer(scratch, options_);
    auto* outer = std::exchange(writer_, &writer);
    auto line = std::exchange(line_, {});
    blocks(node);
    if (!line_.empty()) writer.line(line_);
    writer_ = outer;
    line_ = std::move(line);
    if (!scratch.text.empty()) scratch.text.pop_back();
    return std::move(scratch.text);
  }

  Writer* writer_;  // where lines go now: the document, or a cell
  Writer& main_;
  Extracted& out_;
  const ExtractOptions& options_;
  DocxNumbering numbering_;
  pugi::xml_node footnotes_, endnotes_;
  std::string line_;
  std::vector<std::string> boxes_;
  int deleted_ = 0;
  bool in_note_ = false;
};

// The main part by the package's relations; Word itself may name it document2.xml.
std::string main_part(Archive& archive, const ExtractOptions& options) {
  const auto relations = archive.read_if_there("_rels/.rels");
  if (relations) {
    pugi::xml_document document;
    parse_xml(document, *relations, options.max_depth, false);
    for (const auto& relation : document.document_element().children()) {
      std::string target = relation.attribute("Target").value();
      if (!std::string_view(relation.attribute("Type").value()).ends_with("/officeDocument")) continue;
      if (target.starts_with('/')) target.erase(0, 1);
      if (archive.has(target)) return target;
    }
  }
  return "word/document.xml";
}

void load(Archive& archive, const std::string& name, const ExtractOptions& options, pugi::xml_document& document) {
  if (const auto bytes = archive.read_if_there(name)) parse_xml(document, *bytes, options.max_depth, false);
}

}  // namespace

void read_docx(Archive& archive, const ExtractOptions& options, Extracted& out) {
  out.reader = "docx";
  out.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  pugi::xml_document document, numbering, styles, footnotes, endnotes, core;
  parse_xml(document, archive.read(main_part(archive, options)), options.max_depth, false);
  load(archive, "word/numbering.xml", options, numbering);
  load(archive, "word/styles.xml", options, styles);
  load(archive, "word/footnotes.xml", options, footnotes);
  load(archive, "word/endnotes.xml", options, endnotes);
  load(archive, "docProps/core.xml", options, core);
  out.title = one_line(core.document_element().child("dc:title").text().get());
  // dc:language is not read: writers put their own locale there (LibreOffice states en-US for Russian laws).
  Writer writer(out, options);
  Walker walker(writer, out, options, DocxNumbering(numbering.document_element(), styles.document_element()), footnotes.document_element(),
                endnotes.document_element());
  walker.blocks(document.document_element().child("w:body"));
  walker.finish();
}

}  // namespace draftwatch::extract
