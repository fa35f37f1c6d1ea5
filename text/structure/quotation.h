// Blocks of quoted new wording in amending acts: where they open and where they end.
//
// A block opens with a quote after a colon, on the same line or the next, or with a quote right before a marker
// («Статья 5-1.), and is closed by a quote at the end of a line, perhaps with [.;,:)] after it. Quotes in acts are often
// unbalanced; then the first line that ends like a block's end is taken and the block is reported. Internal to
// text/structure; also used by text/amend.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace draftwatch::text {

// The offsets of quotes that follow a colon, in order. Linear, and quick where there are none.
std::vector<std::size_t> quotes_after_colons(std::string_view text);

class Quotations {
 public:
  // `repeated`: each paragraph of a block opens with a quote and only the last one closes (English acts).
  Quotations(std::string_view text, bool repeated) : text_(text), repeated_(repeated) {}

  struct Block {
    std::size_t end = 0;    // past the line that closes it; 0: no block, the quote closes within its line
    bool unclosed = false;  // no balanced end was found; `end` is by the looser rule, or 0
  };

  // `opener` is the offset of a quote. All calls together are linear in the text.
  Block block(std::size_t opener);

 private:
  std::string_view text_;
  bool repeated_;
  std::size_t budget_ = 0;  // bytes that searches without success may still read
  bool budget_set_ = false;
  std::size_t no_loose_end_from_ = std::string_view::npos;
};

}  // namespace draftwatch::text
