#include "fetch/transfer.h"

#include <fmt/format.h>

#include <algorithm>

#include "fetch/body_digest.h"
#include "fetch/ending.h"
#include "fetch/header.h"
#include "fetch/outcome.h"
#include "fetch/site_block.h"

namespace draftwatch::fetch {
namespace {

constexpr const char* accept_of(Expects expects) {
  switch (expects) {
    case Expects::html: return "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.5";
    case Expects::json: return "Accept: application/json,*/*;q=0.5";
    case Expects::xml: return "Accept: application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5";
    case Expects::anything: break;
  }
  return "Accept: */*";
}

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

Transfer::Transfer(CURL* easy, const base::Guard& guard, const base::Clock& clock, Request request, Url url, Done done)
    : easy_(easy),
      guard_(&guard),
      clock_(&clock),
      request_(std::move(request)),
      first_(std::move(url)),
      hop_(first_),
      site_(first_.site()),
      done_(std::move(done)) {}

Transfer::~Transfer() { curl_easy_reset(easy_); }

bool Transfer::begin(Time now) {
  deadline_ = now + request_.limits.total;
  return start_hop(now);
}

bool Transfer::start_hop(Time now) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - now);
  if (left.count() <= 0) return end(Cause::timeout, fmt::format("no answer within {} ms (after {} redirects)", request_.limits.total.count(), hops_));
  curl_easy_reset(easy_);
  response_ = std::make_unique<Response>(request_.limits);
  gate_.guard = guard_;
  gate_.host = hop_.host;
  gate_.pairs_open = hops_ == 0 || gate_.used_pair;
  gate_.refused.clear();
  gate_.out_of.clear();
  said_[0] = '\0';
  set_options(left);
  return set_headers() && set_proxy();
}

void Transfer::set_options(std::chrono::milliseconds left) {
  const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy_, option, value); };
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_URL, hop_.text.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);  // decoded by Response, which counts
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a name look-up that hangs must not hold the loop when its transfer ends
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(left, request_.limits.connect).count()));
  set(CURLOPT_IPRESOLVE, static_cast<long>(request_.ipv4_only ? CURL_IPRESOLVE_V4 : CURL_IPRESOLVE_WHATEVER));
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_CERTINFO, 1L);
  if (!request_.extra_ca_file.empty()) {  // the file and, as before, the system's folder
    set(CURLOPT_CAINFO, request_.extra_ca_file.c_str());
    set(CURLOPT_CAPATH, "/etc/ssl/certs");
  }
  set(CURLOPT_ERRORBUFFER, said_);
  set(CURLOPT_HEADERFUNCTION, on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, on_body);
  set(CURLOPT_WRITEDATA, this);
  gate_.attach(easy_);
}

bool Transfer::set_headers() {
  lines_.reset();
  const auto add = [this](const std::string& line) { lines_.reset(curl_slist_append(lines_.release(), line.c_str())); };
  if (has_control(request_.user_agent)) return end(Cause::local, "the User-Agent of the source holds a control character");
  curl_easy_setopt(easy_, CURLOPT_USERAGENT, request_.user_agent.c_str());
  add(accept_of(request_.expects));
  add("Accept-Encoding: gzip, deflate");
  if (const std::string etag = usable_etag(request_.etag); !etag.empty()) add("If-None-Match: " + etag);
  if (!request_.last_modified.empty() && !has_control(request_.last_modified)) add("If-Modified-Since: " + request_.last_modified);
  if (hop_.host == first_.host && hop_.secure() >= first_.secure()) {
    for (const auto& [name, value] : request_.headers) {
      if (name.empty() || has_control(name) || has_control(value) || name.find_first_of(": ") != name.npos)
        return end(Cause::local, "a header of the source is not sendable: " + printable(name, 60));
      add(value.empty() ? name + ";" : name + ": " + value);
    }
  }
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, lines_.get());
  return true;
}

