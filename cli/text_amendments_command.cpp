// draftwatch text amendments FILE [--base FILE] [--json]: what an amending act orders; with --base the law as it would read.
// Exit status: 0 all understood (and applied); 1 some instruction was not; 2 error.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdio>
#include <memory>

#include "base/json.h"
#include "cli/command.h"
#include "cli/document_file.h"
#include "text/amend/amend.h"

namespace draftwatch::cli {
namespace {

struct Options {
  std::string file, base, law, language;
};

std::string listing(const text::Amendments& amendments) {
  std::string out;
  for (const text::Instruction& i : amendments.instructions) {
    out += fmt::format("{} {}: {}\n", text::name(i.operation), text::to_string(i.place), i.law);
    if (!i.added.empty()) out += "    adds " + i.added + "\n";
    if (!i.old_words.empty()) out += "    [-" + i.old_words + "-]\n";
    if (!i.new_words.empty()) out += "    {+" + i.new_words + "+}\n";
    if (!i.note.empty()) out += "    note: " + i.note + "\n";
  }
  for (const text::Unparsed& u : amendments.unparsed) out += fmt::format("NOT UNDERSTOOD ({}): {}\n", u.why, u.text);
  return out;
}

std::string outcomes(const text::Amendments& amendments, const text::Applied& applied) {
  std::string out;
  for (std::size_t k = 0; k < applied.outcomes.size(); ++k) {
    const text::Outcome& outcome = applied.outcomes[k];
    if (outcome.applied) continue;
    out += fmt::format("NOT APPLIED {} {}: {} {}\n", text::name(amendments.instructions[k].operation),
                       text::to_string(amendments.instructions[k].place), outcome.why, outcome.note);
  }
  return out;
}

void run(Shell& shell, const Options& options) {
  const auto act = read_document(options.file);
  if (!act) return shell.fail(act.error().message);
  const text::Amendments amendments = text::parse_amendments(act->text, options.language);
  shell.status = amendments.unparsed.empty() ? kDone : kFound;
  if (options.base.empty()) return print(shell.json ? base::to_json(text::to_json(amendments)) + "\n" : listing(amendments));
  const auto law = read_document(options.base);
  if (!law) return shell.fail(law.error().message);
  const text::Applied applied = text::apply(amendments.instructions, law->text, options.law, options.language);
  const bool all =
      std::all_of(applied.outcomes.begin(), applied.outcomes.end(), [](const text::Outcome& o) { return o.applied || o.why == "other_law"; });
  if (!all) shell.status = kFound;
  if (shell.json)
    return print(base::to_json(boost::json::object{{"amendments", text::to_json(amendments)}, {"applied", text::to_json(applied)}}) + "\n");
  const std::string refused = outcomes(amendments, applied);
  std::fwrite(refused.data(), 1, refused.size(), stderr);
  print(applied.text);
}

}  // namespace

void add_text_amendments_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("amendments", "What an amending act orders; with --base, the law as it would read");
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "The amending act or bill")->required();
  verb->add_option("--base", options->base, "The law in force: print it with the amendments made");
  verb->add_option("--law", options->law, "With --base: only the instructions for the law of this name");
  verb->add_option("--lang", options->language, "Language of the act: ru or ky; guessed where not given");
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
