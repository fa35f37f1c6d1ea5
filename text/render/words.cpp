#include "text/render/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "text/render/render.h"

namespace draftwatch::text {
namespace {

constexpr Labels kEnglish{"Text in force",
                          "Proposed text",
                          "Comment",
                          "added",
                          "removed",
                          "changed",
                          "(none)",
                          "No change in substance",
                          "changes in substance",
                          "cosmetic",
                          "More changes",
                          "the act",
                          "Why",
                          "Before",
                          "After",
                          "came with",
                          "version",
                          "seen",
                          "Draft",
                          "Source",
                          "SHA-256 of the text",
                          "of the original",
                          "Page"};
constexpr Labels kRussian{"Действующая редакция",
                          "Предлагаемая редакция",
                          "Комментарий",
                          "добавлено",
                          "исключено",
                          "изменено",
                          "(отсутствует)",
                          "Изменений по существу нет",
                          "изменений по существу",
                          "редакционных",
                          "Ещё изменений",
                          "акт",
                          "Почему",
                          "Было",
                          "Стало",
                          "внесено в",
                          "версия",
                          "получена",
                          "Проект",
                          "Источник",
                          "SHA-256 текста",
                          "исходного файла",
                          "Страница"};
constexpr Labels kKyrgyz{"Колдонуудагы редакция",
                         "Сунушталган редакция",
                         "Комментарий",
                         "кошулду",
                         "алынып салынды",
                         "өзгөрдү",
                         "(жок)",
                         "Маңызы боюнча өзгөрүү жок",
                         "маңызы боюнча өзгөрүү",
                         "редакциялык",
                         "Дагы өзгөрүү",
                         "акт",
                         "Себеби",
                         "Мурда",
                         "Эми",
                         "киргизилген версия",
                         "версия",
                         "алынган",
                         "Долбоор",
                         "Булак",
                         "Тексттин SHA-256",
                         "баштапкы файлдын",
                         "Барак"};

using Three = std::array<std::string_view, 3>;  // en, ru, ky

std::size_t column(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  return base == "ru" ? 1 : base == "ky" ? 2 : 0;
}

constexpr Three kKinds[] = {
    {"article added", "статья добавлена", "берене кошулду"},
    {"article removed", "статья исключена", "берене алынып салынды"},
    {"article renumbered", "изменён номер статьи", "берененин номери өзгөрдү"},
    {"article moved", "статья перемещена", "берене жылдырылды"},
    {"article split", "статья разделена", "берене бөлүндү"},
    {"article merged into another", "статья объединена с другой", "берене башкасына кошулду"},
    {"heading changed", "изменён заголовок", "аталышы өзгөрдү"},
    {"added", "добавлено", "кошулду"},
    {"removed", "исключено", "алынып салынды"},
    {"renumbered", "изменён номер", "номери өзгөрдү"},
    {"moved", "перемещено", "жылдырылды"},
    {"amended", "изменено", "өзгөрдү"},
    {"text replaced", "изложено заново", "жаңы редакцияда"},
    {"title changed", "изменено название", "аталышы өзгөрдү"},
    {"form only", "только оформление", "жасалгасы гана"},
};

const std::map<std::string_view, Three>& signal_words() {
  static const std::map<std::string_view, Three> words = {
      {"amended_by", {"amending laws listed", "перечень изменяющих законов", "өзгөртүүчү мыйзамдардын тизмеси"}},
      {"ban_added", {"ban added", "добавлен запрет", "тыюу кошулду"}},
      {"ban_removed", {"ban removed", "снят запрет", "тыюу алынды"}},
      {"dashes", {"dashes", "тире", "сызыкчалар"}},
      {"date", {"date", "дата", "дата"}},
      {"definition", {"definition", "определение", "аныктама"}},
      {"duty", {"duty", "обязанность", "милдет"}},
      {"duty_strengthened", {"duty strengthened", "обязанность усилена", "милдет күчөтүлдү"}},
      {"duty_weakened", {"duty weakened", "обязанность ослаблена", "милдет жеңилдетилди"}},
      {"editorial_note", {"editor's note", "примечание редактора", "редактордун эскертүүсү"}},
      {"exception_added", {"exception added", "добавлено исключение из правила", "өзгөчө учур кошулду"}},
      {"exception_removed", {"exception removed", "убрано исключение из правила", "өзгөчө учур алынды"}},
      {"layout", {"layout", "разбивка на строки", "саптарга бөлүү"}},
      {"merged", {"merged", "объединение", "бириктирүү"}},
      {"moved", {"moved", "перемещение", "жылдыруу"}},
      {"negation", {"negation", "отрицание", "тануу"}},
      {"number", {"figure", "число", "сан"}},
      {"numbering", {"numbering", "нумерация", "номерлөө"}},
      {"permission_added", {"permission added", "добавлено право", "укук кошулду"}},
      {"permission_removed", {"permission removed", "убрано право", "укук алынды"}},
      {"punctuation", {"punctuation", "пунктуация", "тыныш белгилер"}},
      {"quotes", {"quotation marks", "кавычки", "тырмакчалар"}},
      {"reference", {"reference", "ссылка", "шилтеме"}},
      {"repealed", {"repealed", "утратило силу", "күчүн жоготту"}},
      {"safeguard_added", {"safeguard added", "добавлена гарантия", "кепилдик кошулду"}},
      {"safeguard_removed", {"safeguard removed", "убрана гарантия", "кепилдик алынды"}},
      {"sanction", {"sanction", "санкция", "санкция"}},
      {"scope", {"scope", "сфера действия", "колдонуу чөйрөсү"}},
      {"spaces", {"spaces", "пробелы", "боштуктар"}},
      {"split", {"split", "разделение", "бөлүү"}},
      {"sum", {"sum", "сумма", "сумма"}},
      {"term", {"term", "срок", "мөөнөт"}},
      {"text_replaced", {"nearly all replaced", "текст заменён почти полностью", "текст дээрлик толук алмашты"}},
      {"wording", {"wording", "формулировка", "сөз түзүмү"}},
      {"yo", {"е and ё", "е и ё", "е жана ё"}},
  };
  return words;
}

}  // namespace

const Labels& labels(std::string_view language) {
  switch (column(language)) {
    case 1: return kRussian;
    case 2: return kKyrgyz;
    default: return kEnglish;
  }
}

std::string_view column_label(const RenderOptions& options, bool old_side) {
  const Labels& l = labels(options.language);
  if (options.old_in_force) return old_side ? l.in_force : l.proposed;
  return old_side ? l.before : l.after;
}

std::string column_name(const RenderOptions& options, bool old_side) {
  const std::string& name = old_side ? options.old_name : options.new_name;
  return std::string(column_label(options, old_side)) + (name.empty() ? "" : ": " + name);
}

std::string_view kind_label(ChangeKind kind, std::string_view language) { return kKinds[static_cast<std::size_t>(kind)][column(language)]; }

std::string signal_label(const Signal& signal, std::string_view language) {
  const auto found = signal_words().find(signal.name);
  std::string out(found == signal_words().end() ? std::string_view(signal.name) : found->second[column(language)]);
  if (signal.old_value.empty() && signal.new_value.empty()) {
    if (column(language) == 0 && !signal.reason.empty()) out = signal.reason;
    return out;
  }
  out += ": ";
  out += signal.old_value.empty()   ? "+ «" + signal.new_value + "»"
         : signal.new_value.empty() ? "− «" + signal.old_value + "»"
                                    : "«" + signal.old_value + "» → «" + signal.new_value + "»";
  return out;
}

std::vector<const Change*> shown_changes(const Diff& diff, const RenderOptions& options, std::size_t& left_out) {
  std::vector<const Change*> out;
  left_out = 0;
  for (const Change& change : diff.changes) {
    if (change.klass == ChangeClass::cosmetic && !options.cosmetic) continue;
    if (options.most_changes != 0 && out.size() >= options.most_changes) {
      ++left_out;
    } else {
      out.push_back(&change);
    }
  }
  return out;
}

std::string shortened(const std::string& text, bool first, bool last, std::size_t context) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  if (text.size() <= 2 * context + 20) return text;
  std::size_t head = context, tail = text.size() - context;
  while (head > 0 && continues(text[head])) --head;
  while (tail < text.size() && continues(text[tail])) ++tail;
  return (first ? "" : text.substr(0, head)) + " … " + (last ? "" : text.substr(tail));
}

