#include "base/seal.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>

#include "base/digest.h"
#include "base/fd.h"
#include "base/file.h"

namespace draftwatch::base {
namespace {

constexpr std::string_view kFileMark = "draftwatch-alert-key-1:";
constexpr std::size_t kPrivate = crypto_box_SECRETKEYBYTES;
constexpr std::size_t kIndex = crypto_generichash_KEYBYTES;
constexpr std::size_t kSecret = kPrivate + kIndex;

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium does not start: no source of random numbers");
}

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
const unsigned char* raw(const PublicKey& key) { return reinterpret_cast<const unsigned char*>(key.data()); }

unsigned char* locked_memory() {
  start_sodium();
  void* memory = sodium_malloc(kSecret);
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<unsigned char*>(memory);
}

}  // namespace

std::string to_text(const PublicKey& key) { return to_hex({reinterpret_cast<const char*>(key.data()), key.size()}); }

Result<PublicKey> public_key_from_text(std::string_view text) {
  const auto digits = digest_from_hex(text);
  if (!digits) return invalid("a public key is 64 hexadecimal digits");
  return PublicKey(*digits);
}

std::string seal(const PublicKey& to, std::string_view plain) {
  start_sodium();
  std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal(reinterpret_cast<unsigned char*>(sealed.data()), raw(plain), plain.size(), raw(to)) != 0)
    throw std::runtime_error("the public key cannot be sealed to");
  return sealed;
}

void SecretKeys::Free::operator()(unsigned char* secret) const { sodium_free(secret); }

SecretKeys::SecretKeys(Locked secret) : secret_(std::move(secret)) {
  crypto_scalarmult_base(reinterpret_cast<unsigned char*>(public_.data()), secret_.get());
  sodium_mprotect_readonly(secret_.get());
}

SecretKeys SecretKeys::generate() {
  Locked secret(locked_memory());
  randombytes_buf(secret.get(), kSecret);
  return SecretKeys(std::move(secret));
}

Result<SecretKeys> SecretKeys::read(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IRWXO) != 0)
    return invalid("the key file " + file.string() + " may be read by others: chmod 600 it and think of the subscribers' addresses as seen");
  auto text = read_file(file, 4096);
  if (!text) return text.error();
  const std::string_view all = *text;
  Locked secret(locked_memory());
  std::size_t length = 0;
  const bool marked = all.substr(0, kFileMark.size()) == kFileMark;
  const bool whole =
      marked && sodium_hex2bin(secret.get(), kSecret, all.data() + kFileMark.size(), all.size() - kFileMark.size(), "\n", &length, nullptr) == 0;
  wipe(*text);
  if (!whole || length != kSecret) return invalid(file.string() + " is not a key file of draftwatch: restore it from where you keep its copy");
  return SecretKeys(std::move(secret));
}

Status SecretKeys::write(const std::filesystem::path& file) const {
  const Fd fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!fd && errno == EEXIST) return conflict("there is a key file at " + file.string() + " already; it is never replaced");
  if (!fd) return permanent("cannot create the key file " + file.string() + ": " + std::strerror(errno));
  std::string text(kFileMark);
  std::string digits(kSecret * 2 + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), secret_.get(), kSecret);
  digits.back() = '\n';
  text += digits;
  wipe(digits);
  const bool written = ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd.get()) == 0;
  const int code = errno;
  wipe(text);
  if (written) return {};
  ::unlink(file.c_str());
  return temporary("cannot write the key file " + file.string() + ": " + std::strerror(code));
}

Result<std::string> SecretKeys::open(std::string_view sealed) const {
  if (sealed.size() < crypto_box_SEALBYTES) return permanent("a sealed text is damaged");
  std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(plain.data()), raw(sealed), sealed.size(), raw(public_), secret_.get()) != 0)
    return permanent("a sealed text does not open: it was sealed to another key or is damaged");
  return plain;
}

std::string SecretKeys::blind_index(std::string_view purpose, std::string_view plain) const {
  crypto_generichash_state state;
  crypto_generichash_init(&state, secret_.get() + kPrivate, kIndex, 32);
  const auto length = static_cast<unsigned char>(purpose.size());
  crypto_generichash_update(&state, &length, 1);
  crypto_generichash_update(&state, raw(purpose), purpose.size());
  crypto_generichash_update(&state, raw(plain), plain.size());
  std::string index(32, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(index.data()), index.size());
  return index;
}

std::string random_token() {
  start_sodium();
  std::string bytes(16, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return to_hex(bytes);
}

std::string token_digest(std::string_view token) { return std::string(as_bytes(sha256(token))); }

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace draftwatch::base
