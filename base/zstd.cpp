#include "base/zstd.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <stdexcept>

namespace draftwatch::base {
namespace {

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

constexpr int kLargestWindow = 27;  // 128 MB
constexpr std::size_t kKept = std::size_t{8} << 20;

// A context is a megabyte that the system hands over page by page, as dear as packing a page of text: each thread keeps its
// own, unless one large text has made it large.
class Compressor {
 public:
  ZSTD_CCtx* take() {
    if (!context_) context_.reset(ZSTD_createCCtx());
    if (!context_) throw std::bad_alloc();
    ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_and_parameters);
    return context_.get();
  }
  void give_back() {
    if (ZSTD_sizeof_CCtx(context_.get()) > kKept) context_.reset();
  }

 private:
  std::unique_ptr<ZSTD_CCtx, Free> context_;
};

// The window must reach back over the bytes into the whole prefix.
int window_log(std::size_t span) { return std::clamp(static_cast<int>(std::bit_width(span)), 17, kLargestWindow); }

}  // namespace

std::string zstd_compress(std::string_view bytes, std::string_view prefix, int level) {
  thread_local Compressor compressor;
  ZSTD_CCtx* const context = compressor.take();
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (!prefix.empty()) {
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log(bytes.size() + prefix.size()));
    ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_refPrefix(context, prefix.data(), prefix.size());
  }
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
  compressor.give_back();
  if (ZSTD_isError(size) != 0) throw std::logic_error(std::string("zstd: ") + ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

Result<std::string> zstd_decompress(std::string_view frame, std::size_t size, std::string_view prefix) {
  thread_local const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  if (!context) throw std::bad_alloc();
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kLargestWindow);
  if (!prefix.empty()) ZSTD_DCtx_refPrefix(context.get(), prefix.data(), prefix.size());
  std::string out(size, '\0');
  const std::size_t got = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return corrupt(std::string("zstd: ") + ZSTD_getErrorName(got));
  if (got != size) return corrupt("zstd: " + std::to_string(got) + " bytes where " + std::to_string(size) + " were stored");
  return out;
}

}  // namespace draftwatch::base