std::vector<Cell> cells_of(const Change& change, bool old_side) {
  constexpr std::size_t kContext = 600;  // bytes of unchanged words around an edit in a long unit
  std::vector<Cell> out;
  const Piece::Kind own = old_side ? Piece::Kind::removed : Piece::Kind::added;
  for (const Piece& piece : change.pieces) {
    if (piece.kind == Piece::Kind::kept) {
      out.push_back({shortened(piece.text, &piece == &change.pieces.front(), &piece == &change.pieces.back(), kContext), false});
    } else if (piece.kind == own) {
      out.push_back({piece.text, true});
    }
  }
  if (change.pieces.empty()) {
    const std::string& text = old_side ? change.old_text : change.new_text;
    if (!text.empty()) out.push_back({text, false});
  }
  return out;
}

namespace {

// A numbered unit whose opening line lawyers count as its first paragraph, as text/amend does; a division of the act
// ("part:I") has none.
bool opens_with_paragraph(const std::string& step) {
  if (step.starts_with("point:") || step.starts_with("subpoint:")) return true;
  return step.starts_with("part:") && step.size() > 5 && step[5] >= '0' && step[5] <= '9';
}

std::string next(const std::string& number) {
  std::size_t value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  return read.ec == std::errc() && read.ptr == number.data() + number.size() ? std::to_string(value + 1) : number;
}

}  // namespace

