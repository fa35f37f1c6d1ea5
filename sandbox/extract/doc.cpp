// Word 97-2003 (.doc): the piece table gives the text in order, the properties say which of it counts. Word 6/95: the
// bytes between fcMin and fcMac. Specification [MS-DOC]; read in process, see docs/adr/0031 for why not by a kept tool.
#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "sandbox/extract/doc_properties.h"
#include "sandbox/extract/encoding.h"
#include "sandbox/extract/list_number.h"
#include "sandbox/extract/ole2.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

constexpr std::uint16_t kWord97 = 0xA5EC, kWord95 = 0xA5DC;
constexpr std::uint16_t kEncrypted = 0x0100, kTableOne = 0x0200, kFastSaved = 0x0004;

struct Character {
  char32_t c = 0;
  std::uint32_t end = 0;  // first byte behind it, in WordDocument
  DocRun run;
};

// Turns characters with Word's marks into lines, tables and changes.
class Words {
 public:
  Words(Extracted& out, const ExtractOptions& options, std::map<std::uint32_t, DocParagraph> paragraphs)
      : writer_(out, options), out_(out), paragraphs_(std::move(paragraphs)) {}

  void take(const Character& one) {
    if (one.c >= 0x13 && one.c <= 0x15) return field(one.c);
    if (in_code_ > 0 || one.run.hidden) return;
    if (one.run.deleted || one.run.inserted) change(one);
    if (one.run.deleted) return;
    if (one.run.raised && one.c >= 0x20) return append_utf8(raised_, one.c);
    end_raised();
    mark(one);
  }

  void finish() {
    end_raised();
    writer_.line(std::exchange(line_, {}));
    end_table();
  }

  std::size_t references() const { return references_; }

 private:
  void mark(const Character& one) {
    const auto place = paragraphs_.find(one.end);
    switch (one.c) {
      case 0x07: return cell(place != paragraphs_.end() && place->second == DocParagraph::row_end);
      case '\r':
      case 0x0C: return paragraph(place != paragraphs_.end());
      case 0x0B: line_ += '\n'; return;
      case 0x02: line_ += "[" + std::to_string(++references_) + "]"; return;
      case 0x1E: line_ += "‑"; return;
      case '\t': line_ += ' '; return;
      default:
        if (one.c >= 0x20) append_utf8(line_, one.c);
    }
  }

  // 0x13 code 0x14 result 0x15, nested. Only results are words.
  void field(char32_t c) {
    if (c == 0x13) {
      fields_.push_back(true);
      ++in_code_;
    } else if (!fields_.empty()) {
      if (fields_.back()) --in_code_;
      fields_.back() = false;
      if (c == 0x15) fields_.pop_back();
    }
  }

  void change(const Character& one) {
    const bool same =
        changing_ && out_.changes.back().inserted == !one.run.deleted && touched_ == line_.size() && out_.changes.back().at == writer_.at();
    if (!same) out_.changes.push_back({!one.run.deleted, "", "", "", writer_.at()});
    changing_ = true;
    std::string letter;
    append_utf8(letter, one.c < 0x20 ? U' ' : one.c);
    out_.changes.back().words += letter;
    touched_ = line_.size() + (one.run.deleted ? 0 : letter.size());
  }

  void end_raised() {
    if (!raised_.empty()) line_ += raised(std::exchange(raised_, {}));
  }

  void paragraph(bool in_cell) {
    if (in_cell) {
      line_ += '\n';
      return;
    }
    end_table();
    writer_.line(std::exchange(line_, {}));
  }

  void cell(bool row_end) {
    if (!row_end) {
      row_.push_back(std::exchange(line_, {}));
    } else if (!row_.empty()) {
      rows_.push_back(std::exchange(row_, {}));
    }
  }

  void end_table() {
    if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
    if (!rows_.empty()) writer_.table(std::exchange(rows_, {}));
  }

  Writer writer_;
  Extracted& out_;
  std::map<std::uint32_t, DocParagraph> paragraphs_;
  std::string line_, raised_;
  Rows::value_type row_;
  Rows rows_;
  std::vector<bool> fields_;  // true while in the code
  int in_code_ = 0;
  bool changing_ = false;
  std::size_t references_ = 0, touched_ = 0;
};

