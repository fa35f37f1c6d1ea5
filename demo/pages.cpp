#include "demo/pages.h"

#include <cstdio>

#include "base/escape.h"
#include "demo/papers.h"
#include "demo/words.h"

namespace draftwatch::demo {
namespace {

std::string html(std::string_view text) { return base::escape_markup(text); }

// "06.03.2026 18:40" in the portal's zone.
std::string moment_words(base::Instant at, std::string_view zone) {
  const auto local = base::to_local(at, zone).value();
  char text[32];
  const int minutes = static_cast<int>(local.time_of_day.count() / 60);
  std::snprintf(text, sizeof text, "%02u.%02u.%04d %02d:%02d", static_cast<unsigned>(local.day.day()), static_cast<unsigned>(local.day.month()),
                static_cast<int>(local.day.year()), minutes / 60 % 24, minutes % 60);
  return text;
}

std::string wrap(std::string_view title, const std::string& main, const PageFrame& frame) {
  const Words& words = words_in(frame.language);
  const std::string language(frame.language);
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html(title) + " · " +
                    html(words.site) +
                    "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"stylesheet\" "
                    "href=\"/assets/portal.css\">\n</head>\n";
  out += frame.redesigned ? "<body class=\"nx\">\n<div class=\"nx-top\"><a href=\"/"
                          : "<body>\n<header class=\"site\">\n<a class=\"site__name\" href=\"/";
  out += language + "/drafts\">" + html(words.site) + "</a>\n<nav class=\"site__languages\">";
  for (const std::string_view other : {"ru", "ky", "en"})
    out += "<a href=\"/" + std::string(other) + "/drafts\" hreflang=\"" + std::string(other) + "\">" + std::string(other) + "</a> ";
  out += frame.redesigned ? "</nav></div>\n" : "</nav>\n</header>\n";
  out += "<main>\n" + main + "</main>\n<footer class=\"site__footer\"><p>" + html(words.owner) + "</p></footer>\n</body>\n</html>\n";
  return out;
}

std::string law_html(std::string_view text) {
  std::string out;
  for (const std::string& paragraph : paragraphs(text))
    out += is_heading(paragraph) ? "<h3>" + html(paragraph) + "</h3>\n" : "<p>" + html(paragraph) + "</p>\n";
  return out;
}

std::string address_of(const Life& life) { return "/" + life.language + "/drafts/" + life.key; }

std::string mailbox(const Life& life) { return life.body == "parliament" ? "bills@jyiyn.example" : "talkuu@ministry.example"; }

std::string row(const Standing& standing, const PageFrame& frame) {
  const Life& life = *standing.life;
  const Words& words = words_in(frame.language);
  const std::string open = frame.redesigned ? "<div class=\"nx-tile\"><a class=\"nx-tile__go\" lang=\""
                                            : "<li class=\"registry__row\">\n<h2 class=\"registry__title\" lang=\"";
  std::string out = open + life.language + (frame.redesigned ? "\" href=\"" : "\"><a href=\"") + address_of(life) + "\">" + html(standing.title) +
                    (frame.redesigned ? "</a>" : "</a></h2>\n");
  out += frame.redesigned ? "<div class=\"nx-tile__facts\">" : "<p class=\"registry__facts\">";
  out += "<span>" + html(life.number) + "</span> · <span>" + html(stage_words(standing.stage, frame.language)) + "</span>";
  if (standing.closes && standing.withdrawn.empty())
    out += " · <span>" + html(words.until) + " " + html(day_words(*standing.closes, frame.language)) + "</span>";
  out += frame.redesigned ? "</div></div>\n" : "</p>\n</li>\n";
  return out;
}

struct Field {
  std::string_view label, name;
  std::string value;
};

std::vector<Field> fields_of(const Standing& standing, const PageFrame& frame) {
  const Life& life = *standing.life;
  const Words& words = words_in(frame.language);
  std::vector<Field> fields{{words.number, "number", life.number},
                            {words.kind, "kind", std::string(kind_words(life.kind, frame.language))},
                            {words.authority, "authority", life.authority},
                            {words.stage, "stage", std::string(stage_words(standing.stage, frame.language))},
                            {words.posted, "posted", moment_words(standing.posted, frame.zone)}};
  if (standing.closes) fields.push_back({words.until, "until", day_words(*standing.closes, frame.language)});
  if (!standing.version.empty()) fields.push_back({words.version, "version", standing.version});
  return fields;
}

std::string fields_html(const std::vector<Field>& fields, bool redesigned) {
  std::string out = redesigned ? "<div class=\"nx-facts\">\n" : "<dl class=\"passport\">\n";
  for (const Field& field : fields) {
    if (redesigned)
      out += "<div><b>" + html(field.label) + "</b> <i>" + html(field.value) + "</i></div>\n";
    else
      out += "<dt>" + html(field.label) + "</dt>\n<dd class=\"passport__" + std::string(field.name) + "\">" + html(field.value) + "</dd>\n";
  }
  return out + (redesigned ? "</div>\n" : "</dl>\n");
}

std::string papers_html(const Standing& standing, const Words& words) {
  if (standing.papers.empty()) return {};
  std::string out = "<section class=\"papers\">\n<h2>" + html(words.papers) + "</h2>\n<ul>\n";
  for (const Paper& paper : standing.papers)
    out += "<li><a href=\"/files/" + standing.life->key + "/" + paper.name + "." + paper.format + "\" hreflang=\"" + paper.language + "\">" +
           html(paper.label) + "</a> <small>" + paper.format + "</small></li>\n";
  return out + "</ul>\n</section>\n";
}

}  // namespace

std::string front_page() {
  return wrap(words_in("ru").drafts,
              "<h1>" + html(words_in("ru").site) + "</h1>\n<p><a href=\"/ru/drafts\">" + html(words_in("ru").drafts) +
                  "</a></p>\n<p><a href=\"/ky/drafts\">" + html(words_in("ky").drafts) + "</a></p>\n<p><a href=\"/en/drafts\">" +
                  html(words_in("en").drafts) + "</a></p>\n",
              {"ru", "UTC", false});
}

std::string list_page(const std::vector<Standing>& standings, std::size_t page, const PageFrame& frame) {
  const Words& words = words_in(frame.language);
  std::string main = "<h1>" + html(words.drafts) + "</h1>\n";
  const std::size_t from = (page - 1) * kRowsAPage;
  if (from >= standings.size()) return wrap(words.drafts, main + "<p class=\"registry__empty\">" + html(words.empty) + "</p>\n", frame);
  main += frame.redesigned ? "<div class=\"nx-tiles\">\n" : "<ol class=\"registry\">\n";
  for (std::size_t i = from; i < standings.size() && i < from + kRowsAPage; ++i) main += row(standings[i], frame);
  main += frame.redesigned ? "</div>\n" : "</ol>\n";
  const std::string base = "/" + std::string(frame.language) + "/drafts?page=";
  main += frame.redesigned ? "<div class=\"nx-more\">" : "<nav class=\"pages\">";
  if (page > 1) main += "<a rel=\"prev\" href=\"" + base + std::to_string(page - 1) + "\">" + html(words.previous) + "</a> ";
  if (from + kRowsAPage < standings.size()) main += "<a rel=\"next\" href=\"" + base + std::to_string(page + 1) + "\">" + html(words.next) + "</a>";
  main += frame.redesigned ? "</div>\n" : "</nav>\n";
  return wrap(words.drafts, main, frame);
}

std::string card_page(const Standing& standing, std::string_view text, const PageFrame& frame) {
  const Words& words = words_in(frame.language);
  const Life& life = *standing.life;
  std::string main = frame.redesigned ? "<div class=\"nx-card\">\n<h1 lang=\"" : "<article class=\"draft\">\n<h1 class=\"draft__title\" lang=\"";
  main += life.language + "\">" + html(standing.title) + "</h1>\n";
  if (!standing.withdrawn.empty())
    main += (frame.redesigned ? "<div class=\"nx-alert\">" : "<p class=\"draft__withdrawn\" role=\"alert\">") + html(standing.withdrawn) +
            (frame.redesigned ? "</div>\n" : "</p>\n");
  main += fields_html(fields_of(standing, frame), frame.redesigned);
  if (standing.open)
    main += "<section class=\"respond\">\n<h2>" + html(words.respond) + "</h2>\n<p>" + html(words.respond_how) +
            " <a href=\"mailto:" + mailbox(life) + "\">" + mailbox(life) + "</a>.</p>\n</section>\n";
  main += "<h2>" + html(words.text) + "</h2>\n<" + std::string(frame.redesigned ? "div class=\"nx-body\"" : "section class=\"law\"") + " lang=\"" +
          life.language + "\">\n" + law_html(text) + (frame.redesigned ? "</div>\n" : "</section>\n");
  main += papers_html(standing, words);
  main += "<p class=\"back\"><a href=\"/" + std::string(frame.language) + "/drafts\">" + html(words.back) + "</a></p>\n";
  main += frame.redesigned ? "</div>\n" : "</article>\n";
  return wrap(standing.title, main, frame);
}

std::string message_page(std::string_view words, const PageFrame& frame) { return wrap(words, "<h1>" + html(words) + "</h1>\n", frame); }

std::string_view style_sheet() {
  return "body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:#1c2733;background:#f5f6f8}"
         "main{max-width:46rem;margin:0 auto;padding:1rem;background:#fff}"
         "a{color:#12507b}h1{font-size:1.4rem;line-height:1.3}h2{font-size:1.1rem}h3{font-size:1rem}"
         ".site{background:#17476b;color:#fff;padding:.8rem 1rem}.site "
         "a{color:#fff}.site__name{font-weight:600;text-decoration:none}.site__languages{margin-top:.3rem}"
         ".site__footer{max-width:46rem;margin:0 auto;padding:1rem;color:#5a6672;font-size:.9rem}"
         ".registry{list-style:none;padding:0}.registry__row{border-bottom:1px solid #d8dde2;padding:.6rem "
         "0}.registry__title{margin:0}.registry__facts{margin:.2rem 0;color:#5a6672}"
         ".passport{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.3rem 1rem}.passport dt{color:#5a6672}.passport dd{margin:0}"
         ".draft__withdrawn{border-left:4px solid #b3261e;background:#fdecea;padding:.6rem}.law{border-top:1px solid #d8dde2}"
         "@media(max-width:36rem){.passport{grid-template-columns:1fr}}"
         ".nx{background:#fff}.nx-top{padding:1rem;border-bottom:3px solid #1c8f6a}.nx-tile{padding:1rem;margin:.5rem 0;border:1px solid "
         "#cfe5dc;border-radius:.6rem}\n";
}

}  // namespace draftwatch::demo
