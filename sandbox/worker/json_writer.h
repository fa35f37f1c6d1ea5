// JSON written as it goes: no tree, so that an answer of 16 MB costs its bytes once. Keys are to be given in order.
// Strings must be UTF-8; `is_utf8` says whether they are.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::sandbox::worker {

class JsonWriter {
 public:
  explicit JsonWriter(bool pretty) : pretty_(pretty) {}

  void open(char bracket);  // '{' or '['
  void close(char bracket);
  void key(std::string_view name);
  void string(std::string_view text);
  void number(unsigned long long value);
  void boolean(bool value);
  void verbatim(std::string_view json);  // a value that is JSON already

  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member_unless_empty(std::string_view name, std::string_view text) {
    if (!text.empty()) member(name, text);
  }

  std::string take();  // the whole text, ended by a newline

 private:
  void before_value();
  void new_line();
  void quote(std::string_view text);

  std::string out_;
  bool pretty_;
  bool first_ = true, after_key_ = false;
  int depth_ = 0;
};

bool is_utf8(std::string_view text);

}  // namespace draftwatch::sandbox::worker
