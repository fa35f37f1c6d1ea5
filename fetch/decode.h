// The body's one layer of compression, undone by us: libcurl counts packed bytes only and takes a cut gzip stream for a
// whole one (measured with 7.88.1).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace draftwatch::fetch {

class Decoder {
 public:
  enum class State {
    running,    // more may come
    done,       // the stream has ended, its checksum is right
    damaged,    // not such a stream, or a wrong checksum
    too_large,  // more than `most` bytes came out
  };

  Decoder();
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  // Prepares for the value of Content-Encoding. False where it is not exactly one of identity (also empty), gzip,
  // x-gzip and deflate: unknown codings and two layers are refused.
  bool start(std::string_view content_encoding, std::size_t most);

  // Appends what comes out to `out`, never more than `most` bytes in all. Bytes after the end of the stream that do not
  // start another gzip member are dropped. After damaged or too_large nothing more is taken.
  State feed(std::string_view in, std::string& out);

  // The stream is complete. Always true for identity.
  bool complete() const;

 private:
  struct Stream;
  State inflate_some(std::string& out);

  std::unique_ptr<Stream> stream_;  // empty: identity
  std::size_t most_ = 0, made_ = 0;
  State state_ = State::running;
};

}  // namespace draftwatch::fetch
