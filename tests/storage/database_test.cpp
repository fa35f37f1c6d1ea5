#include "storage/database.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

using namespace draftwatch;
using storage::Database;

TEST_CASE("a new database has the newest schema and is sound") {
  auto database = Database::in_memory();
  REQUIRE(database);
  CHECK(database->integrity_check());
  auto applied = database->prepare("SELECT max(number) FROM migration");
  REQUIRE(*applied.step());
  CHECK(applied.integer(0) == Database::newest_schema());
}

TEST_CASE("a transaction whose body fails leaves nothing behind") {
  auto database = Database::in_memory();
  const auto done = database->transaction([&]() -> base::Status {
    (void)database->execute("INSERT INTO setting VALUES ('a', '1')");
    return base::temporary("stop here");
  });
  CHECK_FALSE(done);
  auto rows = database->prepare("SELECT count(*) FROM setting");
  REQUIRE(*rows.step());
  CHECK(rows.integer(0) == 0);
}

TEST_CASE("a database of a newer program is refused with what to do") {
  const auto file = std::filesystem::temp_directory_path() / ("dw-newer-" + std::to_string(::getpid()) + ".db");
  {
    auto database = Database::open(file);
    REQUIRE(database);
    REQUIRE(database->execute("INSERT INTO migration VALUES (9999, '9999_future.sql', 'x')"));
  }
  const auto again = Database::open(file);
  std::filesystem::remove(file);
  REQUIRE_FALSE(again);
  CHECK(again.error().message.find("9999") != std::string::npos);
}

TEST_CASE("a note is stored without waiting for the disk, and what follows waits again") {
  auto database = Database::in_memory();
  const auto level = [&] {
    auto read = database->prepare("PRAGMA synchronous");
    REQUIRE(*read.step());
    return read.integer(0);
  };
  REQUIRE(level() == 2);
  std::int64_t inside = -1;
  REQUIRE(database->note([&]() -> base::Status {
    inside = level();
    return database->execute("INSERT INTO setting VALUES ('a', '1')");
  }));
  CHECK(inside == 1);
  CHECK(level() == 2);
  CHECK_FALSE(database->note([&]() -> base::Status { return base::temporary("stop here"); }));
  CHECK(level() == 2);
  CHECK_THROWS(database->note([&]() -> base::Status { throw std::logic_error("a bug"); }));
  CHECK(level() == 2);
  CHECK_FALSE(database->in_transaction());
}
