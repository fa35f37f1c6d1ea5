#include "notify/postbox.h"

#include <boost/json/object.hpp>

#include "base/digest.h"
#include "base/json.h"
#include "notify/mime.h"

namespace draftwatch::notify {
namespace {

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out;
  for (const char letter : text) {
    if (kPlain.find(letter) != std::string_view::npos)
      out += letter;
    else
      out += "%" + base::to_hex({&letter, 1});
  }
  return out;
}

std::string link(const Options& options, const std::string& path) {
  return (options.base_url.ends_with('/') ? options.base_url.substr(0, options.base_url.size() - 1) : options.base_url) + path;
}

}  // namespace

std::string manage_url(const Options& options, const std::string& token) { return link(options, "/manage/" + token); }
std::string confirm_url(const Options& options, const std::string& token) { return link(options, "/confirm/" + token); }
std::string unsubscribe_url(const Options& options, const std::string& token) { return link(options, "/unsubscribe/" + token); }
std::string draft_url(const Options& options, std::string_view source, std::string_view key) {
  return link(options, "/d/" + percent_encoded(source) + "/" + percent_encoded(key));
}

base::Result<std::optional<Posted>> post(const Context& context, const Paper& paper, const Recipient& to, std::string_view same_as,
                                         const std::string& in_reply_to, base::Instant now) {
  const Options& options = context.options;
  storage::Outbox outbox(context.database);
  const auto stands = outbox.has(same_as);
  if (!stands) return stands.error();
  if (*stands) return std::optional<Posted>{};
  const std::string domain = domain_of(options.from);
  const std::string name = base::to_hex(context.keys.blind_index("message-id", std::string(same_as) + " " + base::to_rfc3339(now)));
  Letter letter{.from = options.from,
                .from_name = options.from_name,
                .to = to.contact.address,
                .to_name = to.contact.name,
                .subject = paper.subject,
                .text = render_text(paper),
                .html = render_html(paper),
                .message_id = name.substr(0, 32) + "@" + domain,
                .in_reply_to = in_reply_to,
                .language = paper.language,
                .list_id = {},
                .unsubscribe_url = {},
                .unsubscribe_mail = {},
                .date = now};
  if (to.subscription && paper.purpose != "confirm") {
    letter.list_id = "alerts." + domain;
    letter.unsubscribe_url = unsubscribe_url(options, to.contact.token);
    letter.unsubscribe_mail = options.unsubscribe;
  }
  const auto bytes = to_mime(letter);
  if (!bytes) return bytes.error();
  model::Message message;
  message.subscription = to.subscription;
  message.purpose = paper.purpose;
  message.channel = options.channel;
  message.message_id = letter.message_id;
  message.sealed_bytes =
      base::seal(context.keys.public_key(), base::to_json(boost::json::object{{"bytes", *bytes}, {"from", letter.from}, {"to", letter.to}}));
  message.created = message.next_attempt = now;
  const auto id = outbox.add(message, same_as);
  if (!id) return id.error();
  if (!*id) return std::optional<Posted>{};
  return std::optional(Posted{**id, letter.message_id});
}

base::Result<Envelope> open_envelope(const Context& context, const model::Message& message) {
  const auto plain = context.keys.open(message.sealed_bytes);
  if (!plain) return plain.error();
  const auto value = base::parse_json(*plain);
  if (!value || !value->is_object()) return base::corrupt("message " + std::to_string(message.id.value) + " does not hold a mail");
  const auto& object = value->as_object();
  return Envelope{base::string_at(object, "from"), base::string_at(object, "to"), base::string_at(object, "bytes")};
}

}  // namespace draftwatch::notify