std::string place(const Path& path, std::string_view language) {
  static const std::map<std::string_view, Three> units = {{"part", {"part", "часть", "бөлүк"}},
                                                          {"section", {"Section", "раздел", "бөлүм"}},
                                                          {"chapter", {"chapter", "глава", "глава"}},
                                                          {"article", {"art.", "ст.", "берене"}},
                                                          {"point", {"point", "пункт", "пункт"}},
                                                          {"subpoint", {"subpoint", "подпункт", "пунктча"}},
                                                          {"paragraph", {"paragraph", "абзац", "абзац"}},
                                                          {"annex", {"annex", "приложение", "тиркеме"}},
                                                          {"title", {"title", "название", "аталышы"}},
                                                          {"preamble", {"preamble", "преамбула", "преамбула"}},
                                                          {"note", {"note", "примечание", "эскертүү"}},
                                                          {"table", {"table", "таблица", "таблица"}},
                                                          {"contents", {"contents", "оглавление", "мазмуну"}},
                                                          {"footnote", {"footnote", "сноска", "шилтеме"}},
                                                          {"signature", {"signature", "подпись", "кол тамга"}},
                                                          {"quotation", {"quoted wording", "цитируемая редакция", "цитата"}},
                                                          {"division", {"division", "раздел", "бөлүм"}}};
  if (path.empty()) return std::string(labels(language).act);
  const auto is_article = [](const std::string& step) { return step.rfind("article:", 0) == 0 || step.rfind("section:", 0) == 0; };
  auto first = path.begin();
  for (auto step = path.begin(); step != path.end(); ++step) {
    if (is_article(*step) && (step->rfind("article:", 0) == 0 || (step + 1 == path.end() || !is_article(*(step + 1))))) first = step;
  }
  std::string out;
  for (auto step = first; step != path.end(); ++step) {
    const std::size_t colon = step->find(':');
    const auto found = units.find(std::string_view(*step).substr(0, colon));
    if (!out.empty()) out += ", ";
    const std::string word(found == units.end() ? std::string_view(*step).substr(0, colon) : found->second[column(language)]);
    std::string number = colon == std::string::npos ? "" : step->substr(colon + 1);
    if (step != path.begin() && found != units.end() && found->first == "paragraph" && opens_with_paragraph(*(step - 1))) number = next(number);
    if (column(language) == 2 && !number.empty()) {
      out += number + "-" + word;  // "7-берене"
    } else {
      out += word + (number.empty() ? "" : " " + number);
    }
  }
  return out;
}

