// One answer as it comes in: libcurl's callbacks with the limits that really hold. A Response takes lines and bytes,
// and says why it takes no more. Pure apart from its own memory; never throws for what a server sends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fetch/decode.h"
#include "fetch/fetcher.h"

namespace draftwatch::fetch {

class Response {
 public:
  explicit Response(const Limits& limits) : limits_(&limits) {}  // limits must outlive the response

  // One header line as libcurl gives it, with its line end. False: refused, see failure().
  bool take_header(std::string_view line);

  // Body bytes, without chunk framing, still compressed. False: refused, or enough (see enough()).
  bool take_body(std::string_view bytes);

  // After the last byte: is the compressed stream whole?
  bool decoded_completely() const { return decoder_.complete(); }

  bool read_whole() const { return status_ == 200 || status_ == 203; }  // a page that we want all of
  bool enough() const { return enough_; }                               // the rest of an error or redirect page is of no use
  bool announced_length() const { return content_length_.has_value() || chunked_; }

  struct Failure {
    Cause cause;
    std::string detail;
  };
  const std::optional<Failure>& failure() const { return failure_; }

  int status() const { return status_; }
  std::string_view header(std::string_view lower_name) const;                                   // the first of that name; empty where none
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }  // names in lower case, values raw
  std::string& body() { return body_; }

 private:
  bool fail(Cause cause, std::string detail);
  bool start_message(std::string_view line);
  bool take_length(std::string_view value);
  bool end_headers();

  const Limits* limits_;
  int status_ = 0;
  std::size_t header_bytes_ = 0, wire_bytes_ = 0;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::optional<std::uint64_t> content_length_;
  bool chunked_ = false, enough_ = false;
  Decoder decoder_;
  std::string body_;
  std::optional<Failure> failure_;
};

}  // namespace draftwatch::fetch
