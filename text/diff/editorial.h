// Units that are not law but somebody's remark on a print of it: editors' notes, lines about the procedure.
// Thread-safety: pure.
#pragma once

#include <vector>

#include "text/diff/lexicon.h"
#include "text/diff/units.h"

namespace draftwatch::text {

// Those that begin with an editor's phrase, in brackets or called a note by the outline (footnotes are not excused
// for being notes), and the list behind "See:" (its first line, and the next ones as long as each ends in a semicolon). What says "repealed" is no
// note: that is law.
bool is_editorial_note(const Units& side, std::size_t unit, const Lexicon& lexicon);

// By unit. Lines of one print that say where the text stands ("Received; read twice", a date alone, who attested it):
// only before the act's title and behind the last line of the law, never between, and never a line that lays down a duty
// or a ban.
std::vector<bool> stage_lines(const Units& side, const Lexicon& lexicon);

}  // namespace draftwatch::text
