#include "fetch/decode.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <random>

#include "fetch/ending.h"

using namespace draftwatch::fetch;

namespace {

std::string packed(const std::string& text, int window) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

struct Unpacked {
  std::string text;
  bool complete;
  Decoder::State state;
};

Unpacked unpack(std::string_view coding, std::string_view bytes, std::size_t most, std::size_t step) {
  Decoder decoder;
  REQUIRE(decoder.start(coding, most));
  Unpacked out{{}, false, Decoder::State::running};
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) out.state = decoder.feed(bytes.substr(0, step), out.text);
  out.complete = decoder.complete();
  return out;
}

std::string some_text(std::size_t size) {
  std::minstd_rand random(7);
  std::string text;
  while (text.size() < size) text += "article " + std::to_string(random() % 5000) + " ";
  text.resize(size);
  return text;
}

}  // namespace

TEST_CASE("gzip, zlib and raw deflate come back in any slicing") {
  const std::string text = some_text(300'000);
  for (const auto& [coding, window] : {std::pair{"gzip", 31}, {"X-GZip", 31}, {"deflate", 15}, {" deflate ", -15}}) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, std::size_t{1} << 20}) {
      CAPTURE(coding);
      CAPTURE(step);
      const Unpacked got = unpack(coding, packed(text, window), 300'000, step);
      CHECK(got.complete);
      CHECK((got.text == text));
    }
  }
}

TEST_CASE("a limit of so many bytes allows exactly so many") {
  const std::string text = some_text(100'000);
  for (const char* coding : {"gzip", ""}) {
    const std::string bytes = *coding != '\0' ? packed(text, 31) : text;
    CHECK(unpack(coding, bytes, 100'000, 1000).complete);
    const Unpacked got = unpack(coding, bytes, 99'999, 1000);
    CHECK(got.state == Decoder::State::too_large);
    CHECK(got.text.size() <= 100'000);
  }
}

TEST_CASE("every cut of a stream is seen") {
  const std::string bytes = packed("<html>a bill</html>", 31);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    CAPTURE(cut);
    CHECK_FALSE(unpack("gzip", bytes.substr(0, cut), 1000, 5).complete);
  }
  CHECK(unpack("gzip", bytes + "\0\0\0 padding", 1000, 5).complete);
}

TEST_CASE("several gzip members are one body, what is no stream is damaged, other codings are refused") {
  const Unpacked both = unpack("gzip", packed("one ", 31) + packed("two", 31), 1000, 3);
  CHECK(both.complete);
  CHECK(both.text == "one two");
  CHECK(unpack("gzip", "<html>not packed", 1000, 100).state == Decoder::State::damaged);
  std::string wrong = packed("<html>a bill</html>", 31);
  wrong[wrong.size() - 6] ^= 1;
  CHECK(unpack("gzip", wrong, 1000, 100).state == Decoder::State::damaged);
  Decoder decoder;
  for (const char* coding : {"br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "gzip gzip"}) CHECK_FALSE(decoder.start(coding, 10));
}

TEST_CASE("formats with an end mark show it, others say nothing") {
  CHECK(ending("text/html; charset=utf-8", "<html>x</html>\n<!-- 0.1 s -->") == Ending::seen);
  CHECK(ending("text/html", "<html><p>half") == Ending::cut);
  CHECK(ending("text/html", std::string("<\0/\0h\0t\0m\0l\0>\0", 14)) == Ending::seen);
  CHECK(ending("application/json", " {\"a\":[1,2]}\n") == Ending::seen);
  CHECK(ending("application/json", "{\"a\":[1,2]") == Ending::cut);
  CHECK(ending("application/json", "[1,2") == Ending::cut);
  CHECK(ending("application/json", "17") == Ending::unknown);
  CHECK(ending("application/atom+xml", "<feed></feed>\r\n") == Ending::seen);
  CHECK(ending("application/rss+xml", "<rss><channel><it") == Ending::cut);
  CHECK(ending("application/pdf", "%PDF-1.4 ... %%EOF\n") == Ending::seen);
  CHECK(ending("application/pdf", "%PDF-1.4 ...") == Ending::cut);
  CHECK(ending("text/plain", "anything") == Ending::unknown);
  CHECK(ending("", "") == Ending::unknown);
}
