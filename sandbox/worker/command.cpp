#include "sandbox/worker/command.h"

#include <charconv>
#include <string_view>
#include <vector>

namespace draftwatch::sandbox::worker {

const char kUsage[] =
    "draftwatch-worker PLUGIN.so KIND URL [--content-type CT] < page   what the plugin finds on the page\n"
    "draftwatch-worker --extract MEDIA-TYPE [--ocr LANGS] < file       the text of a document\n"
    "draftwatch-worker --describe PLUGIN.so                            what the plugin says of itself\n"
    "draftwatch-worker --jail                                          what this kernel's jail consists of\n"
    "options: --pretty (indented), --memory MB (512), --cpu SECONDS (2; documents 4, with --ocr 60),\n"
    "         --texts (after the answer, a line for each text that stood in the page itself, as it is read),\n"
    "         --unjailed (run even where the kernel has neither Landlock nor seccomp)\n"
    "Answers with one JSON object. Exit: 0 answered, 1 an error object, 64 wrong words, 70 no jail here.\n";

namespace {

bool read_number(std::string_view text, unsigned most, unsigned& out) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failed == std::errc{} && end == text.data() + text.size() && out > 0 && out <= most;
}

}  // namespace

std::optional<Command> read_command(int argc, char** argv, std::string& wrong) {
  Command command;
  std::vector<std::string> words;
  const auto fail = [&](std::string why) {
    wrong = std::move(why);
    return std::nullopt;
  };
  bool options = true;  // until "--"
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!options || !word.starts_with("-")) {
      words.emplace_back(word);
      continue;
    }
    const bool takes_value =
        word == "--content-type" || word == "--extract" || word == "--describe" || word == "--memory" || word == "--cpu" || word == "--ocr";
    if (takes_value && i + 1 == argc) return fail(std::string(word) + " needs a value");
    const std::string value = takes_value ? argv[++i] : "";
    unsigned figure = 0;
    if (word == "--content-type") {
      command.content_type = value;
    } else if (word == "--extract") {
      command.task = Task::extract;
      command.content_type = value;
    } else if (word == "--describe") {
      command.task = Task::describe;
      command.plugin = value;
    } else if (word == "--ocr") {
      command.ocr_languages = value;
    } else if (word == "--memory") {
      if (!read_number(value, 65'536, figure)) return fail("--memory takes megabytes, 1 to 65536");
      command.memory = std::size_t{figure} << 20;
    } else if (word == "--cpu") {
      if (!read_number(value, 3'600, command.cpu_seconds)) return fail("--cpu takes seconds, 1 to 3600");
    } else if (word == "--jail") {
      command.task = Task::show_jail;
    } else if (word == "--unjailed") {
      command.unjailed = true;
    } else if (word == "--texts") {
      command.texts = true;
    } else if (word == "--pretty") {
      command.pretty = true;
    } else if (word == "--") {
      options = false;
    } else {
      return fail("unknown option " + std::string(word));
    }
  }
  if (words.size() != (command.task == Task::parse ? 3U : 0U)) return fail("wrong number of words");
  if (command.task == Task::parse) command.plugin = words[0], command.kind = words[1], command.url = words[2];
  if (command.cpu_seconds == 0) command.cpu_seconds = command.task != Task::extract ? 2 : command.ocr_languages.empty() ? 4 : 60;
  return command;
}

}  // namespace draftwatch::sandbox::worker
