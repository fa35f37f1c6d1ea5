// What the portal published, as we keep it: the text, the original bytes, and the difference of two versions.
#include "storage/versions.h"

#include <optional>

#include "base/digest.h"
#include "storage/drafts.h"
#include "text/diff/diff.h"
#include "text/render/render.h"
#include "web/page.h"

namespace draftwatch::web {
namespace {

struct Found {
  model::Version version;
  model::Document document;
  storage::DraftRow row;
};

base::Result<std::optional<storage::DraftRow>> draft_of(const Context& context, const model::Document& document) {
  return storage::Drafts(context.database).row(document.draft);
}

// Empty where there is no such version.
std::optional<Found> find(const Context& context, std::string_view id) {
  const auto value = number_in(id);
  if (!value) return std::nullopt;
  const auto version = storage::Versions(context.database).find(model::Id<model::Version>{*value});
  if (!version || !*version) return std::nullopt;
  const auto document = storage::Drafts(context.database).find_document((*version)->document);
  if (!document || !*document) return std::nullopt;
  const auto row = draft_of(context, **document);
  if (!row || !*row) return std::nullopt;
  return Found{**version, **document, **row};
}

Values lines_of(const std::string& text) {
  Values lines{Values::type::list};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) lines << Values{text.substr(at, end - at)};
    at = end + 1;
  }
  return lines;
}

const model::Version* with_ordinal(const std::vector<model::Version>& versions, std::string_view ordinal, std::size_t otherwise) {
  const auto wanted = number_in(ordinal);
  for (const auto& version : versions)
    if (wanted && version.ordinal == *wanted) return &version;
  if (!ordinal.empty()) return nullptr;  // another version in its place would be a false answer
  return versions.size() > otherwise ? &versions[otherwise] : nullptr;
}

Values choices(const Context& context, const std::vector<model::Version>& versions, int selected, const std::string& zone) {
  Values list{Values::type::list};
  for (const auto& version : versions) {
    Values item{Values::type::object};
    item.set("n", std::to_string(version.ordinal));
    put(item, "words",
        context.texts("version.n", {{"n", std::to_string(version.ordinal)}}) + (version.label.empty() ? "" : " · " + version.label) + " · " +
            context.texts.instant(version.seen, zone));
    if (version.ordinal == selected) item.set("selected", Values::type::bool_true);
    list << item;
  }
  return list;
}

Response docx(const text::Diff& diff, const text::RenderOptions& options) {
  Response response;
  response.content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"comparison.docx\"");
  response.body = text::render_table_docx(diff, options);
  return response;
}

}  // namespace

Response version_text(const Context& context, std::string_view version) {
  const auto found = find(context, version);
  if (!found) return not_found(context);
  const auto text = storage::Versions(context.database).text(found->version);
  if (!text && text.error().kind == base::Failure::not_found) return not_found(context);
  if (!text) return unavailable(context, text.error());
  Values values{Values::type::object};
  values.set("draft", draft_path(found->row.draft.source, found->row.draft.key));
  values.set("draft_title", found->row.draft.title);
  values.set("seen", context.texts("version.seen", {{"at", context.texts.instant(found->version.seen, found->row.zone)}}));
  values.set("digest", base::to_hex(found->version.original));
  values.set("bytes", "/original/" + std::to_string(found->version.id.value));
  put(values, "lang", found->document.language);
  values.set("lines", lines_of(*text));
  return page(context, "version", context.texts("version.heading", {{"n", std::to_string(found->version.ordinal)}}), std::move(values));
}

// So that a phone or an office laptop knows what to open it with.
std::string_view extension_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return ".pdf";
  if (bytes.starts_with("PK\x03\x04")) return bytes.find("word/") != bytes.npos ? ".docx" : ".zip";
  if (bytes.starts_with("{\\rtf")) return ".rtf";
  if (bytes.starts_with("\xd0\xcf\x11\xe0")) return ".doc";
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != bytes.npos && bytes[first] == '<' ? ".html" : ".bin";
}

// A stranger's bytes: never shown inline, named by their digest, whatever they call themselves.
Response version_original(const Context& context, std::string_view version) {
  const auto found = find(context, version);
  if (!found) return not_found(context);
  auto bytes = storage::Versions(context.database).original(found->version);
  if (!bytes) return unavailable(context, bytes.error());
  Response response;
  response.content_type = "application/octet-stream";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + base::to_hex(found->version.original) + std::string(extension_of(*bytes)) + "\"");
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.body = std::move(*bytes);
  return response;
}

Response difference(const Context& context, std::string_view document_id) {
  const auto id = number_in(document_id);
  if (!id) return not_found(context);
  const auto document = storage::Drafts(context.database).find_document(model::Id<model::Document>{*id});
  if (!document || !*document) return not_found(context);
  const auto row = draft_of(context, **document);
  const auto versions = storage::Versions(context.database).of_document((*document)->id);
  if (!row || !*row) return not_found(context);
  if (!versions) return unavailable(context, versions.error());
  const auto* older = with_ordinal(*versions, context.request.query_value("from"), versions->size() >= 2 ? versions->size() - 2 : 0);
  const auto* newer = with_ordinal(*versions, context.request.query_value("to"), versions->empty() ? 0 : versions->size() - 1);
  if (older == nullptr || newer == nullptr) return not_found(context);
  const bool cosmetic = context.request.query_value("all") == "1";
  const auto& zone = (*row)->zone;
  Values values{Values::type::object};
  values.set("draft", draft_path((*row)->draft.source, (*row)->draft.key));
  values.set("draft_title", (*row)->draft.title);
  values.set("olds", choices(context, *versions, older->ordinal, zone));
  values.set("news", choices(context, *versions, newer->ordinal, zone));
  storage::Versions store(context.database);
  const auto old_text = store.text(*older), new_text = store.text(*newer);
  if (old_text && new_text) {
    text::RenderOptions options;
    options.language = context.texts.language();
    options.cosmetic = cosmetic;
    options.old_name = context.texts("version.n", {{"n", std::to_string(older->ordinal)}}) + ", " + context.texts.instant(older->seen, zone);
    options.new_name = context.texts("version.n", {{"n", std::to_string(newer->ordinal)}}) + ", " + context.texts.instant(newer->seen, zone);
    options.title = (*row)->draft.title;
    const std::string key = (*row)->draft.source + ":" + (*row)->draft.key;
    options.evidence = {(*row)->draft.number.empty() ? key : (*row)->draft.number + " (" + key + ")",
                        (*row)->draft.url,
                        {base::to_hex(older->text), base::to_hex(older->original)},
                        {base::to_hex(newer->text), base::to_hex(newer->original)}};
    const text::Diff diff = text::diff(*old_text, *new_text, {.language = (*document)->language, .script = false});
    if (context.request.query_value("as") == "docx") return docx(diff, options);
    const std::string here = "?from=" + std::to_string(older->ordinal) + "&to=" + std::to_string(newer->ordinal);
    values.set("toggle", here + (cosmetic ? "" : "&all=1"));
    values.set("toggle_words", context.texts(cosmetic ? "diff.substance" : "diff.cosmetic"));
    values.set("docx", here + "&as=docx");
    options.title.clear();  // the page has it already
    values.set("changes", text::render_side_by_side(diff, options));
  } else {
    values.set("none", context.texts("diff.none"));
  }
  return page(context, "diff", context.texts("diff.heading"), std::move(values));
}

}  // namespace draftwatch::web
