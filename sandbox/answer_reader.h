// The worker's answer, checked. Every byte of it may have been written by a hostile plugin.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sandbox/sandbox.h"

namespace draftwatch::sandbox {

// The envelope: exactly one of "findings", "manifest", "extracted" or "error", and "jail".
struct Answer {
  std::string jail;
  Fate fate = Fate::ok;      // of "error"; only the fates that a worker may tell of itself
  std::string reason;        // of "error"
  boost::json::object body;  // of the others; empty with an error
};

// `member` is the one that the task answers with. Failure::invalid names what is wrong.
base::Result<Answer> read_answer(std::string_view json, std::string_view member);

// Texts by their draft's place on the page, from the lines that follow the answer of `draftwatch-worker --texts`. A last
// line without its end is passed over where the worker was `killed` in it; anything else that is not of the shape
// (sandbox/worker/texts.h) is Failure::invalid.
using FoundTexts = std::map<std::size_t, FoundText>;
base::Result<FoundTexts> read_text_lines(std::string_view lines, bool killed);

// `texts` go to their drafts, of which the limits may have dropped some.
base::Result<Findings> findings_from(const boost::json::object& body, const RecordLimits& limits, const FoundTexts& texts = {});
base::Result<Manifest> manifest_from(const boost::json::object& body);

// Words from a stranger for a log or a page: one line, control characters and broken UTF-8 replaced, cut at `most`.
std::string tamed(std::string_view words, std::size_t most);

}  // namespace draftwatch::sandbox