std::string summary_line(const Change& change, std::string_view language) {
  const Path& where = change.new_path ? *change.new_path : change.old_path ? *change.old_path : Path{};
  std::string out = place(where, language) + ": " + std::string(kind_label(change.kind, language));
  const bool both = change.old_path && change.new_path && change.old_path != change.new_path;
  if (both) out += " (" + place(*change.old_path, language) + " → " + place(*change.new_path, language) + ")";
  std::string why;
  for (std::size_t k = 0; k < change.signals.size() && k < 3; ++k) {
    if (change.signals[k].name == "wording" || change.signals[k].name == "numbering") continue;
    why += (why.empty() ? "" : "; ") + signal_label(change.signals[k], language);
  }
  return why.empty() ? out : out + " (" + why + ")";
}

std::string counted(const Totals& totals, std::string_view language) {
  const Labels& l = labels(language);
  const std::size_t few = totals.substantive % 100, last = few % 10;
  std::string_view noun = l.substance, cosmetic = l.cosmetic;
  if (column(language) == 0 && totals.substantive == 1) noun = "change in substance";
  if (column(language) == 1) {
    if (last == 1 && few != 11) noun = "изменение по существу";
    if (last >= 2 && last <= 4 && (few < 12 || few > 14)) noun = "изменения по существу";
    if (totals.cosmetic % 10 == 1 && totals.cosmetic % 100 != 11) cosmetic = "редакционное";
  }
  const std::string form = totals.cosmetic == 0 ? "" : std::to_string(totals.cosmetic) + " " + std::string(cosmetic);
  if (totals.substantive == 0) return std::string(l.no_substance) + (form.empty() ? "" : "; " + form);
  return std::to_string(totals.substantive) + " " + std::string(noun) + (form.empty() ? "" : ", " + form);
}

std::string verdict(const Diff& diff, std::string_view language) { return counted(diff.totals, language); }

std::string came_with(const std::vector<std::string>& versions, std::string_view language) {
  std::string out(labels(language).came_with);
  for (const std::string& version : versions) out += (&version == &versions.front() ? " " : ", ") + version;
  return out;
}

std::string version_name(int ordinal, const std::string& seen, std::string_view language) {
  const Labels& l = labels(language);
  return std::string(l.version) + " " + std::to_string(ordinal) + ", " + std::string(l.seen) + " " + seen;
}

std::vector<std::string> evidence_lines(const Evidence& evidence, const RenderOptions& options) {
  const Labels& l = labels(options.language);
  std::vector<std::string> out;
  const auto line = [&](const std::string& label, const std::string& value) {
    if (!value.empty()) out.push_back(label + ": " + value);
  };
  line(std::string(l.draft), evidence.draft);
  line(std::string(l.source), evidence.url);
  for (const bool old_side : {true, false}) {
    const auto& version = old_side ? evidence.old_version : evidence.new_version;
    const std::string column(column_label(options, old_side));
    line(column + ", " + std::string(l.text_digest), version.text_sha256);
    line(column + ", SHA-256 " + std::string(l.original_digest), version.original_sha256);
  }
  return out;
}

}  // namespace draftwatch::text
