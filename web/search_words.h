// A query as people write it, asked of the index; for the pages and the command line.
#pragma once

#include "storage/search.h"
#include "text/query.h"

namespace draftwatch::web {

// The index holds stems and is coarser than the query: it may find more, for instance by «слов*», whose stem may be shorter
// than what was typed. Alternatives are distributed, at most kMostClauses of them; beyond, their first words stand for them.
storage::SearchQuery to_search(const text::Query& query);

}  // namespace draftwatch::web
