// The words of instructions in both languages. Attested forms; other verbs are reported as not understood.
#include "text/amend/reader.h"

namespace draftwatch::text::amending {

const Language& russian() {
  using Verb = Language::Verb;
  static const Language kRussian = [] {
    Language l;
    l.verbs = {{"изложить", Verb::restate},   {"дополнить", Verb::add},      {"заменить", Verb::replace},    {"исключить", Verb::exclude},
               {"признать", Verb::repeal},    {"считать", Verb::renumber},   {"изложив", Verb::restate},     {"дополнив", Verb::add},
               {"заменив", Verb::replace},    {"исключив", Verb::exclude},   {"излагается", Verb::restate},  {"дополняется", Verb::add},
               {"заменяются", Verb::replace}, {"заменяется", Verb::replace}, {"исключается", Verb::exclude}, {"исключаются", Verb::exclude}};
    l.units = {{"подпункт", "subpoint"}, {"предложени", "sentence"}, {"приложени", "annex"}, {"наименовани", "heading"}, {"заголов", "heading"},
               {"названи", "heading"},   {"преамбул", "preamble"},   {"статья", "article"},  {"статью", "article"},      {"статьи", "article"},
               {"статье", "article"},    {"статьёй", "article"},     {"статей", "article"},  {"статьям", "article"},     {"статьях", "article"},
               {"раздел", "section"},    {"глав", "chapter"},        {"часть", "part"},      {"части", "part"},          {"частью", "part"},
               {"частей", "part"},       {"частях", "part"},         {"частям", "part"},     {"пункт", "point"},         {"абзац", "paragraph"}};
    l.ordinals = {{"одиннадцат", 11}, {"двенадцат", 12},   {"тринадцат", 13},   {"четырнадцат", 14}, {"пятнадцат", 15}, {"шестнадцат", 16},
                  {"семнадцат", 17},  {"восемнадцат", 18}, {"девятнадцат", 19}, {"двадцат", 20},     {"тридцат", 30},   {"сорок", 40},
                  {"пятидесят", 50},  {"пятьдесят", 50},   {"четверт", 4},      {"перв", 1},         {"втор", 2},       {"трет", 3},
                  {"пят", 5},         {"шест", 6},         {"седьм", 7},        {"восьм", 8},        {"девят", 9},      {"десят", 10}};
    l.after = {"после"};
    l.before = {"перед", "до"};
    l.joins = {"и"};
    l.acts = {"закон", "кодекс", "конституци", "положени", "постановлени", "указ", "регламент", "правил", "инструкци", "республик", "федераци"};
    return l;
  }();
  return kRussian;
}

const Language& kyrgyz() {
  using Verb = Language::Verb;
  static const Language kKyrgyz = [] {
    Language l;
    l.verbs = {{"баяндалсын", Verb::restate}, {"толукталсын", Verb::add},  {"алмаштырылсын", Verb::replace},
               {"салынсын", Verb::exclude},   {"таанылсын", Verb::repeal}, {"эсептелсин", Verb::renumber}};
    l.units = {{"пунктча", "subpoint"}, {"бөлүмчө", "section"}, {"преамбула", "preamble"}, {"аталыш", "heading"}, {"берене", "article"},
               {"статья", "article"},   {"тиркеме", "annex"},   {"сүйлөм", "sentence"},    {"бөлүм", "section"},  {"бөлүк", "part"},
               {"бөлүг", "part"},       {"пункт", "point"},     {"абзац", "paragraph"},    {"глава", "chapter"},  {"бап", "chapter"}};
    l.ordinals = {{"биринчи", 1},     {"экинчи", 2},    {"үчүнчү", 3},    {"төртүнчү", 4},  {"бешинчи", 5},
                  {"алтынчы", 6},     {"жетинчи", 7},   {"сегизинчи", 8}, {"тогузунчу", 9}, {"онунчу", 10},
                  {"жыйырманчы", 20}, {"отузунчу", 30}, {"жыйырма", 20},  {"отуз", 30},     {"он", 10}};
    l.after = {"кийин"};
    l.before = {"мурда", "мурун", "чейин"};
    l.joins = {"жана"};
    l.acts = {"кыргыз", "мыйзам", "кодекс", "конституция", "токтом", "жарлы", "жобо", "регламент", "эреже"};
    l.verb_last = true;
    return l;
  }();
  return kKyrgyz;
}

Language::Verb verb_of(const Language& language, const Token& token, bool& typo) {
  if (token.kind != Token::Kind::word || token.text.size() < 10) return Language::Verb::none;
  const Language::VerbForm* like = nullptr;
  for (const Language::VerbForm& form : language.verbs) {
    const Likeness found = likeness(token.text, form.word);
    if (found == Likeness::same) return form.verb;
    if (found == Likeness::typo && !like) like = &form;
  }
  if (!like) return Language::Verb::none;
  typo = true;
  return like->verb;
}

}  // namespace draftwatch::text::amending