// The characters of the pieces, in the order of the text.
std::vector<Character> characters(std::string_view document, std::string_view table, const ExtractOptions& options) {
  std::vector<Character> out;
  const std::size_t begin = u32_at(document, 0x1A2), end = begin + u32_at(document, 0x1A6);
  auto at = begin;
  while (at < end && u8_at(table, at) == 1) at += 3 + std::size_t{u16_at(table, at + 1)};
  if (at >= end || end > table.size() || u8_at(table, at) != 2) throw Stop{Outcome::malformed, "the Word document has no piece table"};
  const auto plc = table.substr(at + 5, std::min<std::size_t>(u32_at(table, at + 1), end - at - 5));
  const auto runs = doc_runs(document, table);
  const auto count = plc.size() < 4 ? 0 : (plc.size() - 4) / 12;
  for (std::size_t i = 0; i < count; ++i) {
    const auto first = u32_at(plc, 4 * i), last = u32_at(plc, 4 * (i + 1));
    const auto place = u32_at(plc, 4 * (count + 1) + 8 * i + 2);
    const bool narrow = (place & 0x40000000) != 0;
    const std::size_t width = narrow ? 1 : 2, offset = narrow ? (place & 0x3FFFFFFF) / 2 : place;
    if (last < first || offset + (last - first) * width > document.size())
      throw Stop{Outcome::malformed, "a piece of the Word document lies outside of it"};
    if (out.size() + (last - first) > options.max_text) throw Stop{Outcome::over_limit, "the Word document is too long"};
    const auto ansi = narrow ? decode_code_page(document.substr(offset, last - first), 1252) : std::string();
    std::size_t ansi_at = 0;
    auto run = std::upper_bound(runs.begin(), runs.end(), offset, [](auto value, const DocRun& one) { return value < one.end; });
    for (std::size_t k = 0; k < last - first; ++k) {
      const auto here = static_cast<std::uint32_t>(offset + k * width);
      while (run != runs.end() && run->end <= here) ++run;
      Character one{0, here + static_cast<std::uint32_t>(width), run != runs.end() && run->begin <= here ? *run : DocRun{}};
      one.c = narrow ? next_character(ansi, ansi_at) : u16_at(document, here);
      if (one.c >= 0xDC00 && one.c <= 0xDFFF && !out.empty() && out.back().c >= 0xD800 && out.back().c <= 0xDBFF) {
        out.back().c = 0x10000 + ((out.back().c - 0xD800) << 10) + (one.c - 0xDC00);
        one.c = 0x200B;  // keeps positions; dropped by the normaliser
      }
      out.push_back(one);
    }
  }
  return out;
}

void read_word97(const Ole2& file, const std::string& document, const ExtractOptions& options, Extracted& out) {
  const auto table = file.stream((u16_at(document, 0x0A) & kTableOne) != 0 ? "1Table" : "0Table");
  if (!table) throw Stop{Outcome::malformed, "the Word document has no table stream"};
  const auto all = characters(document, *table, options);
  const std::size_t body = std::min<std::size_t>(u32_at(document, 0x4C), all.size());
  const std::size_t notes = std::min<std::size_t>(u32_at(document, 0x50), all.size() - body);
  auto paragraphs = doc_paragraphs(document, *table);
  Words words(out, options, paragraphs);
  for (std::size_t i = 0; i < body; ++i) words.take(all[i]);
  words.finish();
  if (notes == 0) return;
  std::string text;
  for (auto i = body; i < body + notes; ++i) append_utf8(text, all[i].c == '\r' ? U' ' : all[i].c);
  Writer writer(out, options);
  // Each note begins with its reference mark.
  for (auto at = text.find('\x02'); at != std::string::npos;) {
    const auto next = text.find('\x02', at + 1);
    out.notes.push_back({std::to_string(out.notes.size() + 1), one_line(text.substr(at + 1, next == std::string::npos ? next : next - at - 1))});
    writer.line("[" + out.notes.back().mark + "] " + out.notes.back().words);
    at = next;
  }
}

void read_word95(const std::string& document, const ExtractOptions& options, Extracted& out) {
  if ((u16_at(document, 0x0A) & kFastSaved) != 0) throw Stop{Outcome::unsupported, "a fast-saved document of Word 6 or 95: save it anew"};
  const std::size_t begin = u32_at(document, 0x18), end = std::min<std::size_t>(u32_at(document, 0x1C), document.size());
  if (begin >= end) throw Stop{Outcome::malformed, "the Word document has no text"};
  const auto decoded = decode_to_utf8(std::string_view(document).substr(begin, end - begin), "", false);
  if (!decoded) throw Stop{Outcome::malformed, decoded.error().message};
  out.encoding = decoded->encoding;
  Words words(out, options, {});
  for (std::size_t at = 0; at < decoded->text.size();) words.take({next_character(decoded->text, at), 0, {}});
  words.finish();
}

}  // namespace

void read_doc(std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  out.reader = "doc";
  const Ole2 file(bytes);
  const auto document = file.stream("WordDocument");
  if (!document) throw Stop{Outcome::unsupported, "an old office file that is no Word document (XLS, PPT, MSG)"};
  out.media_type = "application/msword";
  const auto kind = u16_at(*document, 0);
  if ((u16_at(*document, 0x0A) & kEncrypted) != 0) throw Stop{Outcome::encrypted, "the Word document needs a password"};
  if (kind == kWord97 && u16_at(*document, 2) >= 0xC1) return read_word97(file, *document, options, out);
  if (kind == kWord95 || kind == kWord97) return read_word95(*document, options, out);
  throw Stop{Outcome::malformed, fmt::format("no Word document of 1995 or later (mark {:04x})", kind)};
}

}  // namespace draftwatch::extract
