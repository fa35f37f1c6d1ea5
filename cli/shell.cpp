#include <fmt/core.h>

#include <cstdio>

#include "base/json.h"
#include "cli/command.h"

namespace draftwatch::cli {

void print(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

namespace {

// Text from portals reaches a terminal: escape sequences and other controls become visible marks.
std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == '\n' || byte == '\t' || byte >= 0x20)
      out += byte == 0x7f ? '?' : c;
    else
      out += '?';
  }
  return out;
}

}  // namespace

void Shell::warn(const std::string& message) const { fmt::print(stderr, "draftwatch: {}\n", visible(message)); }

void Shell::fail(const std::string& message) {
  fmt::print(stderr, "draftwatch: {}\n", visible(message));
  status = kFailed;
}

void Shell::print_json(const boost::json::value& value) const { std::fputs(base::to_pretty_json(value).c_str(), stdout); }

void Shell::print(std::string_view text) const { cli::print(visible(text)); }

void Shell::print_rendered(std::string_view text) const { cli::print(text); }

std::string Shell::bold(std::string_view text) const { return colour ? "\x1b[1m" + visible(text) + "\x1b[0m" : visible(text); }

base::Result<DraftName> parse_draft_name(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size())
    return base::invalid("'" + std::string(text) + "' is not a draft; write source:key, for example kg.kenesh:6-502/24");
  return DraftName{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

}  // namespace draftwatch::cli
