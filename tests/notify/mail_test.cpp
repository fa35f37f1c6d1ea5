#include <algorithm>

#include "notify/deadline.h"
#include "notify/mime.h"
#include "notify/paper.h"
#include "notify/phrases.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;

namespace {

// A mail of a draft with that title, through the whole path.
std::map<std::string, std::string> mail_with_title(const std::string& title) {
  World world;
  world.subscriber(world.wish("anna@example.com", ""));
  const auto draft = world.draft("1", title);
  world.window(draft, "2026-09-30T17:59:59Z");
  world.event(draft, model::EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  return read_by_python(ear.channel->sent[0].bytes);
}

std::string words_for(const char* language, const char* closes, const char* now, bool day_end = true,
                      model::Certainty certainty = model::Certainty::stated) {
  model::Window window;
  window.closes = at(closes);
  window.closes_at_day_end = day_end;
  window.zone = "Asia/Bishkek";
  window.certainty = certainty;
  return deadline_words(Phrases::in(language), window, at(now));
}

}  // namespace

TEST_CASE("a hostile title makes no header, no second recipient and no markup") {
  const auto mail = mail_with_title("О воде\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script> {{#lead}} &amp;");
  CHECK(mail.at("recipients") == "anna@example.com");
  CHECK_FALSE(mail.contains("bcc"));
  CHECK(contains(mail.at("subject"), "О воде Bcc: victim@example.org <script>"));
  CHECK_FALSE(contains(mail.at("html"), "<script>"));
  CHECK(contains(mail.at("html"), "&lt;script&gt;"));
  CHECK(contains(mail.at("html"), "&amp;amp;"));
  CHECK(contains(mail.at("text"), "{{#lead}}"));
}

TEST_CASE("a title of a megabyte, of dots, of broken bytes or of bidi controls makes an ordinary mail") {
  const auto huge = mail_with_title(std::string(1 << 20, 'x'));
  CHECK(huge.at("subject").size() < 300);
  CHECK(huge.at("text").size() < 10000);
  const auto wide = mail_with_title([] {
    std::string title;
    for (int n = 0; n < 200000; ++n) title += "слово ";
    return title;
  }());
  CHECK(wide.at("subject").ends_with("…"));
  const auto dots = mail_with_title(".\n.\n..\nQUIT");
  CHECK(contains(dots.at("text"), ". . .. QUIT"));
  const auto turned = mail_with_title("\u202eваркс\u202c О \u2066воде\u2069 \xff\xfe\x07");
  CHECK(contains(turned.at("subject"), "варкс О воде \ufffd\ufffd"));
  const auto zalgo = mail_with_title("О" + [] {
    std::string marks;
    for (int n = 0; n < 500; ++n) marks += "\u0336";
    return marks;
  }() + "воде");
  CHECK(zalgo.at("subject").size() < 100);
  CHECK(contains(mail_with_title("").at("subject"), "kg.min:1"));
}

TEST_CASE("the same letter is the same bytes, and long headers are folded") {
  Letter letter;
  letter.from = "draftwatch@example.org";
  letter.from_name = "Наблюдатель, \"закон\"";
  letter.to = "anna@example.com";
  letter.subject =
      "О внесении изменений в Кодекс Кыргызской Республики об административных правонарушениях и ещё многое другое, чего хватит на строки";
  letter.text = "Текст\n.\nFrom here\n";
  letter.html = "<p>Текст</p>";
  letter.message_id = "abc@example.org";
  letter.unsubscribe_url = "https://drafts.example.org/unsubscribe/0123456789abcdef0123456789abcdef";
  letter.unsubscribe_mail = "leave@example.org";
  letter.list_id = "alerts.example.org";
  letter.language = "ru";
  letter.date = at("2026-09-20T06:00:00Z");
  const auto once = to_mime(letter), again = to_mime(letter);
  REQUIRE(once);
  CHECK(*once == *again);
  const auto mail = read_by_python(*once);
  CHECK(mail.at("subject") == letter.subject);
  CHECK(mail.at("from") == "\"Наблюдатель, \\\"закон\\\"\" <draftwatch@example.org>");
  CHECK(mail.at("text") == letter.text);
  CHECK(mail.at("date") == "Sun, 20 Sep 2026 06:00:00 +0000");
  for (std::size_t begin = 0; begin < once->find("\r\n\r\n");) {
    const std::size_t end = once->find("\r\n", begin);
    CHECK(end - begin <= 120);
    begin = end + 2;
  }
  letter.to = "anna@example.com>\r\nBcc: <b@example.org";
  CHECK_FALSE(to_mime(letter));
}

TEST_CASE("deadlines in words, in three languages, with days counted in the portal's zone") {
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-27T06:00:00Z") == "до 30 сентября (осталось 3 дня)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-29T06:00:00Z") == "до 30 сентября (остался 1 день)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-09T06:00:00Z") == "до 30 сентября (остался 21 день)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-19T06:00:00Z") == "до 30 сентября (осталось 11 дней)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-29T18:30:00Z") == "сегодня последний день");  // half past midnight in Bishkek
  CHECK(words_for("ru", "2026-09-30T12:00:00Z", "2026-09-30T06:00:00Z", false) == "сегодня последний день, до 18:00");
  CHECK(words_for("ru", "2027-01-10T17:59:59Z", "2026-12-30T06:00:00Z") == "до 10 января 2027 года (осталось 11 дней)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-09-27T06:00:00Z", true, model::Certainty::computed) ==
        "примерно до 30 сентября (осталось 3 дня)");
  CHECK(words_for("ru", "2026-09-30T17:59:59Z", "2026-10-01T06:00:00Z").empty());
  CHECK(words_for("ky", "2026-09-30T17:59:59Z", "2026-09-27T06:00:00Z") == "30-сентябрга чейин (3 күн калды)");
  CHECK(words_for("ky", "2027-03-01T17:59:59Z", "2026-12-30T06:00:00Z") == "2027-жылдын 1-мартка чейин (61 күн калды)");
  CHECK(words_for("en", "2026-09-30T17:59:59Z", "2026-09-29T06:00:00Z") == "by 30 September (1 day left)");
  CHECK(words_for("en", "2026-09-30T12:00:00Z", "2026-09-27T06:00:00Z", false) == "by 18:00 on 30 September (3 days left)");
}

