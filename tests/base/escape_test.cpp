#include "base/escape.h"

#include <doctest/doctest.h>

using draftwatch::base::escape_markup;

TEST_CASE("everything that markup could mistake for its own is escaped, and what XML cannot hold is dropped") {
  CHECK(escape_markup("<a href='x' id=\"y\">&") == "&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt;&amp;");
  CHECK(escape_markup(std::string_view("Статья\t1\n\0\x01\x1b[31m", 22)) == "Статья\t1\n[31m");
}
