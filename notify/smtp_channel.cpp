#include "notify/smtp_channel.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <string_view>

#include "notify/mime.h"
#include "notify/paper.h"

namespace draftwatch::notify {
namespace {

using Step = Conversation::Step;

constexpr std::size_t kMostReplyBytes = 64 * 1024;  // of one message's conversation: a server that talks on is hung up on
constexpr base::Seconds kStopGrace{10};             // a final reply on its way is worth this wait when the daemon stops

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistFree>;

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;
}

std::string_view name_of(Step step) {
  static constexpr std::array<std::string_view, 10> kNames{"connect", "greeting", "ehlo", "starttls", "auth",
                                                           "mail",    "rcpt",     "data", "body",     "final"};
  return kNames[static_cast<std::size_t>(step)];
}

bool begins(std::string_view line, std::string_view command) {
  if (line.size() < command.size()) return false;
  return std::equal(command.begin(), command.end(), line.begin(), [](char a, char b) { return a == std::toupper(static_cast<unsigned char>(b)); });
}

// Lines of AUTH after the first are none of these commands: the step stays.
void follow_command(Conversation& talk, std::string_view line) {
  if (begins(line, "EHLO") || begins(line, "HELO"))
    talk.step = Step::ehlo;
  else if (begins(line, "STARTTLS"))
    talk.step = Step::starttls;
  else if (begins(line, "AUTH"))
    talk.step = Step::auth;
  else if (begins(line, "MAIL"))
    talk.step = Step::mail;
  else if (begins(line, "RCPT"))
    talk.step = Step::rcpt;
  else if (begins(line, "DATA"))
    talk.step = Step::data;
}

int code_of(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, [](char digit) { return digit >= '0' && digit <= '9'; })) return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

// A line of the server. A reply is complete with the line that has no hyphen after its code.
void follow_reply(Conversation& talk, std::string_view line) {
  const int code = code_of(line);
  if (code == 0 || (line.size() > 3 && line[3] == '-')) return;
  if (talk.step == Step::connect) talk.step = Step::greeting;
  if (talk.body_taken) {
    if (talk.final_reply != 0) return;  // what comes after the final reply is no answer to our body
    talk.final_reply = code;
    talk.step = Step::final;
  } else if (talk.reply >= 400 && talk.step >= Step::mail) {
    return;  // libcurl says QUIT after a refusal: the answer to that is no answer to the message
  } else {
    talk.reply = code;
  }
  talk.words = std::string(line.substr(0, 300));
}

}  // namespace

struct SmtpChannel::Session {
  SmtpOptions options;
  base::Guard guard;
  std::string url, helo;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{nullptr, curl_easy_cleanup};

  // Of the message that is being sent.
  Conversation talk;
  std::string_view body;
  std::size_t body_at = 0, reply_bytes = 0;
  std::string objection;                 // why we gave up ourselves
  char complaint[CURL_ERROR_SIZE] = {};  // what libcurl says of this failure, such as which name a certificate has
  std::stop_token stop;
  std::chrono::steady_clock::time_point stopped{};

  bool give_up();
  std::string why(CURLcode code) const;
  static std::size_t read(char* into, std::size_t size, std::size_t count, void* self);
  static std::size_t header(char* bytes, std::size_t size, std::size_t count, void* self);
  static int debug(CURL*, curl_infotype type, char* bytes, std::size_t size, void* self);
  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  void prepare();
  CURLcode perform(const Envelope& envelope);
};

std::size_t SmtpChannel::Session::read(char* into, std::size_t size, std::size_t count, void* self) {
  auto& session = *static_cast<Session*>(self);
  session.talk.step = Step::body;
  const std::size_t length = std::min(size * count, session.body.size() - session.body_at);
  std::memcpy(into, session.body.data() + session.body_at, length);
  session.body_at += length;
  if (session.body_at == session.body.size()) session.talk.body_taken = true;
  return length;
}

std::size_t SmtpChannel::Session::header(char*, std::size_t size, std::size_t count, void* self) {
  auto& session = *static_cast<Session*>(self);
  session.reply_bytes += size * count;
  if (session.reply_bytes <= kMostReplyBytes) return size * count;
  session.objection = "the server does not stop talking";
  return 0;
}

int SmtpChannel::Session::debug(CURL*, curl_infotype type, char* bytes, std::size_t size, void* self) {
  auto& session = *static_cast<Session*>(self);
  std::string_view lines(bytes, size);
  if (type == CURLINFO_HEADER_OUT) follow_command(session.talk, lines);
  if (type != CURLINFO_HEADER_IN) return 0;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    follow_reply(session.talk, lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return 0;
}

// When asked to stop: at once while nothing is lost by it, after a grace where the final reply decides.
bool SmtpChannel::Session::give_up() {
  if (reply_bytes > kMostReplyBytes) return true;
  if (!stop.stop_requested()) return false;
  const auto now = std::chrono::steady_clock::now();
  if (stopped == std::chrono::steady_clock::time_point{}) stopped = now;
  if (!talk.body_taken && talk.step != Step::body) return true;
  return now - stopped > kStopGrace;
}

int SmtpChannel::Session::progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Session*>(self)->give_up() ? 1 : 0;
}

