#include "sandbox/extract/html_guard.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace draftwatch::extract {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements without an end tag, and elements that the next sibling closes: leaving these open nests nothing.
bool never_nests(std::string_view name) {
  return is_one_of(name, {"area",     "base",  "br",    "col",   "embed",    "hr", "img", "input", "link", "meta", "param",
                          "source",   "track", "wbr",   "p",     "li",       "td", "tr",  "th",    "dd",   "dt",   "option",
                          "optgroup", "thead", "tbody", "tfoot", "colgroup", "rp", "rt",  "html",  "head", "body"});
}

bool is_raw_text(std::string_view name) { return is_one_of(name, {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}); }

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) {}

  HtmlSize run() {
    while ((at_ = html_.find('<', at_)) != std::string_view::npos) {
      ++at_;
      if (html_.substr(at_).starts_with("!--")) {
        skip_past("-->");
      } else if (at_ < html_.size() && html_[at_] == '/') {
        ++at_;
        if (!never_nests(tag_name()) && open_ > 0) --open_;
      } else if (at_ < html_.size() && is_letter(html_[at_])) {
        start_tag();
      }
    }
    return size_;
  }

 private:
  void skip_past(std::string_view mark) {
    const auto found = html_.find(mark, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + mark.size();
  }

  std::string tag_name() {
    std::string name;
    while (at_ < html_.size() && html_[at_] != '>' && html_[at_] != '/' && !std::isspace(static_cast<unsigned char>(html_[at_]))) {
      if (name.size() < 16) name += static_cast<char>(std::tolower(static_cast<unsigned char>(html_[at_])));
      ++at_;
    }
    return name;
  }

  void start_tag() {
    const auto name = tag_name();
    const bool closed = attributes();
    if (is_raw_text(name)) {
      raw_text(name);
    } else if (!closed && !never_nests(name)) {
      size_.depth = std::max(size_.depth, ++open_);
    }
  }

  // Past the '>' of a start tag. True for "/>".
  bool attributes() {
    std::size_t count = 0;
    char before = ' ';
    while (at_ < html_.size() && html_[at_] != '>') {
      const char c = html_[at_];
      if ((c == '"' || c == '\'') && before == '=') {
        const auto end = html_.find(c, at_ + 1);
        if (end == std::string_view::npos) break;
        at_ = end;
      } else if (std::isspace(static_cast<unsigned char>(before)) && !std::isspace(static_cast<unsigned char>(c)) && c != '=') {
        ++count;
      }
      if (!(std::isspace(static_cast<unsigned char>(c)) && before == '=')) before = c == '/' ? '/' : html_[at_];
      if (before == '"' || before == '\'') before = ' ';
      ++at_;
    }
    size_.attributes = std::max(size_.attributes, count);
    return before == '/';
  }

  void raw_text(const std::string& name) {
    while ((at_ = html_.find("</", at_)) != std::string_view::npos) {
      at_ += 2;
      const auto begin = at_;
      if (tag_name() == name) return;
      at_ = begin;
    }
    at_ = html_.size();
  }

  std::string_view html_;
  std::size_t at_ = 0, open_ = 0;
  HtmlSize size_;
};

}  // namespace

HtmlSize measure_html(std::string_view html) { return Scanner(html).run(); }

}  // namespace draftwatch::extract
