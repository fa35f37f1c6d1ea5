#include "model/contact.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/json.h"

namespace draftwatch::model {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& list) {
  json::array out;
  for (const std::string& item : list) out.emplace_back(item);
  return out;
}

std::vector<std::string> list_at(const json::object& object, std::string_view key) {
  std::vector<std::string> out;
  const auto* found = object.if_contains(key);
  if (found == nullptr || !found->is_array()) return out;
  for (const auto& item : found->as_array())
    if (item.is_string()) out.emplace_back(item.as_string());
  return out;
}

bool flag_at(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_bool() && found->as_bool();
}

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool is_atom(unsigned char letter) {
  static constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         kOthers.find(static_cast<char>(letter)) != std::string_view::npos;
}

bool good_local_part(std::string_view local) {
  return !local.empty() && local.size() <= 64 && local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos &&
         std::all_of(local.begin(), local.end(), [](char letter) { return is_atom(static_cast<unsigned char>(letter)); });
}

// Letters of any script for names that are not ASCII; the mail library turns them into their ASCII form.
bool good_domain(std::string_view domain) {
  if (domain.size() > 253 || domain.find('.') == std::string_view::npos) return false;
  std::size_t label = 0;
  char before = '.';
  for (const char letter : domain) {
    const auto code = static_cast<unsigned char>(letter);
    const bool fine = code >= 0x80 || (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || code == '-' || code == '.';
    if (!fine || (letter == '.' && (label == 0 || before == '-')) || (letter == '-' && label == 0)) return false;
    label = letter == '.' ? 0 : label + 1;
    if (label > 63) return false;
    before = letter;
  }
  return label > 0 && before != '-';
}

}  // namespace

std::string to_json(const Contact& contact) {
  return base::to_json(json::object{{"address", contact.address}, {"name", contact.name}, {"token", contact.token}});
}

base::Result<Contact> contact_from_json(std::string_view text) {
  const auto value = base::parse_json(text);
  if (!value || !value->is_object()) return base::corrupt("a sealed contact does not hold a contact");
  const auto& object = value->as_object();
  return Contact{base::string_at(object, "address"), base::string_at(object, "name"), base::string_at(object, "token")};
}

std::string to_json(const SubscribeRequest& request) {
  return base::to_json(json::object{{"address", request.address},
                                    {"confirmed", request.confirmed},
                                    {"countries", array_of(request.interest.countries)},
                                    {"frequency", to_string(request.frequency)},
                                    {"language", request.language},
                                    {"name", request.name},
                                    {"neutral_subject", request.neutral_subject},
                                    {"query", request.interest.query},
                                    {"sources", array_of(request.interest.sources)},
                                    {"zone", request.zone}});
}

base::Result<SubscribeRequest> request_from_json(std::string_view text) {
  const auto value = base::parse_json(text);
  if (!value || !value->is_object()) return base::invalid("a sealed request does not hold a request");
  const auto& object = value->as_object();
  SubscribeRequest request;
  request.address = base::string_at(object, "address");
  request.name = base::string_at(object, "name");
  request.interest = {base::string_at(object, "query"), list_at(object, "sources"), list_at(object, "countries")};
  if (!frequency_from_string(base::string_at(object, "frequency"), request.frequency)) return base::invalid("a request names no known frequency");
  request.language = base::string_at(object, "language");
  request.zone = base::string_at(object, "zone");
  request.neutral_subject = flag_at(object, "neutral_subject");
  request.confirmed = flag_at(object, "confirmed");
  return request;
}

base::Result<std::string> check_address(std::string_view typed) {
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  while (!typed.empty() && typed.back() == ' ') typed.remove_suffix(1);
  if (typed.empty()) return base::invalid("an e-mail address is missing");
  if (typed.size() > 254) return base::invalid("the e-mail address is longer than 254 characters");
  if (std::any_of(typed.begin(), typed.end(), [](char letter) { return static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f'; }))
    return base::invalid("the e-mail address has a space or an invisible character in it");
  const auto at = typed.find('@');
  if (at == std::string_view::npos || typed.find('@', at + 1) != std::string_view::npos)
    return base::invalid("an e-mail address has one @, as in name@example.org");
  std::string domain(typed.substr(at + 1));
  std::transform(domain.begin(), domain.end(), domain.begin(), lower);
  if (!good_local_part(typed.substr(0, at))) return base::invalid("the part of the e-mail address before @ is not one that we can send to");
  if (!good_domain(domain)) return base::invalid("the part of the e-mail address after @ is not the name of a mail server, as in example.org");
  return std::string(typed.substr(0, at + 1)) + domain;
}

std::string address_for_index(std::string_view checked_address) {
  std::string out(checked_address);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace draftwatch::model
