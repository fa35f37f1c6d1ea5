#include "text/dates.h"

#include <doctest/doctest.h>

#include <string>

#include "base/zone.h"
#include "text/stage.h"

using namespace draftwatch;
using text::read_date;

namespace {

// "2026-09-15", "2026-09-15 18:00", "2026-09-15 18:00 +06:00"; "refused: words" where it was not taken.
std::string read(std::string_view words) {
  const auto date = read_date(words);
  if (!date) return "refused";
  std::string out = base::to_string(date->day);
  const auto clock = [&out](base::Seconds time) {
    const auto minutes = time.count() / 60;
    out += (minutes / 60 < 10 ? "0" : "") + std::to_string(minutes / 60) + ":" + (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60);
    if (time.count() % 60 != 0) out += (time.count() % 60 < 10 ? ":0" : ":") + std::to_string(time.count() % 60);
  };
  if (date->time_of_day) {
    out += ' ';
    clock(*date->time_of_day);
  }
  if (date->offset) {
    out += date->offset->count() < 0 ? " -" : " +";
    clock(base::Seconds{std::abs(date->offset->count())});
  }
  return out;
}

}  // namespace

TEST_CASE("dates are read in every form that the portals print") {
  struct Case {
    const char *words, *means;
  };
  for (const Case& one : {
           // machine forms
           Case{"2026-10-05", "2026-10-05"},
           Case{"2026-10-05 00:00:00.0", "2026-10-05"},
           Case{"2026-10-05 14:30:00.0", "2026-10-05 14:30"},
           Case{"2026-09-23T00:00:00.000Z", "2026-09-23 00:00 +00:00"},
           Case{"2016-10-31T17:00:00+01:00", "2016-10-31 17:00 +01:00"},
           Case{"2016-06-17T23:45:00.000+01:00", "2016-06-17 23:45 +01:00"},
           Case{"2026-10-05T12:00", "2026-10-05 12:00"},
           Case{"2026/10/05", "2026-10-05"},
           Case{"2026.10.05", "2026-10-05"},
           Case{"20261005", "2026-10-05"},
           Case{"20261005T143000Z", "2026-10-05 14:30 +00:00"},
           Case{"2026-10-05T14:30:15-0500", "2026-10-05 14:30:15 -05:00"},
           // RFC 822 and ctime
           Case{"Tue, 15 Sep 2026 12:00:00 GMT", "2026-09-15 12:00 +00:00"},
           Case{"Tue, 15 Sep 26 12:00 EST", "2026-09-15 12:00 -05:00"},
           Case{"15 Sep 2026 12:00:00 +0600", "2026-09-15 12:00 +06:00"},
           Case{"Tue Sep 15 12:00:05 2026", "2026-09-15 12:00:05"},
           // numeric
           Case{"05.10.2026", "2026-10-05"},
           Case{"5.10.2026", "2026-10-05"},
           Case{"30/09/2026", "2026-09-30"},
           Case{"30/09/2026 18:00", "2026-09-30 18:00"},
           Case{"05.04.23 ж.", "2023-04-05"},
           Case{"05.04.95 г.", "1995-04-05"},
           Case{"от  05.09.2026", "2026-09-05"},
           Case{"05-10-2026", "2026-10-05"},
           Case{"до 18.00 30.09.2026", "2026-09-30 18:00"},
           Case{"30.09.2026 24:00", "2026-09-30"},
           Case{"30.09.2026 г. 23:59", "2026-09-30 23:59"},
           Case{"с 18:00 05.10.2026", "2026-10-05 18:00"},
           Case{"05.10.2026, 05.10.2026", "2026-10-05"},
           // Russian
           Case{"25 сентября 2026 года", "2026-09-25"},
           Case{"1марта 2018 года", "2018-03-01"},
           Case{"15 мая 2026 г.", "2026-05-15"},
           Case{"«15» мая 2026 г., 18:00", "2026-05-15 18:00"},
           Case{"до 30 СЕНТЯБРЯ 2026 года в 18.00", "2026-09-30 18:00"},
           Case{"15 сент. 2026", "2026-09-15"},
           Case{"1-го июня 2026 года", "2026-06-01"},
           Case{"17 июля 2026 (пятница)", "2026-07-17"},
           Case{"3 авг 2026 в 9:05", "2026-08-03 09:05"},
           // Kyrgyz
           Case{"2018-жылдын 15-февралы", "2018-02-15"},
           Case{"2013-жылдын 11-июлу № 131", "2013-07-11"},
           Case{"2019-жылдын 8-августу № 115", "2019-08-08"},
           Case{"2026-жылдын 15-февралында", "2026-02-15"},
           Case{"2025-жылдын 5-декабрындагы", "2025-12-05"},
           Case{"2026-жылдын 24-августундагы", "2026-08-24"},
           Case{"2026-жылдын 31-майындагы", "2026-05-31"},
           Case{"2026-жылдын 28-октябрындагы", "2026-10-28"},
           Case{"2026-жылдын 26-июнунда", "2026-06-26"},
           Case{"2026-жылдын 11-апрели", "2026-04-11"},
           Case{"2011-жыл 19-июль", "2011-07-19"},
           Case{"15-сентябрь, 2026-жыл", "2026-09-15"},
           Case{"15-сентябрь 2026-ж.", "2026-09-15"},
           Case{"3 Бугу 2024", "2024-05-03"},
           Case{"26 Чын куран 2024", "2024-04-26"},
           Case{"2026-жылдын 15-сентябрына чейин, саат 18:00", "2026-09-15 18:00"},
           // Kazakh, Uzbek, Tajik, Mongolian
           Case{"2026 жылғы 30 қыркүйек", "2026-09-30"},
           Case{"30 қыркүйек 2026 ж.", "2026-09-30"},
           Case{"2026 жылғы 5 мамырда", "2026-05-05"},
           Case{"1 желтоқсан 2026 жыл", "2026-12-01"},
           Case{"2026-yil 15-sentabr", "2026-09-15"},
           Case{"2026 yil 3 iyundagi", "2026-06-03"},
           Case{"2026 йил 15 сентябрдаги", "2026-09-15"},
           Case{"15 oktyabr 2026", "2026-10-15"},
           Case{"15 сентябри соли 2026", "refused"},
           Case{"аз 15 майи 2026", "2026-05-15"},
           Case{"2026 оны 9 дүгээр сарын 15", "2026-09-15"},
           Case{"2026 оны 9 сарын 15-ны", "2026-09-15"},
           // Ukrainian, Georgian, English, German, Czech
           Case{"15 вересня 2026 року", "2026-09-15"},
           Case{"1 листопада 2026 р.", "2026-11-01"},
           Case{"2026 წლის 15 სექტემბერი", "2026-09-15"},
           Case{"September 15, 2026", "2026-09-15"},
           Case{"15th September 2026", "2026-09-15"},
           Case{"the 1st of May 2026", "2026-05-01"},
           Case{"11:59pm on 3 May 2026", "2026-05-03 23:59"},
           Case{"5 pm, 3 May 2026", "2026-05-03 17:00"},
           Case{"12:30 am 3 May 2026", "2026-05-03 00:30"},
           Case{"15. September 2026", "2026-09-15"},
           Case{"1. März 2026", "2026-03-01"},
           Case{"15. září 2026", "2026-09-15"},
           Case{"1. července 2026", "2026-07-01"},
           Case{"1. června 2026", "2026-06-01"},
           // zones in words
           Case{"30.09.2026 18:00 (GMT+6)", "2026-09-30 18:00 +06:00"},
           Case{"30.09.2026 18:00 UTC+05:00", "2026-09-30 18:00 +05:00"},
           Case{"30.09.2026 18:00 по времени Бишкека", "2026-09-30 18:00"},
       }) {
    CAPTURE(one.words);
    CHECK(read(one.words) == one.means);
  }
}

