// How far long work is: one line on stderr that is written over, on a terminal only. Private to cli/.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace draftwatch::cli {

class Progress {
 public:
  Progress();
  ~Progress();  // clears
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // "[#######.............]  35 %  words"
  void bar(std::int64_t done, std::int64_t total, const std::string& words);
  // Where nobody knows how much there is: the words alone.
  void line(const std::string& words);
  void clear();  // takes the line away now

 private:
  bool its_turn();  // at most ten times a second
  void write(const std::string& text);

  bool on_;
  bool written_ = false;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace draftwatch::cli
