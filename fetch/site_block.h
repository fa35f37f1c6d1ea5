// Pages that walls serve instead of content: bot checks, "access denied", quota notices.
//
// Such an answer often has status 200, and read as a page it would look like an emptied portal. Pure and bounded: only
// the first kilobytes are looked at, and words count only on pages that are small or of another sort than expected.
#pragma once

#include <string>
#include <string_view>

#include "fetch/fetcher.h"

namespace draftwatch::fetch {

// Why the answer looks like a wall, naming the sign that was found; empty where it does not.
std::string site_block(int status, std::string_view content_type, std::string_view body, Expects expects);

}  // namespace draftwatch::fetch