// A SOCKS5 proxy resolves the name (nothing leaks to the local name server); so the name is all that we can judge.
bool Transfer::set_proxy() {
  if (request_.proxy.empty()) {
    curl_easy_setopt(easy_, CURLOPT_PROXY, "");  // also none from the environment
    if (hop_.host.ends_with(".onion")) return end(Cause::blocked_by_guard, "an onion address needs a proxy");
    return true;
  }
  const bool known = request_.proxy.starts_with("socks5://") || request_.proxy.starts_with("socks5h://");
  const std::string authority = known ? request_.proxy.substr(request_.proxy.find("://") + 3) : std::string();
  const auto proxy = parse_url("http://" + authority);
  if (!known || !proxy || authority.find_first_of("/?#") != authority.npos)
    return end(Cause::local, "the proxy of the source is not socks5://host:port: " + printable(request_.proxy, 100));
  if (const auto why = base::special_name(hop_.host); !why.empty() && !guard_->lists(hop_.host, hop_.port))
    return end(Cause::blocked_by_guard, fmt::format("{} is not asked of a proxy ({})", printable(hop_.host, 100), why));
  gate_.host = proxy->host;
  gate_.pairs_open = true;
  curl_easy_setopt(easy_, CURLOPT_PROXY, ("socks5h://" + authority).c_str());
  curl_easy_setopt(easy_, CURLOPT_NOPROXY, "");
  return true;
}

std::size_t Transfer::on_header(char* bytes, std::size_t, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->response_->take_header({bytes, count}) ? count : 0;
}

std::size_t Transfer::on_body(char* bytes, std::size_t, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->response_->take_body({bytes, count}) ? count : CURL_WRITEFUNC_ERROR;
}

bool Transfer::again(CURLcode result, Time now) {
  curl_off_t body = 0;
  long header = 0;
  curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &body);
  curl_easy_getinfo(easy_, CURLINFO_HEADER_SIZE, &header);
  answer_.wire_bytes += static_cast<std::uint64_t>(body) + static_cast<std::uint64_t>(header);
  return judge(result, now);
}

bool Transfer::judge(CURLcode result, Time now) {
  if (const auto& failure = response_->failure()) return end(failure->cause, failure->detail);
  if (result != CURLE_OK && !response_->enough()) return end_failed(result);
  return judge_status(now);
}

bool Transfer::end_failed(CURLcode result) {
  if (!gate_.refused.empty() && (result == CURLE_COULDNT_CONNECT || result == CURLE_ABORTED_BY_CALLBACK || result == CURLE_PROXY))
    return end(Cause::blocked_by_guard, gate_.refused);
  if (!gate_.out_of.empty()) return end(Cause::local, "no socket: " + gate_.out_of);
  const std::string said = said_[0] != '\0' ? printable(said_, 300) : curl_easy_strerror(result);
  const Cause cause = cause_of(result, said, !request_.proxy.empty());
  if (cause == Cause::timeout) return end(cause, fmt::format("no complete answer within {} ms: {}", request_.limits.total.count(), phase()));
  return end(cause, said);
}

std::string Transfer::phase() const {
  double named = 0, connected = 0, secured = 0, first_byte = 0;
  curl_easy_getinfo(easy_, CURLINFO_NAMELOOKUP_TIME, &named);
  curl_easy_getinfo(easy_, CURLINFO_CONNECT_TIME, &connected);
  curl_easy_getinfo(easy_, CURLINFO_APPCONNECT_TIME, &secured);
  curl_easy_getinfo(easy_, CURLINFO_STARTTRANSFER_TIME, &first_byte);
  if (named <= 0) return "stuck resolving the name";
  if (connected <= 0) return "stuck connecting";
  if (hop_.secure() && secured <= 0) return "stuck in the TLS handshake";
  return first_byte <= 0 ? "connected, but not answered" : "stuck reading";
}

bool Transfer::judge_status(Time now) {
  const int status = response_->status();
  answer_.status = status;
  if (is_redirect(status)) return follow(now);
  if (status == 304) {
    if (request_.etag.empty() && request_.last_modified.empty()) return end(Cause::protocol, "304 Not Modified without having been asked");
    return end(Cause::not_modified);
  }
  if (response_->read_whole()) return judge_page(now);
  // A wall may answer with any error status: say so where the page does.
  const std::string wall = site_block(status, response_->header("content-type"), response_->body(), request_.expects);
  if (!wall.empty() && status != 404 && status != 410) return end(Cause::blocked_by_site, fmt::format("status {}: {}", status, wall));
  return end(cause_of_status(status), fmt::format("status {}", status));
}

