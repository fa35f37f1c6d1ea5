#include "notify/mime.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "base/digest.h"
#include "notify/paper.h"

namespace draftwatch::notify {
namespace {

struct Unref {
  template <class T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <class T>
using Object = std::unique_ptr<T, Unref>;

void start_gmime() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

// Text that is mostly Cyrillic is shorter in base64, text that is mostly ASCII is readable in quoted-printable.
GMimeContentEncoding encoding_for(const std::string& text) {
  const auto wide = std::count_if(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; });
  return static_cast<std::size_t>(wide) * 4 > text.size() ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

Object<GMimePart> part_of(const char* subtype, const std::string& text) {
  Object<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
  g_mime_text_part_set_charset(part.get(), "utf-8");
  Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  Object<GMimeDataWrapper> content(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(GMIME_PART(part.get()), content.get());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), encoding_for(text));
  return Object<GMimePart>(GMIME_PART(part.release()));
}

void header(GMimeMessage* message, const char* name, const std::string& value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), "utf-8");
}

// GMime would choose the smallest charset that holds a name, such as ISO-8859-5: UTF-8 is what all programs know.
void add_address(GMimeMessage* message, GMimeAddressType type, const std::string& name, const std::string& address) {
  const std::string shown = one_line(name, 100);
  const Object<InternetAddress> mailbox(internet_address_mailbox_new(shown.empty() ? nullptr : shown.c_str(), address.c_str()));
  internet_address_set_charset(mailbox.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox.get());
}

bool breaks_a_header(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char letter) { return static_cast<unsigned char>(letter) <= ' ' || letter == '<' || letter == '>'; });
}

void write_headers(GMimeMessage* message, const Letter& letter) {
  add_address(message, GMIME_ADDRESS_TYPE_FROM, letter.from_name, letter.from);
  add_address(message, GMIME_ADDRESS_TYPE_TO, letter.to_name, letter.to);
  g_mime_message_set_subject(message, one_line(letter.subject, 400).c_str(), "utf-8");
  GDateTime* date = g_date_time_new_from_unix_utc(base::to_unix(letter.date));
  g_mime_message_set_date(message, date);
  g_date_time_unref(date);
  g_mime_message_set_message_id(message, letter.message_id.c_str());
  if (!letter.in_reply_to.empty()) {
    header(message, "In-Reply-To", "<" + letter.in_reply_to + ">");
    header(message, "References", "<" + letter.in_reply_to + ">");
  }
  header(message, "Auto-Submitted", "auto-generated");
  header(message, "Content-Language", letter.language);
  if (!letter.list_id.empty()) header(message, "List-Id", "<" + letter.list_id + ">");
  std::string ways;
  if (!letter.unsubscribe_url.empty()) ways = "<" + letter.unsubscribe_url + ">";
  if (!letter.unsubscribe_mail.empty()) ways += (ways.empty() ? "" : ", ") + std::string("<mailto:") + letter.unsubscribe_mail + ">";
  if (!ways.empty()) header(message, "List-Unsubscribe", ways);
  // RFC 8058: only where the POST is protected on its way.
  if (letter.unsubscribe_url.starts_with("https://")) header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

}  // namespace

base::Result<std::string> to_mime(const Letter& letter) {
  for (const std::string* text : {&letter.from, &letter.to, &letter.message_id, &letter.in_reply_to, &letter.unsubscribe_mail, &letter.list_id})
    if (breaks_a_header(*text)) return base::invalid("a mail header would hold a space, bracket or control character where an address belongs");
  start_gmime();
  const Object<GMimeMessage> message(g_mime_message_new(TRUE));
  write_headers(message.get(), letter);
  const Object<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
  // "=-" occurs in neither transfer encoding, and the name is the same for the same letter.
  g_mime_multipart_set_boundary(both.get(), ("=-" + base::to_hex(base::sha256(letter.message_id)).substr(0, 24)).c_str());
  const auto text = part_of("plain", letter.text), html = part_of("html", letter.html);
  g_mime_multipart_add(both.get(), GMIME_OBJECT(text.get()));
  g_mime_multipart_add(both.get(), GMIME_OBJECT(html.get()));
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(both.get()));

  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  const Object<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message.get()), format, stream.get());
  g_mime_format_options_free(format);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

std::string domain_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? address : address.substr(at + 1);
}

}  // namespace draftwatch::notify
