// The set of grammars in use, and names of units.
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "base/embedded.h"
#include "base/file.h"
#include "text/structure/grammar.h"
#include "text/structure/letters.h"

namespace draftwatch::embedded {
const base::Embedded& text_grammars();
}

namespace draftwatch::text {
namespace {

constexpr const char* kUnits[] = {"document", "title",    "preamble",  "part",      "section", "chapter", "article", "clause",    "subarticle_part",
                                  "point",    "subpoint", "paragraph", "quotation", "annex",   "table",   "note",    "signature", "contents"};

// Replaces those of the same language and keeps the order by language.
void lay_over(Grammars& set, Grammar grammar) {
  auto shared = std::make_shared<const Grammar>(std::move(grammar));
  const auto at = std::lower_bound(set.begin(), set.end(), shared->language, [](const auto& g, const std::string& l) { return g->language < l; });
  if (at != set.end() && (*at)->language == shared->language) {
    *at = std::move(shared);
  } else {
    set.insert(at, std::move(shared));
  }
}

struct Register {
  std::mutex mutex;
  std::shared_ptr<const Grammars> set;

  Register() {
    auto built_in = std::make_shared<Grammars>();
    for (const auto& [file, toml] : embedded::text_grammars()) {
      base::Result<Grammar> grammar = read_grammar(toml, file);
      if (!grammar) throw std::logic_error("a grammar of the program itself is broken: " + grammar.error().message);
      lay_over(*built_in, *std::move(grammar));
    }
    set = std::move(built_in);
  }
};

Register& grammar_register() {
  static Register one;
  return one;
}

std::shared_ptr<const Grammar> find(const Grammars& set, std::string_view language) {
  for (const auto& grammar : set) {
    if (grammar->language == language) return grammar;
  }
  return nullptr;
}

}  // namespace

const char* name(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

bool unit_of(std::string_view name, Unit& unit) {
  const auto* const at = std::find(std::begin(kUnits), std::end(kUnits), name);
  if (at == std::end(kUnits)) return false;
  unit = static_cast<Unit>(at - std::begin(kUnits));
  return true;
}

std::shared_ptr<const Grammars> grammars() {
  Register& all = grammar_register();
  const std::lock_guard lock(all.mutex);
  return all.set;
}

std::shared_ptr<const Grammar> grammar_of(std::string_view language) {
  const std::shared_ptr<const Grammars> set = grammars();
  if (auto exact = find(*set, language)) return exact;
  if (auto base = find(*set, language.substr(0, language.find('-')))) return base;
  if (auto generic = find(*set, "generic")) return generic;
  throw std::logic_error("there is no generic grammar");
}

std::vector<std::string> grammar_languages() {
  std::vector<std::string> out;
  for (const auto& grammar : *grammars()) out.push_back(grammar->language);
  return out;
}

base::Status load_grammars(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".toml") files.push_back(at->path());
  }
  if (failed) return base::not_found("grammars: " + folder.string() + ": " + failed.message() + "; name a folder of .toml files");
  std::sort(files.begin(), files.end());
  std::vector<Grammar> read;
  for (const auto& file : files) {
    const base::Result<std::string> toml = base::read_file(file, std::size_t{1} << 20);
    if (!toml) return toml.error();
    base::Result<Grammar> grammar = read_grammar(*toml, file.string());
    if (!grammar) return grammar.error();
    read.push_back(*std::move(grammar));
  }
  Register& all = grammar_register();
  const std::lock_guard lock(all.mutex);
  auto next = std::make_shared<Grammars>(*all.set);
  for (Grammar& grammar : read) lay_over(*next, std::move(grammar));
  all.set = std::move(next);
  return {};
}

}  // namespace draftwatch::text
