// Sealing what only the alert role may read, looking it up without reading it, and tokens for links. libsodium.
//
// A sealed text is a crypto_box_seal to the alert role's public key: whoever has the public key can add, only the key
// file opens. A blind index is a keyed BLAKE2b of a text: equal texts give equal indexes, and without the key nobody
// can try addresses against it. The keys live in locked, guarded, zeroed memory (sodium_malloc); what `open` returns
// is an ordinary string, so keep it short-lived and out of logs.
// Thread-safety: all functions and const members.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::base {

using PublicKey = std::array<std::byte, 32>;

std::string to_text(const PublicKey& key);  // 64 hexadecimal digits; the form of setting "alert_public_key"
Result<PublicKey> public_key_from_text(std::string_view text);

// 48 bytes longer than `plain`; two seals of one text differ.
std::string seal(const PublicKey& to, std::string_view plain);

// The alert role's secrets: the private key of the box and the key of the blind index. Move-only.
class SecretKeys {
 public:
  static SecretKeys generate();

  // Reads the key file that `write` made. Failure::not_found where there is none; Failure::invalid, naming the path,
  // where it is not a key file or where others may read it.
  static Result<SecretKeys> read(const std::filesystem::path& file);
  // Mode 0600. Never replaces a file: a lost key makes every sealed contact unreadable. Failure::conflict then.
  Status write(const std::filesystem::path& file) const;

  const PublicKey& public_key() const { return public_; }

  // Failure::permanent where it was sealed to another key or is damaged.
  Result<std::string> open(std::string_view sealed) const;

  // 32 bytes. `purpose` separates uses, so that an index of one kind says nothing about another.
  std::string blind_index(std::string_view purpose, std::string_view plain) const;

 private:
  struct Free {
    void operator()(unsigned char* secret) const;
  };
  using Locked = std::unique_ptr<unsigned char, Free>;
  explicit SecretKeys(Locked secret);

  Locked secret_;  // private key (32), index key (32)
  PublicKey public_{};
};

// 128 random bits as 32 hexadecimal digits: safe in any link and mail program.
std::string random_token();

// What the database keeps of a token: 32 bytes of SHA-256.
std::string token_digest(std::string_view token);

// In a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// Overwrites a string that held a secret, in a way that the compiler keeps, and empties it.
void wipe(std::string& secret);

}  // namespace draftwatch::base
