#include "plugins/sdk/selector.h"

#include "plugins/sdk/mismatch.h"

namespace draftwatch::plugin {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

bool is_name(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || u >= 0x80;
}

// XPath 1.0 has no escapes in literals: a text with both quotes is put together by concat().
std::string literal(std::string_view text) {
  if (text.find('\'') == std::string_view::npos) return "'" + std::string(text) + "'";
  if (text.find('"') == std::string_view::npos) return "\"" + std::string(text) + "\"";
  std::string out = "concat(''";
  while (!text.empty()) {
    const auto end = std::min(text.find('\''), text.size());
    if (end > 0) out += ",'" + std::string(text.substr(0, end)) + "'";
    if (end < text.size()) out += ",\"'\"";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + ")";
}

// The first half, which copies nothing, refuses nearly all elements.
std::string has_word(const std::string& attribute, std::string_view word) {
  return "contains(" + attribute + "," + literal(word) + ") and contains(concat(' ',normalize-space(" + attribute + "),' ')," +
         literal(" " + std::string(word) + " ") + ")";
}

class Translation {
 public:
  Translation(std::string_view selector, Markup markup) : all_(selector), markup_(markup) {}

  std::string run() {
    std::string xpath;
    do {
      if (!xpath.empty()) xpath += " | ";
      xpath += complex();
    } while (take(','));
    if (at_ < all_.size()) fail();
    return xpath;
  }

 private:
  // One selector of the list: compounds joined by combinators.
  std::string complex() {
    skip_space();
    std::string axis = "descendant::";
    if (take('>')) axis = "child::";
    std::string xpath;
    while (true) {
      skip_space();
      xpath += axis + compound(!axis.ends_with("[1]"));
      const bool space = skip_space();
      if (at_ >= all_.size() || all_[at_] == ',') return xpath;
      if (take('>')) {
        axis = "/child::";
      } else if (take('+')) {
        axis = "/following-sibling::*[1]";
      } else if (take('~')) {
        axis = "/following-sibling::";
      } else if (space) {
        axis = "/descendant::";
      } else {
        fail();
      }
    }
  }

  // tag.class#id[attr]:first-child as predicates; at least one part. Behind a bare axis the node test stands first: the tag
  // where HTML names one, which is far less work than a condition on every element.
  std::string compound(bool behind_axis) {
    std::string test = behind_axis ? "*" : "", predicates;
    const auto start = at_;
    if (take('*')) {
    } else if (at_ < all_.size() && is_name(all_[at_])) {
      const std::string tag = element();
      constexpr std::string_view kSelf = "self::";
      if (behind_axis && tag.starts_with(kSelf))
        test = tag.substr(kSelf.size());
      else
        predicates = "[" + tag + "]";
    }
    while (at_ < all_.size() && std::string_view(".#[:").find(all_[at_]) != std::string_view::npos) predicates += "[" + simple() + "]";
    if (at_ == start) fail();
    return test + predicates;
  }

  std::string element() {
    const char first = at_ < all_.size() ? all_[at_] : ' ';
    if ((first >= '0' && first <= '9') || first == '-') fail();  // no element is named so, and XPath would not read it
    std::string tag = name();
    const bool prefixed = markup_ == Markup::xml && at_ + 1 < all_.size() && all_[at_] == '|' && is_name(all_[at_ + 1]);
    if (prefixed) {
      ++at_;
      tag += ":" + name();
    }
    if (markup_ == Markup::html) {
      for (char& c : tag) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
      return "self::" + tag;
    }
    return (prefixed ? "name()=" : "local-name()=") + literal(tag);
  }

  // One of .class #id [attr] :pseudo, as an XPath condition on the element.
  std::string simple() {
    if (take('.')) return has_word("@class", name());
    if (take('#')) return "@id=" + literal(name());
    if (take('[')) return attribute();
    if (take(':')) return pseudo();
    return element();
  }

  std::string attribute() {
    skip_space();
    const std::string at = "@*[name()=" + literal(attribute_name()) + "]";
    skip_space();
    if (take(']')) return at;
    const char kind = at_ < all_.size() ? all_[at_] : ' ';
    if (kind != '=') ++at_;
    if (!take('=')) fail();
    skip_space();
    const std::string value = attribute_value();
    skip_space();
    if (!take(']')) fail();
    const std::string text = "string(" + at + ")", wanted = literal(value), length = std::to_string(characters(value));
    if (kind == '=') return at + "=" + wanted;
    if (kind == '~') return has_word(at, value);
    if (value.empty()) return "false()";  // as CSS has it: ^= $= *= with nothing match nothing
    if (kind == '^') return "starts-with(" + text + "," + wanted + ")";
    if (kind == '*') return "contains(" + text + "," + wanted + ")";
    if (kind == '$') return "substring(" + text + ",string-length(" + text + ")-" + length + "+1)=" + wanted;
    fail();
  }

  std::string pseudo() {
    const std::string which = name();
    if (which == "first-child") return "not(preceding-sibling::*)";
    if (which == "last-child") return "not(following-sibling::*)";
    if (which == "nth-child" && take('(')) {
      skip_space();
      const std::string n = name();
      skip_space();
      if (!take(')')) fail();
      if (n == "odd") return "count(preceding-sibling::*) mod 2 = 0";
      if (n == "even") return "count(preceding-sibling::*) mod 2 = 1";
      if (n.empty() || n.size() > 6 || n.find_first_not_of("0123456789") != std::string::npos) fail();
      return "count(preceding-sibling::*)+1=" + n;
    }
    if (which == "not" && take('(')) {
      skip_space();
      const std::string condition = simple();
      skip_space();
      if (!take(')')) fail();
      return "not(" + condition + ")";
    }
    fail();
  }

  std::string name() {
    const auto start = at_;
    while (at_ < all_.size() && is_name(all_[at_])) ++at_;
    if (at_ == start) fail();
    return std::string(all_.substr(start, at_ - start));
  }

  std::string attribute_name() {
    std::string out = name();
    while (markup_ == Markup::xml && take('|')) out += ":" + name();
    if (markup_ == Markup::html)
      for (char& c : out) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
    return out;
  }

  std::string attribute_value() {
    if (at_ < all_.size() && (all_[at_] == '"' || all_[at_] == '\'')) {
      const auto end = all_.find(all_[at_], at_ + 1);
      if (end == std::string_view::npos) fail();
      const std::string value(all_.substr(at_ + 1, end - at_ - 1));
      if (value.find('\\') != std::string::npos) fail();  // CSS escapes are not understood: better loud than wrong
      at_ = end + 1;
      return value;
    }
    return name();
  }

  // XPath counts characters of its string type; pugixml's are bytes of UTF-8 (checked by a test).
  static std::size_t characters(std::string_view utf8) { return utf8.size(); }

  bool take(char c) {
    if (at_ >= all_.size() || all_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool skip_space() {
    const auto start = at_;
    while (at_ < all_.size() && kSpace.find(all_[at_]) != std::string_view::npos) ++at_;
    return at_ > start;
  }

  [[noreturn]] void fail() const {
    const std::string rest = at_ < all_.size() ? "'" + std::string(all_.substr(at_, 20)) + "'" : "its end";
    throw Mismatch("selector '" + std::string(all_) + "' is not understood at " + rest);
  }

  std::string_view all_;
  Markup markup_;
  std::size_t at_ = 0;
};

}  // namespace

std::string to_xpath(std::string_view selector, Markup markup) { return Translation(selector, markup).run(); }

}  // namespace draftwatch::plugin
