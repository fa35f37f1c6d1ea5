// A static constructor that never comes back: the parent's limits are all that ends it.
#include <unistd.h>

#include "plugins/sdk/portal.h"

namespace {
[[gnu::constructor]] void stay() {
  if (write(2, "started\n", 8) < 0) _exit(8);
  for (;;) asm volatile("");
}
draftwatch::plugin::Findings parse(const draftwatch::plugin::Page&) { return {}; }
}  // namespace

DRAFTWATCH_PORTAL({.id = "stuck", .title = "Stuck", .origins = {}, .start = {}, .kinds = {{"try", parse}}});
