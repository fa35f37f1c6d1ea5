#include "base/owner.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

using namespace draftwatch::base;

TEST_CASE("what root makes in a service's folder belongs to the service, in root's own it stays root's") {
  if (::geteuid() != 0) {
    MESSAGE("SKIPPED: only root can give files away");
    return;
  }
  std::string name = "/tmp/draftwatch-owner-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(name.data());
  const auto owner_of = [&](const std::filesystem::path& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status.st_uid;
  };
  for (const char* file : {"before", "after", "elsewhere"}) std::ofstream(folder / file) << "x";
  belong_to_folder(folder / "before");
  CHECK(owner_of(folder / "before") == 0);
  REQUIRE(::chown(folder.c_str(), 12345, 12345) == 0);
  belong_to_folder(folder / "after");
  CHECK(owner_of(folder / "after") == 12345);
  std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
  belong_to_folder(folder / "link");
  CHECK(owner_of(folder / "link") == 12345);
  CHECK(owner_of(folder / "elsewhere") == 0);
  std::filesystem::create_hard_link(folder / "elsewhere", folder / "second-name");
  belong_to_folder(folder / "second-name");
  CHECK(owner_of(folder / "elsewhere") == 0);
  std::filesystem::remove_all(folder);
}
