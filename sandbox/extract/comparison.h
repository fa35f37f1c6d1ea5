// Comparison tables (сравнительная таблица): which column holds the law in force and which the proposal.
// Thread-safety: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/extract/extract.h"

namespace draftwatch::extract {

// The roles of the columns, by the words of one of the first four rows. nullopt where no row names both a current and
// a proposed wording. Cells are normalised.
std::optional<std::vector<Column>> find_comparison(const std::vector<std::vector<std::string>>& rows);

}  // namespace draftwatch::extract
