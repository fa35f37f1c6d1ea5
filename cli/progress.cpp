#include "cli/progress.h"

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace draftwatch::cli {
namespace {

constexpr int kCells = 24;
constexpr std::chrono::milliseconds kBetween{100};

std::size_t columns() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 10 ? size.ws_col : 80;
}

// Whole characters, as many as fit; anything that could move the cursor is left out.
std::string fitting(const std::string& text, std::size_t most) {
  std::string out;
  std::size_t used = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) continue;
    if ((byte & 0xc0) != 0x80 && ++used > most) break;
    out += c;
  }
  return out;
}

}  // namespace

Progress::Progress() : on_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (written_) std::fputs("\r\x1b[K", stderr);
  written_ = false;
}

bool Progress::its_turn() {
  if (!on_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return false;
  next_ = now + kBetween;
  return true;
}

void Progress::write(const std::string& text) {
  std::fputs(("\r" + fitting(text, columns() - 1) + "\x1b[K").c_str(), stderr);
  std::fflush(stderr);
  written_ = true;
}

void Progress::bar(std::int64_t done, std::int64_t total, const std::string& words) {
  if (total <= 0 || !its_turn()) return;
  const double share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const auto full = static_cast<std::size_t>(share * kCells);
  write(fmt::format("[{}{}] {:3.0f} %  {}", std::string(full, '#'), std::string(kCells - full, '.'), share * 100, words));
}

void Progress::line(const std::string& words) {
  if (its_turn()) write(words);
}

}  // namespace draftwatch::cli
