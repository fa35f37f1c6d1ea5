// "a@b.org (Name)", "Name (a@b.org)", "Name <a@b.org>", "Name": how RSS names people. Private to the feed reader.
#pragma once

#include <string_view>

#include "plugins/sdk/feed.h"

namespace draftwatch::plugin::feed {

FeedPerson person_from(std::string_view text);

}  // namespace draftwatch::plugin::feed