TEST_CASE("what is no date, no real day or no believable year is refused, with the words") {
  for (const char* words : {"",
                            "скоро",
                            "30 ноября -0001, 0:00",
                            "0000-00-00",
                            "2216-12-16T16:00:00+01:00",
                            "1899-12-30",
                            "31.02.2026",
                            "32.01.2026",
                            "15.13.2026",
                            "2009-жыл",
                            "2026",
                            "05.10",
                            "10:30",
                            "01.09.2026 - 30.09.2026",
                            "с 1 сентября 2026 по 30 сентября 2026",
                            "99999999",
                            "29 февраля 2026",
                            "13/25/2026",
                            "1.2.3.4",
                            "№ 131",
                            "-1",
                            "9999999999999999999999"}) {
    CAPTURE(words);
    const auto date = read_date(words);
    REQUIRE_FALSE(date);
    CHECK(date.error().kind == base::Failure::invalid);
    CHECK(date.error().message.find(words) != std::string::npos);
  }
  CHECK_FALSE(read_date(std::string(301, '1')));
  CHECK_FALSE(read_date("\xff\xfe 15 \x80 2026"));
  CHECK(read_date("29 февраля 2028").ok());
  CHECK(read_date("1990-01-01").ok());
  CHECK(read_date("2100-12-31").ok());
}

