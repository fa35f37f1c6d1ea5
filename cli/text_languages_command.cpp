// draftwatch text languages A LANG B LANG: do two language texts of one act agree in structure and in figures?
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <memory>

#include "base/json.h"
#include "cli/command.h"
#include "cli/document_file.h"
#include "text/diff/bilingual.h"
#include "text/render/render.h"

namespace draftwatch::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::string first_file, first_language, second_file, second_language;
};

json::value to_json(const text::LanguageGap& gap) {
  json::array path;
  for (const std::string& step : gap.path) path.emplace_back(json::string(step));
  return json::object{
      {"kind", text::name(gap.kind)}, {"path", std::move(path)}, {"detail", gap.detail}, {"first", gap.first}, {"second", gap.second}};
}

void run(Shell& shell, const Options& options) {
  const auto first = read_document(options.first_file);
  if (!first) return shell.fail(first.error());
  const auto second = read_document(options.second_file);
  if (!second) return shell.fail(second.error());
  const auto gaps = text::compare_languages(first->text, options.first_language, second->text, options.second_language);
  shell.status = gaps.empty() ? kDone : kFound;
  if (shell.json) {
    json::array list;
    for (const auto& gap : gaps) list.push_back(to_json(gap));
    return print(base::to_json(json::object{{"gaps", std::move(list)}}) + "\n");
  }
  for (const auto& gap : gaps) {
    const bool only_second = gap.kind == text::LanguageGap::Kind::only_in_second;
    shell.print(text::place(gap.path, only_second ? options.second_language : options.first_language) + ": " + gap.detail + "\n");
  }
  if (gaps.empty()) shell.print("same structure, same figures\n");
}

}  // namespace

void add_text_languages_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("languages", "Compare two language texts of one act: articles, parts and figures that only one of them has");
  auto options = std::make_shared<Options>();
  verb->add_option("A", options->first_file, "The text in one language")->required();
  verb->add_option("LANG_A", options->first_language, "Its language (BCP 47), for example ru")->required();
  verb->add_option("B", options->second_file, "The text in the other language")->required();
  verb->add_option("LANG_B", options->second_language, "Its language, for example ky")->required();
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
