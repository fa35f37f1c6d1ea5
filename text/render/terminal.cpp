// For a terminal, and the unified form for files and pipes.
#include "text/render/render.h"
#include "text/render/words.h"

namespace draftwatch::text {
namespace {

constexpr std::size_t kContext = 90;  // bytes of unchanged words shown on each side of an edit

// What the text holds must not steer the terminal.
std::string harmless(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    out += u < 0x20 && c != '\n' ? ' ' : u == 0x7f ? ' ' : c;
  }
  return out;
}

std::string words_of(const Change& change, bool colour) {
  std::string out;
  for (std::size_t k = 0; k < change.pieces.size(); ++k) {
    const Piece& piece = change.pieces[k];
    const std::string text = harmless(piece.text);
    switch (piece.kind) {
      case Piece::Kind::kept: out += shortened(text, k == 0, k + 1 == change.pieces.size(), kContext); break;
      case Piece::Kind::removed: out += (colour ? "\x1b[31m[-" : "[-") + text + (colour ? "-]\x1b[0m" : "-]"); break;
      case Piece::Kind::added: out += (colour ? "\x1b[32m{+" : "{+") + text + (colour ? "+}\x1b[0m" : "+}"); break;
    }
  }
  if (change.pieces.empty() && change.old_text != change.new_text) out = harmless("[-" + change.old_text + "-]{+" + change.new_text + "+}");
  return out;
}

char sign(const Change& change) { return !change.old_path ? '+' : !change.new_path ? '-' : change.klass == ChangeClass::cosmetic ? '.' : '~'; }

std::string indented(const std::string& text) {
  std::string out = "    ";
  for (const char c : text) out += c == '\n' ? std::string("\n    ") : std::string(1, c);
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return out + "\n";
}

}  // namespace

std::string render_terminal(const Diff& diff, const RenderOptions& options, bool colour) {
  const Labels& l = labels(options.language);
  std::string out = options.title.empty() ? "" : harmless(options.title) + "\n";
  out += verdict(diff, options.language) + "\n";
  std::size_t left_out = 0;
  for (const Change* change : shown_changes(diff, options, left_out)) {
    out += std::string("\n") + sign(*change) + " " + (colour ? "\x1b[1m" : "") + harmless(summary_line(*change, options.language)) +
           (colour ? "\x1b[0m" : "") + "\n";
    if (!change->pieces.empty() || change->kind != ChangeKind::text_replaced) {
      const std::string words = words_of(*change, colour);
      if (!words.empty()) out += indented(words);
    }
  }
  if (left_out > 0) out += "\n" + std::string(l.more) + ": " + std::to_string(left_out) + "\n";
  for (const Warning& w : diff.warnings) out += (&w == &diff.warnings.front() ? "\n! " : "! ") + w.what + ": " + harmless(w.detail) + "\n";
  return out;
}

std::string render_unified(const Diff& diff, const RenderOptions& options) {
  std::string out =
      "--- " + (options.old_name.empty() ? "old" : options.old_name) + "\n+++ " + (options.new_name.empty() ? "new" : options.new_name) + "\n";
  std::size_t left_out = 0;
  for (const Change* change : shown_changes(diff, options, left_out)) {
    out += "@@ " + harmless(summary_line(*change, options.language)) + " @@\n";
    const auto lines = [&](char mark, const std::string& text) {
      std::size_t at = 0;
      while (at < text.size()) {
        std::size_t end = text.find('\n', at);
        if (end == std::string::npos) end = text.size();
        out += mark + text.substr(at, end - at) + "\n";
        at = end + 1;
      }
    };
    if (change->old_path && change->new_path && !change->pieces.empty()) {
      lines(' ', words_of(*change, false));
    } else {
      lines('-', harmless(change->old_text));
      lines('+', harmless(change->new_text));
    }
  }
  if (left_out > 0) out += "@@ " + std::string(labels(options.language).more) + ": " + std::to_string(left_out) + " @@\n";
  return out;
}

}  // namespace draftwatch::text