TEST_CASE("an event is urgent where a deadline moved or an open window ends within three days") {
  model::Event event;
  model::Window window;
  window.zone = "Asia/Bishkek";
  window.closes = at("2026-09-30T17:59:59Z");
  event.kind = model::EventKind::version_added;
  CHECK(is_urgent(event, window, at("2026-09-27T06:00:00Z")));
  CHECK_FALSE(is_urgent(event, window, at("2026-09-26T06:00:00Z")));
  CHECK_FALSE(is_urgent(event, window, at("2026-10-02T06:00:00Z")));
  CHECK_FALSE(is_urgent(event, std::nullopt, at("2026-09-27T06:00:00Z")));
  event.kind = model::EventKind::window_moved;
  CHECK(is_urgent(event, window, at("2026-10-02T06:00:00Z")));
}

TEST_CASE("all languages have the same phrases with the same places") {
  const auto places = [](const std::string& phrase) {
    std::vector<std::string> out;
    for (std::size_t at = phrase.find('{'); at != std::string::npos; at = phrase.find('{', at + 1))
      out.push_back(phrase.substr(at, phrase.find('}', at) + 1 - at));
    std::sort(out.begin(), out.end());
    return out;
  };
  const Phrases &ru = Phrases::in("ru"), &ky = Phrases::in("ky"), &en = Phrases::in("en");
  CHECK(ru.names().size() > 120);
  CHECK(Phrases::in("de").language() == "en");
  for (const std::string_view name : en.names()) {
    CAPTURE(std::string(name));
    if (name.ends_with("/one")) continue;
    CHECK(ru.has(name));
    REQUIRE(ky.has(name));
    if (name.starts_with("date") || name.starts_with("until")) continue;  // Kyrgyz months change their endings
    CHECK(places(ru.text(name)) == places(en.text(name)));
    CHECK(places(ky.text(name)) == places(en.text(name)));
  }
  for (const std::string_view name : ky.names())
    if (!name.starts_with("month_")) CHECK_MESSAGE(en.has(name), std::string(name));
}

TEST_CASE("a missing phrase is a bug that names itself, a missing place stays to be seen") {
  CHECK_THROWS_AS((void)Phrases::in("ru").text("no.such"), std::logic_error);
  CHECK(Phrases::in("ru").text("why.query") == "Ваш запрос: {query}");
  CHECK(Phrases::in("ru").text("why.query", {{"query", "{words}"}}) == "Ваш запрос: {words}");
}

TEST_CASE("strangers' text is one line without what cannot be seen") {
  CHECK(one_line("  a\t\r\n b  ") == "a b");
  CHECK(one_line("a\u200bb\u00adc\ufeff") == "abc");
  CHECK(one_line("\x1b[31m\x00x", 100) == "[31m");
  CHECK(one_line("слово слово слово", 20) == "слово…");
  CHECK(one_line("\xc0\xaf\xed\xa0\x80") == "\ufffd\ufffd\ufffd\ufffd\ufffd");
  CHECK(one_line("йй́") == "йй́");
  CHECK(one_line("").empty());
}
