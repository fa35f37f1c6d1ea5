// A document from a path, as normalised text.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace draftwatch::cli {

struct Document {
  std::string text;      // normalised
  std::string language;  // as the document states it; empty where it does not
  std::string json;      // the extractor's whole answer; empty for plain text
};

// .txt and .md are read here (UTF-8; of Markdown the front matter, the # of headings and the - before a numbered item are
// layout and dropped); everything else is a stranger's format and goes through the sandboxed worker. "-" is standard
// input as plain text. With `ocr_languages` ("rus+kir") pages that are pictures are recognised. Failure::invalid names the file and why it has no
// text.
base::Result<Document> read_document(const std::filesystem::path& path, const std::string& ocr_languages = {});

}  // namespace draftwatch::cli
