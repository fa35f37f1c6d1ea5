// RTF: groups, destinations, code pages by font, Unicode escapes, tables, footnotes, revisions. Specification 1.9.1.
// Displayed list numbers stand in the file itself (\listtext) and are kept.
#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <vector>

#include "sandbox/extract/encoding.h"
#include "sandbox/extract/list_number.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/rtf_fonts.h"
#include "sandbox/extract/rtf_words.h"
#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

enum class Destination { body, skipped, fonts, title, footnote };

struct State {
  Destination to = Destination::body;
  bool hidden = false, raised = false, deleted = false, inserted = false;
  int fallback = 1;  // \ucN: bytes that stand for one \u
  int font = 0;
};

class Reader {
 public:
  Reader(std::string_view rtf, const ExtractOptions& options, Extracted& out) : rtf_(rtf), options_(options), out_(out), writer_(out, options) {}

  void run() {
    while (at_ < rtf_.size()) step();
    if (states_.size() > 1) out_.warnings.push_back("the RTF is cut off: groups are still open at its end");
    end_paragraph();
    end_table();
    for (const auto& note : out_.notes) writer_.line("[" + note.mark + "] " + note.words);
  }

 private:
  State& state() { return states_.back(); }

  void step() {
    const char c = rtf_[at_++];
    switch (c) {
      case '{': return open();
      case '}': return close();
      case '\\': return control();
      case '\r':
      case '\n': return;
      default: break;
    }
    if (fallback_left_ > 0) {
      --fallback_left_;
    } else {
      byte(c);
    }
  }

  void open() {
    flush_bytes();
    if (states_.size() > options_.max_depth) throw Stop{Outcome::over_limit, fmt::format("the RTF nests deeper than {} groups", options_.max_depth)};
    states_.push_back(state());
    fallback_left_ = 0;
  }

  void close() {
    flush_bytes();
    const auto ended = state();
    if (states_.size() > 1) states_.pop_back();
    fallback_left_ = 0;
    if (ended.to == state().to) return;
    if (ended.to == Destination::footnote) end_footnote();
    if (ended.to == Destination::title) out_.title = one_line(std::exchange(aside_, {}));
  }

