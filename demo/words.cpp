#include "demo/words.h"

#include <array>
#include <utility>

namespace draftwatch::demo {
namespace {

constexpr Words kRussian{"Портал общественного обсуждения Республики Кең-Суу",
                         "Министерство права и участия Республики Кең-Суу · Жыйын Республики Кең-Суу",
                         "Проекты нормативных правовых актов",
                         "Номер регистрации",
                         "Вид акта",
                         "Разработчик",
                         "Стадия",
                         "Опубликован",
                         "Замечания и предложения принимаются до",
                         "Редакция",
                         "Как участвовать",
                         "Направьте замечания и предложения письмом с указанием номера проекта по адресу",
                         "Текст проекта",
                         "Документы",
                         "Проектов на обсуждении нет.",
                         "Следующая страница",
                         "Предыдущая страница",
                         "Страница не найдена",
                         "Портал временно недоступен: ведутся технические работы.",
                         "Все проекты",
                         "включительно"};
constexpr Words kKyrgyz{"Кең-Суу Республикасынын коомдук талкуулоо порталы",
                        "Кең-Суу Республикасынын Укук жана катышуу министрлиги · Кең-Суу Республикасынын Жыйыны",
                        "Ченемдик укуктук актылардын долбоорлору",
                        "Каттоо номери",
                        "Актынын түрү",
                        "Иштеп чыгуучу",
                        "Учурдагы этап",
                        "Жарыяланган күнү",
                        "Сын-пикирлер жана сунуштар кабыл алынат",
                        "Редакциясы",
                        "Кантип катышса болот",
                        "Сын-пикирлериңизди жана сунуштарыңызды долбоордун номерин көрсөтүп, төмөнкү дарекке жөнөтүңүз",
                        "Долбоордун тексти",
                        "Документтер",
                        "Талкуулоодо долбоор жок.",
                        "Кийинки барак",
                        "Мурунку барак",
                        "Барак табылган жок",
                        "Портал убактылуу иштебейт: техникалык иштер жүрүп жатат.",
                        "Бардык долбоорлор",
                        "ушул күндү кошо"};
constexpr Words kEnglish{"Public Consultation Portal of the Republic of Keng-Suu",
                         "Ministry of Law and Participation of the Republic of Keng-Suu · Jyiyn of the Republic of Keng-Suu",
                         "Draft legal acts",
                         "Registration number",
                         "Kind of act",
                         "Drafted by",
                         "Stage",
                         "Published",
                         "Comments are accepted until",
                         "Version",
                         "How to take part",
                         "Send your comments in writing, naming the number of the draft, to",
                         "Text of the draft",
                         "Documents",
                         "There are no drafts under consultation.",
                         "Next page",
                         "Previous page",
                         "Page not found",
                         "The portal is temporarily unavailable for maintenance.",
                         "All drafts",
                         "inclusive"};

struct Three {
  std::string_view name, russian, kyrgyz, english;
  std::string_view in(std::string_view language) const { return language == "ky" ? kyrgyz : language == "en" ? english : russian; }
};

constexpr std::array<Three, 11> kStages{{
    {"consultation", "Общественное обсуждение", "Коомдук талкуулоо", "Public consultation"},
    {"consultation_closed", "Обсуждение завершено", "Талкуулоо аяктады", "Consultation closed"},
    {"introduced", "Внесён в Жыйын", "Жыйынга киргизилди", "Introduced in the Jyiyn"},
    {"committee", "Рассмотрение в комитете", "Комитетте кароо", "In committee"},
    {"first_reading", "Принят в первом чтении", "Биринчи окууда кабыл алынды", "Passed at first reading"},
    {"second_reading", "Принят во втором чтении", "Экинчи окууда кабыл алынды", "Passed at second reading"},
    {"third_reading", "Принят в третьем чтении", "Үчүнчү окууда кабыл алынды", "Passed at third reading"},
    {"signed", "Подписан", "Кол коюлду", "Signed"},
    {"in_force", "Вступил в силу", "Күчүнө кирди", "In force"},
    {"rejected", "Отклонён", "Четке кагылды", "Rejected"},
    {"withdrawn", "Отозван разработчиком", "Иштеп чыгуучу кайтарып алды", "Withdrawn by its drafter"},
}};

constexpr std::array<Three, 3> kKinds{{{"law", "Проект закона", "Мыйзам долбоору", "Bill"},
                                       {"resolution", "Проект постановления", "Токтомдун долбоору", "Draft resolution"},
                                       {"order", "Проект приказа", "Буйруктун долбоору", "Draft order"}}};

constexpr std::array<Three, 12> kMonths{{{"1", "января", "январы", "January"},
                                         {"2", "февраля", "февралы", "February"},
                                         {"3", "марта", "марты", "March"},
                                         {"4", "апреля", "апрели", "April"},
                                         {"5", "мая", "майы", "May"},
                                         {"6", "июня", "июну", "June"},
                                         {"7", "июля", "июлу", "July"},
                                         {"8", "августа", "августу", "August"},
                                         {"9", "сентября", "сентябры", "September"},
                                         {"10", "октября", "октябры", "October"},
                                         {"11", "ноября", "ноябры", "November"},
                                         {"12", "декабря", "декабры", "December"}}};

template <std::size_t N>
std::string_view find(const std::array<Three, N>& table, std::string_view name, std::string_view language) {
  for (const Three& row : table)
    if (row.name == name) return row.in(language);
  return name;
}

}  // namespace

const Words& words_in(std::string_view language) { return language == "ky" ? kKyrgyz : language == "en" ? kEnglish : kRussian; }

std::string_view stage_words(std::string_view stage, std::string_view language) { return find(kStages, stage, language); }

std::string_view kind_words(std::string_view kind, std::string_view language) { return find(kKinds, kind, language); }

std::string day_words(base::Day day, std::string_view language) {
  const std::string number = std::to_string(static_cast<unsigned>(day.day())), year = std::to_string(static_cast<int>(day.year()));
  const std::string month(kMonths[static_cast<unsigned>(day.month()) - 1].in(language));
  if (language == "ky") return year + "-жылдын " + number + "-" + month;
  if (language == "en") return number + " " + month + " " + year;
  return number + " " + month + " " + year + " года";
}

}  // namespace draftwatch::demo
