#include "sandbox/worker/texts.h"

#include <exception>
#include <optional>

#include "sandbox/extract/alone/page_alone.h"
#include "sandbox/extract/extract.h"
#include "sandbox/worker/json_writer.h"

namespace draftwatch::sandbox::worker {
namespace {

// The daemon reads an empty type as HTML too (tracker/admit), and puts another letter for NUL.
bool is_readable_here(const plugin::Draft& draft) {
  return !draft.text.empty() && (draft.text_type.empty() || draft.text_type == "text/html") && draft.text.find('\0') == std::string::npos;
}

std::optional<extract::Extracted> read_here(std::string_view html) {
  try {
    return extract::extract_markup("text/html", html);
  } catch (const extract::LeftToAnother&) {
    return std::nullopt;
  }
}

}  // namespace

void read_texts(const plugin::Findings& findings, const std::function<void(std::string_view)>& tell) {
  std::size_t markup = 0;
  try {
    for (std::size_t place = 0; place < findings.drafts.size() && markup < kMostMarkup; ++place) {
      const plugin::Draft& draft = findings.drafts[place];
      if (!is_readable_here(draft)) continue;
      markup += draft.text.size();
      const auto read = read_here(draft.text);
      if (!read) continue;
      JsonWriter json(false);
      json.open('{');
      json.key("draft");
      json.number(place);
      json.member("outcome", extract::name(read->outcome));
      json.member("text", read->text);
      json.close('}');
      tell(json.take());
    }
  } catch (const std::exception&) {  // no memory left: what was told stands, the rest is read by a process of its own
  }
}

}  // namespace draftwatch::sandbox::worker
