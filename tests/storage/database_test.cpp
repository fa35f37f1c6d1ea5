#include "storage/database.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

#include "base/digest.h"
#include "base/embedded.h"
#include "storage/health.h"

namespace draftwatch::embedded {
const base::Embedded& storage_migrations();
}

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

TEST_CASE("a backup is the database of one instant, however much is written meanwhile, and its progress never goes back") {
  const auto folder = std::filesystem::temp_directory_path() / ("dw-backup-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    auto database = Database::open(folder / "a.db");
    auto writer = Database::open(folder / "a.db");
    REQUIRE(database);
    REQUIRE(writer);
    // Some 10 MB, so that the copy takes several steps.
    REQUIRE(
        database->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
                          "INSERT INTO setting SELECT 'k' || i, hex(randomblob(500)) FROM n"));
    int steps = 0, before = 0;
    const auto done = database->backup_to(folder / "b.db", [&](int pages, int total) {
      CHECK(pages > before);
      CHECK(pages <= total);
      before = pages;
      auto write = writer->prepare("INSERT INTO setting VALUES (?, 'x')");
      REQUIRE(write.bind(1, "late " + std::to_string(++steps)).run());
    });
    REQUIRE(done);
    CHECK(steps >= 2);
    auto copy = Database::open_existing(folder / "b.db");
    REQUIRE(copy);
    CHECK(copy->integrity_check());
    auto rows = copy->prepare("SELECT count(*), count(*) FILTER (WHERE name LIKE 'late%') FROM setting");
    REQUIRE(*rows.step());
    CHECK(rows.integer(0) == 10000);
    CHECK(rows.integer(1) == 0);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("a database of the first schema is brought to the newest one and keeps its rows") {
  const auto file = std::filesystem::temp_directory_path() / ("dw-first-" + std::to_string(::getpid()) + ".db");
  const std::string first(embedded::storage_migrations().at("0001_first.sql"));
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &raw) == SQLITE_OK);
  const std::string made = "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT;" + first +
                           ";INSERT INTO migration VALUES (1, '0001_first.sql', '" + base::to_hex(base::sha256(first)) +
                           "');"
                           "INSERT INTO held (source, at, reason, kind, url, media_type, findings) VALUES ('kg.kenesh', 1, 'much', 'list', "
                           "'https://k.example/', '', 'ab')";
  REQUIRE(sqlite3_exec(raw, made.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(raw);
  {
    auto database = Database::open(file);
    REQUIRE(database);
    const auto held = storage::Health(*database).held("kg.kenesh");
    REQUIRE(held);
    REQUIRE(held->size() == 1);
    CHECK(held->at(0).reason == "much");
    CHECK(held->at(0).wish.empty());
  }
  std::filesystem::remove(file);
}
