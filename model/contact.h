// A person's address and wishes as they are sealed: what web puts into a request and what a subscription keeps.
// These are the only types that hold an address in the clear; they live in memory for the length of one pass.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/subscription.h"

namespace draftwatch::model {

// Sealed into Subscription::sealed_contact.
struct Contact {
  std::string address;  // as check_address returns it
  std::string name;     // may be empty
  std::string token;    // of the manage, confirm and unsubscribe links; the database keeps its digest beside
};

std::string to_json(const Contact& contact);
base::Result<Contact> contact_from_json(std::string_view text);

// What a person asks for; sealed by web or CLI into a row of `request`, decided by alert.
struct SubscribeRequest {
  std::string address, name;
  Interest interest;
  Frequency frequency = Frequency::daily;
  std::string language = "ru";        // ru, ky, en
  std::string zone = "Asia/Bishkek";  // IANA
  bool neutral_subject = false;
  bool confirmed = false;  // only by the operator on the machine itself: no confirm mail
};

std::string to_json(const SubscribeRequest& request);
base::Result<SubscribeRequest> request_from_json(std::string_view text);

// The address in the form that is compared and mailed: trimmed, domain in lower case. Failure::invalid says what is
// wrong without repeating the address (it may reach a log): control characters, spaces, no or several @, longer than
// 254 bytes, local part longer than 64, a domain without a dot or with an empty label, non-ASCII local part.
base::Result<std::string> check_address(std::string_view typed);

// What the blind index is made of: the address with the local part in lower case too, since that is how providers
// compare it and a person who types "Anna@" and "anna@" is one person.
std::string address_for_index(std::string_view checked_address);

}  // namespace draftwatch::model
