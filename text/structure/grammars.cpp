// The set of grammars in use, and names of units.
#include <algorithm>
#include <filesystem>
#include <map>
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

constexpr const char* kUnits[] = {"document",        "title",    "preamble", "part",      "section",   "chapter", "article", "clause",
                                  "subarticle_part", "point",    "subpoint", "paragraph", "quotation", "annex",   "table",   "note",
                                  "signature",       "contents", "footnote"};

// One language: its file, and what was read of it.
struct Entry {
  std::string toml, file;
  std::shared_ptr<const Grammar> grammar;  // read at the first use
};

class Shelf {
 public:
  Shelf() {
    for (const auto& [file, toml] : embedded::text_grammars())
      entries_[std::string(file.substr(0, file.rfind('.')))] = {std::string(toml), std::string(file), {}};
  }

  std::shared_ptr<const Grammar> find(const std::string& language) {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(language);
    if (at == entries_.end()) return nullptr;
    Entry& entry = at->second;
    if (!entry.grammar) entry.grammar = std::make_shared<const Grammar>(own(read_grammar(entry.toml, entry.file)));
    return entry.grammar;
  }

  std::shared_ptr<const std::vector<Tell>> tells() {
    const std::lock_guard lock(mutex_);
    if (tells_) return tells_;
    auto all = std::make_shared<std::vector<Tell>>();
    for (const auto& [language, entry] : entries_) all->push_back(own(read_tell(entry.toml, entry.file)));
    return tells_ = std::move(all);
  }

  std::vector<std::string> languages() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto& [language, entry] : entries_) out.push_back(language);
    return out;
  }

  void lay_over(std::vector<Entry> read) {
    const std::lock_guard lock(mutex_);
    for (Entry& entry : read) {
      const std::string language = entry.grammar->language;
      entries_[language] = std::move(entry);
    }
    tells_ = nullptr;
  }

 private:
  // The files here were read once before, or are our own: a fault is a bug.
  template <class T>
  static T own(base::Result<T> read) {
    if (!read) throw std::logic_error("a grammar of the program is broken: " + read.error().message);
    return *std::move(read);
  }

  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
  std::shared_ptr<const std::vector<Tell>> tells_;
};

Shelf& shelf() {
  static Shelf one;
  return one;
}

}  // namespace

const char* name(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

bool unit_of(std::string_view name, Unit& unit) {
  const auto* const at = std::find(std::begin(kUnits), std::end(kUnits), name);
  if (at == std::end(kUnits)) return false;
  unit = static_cast<Unit>(at - std::begin(kUnits));
  return true;
}

std::shared_ptr<const Grammar> grammar_of(std::string_view language) {
  if (auto exact = shelf().find(std::string(language))) return exact;
  if (auto base = shelf().find(std::string(language.substr(0, language.find('-'))))) return base;
  if (auto generic = shelf().find("generic")) return generic;
  throw std::logic_error("there is no generic grammar");
}

std::shared_ptr<const std::vector<Tell>> tells() { return shelf().tells(); }

std::vector<std::string> grammar_languages() { return shelf().languages(); }

base::Status load_grammars(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".toml") files.push_back(at->path());
  }
  if (failed) return base::not_found("grammars: " + folder.string() + ": " + failed.message() + "; name a folder of .toml files");
  std::sort(files.begin(), files.end());
  std::vector<Entry> read;
  for (const auto& file : files) {
    base::Result<std::string> toml = base::read_file(file, std::size_t{1} << 20);
    if (!toml) return toml.error();
    base::Result<Grammar> grammar = read_grammar(*toml, file.string());
    if (!grammar) return grammar.error();
    if (const base::Result<Tell> tell = read_tell(*toml, file.string()); !tell) return tell.error();
    read.push_back({*std::move(toml), file.string(), std::make_shared<const Grammar>(*std::move(grammar))});
  }
  shelf().lay_over(std::move(read));
  return {};
}

}  // namespace draftwatch::text
