#include "fetch/outcome.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/digest.h"
#include "fetch/header.h"

namespace draftwatch::fetch {
namespace {

constexpr std::array<std::string_view, 14> kEvidence{
    "age",  "cache-control", "content-disposition", "content-encoding", "content-language", "content-length", "content-type", "date",
    "etag", "expires",       "last-modified",       "retry-after",      "server",           "location"};
constexpr std::size_t kMostEvidence = 24;

std::string from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (value < 0) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out.push_back(static_cast<char>(bits >> have & 0xff));
  }
  return out;
}

}  // namespace

Cause cause_of(CURLcode code, std::string_view said, bool through_proxy) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return Cause::timeout;
    case CURLE_COULDNT_RESOLVE_HOST: return Cause::dns;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return Cause::proxy;
    case CURLE_COULDNT_CONNECT: return through_proxy ? Cause::proxy : Cause::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return Cause::tls;
    case CURLE_PARTIAL_FILE: return Cause::partial;
    case CURLE_RECV_ERROR:  // also for a broken chunk
      return said.find("chunk") != said.npos ? Cause::protocol : Cause::reset;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR: return Cause::reset;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:  // libcurl 7.88: also a header line of more than 100 KB
      return Cause::too_large;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9 or an unknown version
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
    case CURLE_HTTP_RETURNED_ERROR: return Cause::protocol;
    case CURLE_URL_MALFORMAT: return Cause::blocked_by_guard;
    default: return Cause::local;
  }
}

Cause cause_of_status(int status) {
  switch (status) {
    case 404: return Cause::not_found;
    case 410: return Cause::gone;
    case 408:
    case 425:
    case 429:
    case 503: return Cause::later;
    case 204:
    case 205: return Cause::empty;
    default: break;
  }
  if (status >= 500) return Cause::server_error;
  return status >= 400 ? Cause::refused : Cause::protocol;
}

std::string certificate_of(CURL* easy) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr || chain->num_of_certs < 1) return {};
  constexpr std::string_view kField = "Cert:", kStart = "-----BEGIN CERTIFICATE-----", kEnd = "-----END";
  for (const curl_slist* line = chain->certinfo[0]; line != nullptr; line = line->next) {
    std::string_view text = line->data;
    if (!text.starts_with(kField)) continue;
    const std::size_t start = text.find(kStart), end = text.find(kEnd);
    if (start == text.npos || end == text.npos || end < start) return {};
    return base::to_hex(base::sha256(from_base64(text.substr(start + kStart.size(), end - start - kStart.size()))));
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> evidence_of(const std::vector<std::pair<std::string, std::string>>& headers) {
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& [name, value] : headers) {
    if (kept.size() == kMostEvidence) break;
    if (std::ranges::find(kEvidence, name) != kEvidence.end()) kept.emplace_back(name, printable(value));
  }
  return kept;
}

}  // namespace draftwatch::fetch
