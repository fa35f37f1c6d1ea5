// What every verb of the program shares.
//
// A verb is a file `<verb>_command.cpp` with one function add_<verb>_command(app, shell): it adds the subcommand, its
// options and a callback that does the work and sets shell.status. Callbacks run one at a time, after parsing.
// Exit statuses are the same everywhere: 0 done, nothing special; 1 done, and the answer is "yes, something" (a diff in
// substance, a failed check); 2 not done: the message on stderr names the thing and what to do.
// Output: results on stdout, remarks and errors on stderr. With --json (before or after the verb) stdout holds exactly
// one JSON value. Control characters of strangers' texts never reach the terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "daemon/context.h"
#include "storage/database.h"

namespace CLI {
class App;
}
namespace boost::json {
class value;
}

namespace draftwatch::cli {

enum Status : int { kDone = 0, kFound = 1, kFailed = 2 };

struct Shell {
  std::string config_file;
  bool json = false;
  bool colour = false;  // stdout is a terminal, and neither --no-color nor NO_COLOR says otherwise
  int status = kDone;

  // Prints "draftwatch: <message>" on stderr and sets kFailed.
  void fail(const std::string& message);
  void warn(const std::string& message) const;  // on stderr, and the work goes on
  void fail(const base::Error& error) { fail(error.message); }

  // Nothing, and fail() is done, where the configuration or the database cannot be read.
  std::optional<daemon::Context> context();
  std::optional<storage::Database> database(const daemon::Context& context);

  void print(std::string_view text) const;                 // for people: strangers' control characters made visible
  void print_rendered(std::string_view text) const;        // a rendering that holds our own colour sequences
  void print_json(const boost::json::value& value) const;  // indented, keys sorted
  std::string bold(std::string_view text) const;
};

// Bytes on stdout as they are.
void print(std::string_view bytes);

// One line of the table of verbs.
using AddCommand = void (*)(CLI::App&, Shell&);

// Adds all verbs (commands.cpp).
void add_commands(CLI::App& app, Shell& shell);

// --json for a verb, the same flag as the program's own.
void add_json_flag(CLI::App& verb, Shell& shell);

// "kg.kenesh:6-502/24" into source and key. Failure::invalid says the form.
struct DraftName {
  std::string source, key;
};
base::Result<DraftName> parse_draft_name(std::string_view text);

}  // namespace draftwatch::cli
