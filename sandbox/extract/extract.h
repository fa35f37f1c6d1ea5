// The text of one document, whatever it was written in. Worker side only: nothing else may parse a stranger's bytes.
//
// Flow: detect the type by the bytes (names and headers lie), read it with one reader, hand over plain text plus what
// the format says beside it (title, tables, tracked changes, footnotes, pages). Readers keep words and drop looks.
//
// Where this runs: in the jailed process, after warm_up() and after the strict filter. It opens no file, knows no
// network and allocates in proportion to the caps below. Hostile input ends in an Outcome, or kills this process by
// its CPU or memory limit, which the daemon reports as over_limit.
// Thread-safety: one extract() at a time in a process (poppler's parameters are global).
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::extract {

class Recogniser;

// Raised when a reader gives other text for the same bytes. Stored bytes are then read again and the difference is
// marked technical, without mail (like text::kNormaliser).
inline constexpr int kExtractor = 1;

enum class Outcome {
  text,         // there is text
  empty,        // well-formed, and no words in it
  scanned,      // pages are pictures: no text layer worth having (see Extracted::reason)
  encrypted,    // a password is needed
  malformed,    // not the format it begins as, or cut off
  over_limit,   // a cap below was reached; no partial text is handed over
  refused,      // a construct that we never follow: DTD with entities, UTF-7
  unsupported,  // a type without a reader
};
std::string_view name(Outcome outcome);  // "text", "over_limit" ...

// What a column of a comparison table (сравнительная таблица) holds, by the words of its head.
enum class Column { other, number, unit, current, proposed, reason };
std::string_view name(Column column);

// A table of the document. In the text each row is one line, its cells divided by TAB.
struct Table {
  std::size_t begin = 0, end = 0;  // bytes of Extracted::text
  std::size_t rows = 0, columns = 0;
  bool comparison = false;                      // has a column `current` and a column `proposed`
  std::vector<Column> roles;                    // of a comparison table, one a column
  std::vector<std::vector<std::string>> cells;  // of a comparison table, with its head; paragraphs divided by LF
};

// A tracked change. The text has all of them accepted: inserted words stand in it, deleted words do not.
struct Change {
  bool inserted = true;
  std::string author, date;  // as the file words them; may be empty
  std::string words;
  std::size_t at = 0;  // byte of Extracted::text where it begins or was
};

// A note. The mark of a footnote or endnote stands in the text as "[1]", and the line "[1] words" after the body.
// Explanatory notes of a print (Canada) have no mark and are not in the text: they are not part of the bill.
struct Note {
  std::string mark;
  std::string words;
};

// New wording inside an amending act, where the markup says so. In the text it stands between quotation marks: those of
// the print, or “ and ” of ours where the print shows it by type alone (Canada).
struct Quotation {
  std::size_t begin = 0, end = 0;  // bytes of Extracted::text, whole lines
};

// One file of an archive, in the order of names.
struct Part {
  std::string name;  // for people only, never a path to open
  std::string media_type;
  Outcome outcome = Outcome::empty;
  std::string reason;
  std::size_t begin = 0, end = 0;  // bytes of Extracted::text
};

struct Extracted {
  Outcome outcome = Outcome::empty;
  std::string reason;         // for people: why there is no text, or what is special about it
  std::string text;           // normalised (text/normalise.h); valid UTF-8; empty unless outcome is `text`
  std::string media_type;     // detected, e.g. "application/pdf"
  std::string reader;         // html, docx, rtf, doc, pdf, us_bill, uslm, akn, ca_bill, xml, plain, zip
  std::string encoding;       // of byte formats without their own rule, e.g. "windows-1251"
  std::string language;       // BCP 47 as the document states it; never guessed
  std::string title;          // from the document's metadata
  std::size_t pages = 0;      // of a PDF
  bool scanned = false;       // most pages have no text layer
  bool ocr = false;           // the text was recognised from pictures
  double ocr_confidence = 0;  // 0-100, mean over words, to one decimal; 0 where ocr is false
  std::string ocr_languages;  // "rus+kir"; empty where ocr is false
  std::size_t ocr_pages = 0;  // pages whose words were recognised
  std::string ocr_reason;     // recognition was asked for and gave nothing: why; also a warning
  std::vector<Table> tables;
  std::vector<Change> changes;
  std::vector<Note> notes;
  std::vector<Quotation> quotations;
  std::vector<Part> parts;
  std::vector<std::string> warnings;  // for the operator; each names what was seen and what was done
};

// The caps. Defaults hold for a worker with 512 MB of address space and 4 s of CPU.
struct ExtractOptions {
  std::size_t max_text = 16u << 20;      // bytes of text handed over
  std::size_t max_member = 48u << 20;    // inflated bytes of one archive member, counted, never believed
  std::size_t max_inflated = 96u << 20;  // inflated bytes of a whole archive
  std::size_t max_entries = 4000;        // members of an archive
  std::size_t max_nesting = 1;           // archives inside an archive of documents
  std::size_t max_depth = 512;           // nested elements (XML) or groups (RTF)
  std::size_t max_pages = 5000;
  bool drop_menus = false;           // HTML: leave out nav, header, footer, aside and forms
  Recogniser* recogniser = nullptr;  // not owned; reads pages that are pictures (recogniser.h). Null: they are only noticed
  std::string ocr_missing;           // recognition was asked for and there is none: why, for a warning
};

// `media_type_hint` is the declared type, with parameters ("text/html; charset=koi8-r"); it decides only where bytes do
// not (plain text against HTML fragments, the charset). Never throws for what stands in `bytes`, except std::bad_alloc.
Extracted extract(std::string_view media_type_hint, std::string_view bytes, const ExtractOptions& options = {});

// extract() of bytes that hold markup or plain words: the same answer, without the readers of files and their libraries.
// Nothing where the bytes want another reader.
std::optional<Extracted> extract_markup(std::string_view media_type_hint, std::string_view bytes, const ExtractOptions& options = {});

// What the libraries open, ask or allocate once and lazily, done now. Call it after the rlimits and Landlock, before
// the strict seccomp filter. Needs TZ to be set in the environment. `media_type` as above; unknown types warm all.
// `pictures`: pages will be rendered.
void warm_up(std::string_view media_type, bool pictures = false);

// One object, documented in docs/schema/extract.schema.json.
boost::json::value to_json(const Extracted& extracted);

}  // namespace draftwatch::extract
