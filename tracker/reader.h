// Turns bytes into findings and texts through the sandbox, and keeps count of page kinds that kill their worker.
//
// Before a worker runs, its name is written down; five kills in a row quarantine that page kind of that source for an
// hour, doubling up to a week, while everything else goes on. Belongs to one thread, as its Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "sandbox/sandbox.h"
#include "storage/database.h"
#include "tracker/source.h"

namespace draftwatch::tracker {

// The text of some bytes, or why there is none.
struct ReadText {
  std::string original, media_type;
  std::optional<std::string> text;  // normalised
  std::optional<int> ocr;           // the text was recognised from pictures: mean confidence, 0-100
  std::string doubt;                // what the operator should know of this reading; empty where all is well
  std::string no_text;              // scanned, encrypted, malformed, timeout ...; empty where there is a text
  bool ours = false;                // no worker could be started: nothing is known of the bytes, try again later
};

struct ReadPage {
  sandbox::Findings findings;
  std::string cause;  // name of the fate where it is not ok; empty otherwise
  std::string detail;
  bool ours = false;  // no worker could be started: nobody is blamed
  bool misdeed = false;
};

constexpr int kKillsToQuarantine = 5;
constexpr base::Seconds kFirstQuarantine{3600}, kLongestQuarantine{7 * 24 * 3600};

// How long a page kind rests after so many kills in a row; empty below the limit.
std::optional<base::Seconds> quarantine_after(int kills);

// How a version of a recognised text is labelled, so that nobody takes it for the authority's own words: "first reading
// [OCR 91 %]". without_ocr_mark() gives the label that the portal gave.
std::string with_ocr_mark(const std::string& label, std::optional<int> confidence);
std::string without_ocr_mark(const std::string& label);

class Reader {
 public:
  // `ocr_languages` ("rus+kir"): documents whose pages are pictures are read a second time, by recognition. Empty: never.
  Reader(sandbox::Sandbox& sandbox, storage::Database& database, const base::Clock& clock, std::string ocr_languages = {})
      : sandbox_(sandbox), database_(database), clock_(clock), ocr_languages_(std::move(ocr_languages)) {}

  base::Result<ReadPage> page(const Source& source, const std::string& kind, const std::string& url, const std::string& content_type,
                              std::string body);
  ReadText text(std::string media_type, std::string bytes);
  // The same, where the worker of the page has read it already: no other is started.
  static ReadText text_of_page(std::string media_type, std::string bytes, const sandbox::FoundText& read);
  // At start: runs that were written down and never ended took the daemon with them, or died with it.
  base::Status count_unfinished();

 private:
  void recognise(const sandbox::ExtractOutcome& first, ReadText& out);
  base::Status killed(const std::string& source, const std::string& kind, std::string_view fate);

  sandbox::Sandbox& sandbox_;
  storage::Database& database_;
  const base::Clock& clock_;
  std::string ocr_languages_;
};

}  // namespace draftwatch::tracker
