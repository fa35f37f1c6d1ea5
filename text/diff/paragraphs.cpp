#include "text/diff/paragraphs.h"

#include <array>
#include <cstring>

#include "text/diff/hash.h"

namespace draftwatch::text {
namespace {

constexpr std::array<bool, 256> blank_table() {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\n', '\r', '\v', '\f'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kBlank = blank_table();

}  // namespace

bool is_blank(char c) { return kBlank[static_cast<unsigned char>(c)]; }

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  out.reserve(text.size() / 96 + 1);
  for (std::size_t begin = 0; begin < text.size();) {
    const void* found = std::memchr(text.data() + begin, '\n', text.size() - begin);
    const std::size_t end = found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
    out.push_back({begin, end, hash64(text.substr(begin, end - begin))});
    begin = end;
  }
  return out;
}

void tokens_of(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
  for (std::size_t at = begin; at < end;) {
    Token token;
    token.begin = at;
    while (at < end && !is_blank(text[at])) ++at;
    token.word = static_cast<std::uint32_t>(at - token.begin);
    const std::size_t gap = at;
    while (at < end && is_blank(text[at])) ++at;
    token.blank = static_cast<std::uint32_t>(at - gap);
    token.hash = hash64(text.substr(token.begin, token.word));
    out.push_back(token);
  }
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool word = !is_blank(c);
    words += word && !inside;
    inside = word;
  }
  return words;
}

}  // namespace draftwatch::text