  void control() {
    if (at_ >= rtf_.size()) return;
    const char c = rtf_[at_];
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) {
      ++at_;
      return symbol(c);
    }
    const auto begin = at_;
    while (at_ < rtf_.size() && std::isalpha(static_cast<unsigned char>(rtf_[at_])) != 0) ++at_;
    const auto word = rtf_.substr(begin, at_ - begin);
    bool has = false, negative = false;
    long number = 0;
    if (at_ + 1 < rtf_.size() && rtf_[at_] == '-' && std::isdigit(static_cast<unsigned char>(rtf_[at_ + 1])) != 0) negative = true, ++at_;
    for (; at_ < rtf_.size() && std::isdigit(static_cast<unsigned char>(rtf_[at_])) != 0; ++at_, has = true) {
      if (number < 100'000'000) number = number * 10 + (rtf_[at_] - '0');
    }
    if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
    keyword(word, negative ? -number : number, has);
  }

  void symbol(char c) {
    if (c == '\'') return hex();
    if (fallback_left_ > 0) {
      --fallback_left_;
      return;
    }
    switch (c) {
      case '\\':
      case '{':
      case '}': return byte(c);
      case '~': return put(0xA0);
      case '_': return put(0x2011);
      case '*': ignorable_ = true; return;
      case '\r':
      case '\n': return end_paragraph();
      default: return;
    }
  }

  void hex() {
    const auto digit = [](char c) {
      return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    if (at_ + 1 >= rtf_.size()) return;
    const int high = digit(rtf_[at_]), low = digit(rtf_[at_ + 1]);
    if (high < 0 || low < 0) return;
    at_ += 2;
    if (fallback_left_ > 0) {
      --fallback_left_;
    } else {
      byte(static_cast<char>(high * 16 + low));
    }
  }

  void keyword(std::string_view word, long number, bool has) {
    if (word == "bin") {
      at_ += std::min(static_cast<std::size_t>(std::max(number, 0L)), rtf_.size() - at_);
      return;
    }
    if (fallback_left_ > 0 && word != "u") {
      --fallback_left_;
      return;
    }
    const bool ignorable = std::exchange(ignorable_, false);
    if (const auto c = rtf_character(word); c != 0) return put(c);
    if (word == "u") return unicode(number);
    flush_bytes();
    if (ignorable && !is_read_though_ignorable(word)) {
      state().to = Destination::skipped;
    } else if (!font_word(word, number) && !look(word, number, has) && !flow(word)) {
      destination(word);
    }
  }

  void unicode(long number) {
    flush_bytes();
    const auto unit = static_cast<char32_t>(number & 0xFFFF);
    fallback_left_ = state().fallback;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      surrogate_ = unit;
    } else if (unit >= 0xDC00 && unit <= 0xDFFF && surrogate_ != 0) {
      put(0x10000 + ((std::exchange(surrogate_, 0) - 0xD800) << 10) + (unit - 0xDC00), false);
    } else {
      put(unit, false);
    }
  }

  bool font_word(std::string_view word, long number) {
    const auto value = static_cast<int>(number);
    const bool in_table = state().to == Destination::fonts;
    if (word == "ansicpg") {
      fonts_.document_page(value);
    } else if (word == "mac") {
      fonts_.document_page(10000);
    } else if (word == "pc" || word == "pca") {
      fonts_.document_page(word == "pc" ? 437 : 850);
    } else if (word == "f" && in_table) {
      fonts_.begin(value);
    } else if (word == "fcharset" && in_table) {
      fonts_.charset(value);
    } else if (word == "cpg" && in_table) {
      fonts_.page(value);
    } else if (word == "f") {
      state().font = value;
    } else if (word == "deff") {
      default_font_ = state().font = value;
    } else if (word == "uc") {
      state().fallback = std::clamp(value, 0, 16);
    } else {
      return false;
    }
    return true;
  }

  bool look(std::string_view word, long number, bool has) {
    const bool on = !has || number != 0;
    if (word == "plain") {
      end_raised();
      const auto kept = state();
      state() = State{kept.to, false, false, false, false, kept.fallback, default_font_};
    } else if (word == "v") {
      state().hidden = on;
    } else if (word == "super" || word == "nosupersub" || word == "sub") {
      end_raised();
      state().raised = word == "super" && on;
    } else if (word == "deleted") {
      state().deleted = on;
    } else if (word == "revised") {
      state().inserted = on;
    } else if (word == "pard") {
      in_table_ = false;
    } else if (word == "intbl") {
      in_table_ = true;
    } else {
      return false;
    }
    return true;
  }

  bool flow(std::string_view word) {
    if (state().to == Destination::footnote || state().to == Destination::title) {
      if (word == "par" || word == "line" || word == "tab") aside_ += ' ';
      return word == "par" || word == "line" || word == "tab";
    }
    if (state().to != Destination::body) return false;
    if (word == "par" || word == "sect" || word == "page") {
      end_paragraph();
    } else if (word == "line") {
      put('\n');
    } else if (word == "tab") {
      put(' ');
    } else if (word == "cell") {
      end_cell();
    } else if (word == "nestcell" || word == "nestrow") {
      put('\n');
    } else if (word == "row") {
      end_row();
    } else {
      return false;
    }
    return true;
  }

  void destination(std::string_view word) {
    if (word == "fonttbl") {
      state().to = Destination::fonts;
    } else if (word == "info") {
      state().to = Destination::skipped;
    } else if (word == "title" && states_.size() > 1 && state().to == Destination::skipped) {
      state().to = Destination::title;
      aside_.clear();
    } else if (word == "footnote" && state().to == Destination::body) {
      const auto mark = std::to_string(out_.notes.size() + 1);
      for (const char c : "[" + mark + "]") put(static_cast<unsigned char>(c));
      state().to = Destination::footnote;
      aside_.clear();
    } else if (word == "ud") {
      state().to = Destination::body;  // {\\upr{bytes}{\\*\\ud{the same in Unicode}}}
    } else if (is_skipped_destination(word)) {
      state().to = Destination::skipped;
    }
  }

  void end_footnote() { out_.notes.push_back({std::to_string(out_.notes.size() + 1), one_line(std::exchange(aside_, {}))}); }

  void byte(char c) {
    const auto& now = state();
    if (now.to == Destination::fonts) {
      if (c == ';') {
        fonts_.name(std::exchange(font_name_, {}));
      } else if (font_name_.size() < 64) {
        font_name_ += c;
      }
      return;
    }
    if (now.to == Destination::skipped) return;
    bytes_ += c;
  }

  void flush_bytes() {
    if (bytes_.empty()) return;
    const auto text = decode_code_page(std::exchange(bytes_, {}), fonts_.page_of(state().font));
    add(text);
  }

  void put(char32_t c, bool flush = true) {
    if (flush) flush_bytes();
    if (state().to == Destination::skipped || state().to == Destination::fonts) return;
    std::string text;
    append_utf8(text, c);
    add(text);
  }

  void add(const std::string& text) {
    const auto& now = state();
    if (now.hidden || now.to == Destination::skipped || now.to == Destination::fonts) return;
    if (now.to != Destination::body) {
      aside_ += text;
      return;
    }
    if (now.deleted || now.inserted) revision(text, now.inserted && !now.deleted);
    if (now.deleted) return;
    if (now.raised) {
      raised_ += text;
      return;
    }
    end_raised();
    line_ += text;
    if (line_.size() > options_.max_text) throw Stop{Outcome::over_limit, "one paragraph is longer than the whole text may be"};
  }

  // Neighbouring pieces of one revision are one change.
  void revision(const std::string& text, bool inserted) {
    const bool same =
        !out_.changes.empty() && out_.changes.back().inserted == inserted && out_.changes.back().at == writer_.at() && revision_end_ == line_.size();
    if (!same) out_.changes.push_back({inserted, "", "", "", writer_.at()});
    out_.changes.back().words += text;
    revision_end_ = line_.size() + (inserted ? text.size() : 0);
  }

  void end_raised() {
    flush_bytes();
    if (!raised_.empty()) line_ += raised(std::exchange(raised_, {}));
  }

  void end_paragraph() {
    end_raised();
    if (in_table_) {
      line_ += '\n';
      return;
    }
    end_table();
    writer_.line(std::exchange(line_, {}));
    revision_end_ = 0;
  }

  void end_cell() {
    end_raised();
    row_.push_back(std::exchange(line_, {}));
  }

  void end_row() {
    end_raised();
    if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
    line_.clear();
  }

  void end_table() {
    if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
    if (!rows_.empty()) writer_.table(std::exchange(rows_, {}));
  }

  std::string_view rtf_;
  const ExtractOptions& options_;
  Extracted& out_;
  Writer writer_;
  RtfFonts fonts_;
  std::vector<State> states_ = {State{}};
  std::size_t at_ = 0, revision_end_ = 0;
  int fallback_left_ = 0, default_font_ = 0;
  char32_t surrogate_ = 0;
  bool ignorable_ = false, in_table_ = false;
  std::string bytes_, line_, raised_, aside_, font_name_;
  Rows::value_type row_;
  Rows rows_;
};

}  // namespace

void read_rtf(std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  out.reader = "rtf";
  const auto begin = bytes.find("{\\rtf");
  Reader(bytes.substr(begin == std::string_view::npos ? 0 : begin), options, out).run();
}

}  // namespace draftwatch::extract
