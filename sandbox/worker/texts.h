// The texts that stand in a page itself, read by the process that has just read the page: a second one would cost as much
// as the page. Comes last, when the plugin's answer has been handed over: what goes wrong here loses a text, no page.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "plugins/sdk/portal.h"

namespace draftwatch::sandbox::worker {

// Bytes of markup after which no further text is begun: about what starting a process for one text costs. A list that
// repeats fifty known texts must not have all of them read again for the one that is new.
inline constexpr std::size_t kMostMarkup = std::size_t{256} << 10;

// Reads `text` of each draft, in their order, where it is HTML or plain words under the type text/html. Calls `tell` with
// one line of JSON for each: {"draft":<place on the page>,"outcome":...,"text":...}. Texts that want another reader, and
// those behind kMostMarkup, are passed over: the daemon has them read by a process of their own. Throws nothing.
void read_texts(const plugin::Findings& findings, const std::function<void(std::string_view)>& tell);

}  // namespace draftwatch::sandbox::worker
