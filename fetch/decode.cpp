#include "fetch/decode.h"

#include <zlib.h>

#include <algorithm>

#include "fetch/header.h"

namespace draftwatch::fetch {

struct Decoder::Stream {
  z_stream z{};
  bool gzip = false;
  bool raw = false;         // deflate without its zlib wrapper: old servers send that
  bool first_bytes = true;  // nothing was inflated yet

  ~Stream() { inflateEnd(&z); }
};

Decoder::Decoder() = default;
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

bool Decoder::start(std::string_view content_encoding, std::size_t most) {
  const std::string coding = lower_ascii(trimmed(content_encoding));
  most_ = most;
  made_ = 0;
  state_ = State::running;
  stream_.reset();
  if (coding.empty() || coding == "identity") return true;
  if (coding != "gzip" && coding != "x-gzip" && coding != "deflate") return false;
  stream_ = std::make_unique<Stream>();
  stream_->gzip = coding != "deflate";
  return inflateInit2(&stream_->z, stream_->gzip ? 16 + MAX_WBITS : MAX_WBITS) == Z_OK;
}

Decoder::State Decoder::feed(std::string_view in, std::string& out) {
  if (state_ == State::damaged || state_ == State::too_large) return state_;
  if (!stream_) {
    if (in.size() > most_ - made_) return state_ = State::too_large;
    made_ += in.size();
    out.append(in);
    return state_;
  }
  if (in.empty()) return state_;
  z_stream& z = stream_->z;
  if (state_ == State::done) {  // another gzip member, or padding
    if (!stream_->gzip || static_cast<unsigned char>(in.front()) != 0x1f) return state_;
    inflateReset(&z);
    state_ = State::running;
  }
  if (stream_->first_bytes && !stream_->gzip) {  // a zlib wrapper starts with method 8 and a multiple of 31
    stream_->raw = (static_cast<unsigned char>(in.front()) & 0x0f) != 8;
    if (stream_->raw) inflateReset2(&z, -MAX_WBITS);
  }
  stream_->first_bytes = false;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(in.size());
  return inflate_some(out);
}

Decoder::State Decoder::inflate_some(std::string& out) {
  z_stream& z = stream_->z;
  constexpr std::size_t kStep = 64 * 1024;
  while (state_ == State::running) {
    const std::size_t before = out.size();
    const std::size_t room = std::min(kStep, most_ - made_ + 1);  // one byte more than allowed shows the excess
    out.resize(before + room);
    z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    z.avail_out = static_cast<uInt>(room);
    const int code = inflate(&z, Z_NO_FLUSH);
    const std::size_t made = room - z.avail_out;
    out.resize(before + made);
    made_ += made;
    if (made_ > most_) return state_ = State::too_large;
    if (code == Z_STREAM_END) {
      if (!stream_->gzip || z.avail_in == 0 || *z.next_in != 0x1f) return state_ = State::done;
      inflateReset(&z);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return state_ = State::damaged;
    } else if (z.avail_in == 0 && z.avail_out != 0) {
      break;  // all is used, more must come
    }
  }
  return state_;
}

bool Decoder::complete() const { return !stream_ || state_ == State::done; }

}  // namespace draftwatch::fetch
