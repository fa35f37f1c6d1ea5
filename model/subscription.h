// Who wants to know what, and what each is owed. Addresses occur here only sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.h"

namespace draftwatch::model {

enum class Frequency { immediately, daily };
std::string_view to_string(Frequency frequency);
bool frequency_from_string(std::string_view text, Frequency& frequency);

// What a subscriber asked for. Empty lists mean "any".
struct Interest {
  std::string query;                   // as typed: words, "phrases", -exclusions, trailing*
  std::vector<std::string> sources;    // config::Source::id
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, lower case
};

struct Subscription {
  Id<Subscription> id;
  std::string sealed_contact;  // crypto_box_seal to the alert role's key of {"address", "name"}; empty once erased
  std::string blind_index;     // keyed hash of the address, the key is the alert role's
  Interest interest;
  Frequency frequency = Frequency::daily;
  std::string language = "ru";        // ru, ky, en: of mails and pages
  std::string zone = "Asia/Bishkek";  // of digests and dates
  bool neutral_subject = false;       // no title, no deadline in the subject line
  std::string token_digest;           // sha256 of the token in the confirm and manage links
  Instant created;
  std::optional<Instant> confirmed;
  std::optional<Instant> welcomed;     // the welcome mail is composed
  std::optional<Instant> last_digest;  // when the last digest was composed; the local day of it has had its digest
  std::optional<Instant> last_alive;   // when a mail last said how many portals are read
  std::optional<Instant> ended;        // ended with a reason, never deleted; the contact is erased later
  std::string ended_reason;
};

// This subscriber is owed this event. (subscription, event) is unique.
struct Alert {
  Id<Alert> id;
  Id<Subscription> subscription;
  Id<Event> event;
  bool urgent = false;  // breaks through a digest
  std::string why;      // JSON: the words that matched, for "why am I getting this"
};

}  // namespace draftwatch::model
