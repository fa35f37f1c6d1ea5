#include "cli/document_file.h"

#include <fmt/format.h>

#include <cstdio>
#include <map>

#include "base/file.h"
#include "base/json.h"
#include "sandbox/sandbox.h"
#include "sandbox/spawner.h"
#include "text/normalise.h"

namespace draftwatch::cli {
namespace {

// Media type by the name; the worker looks at the bytes anyway.
std::string media_type(const std::filesystem::path& path) {
  static const std::map<std::string, std::string> types = {
      {".html", "text/html"},         {".htm", "text/html"},
      {".pdf", "application/pdf"},    {".rtf", "application/rtf"},
      {".doc", "application/msword"}, {".xml", "application/xml"},
      {".zip", "application/zip"},    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}};
  std::string extension = path.extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const auto found = types.find(extension);
  return found == types.end() ? "application/octet-stream" : found->second;
}

std::string_view without_front_matter(std::string_view text) {
  if (text.substr(0, 4) != "---\n") return text;
  const std::size_t end = text.find("\n---\n", 3);
  return end == std::string_view::npos ? text : text.substr(end + 5);
}

bool begins_item(std::string_view line) {
  std::size_t at = line.substr(0, 1) == "(" ? 1 : 0;
  while (at < line.size() && at < 8 && line[at] != ')' && line[at] != '.' && line[at] != ' ') ++at;
  return at > 0 && at < line.size() && (line[at] == ')' || line[at] == '.');
}

std::string without_markdown(std::string_view text) {
  std::string out;
  text = without_front_matter(text);
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    if (end == std::string_view::npos) end = text.size() - 1;
    std::string_view line = text.substr(0, end + 1);
    text.remove_prefix(end + 1);
    const std::size_t hashes = line.find_first_not_of('#');
    if (hashes > 0 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ') line.remove_prefix(hashes + 1);
    if (line.substr(0, 2) == "- " && begins_item(line.substr(2))) line.remove_prefix(2);
    out += line;
  }
  return out;
}

std::string from_standard_input() {
  std::string out;
  char buffer[1 << 16];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) out.append(buffer, n);
  return out;
}

base::Result<Document> through_worker(const std::filesystem::path& path, std::string bytes, const std::string& ocr_languages) {
  sandbox::Spawner spawner({});
  sandbox::ExtractJob job;
  job.media_type = media_type(path);
  job.bytes = std::move(bytes);
  job.ocr_languages = ocr_languages;
  if (!ocr_languages.empty()) job.limits = sandbox::Limits::ocr(50);
  const sandbox::ExtractOutcome outcome = spawner.extract(job);
  if (outcome.run.fate != sandbox::Fate::ok) {
    return base::invalid(fmt::format("{}: no text was extracted: {} ({})", path.string(), sandbox::name(outcome.run.fate), outcome.run.reason));
  }
  auto parsed = base::parse_json(outcome.json);
  if (!parsed || !parsed->is_object()) return base::invalid(path.string() + ": the extractor's answer is not JSON");
  const auto& object = parsed->get_object();
  Document out{base::string_at(object, "text"), base::string_at(object, "language"), outcome.json};
  if (out.text.empty()) {
    return base::invalid(fmt::format("{}: no text: {} {}", path.string(), base::string_at(object, "outcome"), base::string_at(object, "reason")));
  }
  return out;
}

}  // namespace

base::Result<Document> read_document(const std::filesystem::path& path, const std::string& ocr_languages) {
  if (path == "-") return Document{text::normalised(from_standard_input()), "", ""};
  auto bytes = base::read_file(path);
  if (!bytes) return bytes.error();
  const std::string extension = path.extension().string();
  if (extension == ".txt") return Document{text::normalised(std::move(*bytes)), "", ""};
  if (extension == ".md") return Document{text::normalised(without_markdown(text::normalised(std::move(*bytes)))), "", ""};
  return through_worker(path, std::move(*bytes), ocr_languages);
}

}  // namespace draftwatch::cli
