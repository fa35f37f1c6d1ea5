// What a zip file is: an office document, or an archive of documents.
#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "sandbox/extract/archive.h"
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

bool is_skipped(const std::string& name) {
  const auto slash = name.find_last_of('/');
  const auto leaf = slash == std::string::npos ? name : name.substr(slash + 1);
  return leaf.empty() || leaf.front() == '.' || name.starts_with("__MACOSX/") || leaf == "Thumbs.db";
}

// Adds one member's reading behind what is there.
void append(Extracted& out, Extracted&& member, Part part, const ExtractOptions& options) {
  part.media_type = member.media_type;
  part.begin = out.text.size();
  if (part.outcome == Outcome::text) {
    if (out.text.size() + member.text.size() > options.max_text) throw Stop{Outcome::over_limit, "the texts of the archive together are too long"};
    for (auto& table : member.tables) {
      table.begin += part.begin, table.end += part.begin;
      out.tables.push_back(std::move(table));
    }
    for (auto& change : member.changes) {
      change.at += part.begin;
      out.changes.push_back(std::move(change));
    }
    for (auto& quotation : member.quotations) out.quotations.push_back({quotation.begin + part.begin, quotation.end + part.begin});
    out.notes.insert(out.notes.end(), std::make_move_iterator(member.notes.begin()), std::make_move_iterator(member.notes.end()));
    out.text += member.text;
    out.pages += member.pages;
  }
  for (auto& warning : member.warnings) out.warnings.push_back(part.name + ": " + warning);
  part.end = out.text.size();
  out.parts.push_back(std::move(part));
}

void read_documents(Archive& archive, const ExtractOptions& options, Extracted& out) {
  out.reader = "zip";
  const auto& names = archive.names();
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names[a] < names[b]; });
  for (const auto index : order) {
    if (is_skipped(names[index])) continue;
    const auto bytes = archive.read(index);
    auto inner = options;
    inner.max_inflated = options.max_inflated - std::min(options.max_inflated, archive.inflated());
    inner.max_nesting = options.max_nesting - std::min<std::size_t>(options.max_nesting, 1);
    Extracted member;
    Part part{names[index], "", Outcome::empty, "", 0, 0};
    try {
      if (options.max_nesting == 0 && bytes.starts_with("PK\x03\x04") && bytes.find("[Content_Types].xml") == std::string::npos) {
        throw Stop{Outcome::over_limit, "an archive inside an archive inside an archive is not read"};
      }
      read_any("", bytes, inner, member);
      part.outcome = !member.text.empty() ? Outcome::text : member.scanned ? Outcome::scanned : Outcome::empty;
      part.reason = member.reason;
    } catch (const Stop& stop) {
      part.outcome = stop.outcome;
      part.reason = stop.reason;
    }
    append(out, std::move(member), std::move(part), options);
  }
  const auto unread = std::find_if(out.parts.begin(), out.parts.end(), [](const Part& part) { return part.outcome != Outcome::empty; });
  if (out.text.empty() && unread != out.parts.end()) throw Stop{unread->outcome, unread->name + ": " + unread->reason};
}

}  // namespace

void read_zip(std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  Archive archive(bytes, options);
  const auto& names = archive.names();
  const auto has_folder = [&](std::string_view folder) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.starts_with(folder); });
  };
  if (has_folder("word/") && (archive.has("[Content_Types].xml") || archive.has("word/document.xml"))) return read_docx(archive, options, out);
  if (archive.has("[Content_Types].xml")) throw Stop{Outcome::unsupported, "an office file that is no text document (XLSX, PPTX)"};
  if (archive.has("mimetype")) throw Stop{Outcome::unsupported, "an OpenDocument or EPUB file: no reader yet"};
  read_documents(archive, options, out);
}

}  // namespace draftwatch::extract
