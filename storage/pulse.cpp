#include "storage/pulse.h"

#include <charconv>

#include "storage/settings.h"

namespace draftwatch::storage {
namespace {

std::string name_of(std::string_view role) { return "alive_" + std::string(role); }

}  // namespace

base::Status Pulse::beat(std::string_view role, base::Instant now) {
  const auto before = last(role);
  if (!before) return before.error();
  if (*before && **before <= now && now < **before + kBeat) return {};
  return Settings(database_).set(name_of(role), std::to_string(base::to_unix(now)));
}

base::Result<std::optional<base::Instant>> Pulse::last(std::string_view role) {
  const auto value = Settings(database_).get(name_of(role));
  if (!value) return value.error();
  if (!*value) return std::optional<base::Instant>{};
  std::int64_t unix = 0;
  if (std::from_chars((*value)->data(), (*value)->data() + (*value)->size(), unix).ec != std::errc{})
    return base::corrupt("the setting " + name_of(role) + " is no instant: " + **value);
  return std::optional<base::Instant>{base::from_unix(unix)};
}

base::Result<std::optional<base::Instant>> Pulse::silent_since(std::string_view role, base::Instant now, base::Seconds grace) {
  auto sign = last(role);
  if (sign && *sign && **sign + grace > now) sign->reset();
  return sign;
}

}  // namespace draftwatch::storage
