// What changed between two versions, for a mail: the verdict, the most important changes in words, and how many more.
// Thread-safety: as the Database.
#pragma once

#include <boost/json/object.hpp>

#include "notify/paper.h"
#include "notify/phrases.h"
#include "notify/postbox.h"

namespace draftwatch::notify {

// `detail` is that of version_added or text_replaced: "version" and "before" are ids. Adds nothing where a text is
// missing or too long to compare within a mail's patience (2 MB).
void describe_changes(const Context& context, const Phrases& phrases, const boost::json::object& detail, Happening& into);

}  // namespace draftwatch::notify
