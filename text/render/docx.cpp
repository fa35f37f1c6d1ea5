// The comparison table as a Word document: the parts that ECMA-376 asks for and no more, landscape A4.
#include "base/escape.h"
#include "text/render/render.h"
#include "text/render/words.h"
#include "text/render/zip.h"

namespace draftwatch::text {
namespace {

constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

enum class Mark { none, bold, removed, added, italic };

std::string run(std::string_view text, Mark mark) {
  std::string properties;
  switch (mark) {
    case Mark::none: break;
    case Mark::bold: properties = "<w:rPr><w:b/></w:rPr>"; break;
    case Mark::italic: properties = "<w:rPr><w:i/></w:rPr>"; break;
    case Mark::removed: properties = "<w:rPr><w:strike/><w:color w:val=\"7A0012\"/></w:rPr>"; break;
    case Mark::added: properties = "<w:rPr><w:b/><w:u w:val=\"single\"/><w:color w:val=\"0B4A1A\"/></w:rPr>"; break;
  }
  std::string out = "<w:r>" + properties;
  std::size_t at = 0;
  while (at <= text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    if (at > 0) out += "<w:br/>";
    out += "<w:t xml:space=\"preserve\">" + base::escape_markup(text.substr(at, end - at)) + "</w:t>";
    at = end + 1;
  }
  return out + "</w:r>";
}

std::string paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

std::string cell(int width, const std::string& paragraphs) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/></w:tcPr>" + paragraphs + "</w:tc>";
}

constexpr int kWide = 5600, kNarrow = 3400;  // twentieths of a point

std::string side(const Change& change, bool old_side, const RenderOptions& options) {
  const auto& path = old_side ? change.old_path : change.new_path;
  std::string out = path ? paragraph(run(place(*path, options.language), Mark::bold)) : "";
  std::string runs;
  for (const Cell& part : cells_of(change, old_side)) {
    const Mark mark = !part.marked ? Mark::none : old_side ? Mark::removed : Mark::added;
    runs += run(part.text, mark);
  }
  if (runs.empty()) runs = run(labels(options.language).absent, Mark::italic);
  return cell(kWide, out + paragraph(runs));
}

std::string comment(const Change& change, const RenderOptions& options) {
  std::string out = paragraph(run(kind_label(change.kind, options.language), Mark::bold));
  for (const Signal& signal : change.signals) {
    if (signal.name != "wording") out += paragraph(run(signal_label(signal, options.language), Mark::none));
  }
  return cell(kNarrow, out);
}

std::string document(const Diff& diff, const RenderOptions& options) {
  const Labels& l = labels(options.language);
  std::string body;
  if (!options.title.empty()) body += paragraph(run(options.title, Mark::bold));
  for (const std::string& line : evidence_lines(options.evidence, options)) body += paragraph(run(line, Mark::none));
  body += paragraph(run(verdict(diff, options.language), Mark::none));
  body += "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>";
  for (const char* edge : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
    body += "<w:" + std::string(edge) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>";
  }
  body +=
      "</w:tblBorders><w:tblCellMar><w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/>"
      "<w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"5600\"/><w:gridCol w:w=\"5600\"/><w:gridCol "
      "w:w=\"3400\"/></w:tblGrid>";
  body += "<w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell(kWide, paragraph(run(column_name(options, true), Mark::bold))) +
          cell(kWide, paragraph(run(column_name(options, false), Mark::bold))) + cell(kNarrow, paragraph(run(l.comment_column, Mark::bold))) +
          "</w:tr>";
  std::size_t left_out = 0;
  for (const Change* change : shown_changes(diff, options, left_out)) {
    body += "<w:tr>" + side(*change, true, options) + side(*change, false, options) + comment(*change, options) + "</w:tr>";
  }
  body += "</w:tbl>";
  body += paragraph(left_out > 0 ? run(std::string(l.more) + ": " + std::to_string(left_out), Mark::none) : "");
  return std::string(kHead) +
         "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
         "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>" +
         body +
         "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId1\"/><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar "
         "w:top=\"850\" w:right=\"850\" w:bottom=\"850\" "
         "w:left=\"850\" "
         "w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";
}

// "Page 2 / 7"; the fields are counted by whoever opens the file.
std::string footer(const RenderOptions& options) {
  const auto field = [](const char* name) { return "<w:fldSimple w:instr=\"" + std::string(name) + "\"><w:r><w:t>1</w:t></w:r></w:fldSimple>"; };
  return std::string(kHead) +
         "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>" +
         run(std::string(labels(options.language).page) + " ", Mark::none) + field("PAGE") + run(" / ", Mark::none) + field("NUMPAGES") +
         "</w:p></w:ftr>";
}

}  // namespace

std::string render_table_docx(const Diff& diff, const RenderOptions& options) {
  const std::string types = std::string(kHead) +
                            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                            "<Override PartName=\"/word/document.xml\" "
                            "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
                            "<Override PartName=\"/word/footer1.xml\" "
                            "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/></Types>";
  const std::string relations =
      std::string(kHead) +
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
      "Target=\"word/document.xml\"/></Relationships>";
  const std::string parts = std::string(kHead) +
                            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" "
                            "Target=\"footer1.xml\"/></Relationships>";
  return stored_zip({{"[Content_Types].xml", types},
                     {"_rels/.rels", relations},
                     {"word/document.xml", document(diff, options)},
                     {"word/_rels/document.xml.rels", parts},
                     {"word/footer1.xml", footer(options)}});
}

}  // namespace draftwatch::text
