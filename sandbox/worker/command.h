// The command line of draftwatch-worker.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace draftwatch::sandbox::worker {

enum class Task { parse, extract, describe, show_jail };

struct Command {
  Task task = Task::parse;
  std::string plugin, kind, url;  // parse; describe uses plugin alone
  std::string content_type;       // parse: the header's value; extract: the media type
  std::size_t memory = std::size_t{512} << 20;
  unsigned cpu_seconds = 0;   // 0 = by the task: 2 for a page, 4 for a document
  std::string ocr_languages;  // extract
  bool texts = false;         // parse: the texts of the page's own drafts follow the answer
  bool unjailed = false;
  bool pretty = false;
};

extern const char kUsage[];

// Nothing where the words make no command; `wrong` then says which word.
std::optional<Command> read_command(int argc, char** argv, std::string& wrong);

}  // namespace draftwatch::sandbox::worker
