// A draft of the database by the name that a person typed. Private to cli/.
#pragma once

#include <string>

#include "base/result.h"
#include "storage/drafts.h"

namespace draftwatch::cli {

// Failure::invalid says the form of a name, Failure::not_found how to find one.
base::Result<storage::DraftHistory> stored_draft(storage::Database& database, const std::string& name);

}  // namespace draftwatch::cli
