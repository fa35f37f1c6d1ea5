#include "sandbox/extract/extract.h"

namespace draftwatch::extract {

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::text: return "text";
    case Outcome::empty: return "empty";
    case Outcome::scanned: return "scanned";
    case Outcome::encrypted: return "encrypted";
    case Outcome::malformed: return "malformed";
    case Outcome::over_limit: return "over_limit";
    case Outcome::refused: return "refused";
    case Outcome::unsupported: return "unsupported";
  }
  return "";
}

std::string_view name(Column column) {
  switch (column) {
    case Column::other: return "other";
    case Column::number: return "number";
    case Column::unit: return "unit";
    case Column::current: return "current";
    case Column::proposed: return "proposed";
    case Column::reason: return "reason";
  }
  return "";
}

}  // namespace draftwatch::extract
