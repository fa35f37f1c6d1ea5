#include "fetch/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "fetch/header.h"

namespace draftwatch::fetch {
namespace {

// Of a page that is not wanted whole, as much is kept as a wall needs to be recognised.
constexpr std::size_t kErrorPage = 64 * 1024;

}  // namespace

bool Response::fail(Cause cause, std::string detail) {
  if (!failure_) failure_ = Failure{cause, std::move(detail)};
  std::string().swap(body_);  // nobody will read it: many failing answers at once must not add up
  return false;
}

std::string_view Response::header(std::string_view lower_name) const {
  const auto found = std::ranges::find(headers_, lower_name, [](const auto& header) -> std::string_view { return header.first; });
  return found == headers_.end() ? std::string_view{} : std::string_view(found->second);
}

bool Response::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > limits_->header_bytes) return fail(Cause::too_large, fmt::format("more than {} bytes of headers", limits_->header_bytes));
  if (line.find('\0') != line.npos) return fail(Cause::protocol, "NUL in a header");
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.empty()) return end_headers();
  if (line.starts_with("HTTP/")) return start_message(line);
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0) return true;  // no header: curl and browsers pass over it, so do we
  std::string name = lower_ascii(trimmed(line.substr(0, colon)));
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (name == "content-length" && !take_length(value)) return false;
  if (name == "transfer-encoding") chunked_ = true;
  headers_.emplace_back(std::move(name), std::string(value));
  return true;
}

// Also after each "100 Continue": what came before does not count, its bytes do.
bool Response::start_message(std::string_view line) {
  headers_.clear();
  content_length_.reset();
  chunked_ = false;
  status_ = 0;
  if (!line.starts_with("HTTP/1.") || line.size() < 12) return fail(Cause::protocol, "status line not understood: " + printable(line, 80));
  std::from_chars(line.data() + 9, line.data() + 12, status_);
  if (line[8] != ' ' || status_ < 100 || status_ > 599) return fail(Cause::protocol, "status line not understood: " + printable(line, 80));
  return true;
}

bool Response::take_length(std::string_view value) {
  std::uint64_t length = 0;
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc{} || stop != value.data() + value.size())
    return fail(Cause::protocol, "Content-Length is not a number: " + printable(value, 40));
  if (content_length_ && *content_length_ != length) return fail(Cause::protocol, fmt::format("two lengths: {} and {}", *content_length_, length));
  content_length_ = length;
  return true;
}

bool Response::end_headers() {
  if (status_ < 200) return true;
  if (status_ == 0) return fail(Cause::protocol, "no status line");
  if (read_whole() && !chunked_ && content_length_.value_or(0) > limits_->wire_bytes)
    return fail(Cause::too_large, fmt::format("announces {} bytes, the limit is {}", *content_length_, limits_->wire_bytes));
  if (read_whole()) body_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(content_length_.value_or(0), 1 << 20)));
  std::string codings;
  for (const auto& [name, value] : headers_)
    if (name == "content-encoding") codings += (codings.empty() ? "" : ", ") + value;
  if (decoder_.start(codings, read_whole() ? limits_->decoded_bytes : kErrorPage)) return true;
  if (!read_whole()) return true;
  return fail(Cause::decode, "Content-Encoding not accepted: " + printable(codings, 80));
}

bool Response::take_body(std::string_view bytes) {
  wire_bytes_ += bytes.size();
  if (!read_whole()) {
    enough_ = wire_bytes_ > kErrorPage || decoder_.feed(bytes, body_) != Decoder::State::running;
    return !enough_ || wire_bytes_ <= kErrorPage;
  }
  if (wire_bytes_ > limits_->wire_bytes) return fail(Cause::too_large, fmt::format("more than {} bytes of body", limits_->wire_bytes));
  switch (decoder_.feed(bytes, body_)) {
    case Decoder::State::damaged: return fail(Cause::decode, "the compressed body is damaged");
    case Decoder::State::too_large: return fail(Cause::too_large, fmt::format("more than {} bytes after decoding", limits_->decoded_bytes));
    case Decoder::State::running:
    case Decoder::State::done: break;
  }
  return true;
}

}  // namespace draftwatch::fetch
