#include "base/seal.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "base/file.h"

using namespace draftwatch::base;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("seal_test_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("what is sealed opens with the key, with no other, and never looks the same twice") {
  const SecretKeys keys = SecretKeys::generate();
  const std::string once = seal(keys.public_key(), "anna@example.org");
  const std::string again = seal(keys.public_key(), "anna@example.org");
  CHECK(once != again);
  CHECK(once.size() == 16 + 48);
  CHECK(once.find("anna") == std::string::npos);
  CHECK(*keys.open(once) == "anna@example.org");
  CHECK_FALSE(SecretKeys::generate().open(once));
}

TEST_CASE("a sealed text with one bit turned, cut or empty does not open") {
  const SecretKeys keys = SecretKeys::generate();
  const std::string sealed = seal(keys.public_key(), "text");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string bad = sealed;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    CHECK_FALSE(keys.open(bad));
  }
  CHECK_FALSE(keys.open(std::string_view(sealed).substr(1)));
  CHECK_FALSE(keys.open(""));
}

TEST_CASE("a blind index is the same for the same text and key, and different for another key or purpose") {
  const SecretKeys keys = SecretKeys::generate();
  CHECK(keys.blind_index("contact", "a@b.kg") == keys.blind_index("contact", "a@b.kg"));
  CHECK(keys.blind_index("contact", "a@b.kg") != keys.blind_index("contact", "a@b.kz"));
  CHECK(keys.blind_index("contact", "a@b.kg") != keys.blind_index("other", "a@b.kg"));
  CHECK(keys.blind_index("ab", "c") != keys.blind_index("a", "bc"));
  CHECK(keys.blind_index("contact", "a@b.kg") != SecretKeys::generate().blind_index("contact", "a@b.kg"));
}

TEST_CASE("keys survive a file, which is private, never replaced, and refused when others may read it") {
  const Folder folder;
  const fs::path file = folder.path / "alert.key";
  const SecretKeys keys = SecretKeys::generate();
  REQUIRE(keys.write(file));
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const auto again = SecretKeys::read(file);
  REQUIRE(again);
  CHECK(again->public_key() == keys.public_key());
  CHECK(*again->open(seal(keys.public_key(), "x")) == "x");
  CHECK(again->blind_index("p", "x") == keys.blind_index("p", "x"));
  CHECK(SecretKeys::generate().write(file).error().kind == Failure::conflict);
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  const auto open_to_all = SecretKeys::read(file);
  REQUIRE_FALSE(open_to_all);
  CHECK(open_to_all.error().message.find(file.string()) != std::string::npos);
}

TEST_CASE("a file that is no key is refused by name, a missing one is not found") {
  const Folder folder;
  const fs::path file = folder.path / "bad.key";
  for (const char* text : {"", "hello", "draftwatch-alert-key-1:", "draftwatch-alert-key-1:abcd\n", "draftwatch-alert-key-1:zz"}) {
    REQUIRE(write_file(file, text, 0600));
    const auto keys = SecretKeys::read(file);
    CAPTURE(text);
    REQUIRE_FALSE(keys);
    CHECK(keys.error().kind == Failure::invalid);
    CHECK(keys.error().message.find("bad.key") != std::string::npos);
  }
  CHECK(SecretKeys::read(folder.path / "none.key").error().kind == Failure::not_found);
}

TEST_CASE("tokens are 32 digits, all different, and the digest is not the token") {
  std::set<std::string> seen;
  for (int n = 0; n < 1000; ++n) seen.insert(random_token());
  CHECK(seen.size() == 1000);
  CHECK(seen.begin()->size() == 32);
  CHECK(seen.begin()->find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(token_digest("a").size() == 32);
  CHECK(token_digest("a") != token_digest("b"));
}

TEST_CASE("the public key has a text form that is read back, other text is refused") {
  const SecretKeys keys = SecretKeys::generate();
  CHECK(*public_key_from_text(to_text(keys.public_key())) == keys.public_key());
  CHECK_FALSE(public_key_from_text("12"));
  CHECK_FALSE(public_key_from_text(""));
}

TEST_CASE("constant-time comparison compares") {
  CHECK(equal_in_constant_time("abc", "abc"));
  CHECK_FALSE(equal_in_constant_time("abc", "abd"));
  CHECK_FALSE(equal_in_constant_time("abc", "abcd"));
  CHECK(equal_in_constant_time("", ""));
  std::string secret = "secret";
  wipe(secret);
  CHECK(secret.empty());
}
