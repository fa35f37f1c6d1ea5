#include "sandbox/fate.h"

#include <array>

namespace draftwatch::sandbox {
namespace {

struct Named {
  Fate fate;
  std::string_view name;
  bool misdeed;
};

constexpr std::array kAll = {
    Named{Fate::ok, "ok", false},
    Named{Fate::mismatch, "mismatch", false},
    Named{Fate::timeout, "timeout", true},
    Named{Fate::killed_cpu, "killed_cpu", true},
    Named{Fate::killed_memory, "killed_memory", true},
    Named{Fate::forbidden_call, "forbidden_call", true},
    Named{Fate::crashed, "crashed", true},
    Named{Fate::too_much_output, "too_much_output", true},
    Named{Fate::bad_output, "bad_output", true},
    Named{Fate::abi_mismatch, "abi_mismatch", false},
    Named{Fate::not_a_plugin, "not_a_plugin", false},
    Named{Fate::unsafe_plugin, "unsafe_plugin", false},
    Named{Fate::unknown_kind, "unknown_kind", false},
    Named{Fate::no_jail, "no_jail", false},
    Named{Fate::spawn_failed, "spawn_failed", false},
    Named{Fate::quarantined, "quarantined", false},
};

constexpr bool complete() {
  for (std::size_t i = 0; i < kAll.size(); ++i)
    if (static_cast<std::size_t>(kAll[i].fate) != i) return false;
  return kAll.size() == static_cast<std::size_t>(Fate::quarantined) + 1;
}
static_assert(complete(), "one row a fate, in the order of the enum");

}  // namespace

std::string_view name(Fate fate) { return kAll[static_cast<std::size_t>(fate)].name; }

std::optional<Fate> fate_from_name(std::string_view wanted) {
  for (const Named& one : kAll)
    if (one.name == wanted) return one.fate;
  return std::nullopt;
}

bool is_misdeed(Fate fate) { return kAll[static_cast<std::size_t>(fate)].misdeed; }

}  // namespace draftwatch::sandbox
