#include "text/stage.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

namespace draftwatch::text {
namespace {

// Lower case, ё as е, every run of other characters one space; a space at both ends.
std::string folded(std::string_view words) {
  std::string out = " ";
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(words.data());
  const int size = static_cast<int>(words.size());
  for (int at = 0; at < size;) {
    UChar32 letter = 0;
    U8_NEXT(bytes, at, size, letter);
    if (letter < 0 || !u_isalnum(letter)) {
      if (out.back() != ' ') out += ' ';
      continue;
    }
    letter = u_tolower(letter);
    if (letter == 0x451) letter = 0x435;
    char one[U8_MAX_LENGTH];
    int length = 0;
    UBool failed = 0;
    U8_APPEND(reinterpret_cast<std::uint8_t*>(one), length, U8_MAX_LENGTH, letter, failed);
    if (failed == 0) out.append(one, static_cast<std::size_t>(length));
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

struct Sign {
  std::string_view stems;  // found in the folded words; " " marks a word's border
  std::string_view stage;
};

// The first that fits. Kyrgyz forms as seen on the sites (shared facts, section 5.2), Kazakh and Russian ones of the
// discussion portals, gov.uk's document types.
constexpr std::array kSigns{
    Sign{" отозван", "withdrawn"},
    Sign{" снят с рассмотрения", "withdrawn"},
    Sign{" кайтарылып алын", "withdrawn"},
    Sign{" қайтарып алын", "withdrawn"},
    Sign{" withdrawn", "withdrawn"},
    Sign{" возвращ", "returned"},
    Sign{" каршы пикири менен", "returned"},
    Sign{" returned ", "returned"},
    Sign{" отклонен", "rejected"},
    Sign{" отклонил", "rejected"},
    Sign{" четке кагыл", "rejected"},
    Sign{" қабылданба", "rejected"},
    Sign{" rejected", "rejected"},
    Sign{" defeated", "rejected"},
    Sign{" на подпис", "adopted"},
    Sign{" кол коюуга", "adopted"},
    Sign{" қол қоюға", "adopted"},
    Sign{" вступил в силу", "in_force"},
    Sign{" вступает в силу", "in_force"},
    Sign{" кучуно кир", "in_force"},
    Sign{" күчүнө кир", "in_force"},
    Sign{" күшіне ен", "in_force"},
    Sign{" in force ", "in_force"},
    Sign{" подписан", "signed"},
    Sign{" кол койду", "signed"},
    Sign{" кол коюлду", "signed"},
    Sign{" қол қойды", "signed"},
    Sign{" signed ", "signed"},
    Sign{" royal assent", "signed"},
    Sign{" третьем чтении", "third_reading"},
    Sign{" третье чтение", "third_reading"},
    Sign{" 3 м чтении", "third_reading"},
    Sign{" үчүнчү окуу", "third_reading"},
    Sign{" үшінші оқылым", "third_reading"},
    Sign{" third reading", "third_reading"},
    Sign{" 3rd reading", "third_reading"},
    Sign{" втором чтении", "second_reading"},
    Sign{" второе чтение", "second_reading"},
    Sign{" 2 м чтении", "second_reading"},
    Sign{" экинчи окуу", "second_reading"},
    Sign{" екінші оқылым", "second_reading"},
    Sign{" second reading", "second_reading"},
    Sign{" 2nd reading", "second_reading"},
    Sign{" первом чтении", "first_reading"},
    Sign{" первое чтение", "first_reading"},
    Sign{" 1 м чтении", "first_reading"},
    Sign{" биринчи окуу", "first_reading"},
    Sign{" бірінші оқылым", "first_reading"},
    Sign{" first reading", "first_reading"},
    Sign{" 1st reading", "first_reading"},
    Sign{" closed ", "consultation_closed"},
    Sign{" outcome ", "consultation_closed"},
    Sign{" обсуждение завершен", "consultation_closed"},
    Sign{" завершено обсуждение", "consultation_closed"},
    Sign{" талкуу аяктады", "consultation_closed"},
    Sign{" архив ", "consultation_closed"},
    Sign{" мұрағат", "consultation_closed"},
    Sign{" принят к рассмотрению", "introduced"},
    Sign{" принят к производству", "introduced"},
    Sign{" обсужд", "consultation"},
    Sign{" талкуу", "consultation"},
    Sign{" талқыла", "consultation"},
    Sign{" consultation ", "consultation"},
    Sign{" call for evidence ", "consultation"},
    Sign{" комитет", "committee"},
    Sign{" committee", "committee"},
    Sign{" зарегистрирован", "introduced"},
    Sign{" каттал", "introduced"},
    Sign{" тіркел", "introduced"},
    Sign{" внесен", "introduced"},
    Sign{" introduced ", "introduced"},
    Sign{" принят", "adopted"},
    Sign{" кабыл алын", "adopted"},
    Sign{" қабылданды", "adopted"},
    Sign{" adopted ", "adopted"},
    Sign{" passed ", "adopted"},
    Sign{" enacted ", "adopted"},
    Sign{" разрабатыва", "planned"},
    Sign{" планир", "planned"},
    Sign{" иштелип", "planned"},
    Sign{" planned ", "planned"},
};

}  // namespace

std::string stage_name(std::string_view words, const std::map<std::string, std::string>& overrides) {
  const std::string wanted = folded(words);
  for (const auto& [theirs, ours] : overrides)
    if (folded(theirs) == wanted) return ours;
  for (const Sign& sign : kSigns)
    if (wanted.find(sign.stems) != std::string::npos) return std::string(sign.stage);
  return "unknown";
}

}  // namespace draftwatch::text
