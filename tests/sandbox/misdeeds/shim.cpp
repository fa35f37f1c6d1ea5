// Puts a fault program with `struct Parser` and `make_parser()` behind our own entry point. Compiled at test time with
// -DBAD_SOURCE="...": the program is the machine's, not ours.
#include BAD_SOURCE

#include <unistd.h>

#include "plugins/sdk/portal.h"

namespace {

draftwatch::plugin::Findings attempt(const draftwatch::plugin::Page& page) {
  if (write(2, "started\n", 8) < 0) _exit(8);
  draftwatch::plugin::Findings found;
  found.drafts.emplace_back();
  found.drafts[0].key = "misdeed";
  found.drafts[0].title = make_parser()->parse(page.body);
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({.id = "shim", .title = "Shim", .origins = {}, .start = {}, .kinds = {{"try", attempt}}});
