// What every verb of the program shares.
//
// A verb is a file `<verb>_command.cpp` with one function add_<verb>_command(app, context): it adds the subcommand, its
// options and a callback that does the work and sets context.status. Callbacks run one at a time, after parsing.
// Exit statuses are the same everywhere: 0 done, nothing special; 1 done, and the answer is "yes, something" (a diff in
// substance, a failed check); 2 not done: the message on stderr names the thing and what to do.
// Output: results on stdout, remarks and errors on stderr. With --json (before or after the verb) stdout holds exactly
// one JSON value.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace draftwatch::cli {

enum Status : int { kDone = 0, kFound = 1, kFailed = 2 };

struct Context {
  bool json = false;
  int status = kDone;

  // Prints "draftwatch: <message>" on stderr and sets kFailed.
  void fail(const std::string& message);
};

// Bytes on stdout as they are.
void print(std::string_view bytes);

// One line of the table of verbs.
using AddCommand = void (*)(CLI::App&, Context&);

// Adds all verbs (commands.cpp).
void add_commands(CLI::App& app, Context& context);

// --json for a verb, the same flag as the program's own.
void add_json_flag(CLI::App& verb, Context& context);

}  // namespace draftwatch::cli
