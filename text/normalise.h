// The one normaliser: what two prints of the same words have in common.
//
// A version is new only where the normalised text differs from the latest one (tracker), and structure, diff and search
// read nothing but normalised text. The bytes as served stay in the evidence store; what is dropped here is not lost.
//
// Promise: idempotent, and valid UTF-8 whatever comes in. Letters, digits, quotes and dashes are never changed, except
// that Unicode's canonical equivalents become one (NFC): a lawyer may care for each of them, the diff decides.
//   - broken UTF-8 (overlong, surrogates, cut): U+FFFD, one for each maximal broken piece
//   - line ends CR LF, CR, VT, FF, NEL, U+2028, U+2029: LF
//   - NBSP and every other blank of Unicode (Zs): space. TAB stays: in extracted text it is the border of two cells
//   - runs of spaces: one; spaces beside a TAB or a line end: none; TABs at a line's end: none
//   - soft hyphens, zero-width characters, bidi marks, embeddings, overrides and isolates, tags, U+FFFC and the
//     remaining control characters: dropped (they can hide or re-order words)
//   - blank lines: at most one between two lines, none at either end; a text that is not empty ends in one LF
// Thread-safety: pure. Time and memory are linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::text {

// Stored beside every text. A change of the rules above raises it; stored bytes are then read again and a difference
// that comes from the rules alone is marked technical, without mail.
inline constexpr int kNormaliser = 1;

std::string normalise(std::string_view text);

// The same for a text that is given away: without a copy where it is normalised already.
std::string normalised(std::string text);

// True where normalise(text) == text.
bool is_normalised(std::string_view text);

}  // namespace draftwatch::text