curl_socket_t SmtpChannel::Session::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& session = *static_cast<Session*>(self);
  const std::string_view range = base::special_range(address->addr);
  if (!session.guard.permits(address->addr, session.options.host)) {
    session.objection = "the mail server's address is " + std::string(range) + ": name it in net.allow if it is yours";
    return CURL_SOCKET_BAD;
  }
  if (session.options.security == "none" && !range.starts_with("loopback")) {
    session.objection = "smtp.security = none is accepted only towards this machine: use starttls or tls";
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void SmtpChannel::Session::prepare() {
  CURL* handle = curl.get();
  const bool plain = options.security == "none";
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // not the environment's
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, complaint);
  curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  if (!options.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, options.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, options.password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(std::min(options.reply_timeout, base::Seconds{30}).count()));
  curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(options.reply_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(options.total_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &Session::read);
  curl_easy_setopt(handle, CURLOPT_READDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Session::header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);  // only so that the debug function is called; nothing is printed
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &Session::debug);
  curl_easy_setopt(handle, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Session::progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Session::open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
}

std::string SmtpChannel::Session::why(CURLcode code) const {
  std::string words = complaint[0] != '\0' ? complaint : curl_easy_strerror(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    words += "; smtp.host must be a name in the certificate of " + options.host + ", and who signed it be known (smtp.ca_file)";
  else if (code == CURLE_SSL_CONNECT_ERROR)
    words += "; does port " + std::to_string(options.port) + " of " + options.host + " speak smtp.security = \"" + options.security + "\"?";
  return words;
}

CURLcode SmtpChannel::Session::perform(const Envelope& envelope) {
  talk = {};
  // A connection that is still open has greeted already; the first command sets the step.
  body = envelope.bytes;
  body_at = reply_bytes = 0;
  objection.clear();
  complaint[0] = '\0';
  stopped = {};
  const std::string from = "<" + envelope.from + ">", to = "<" + envelope.to + ">";
  const Slist recipients(curl_slist_append(nullptr, to.c_str()));
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
  const CURLcode code = curl_easy_perform(curl.get());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, nullptr);
  body = {};
  return code;
}

SmtpChannel::SmtpChannel(SmtpOptions options, base::Guard guard, std::string helo_name) : session_(std::make_unique<Session>()) {
  start_curl();
  session_->options = std::move(options);
  session_->guard = std::move(guard);
  const SmtpOptions& chosen = session_->options;
  const std::string host = chosen.host.find(':') != std::string::npos && !chosen.host.starts_with("[") ? "[" + chosen.host + "]" : chosen.host;
  session_->url = (chosen.security == "tls" ? "smtps://" : "smtp://") + host + ":" + std::to_string(chosen.port) + "/" + std::move(helo_name);
  session_->curl.reset(curl_easy_init());
  session_->prepare();
}

SmtpChannel::~SmtpChannel() = default;

Handover SmtpChannel::send(const Envelope& envelope, const std::string&, std::stop_token stop) {
  session_->stop = std::move(stop);
  const CURLcode code = session_->perform(envelope);
  return judge(session_->talk, code == CURLE_OK, session_->objection.empty() ? session_->why(code) : session_->objection);
}

Handover judge(const Conversation& talk, bool succeeded, const std::string& failure) {
  using Kind = Handover::Kind;
  const auto said = [&](int code) { return std::string(name_of(talk.step)) + ": " + (code != 0 ? safe_reply(talk.words) : safe_reply(failure)); };
  // Before the text is offered, policy, authentication and a bad sender (RFC 3463: x.7.x, x.1.7, x.1.8) are about us, and
  // people must not lose a mail by it.
  const auto has = [&](const char* code) { return talk.step <= Step::rcpt && talk.words.find(code) != std::string::npos; };
  const bool ours = has(" 5.7.") || has(" 5.1.7") || has(" 5.1.8");
  const auto of_code = [ours](int code) { return code >= 500 && code != 552 && !ours ? Kind::permanent : Kind::temporary; };
  if (talk.final_reply >= 200 && talk.final_reply < 300) return {Kind::accepted, said(talk.final_reply)};
  if (talk.final_reply >= 400) return {of_code(talk.final_reply), said(talk.final_reply)};
  if (succeeded) return {Kind::accepted, said(talk.reply)};
  if (talk.body_taken) return {Kind::in_doubt, "body: no complete reply after the whole message: " + safe_reply(failure)};
  if (talk.step == Step::body) return {Kind::temporary, "body: " + safe_reply(failure)};
  if (talk.reply >= 400 && talk.step >= Step::mail) return {of_code(talk.reply), said(talk.reply)};
  if (talk.reply >= 400) return {Kind::unreachable, said(talk.reply)};
  return {talk.step >= Step::mail ? Kind::temporary : Kind::unreachable, std::string(name_of(talk.step)) + ": " + safe_reply(failure)};
}

std::string safe_reply(std::string_view words) {
  const std::string line = one_line(words, 200);
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = std::string_view(line).substr(at, end - at);
    out += (out.empty() ? "" : " ");
    out += word.find('@') != std::string_view::npos ? "(address)" : word;
    at = end + 1;
  }
  return out;
}

}  // namespace draftwatch::notify