TEST_CASE("a day without an hour ends at its last second in the source's zone, an hour is kept, an offset wins") {
  const auto ends = [](const char* words, const char* zone) { return base::to_rfc3339(*text::end_of(*read_date(words), zone)); };
  const auto starts = [](const char* words, const char* zone) { return base::to_rfc3339(*text::start_of(*read_date(words), zone)); };
  CHECK(ends("30/09/2026", "Asia/Almaty") == "2026-09-30T18:59:59Z");
  CHECK(ends("30.09.2026", "Asia/Bishkek") == "2026-09-30T17:59:59Z");
  CHECK(ends("30.09.2026 18:00", "Asia/Bishkek") == "2026-09-30T12:00:00Z");
  CHECK(ends("2016-10-31T17:00:00+01:00", "Asia/Bishkek") == "2016-10-31T16:00:00Z");
  CHECK(starts("30.09.2026", "Asia/Bishkek") == "2026-09-29T18:00:00Z");
  CHECK(base::to_string(*text::day_of(*read_date("2026-09-30T20:00:00Z"), "Asia/Bishkek")) == "2026-10-01");
  CHECK(base::to_string(*text::day_of(*read_date("30.09.2026"), "Asia/Bishkek")) == "2026-09-30");
}

TEST_CASE("a portal's words for a stage become ours, or stay unknown") {
  struct Case {
    const char *words, *stage;
  };
  for (const Case& one : {Case{"на общественном обсуждении", "consultation"},
                          Case{"коомдук талкууда", "consultation"},
                          Case{"На публичном обсуждении", "consultation"},
                          Case{"зарегистрирован", "introduced"},
                          Case{"катталды", "introduced"},
                          Case{"на рассмотрении в комитетах", "committee"},
                          Case{"комитеттерде каралууда", "committee"},
                          Case{"принят (одобрен) в первом чтении", "first_reading"},
                          Case{"биринчи окууда кабыл алынды", "first_reading"},
                          Case{"во втором чтении", "second_reading"},
                          Case{"экинчи окууда", "second_reading"},
                          Case{"в третьем чтении", "third_reading"},
                          Case{"үчүнчү окууда", "third_reading"},
                          Case{"отклонён", "rejected"},
                          Case{"четке кагылды", "rejected"},
                          Case{"отозван инициатором", "withdrawn"},
                          Case{"артка кайтарылып алынды", "withdrawn"},
                          Case{"направлен на подпись", "adopted"},
                          Case{"кол коюуга жөнөтүлдү", "adopted"},
                          Case{"подписан", "signed"},
                          Case{"Президент мыйзамга кол койду", "signed"},
                          Case{"возвращён с возражениями", "returned"},
                          Case{"каршы пикири менен кайтарылды", "returned"},
                          Case{"вступил в силу", "in_force"},
                          Case{"күчүнө кирди", "in_force"},
                          Case{"open_consultation", "consultation"},
                          Case{"closed_consultation", "consultation_closed"},
                          Case{"consultation_outcome", "consultation_closed"},
                          Case{"open_call_for_evidence", "consultation"},
                          Case{"Архив", "consultation_closed"},
                          Case{"утратил силу", "unknown"},
                          Case{"17", "unknown"},
                          Case{"", "unknown"}}) {
    CAPTURE(one.words);
    CHECK(text::stage_name(one.words) == one.stage);
  }
  CHECK(text::stage_name(" 17 ", {{"17", "committee"}}) == "committee");
  CHECK(text::stage_name("Consultation", {{"consultation", "planned"}}) == "planned");
}
