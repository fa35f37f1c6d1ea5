// Two language texts of one draft side by side: where their structure or their figures do not agree.
#include "storage/drafts.h"
#include "storage/versions.h"
#include "text/diff/bilingual.h"
#include "text/render/render.h"
#include "web/page.h"

namespace draftwatch::web {
namespace {

using text::LanguageGap;

// What stands in one column of a gap's row: `mine` is the column's own share of the figures or its count.
std::string cell(const Texts& t, const LanguageGap& gap, bool first) {
  const std::string& mine = first ? gap.first : gap.second;
  switch (gap.kind) {
    case LanguageGap::Kind::only_in_first: return t(first ? "languages.there" : "languages.absent");
    case LanguageGap::Kind::only_in_second: return t(first ? "languages.absent" : "languages.there");
    case LanguageGap::Kind::numbering: return t("languages.number", {{"n", mine}});
    case LanguageGap::Kind::structure: return t("languages.units", {{"n", mine}});
    case LanguageGap::Kind::figures: return mine.empty() ? t("languages.no_figures") : t("languages.figures", {{"figures", mine}});
  }
  return mine;
}

Values rows_of(const Context& context, const std::vector<LanguageGap>& gaps) {
  Values rows{Values::type::list};
  for (const LanguageGap& gap : gaps) {
    Values row{Values::type::object};
    row.set("place", text::place(gap.path, context.texts.language()));
    row.set("first", cell(context.texts, gap, true));
    row.set("second", cell(context.texts, gap, false));
    rows << row;
  }
  return rows;
}

std::string heading_of(const Context& context, const storage::ReadableText& text, const std::string& zone) {
  const auto& document = text.document->document;
  return language_name(context.texts, document.language) + " · " + context.texts("version.n", {{"n", std::to_string(text.version->ordinal)}}) + ", " +
         context.texts("version.seen", {{"at", context.texts.instant(text.version->seen, zone)}});
}

// The text of that document; nothing where the number names none of them.
const storage::ReadableText* chosen(const std::vector<storage::ReadableText>& texts, std::string_view id) {
  const auto wanted = number_in(id);
  for (const auto& text : texts)
    if (wanted && text.document->document.id.value == *wanted) return &text;
  return nullptr;
}

Values choices(const Context& context, const std::vector<storage::ReadableText>& texts, const storage::ReadableText& first,
               const storage::ReadableText& selected) {
  Values list{Values::type::list};
  for (const auto& text : texts) {
    if (text.document == first.document) continue;
    const auto& document = text.document->document;
    Values item{Values::type::object};
    item.set("id", std::to_string(document.id.value));
    item.set("words", language_name(context.texts, document.language) + " · " +
                          (document.label.empty() ? context.texts("role." + document.role) : document.label));
    if (text.document == selected.document) item.set("selected", Values::type::bool_true);
    list << item;
  }
  return list;
}

Response compared(const Context& context, const storage::DraftHistory& history, const std::vector<storage::ReadableText>& texts,
                  const storage::ReadableText& first, const storage::ReadableText& second) {
  storage::Versions store(context.database);
  const auto one = store.text(*first.version), two = store.text(*second.version);
  if (!one) return unavailable(context, one.error());
  if (!two) return unavailable(context, two.error());
  const auto gaps = text::compare_languages(*one, first.document->document.language, *two, second.document->document.language);
  Values values{Values::type::object};
  values.set("draft", draft_path(history.row.draft.source, history.row.draft.key));
  values.set("draft_title", history.row.draft.title);
  values.set("others", choices(context, texts, first, second));
  values.set("first", heading_of(context, first, history.row.zone));
  values.set("second", heading_of(context, second, history.row.zone));
  values.set("first_language", language_name(context.texts, first.document->document.language));
  values.set("second_language", language_name(context.texts, second.document->document.language));
  values.set("verdict", gaps.empty() ? context.texts("languages.none") : context.texts("languages.count", {{"n", std::to_string(gaps.size())}}));
  values.set("gaps", rows_of(context, gaps));
  if (!gaps.empty()) values.set("any", Values::type::bool_true);
  return page(context, "languages", context.texts("languages.heading"), std::move(values));
}

}  // namespace

// /languages/<document>?with=<other document>: two documents of one draft; without `with`, the first in another language.
Response languages(const Context& context, std::string_view document_id) {
  const auto id = number_in(document_id);
  if (!id) return not_found(context);
  storage::Drafts drafts(context.database);
  const auto document = drafts.find_document(model::Id<model::Document>{*id});
  if (!document || !*document) return not_found(context);
  const auto row = drafts.row((*document)->draft);
  if (!row || !*row) return not_found(context);
  const auto history = drafts.history((*row)->draft.source, (*row)->draft.key);
  if (!history || !*history) return not_found(context);
  const auto texts = storage::readable_texts(**history);
  const auto* first = chosen(texts, document_id);
  if (first == nullptr) return not_found(context);
  const auto* second = chosen(texts, context.request.query_value("with"));
  if (second == nullptr)
    for (const auto& text : texts)
      if (second == nullptr && text.document->document.language != first->document->document.language) second = &text;
  if (second == nullptr || second->document == first->document) return not_found(context);
  return compared(context, **history, texts, *first, *second);
}

}  // namespace draftwatch::web