bool Transfer::judge_page(Time now) {
  const std::string& body = response_->body();
  if (!response_->decoded_completely()) return end(Cause::decode, "the compressed body is cut");
  if (body.empty()) return end(Cause::empty, "success with an empty body");
  const std::string_view type = response_->header("content-type");
  const std::string wall = site_block(response_->status(), type, body, request_.expects);
  if (!wall.empty()) return end(Cause::blocked_by_site, wall);
  const Ending end_mark = ending(type, body);
  const bool json = media_type(type) == "application/json";
  if (end_mark == Ending::cut && (json || !response_->announced_length()))
    return end(Cause::partial, fmt::format("the body of {} bytes does not end as {} does", body.size(), printable(media_type(type), 60)));
  if (!response_->announced_length() && end_mark == Ending::unknown) return second_look(now);
  return end(Cause::ok);
}

// No length and no end mark: the only evidence of a whole body is to get the same one twice.
bool Transfer::second_look(Time now) {
  const base::Digest digest = body_digest(response_->body());
  if (!first_look_) {
    first_look_ = digest;
    return start_hop(now);
  }
  if (*first_look_ == digest) return end(Cause::ok);
  return end(Cause::partial, "no length was announced, and two answers in a row differ");
}

bool Transfer::follow(Time now) {
  const std::string_view location = response_->header("location");
  auto target = resolve(hop_, location);
  if (!target) return end(Cause::blocked_by_guard, target.error().message);
  if (++hops_ > request_.limits.redirects)
    return end(Cause::redirect_loop, fmt::format("more than {} redirects, the last to {}", request_.limits.redirects, printable(target->text, 200)));
  if (request_.may_follow && !request_.may_follow(target->text))
    return end(Cause::robots, "the redirect leads where we may not read: " + printable(target->text, 200));
  if (response_->status() != 301 && response_->status() != 308) only_permanent_ = false;
  hop_ = std::move(*target);
  return start_hop(now);
}

void Transfer::stop() { end(Cause::stopped, "the program was asked to stop"); }

// Everything that the answer tells besides its cause and its body. Strangers' bytes are escaped here, once.
void Transfer::gather() {
  const base::Instant now = clock_->now();
  answer_.at = now;
  answer_.final_url = hop_.text;
  answer_.moved_for_good = hops_ > 0 && only_permanent_;
  const char* address = nullptr;
  if (curl_easy_getinfo(easy_, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != nullptr) answer_.address = address;
  answer_.certificate = certificate_of(easy_);
  if (!response_) return;
  const Response& r = *response_;
  answer_.content_type = printable(r.header("content-type"), 200);
  answer_.etag = usable_etag(r.header("etag"));
  answer_.last_modified = usable_last_modified(r.header("last-modified"), now);
  answer_.retry_after = parse_retry_after(r.header("retry-after"), now);
  answer_.max_age = parse_max_age(r.header("cache-control"), r.header("expires"), r.header("date"), now);
  answer_.headers = evidence_of(r.headers());
}

bool Transfer::end(Cause cause, std::string detail) {
  answer_.cause = cause;
  answer_.detail = std::move(detail);
  gather();
  if (cause == Cause::later && answer_.retry_after) answer_.detail += fmt::format(", come back in {} s", answer_.retry_after->count());
  if (cause == Cause::later && answer_.retry_after == kLongestRetryAfter)
    answer_.detail += fmt::format(" (asked: {}, capped)", printable(response_->header("retry-after"), 60));
  if ((cause == Cause::ok || cause == Cause::blocked_by_site) && response_) {
    answer_.body = std::move(response_->body());
    answer_.digest = body_digest(answer_.body);
  }
  return false;
}

Answer Transfer::take_answer() { return std::move(answer_); }

}  // namespace draftwatch::fetch
