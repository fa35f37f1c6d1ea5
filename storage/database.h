// One connection to the database, its prepared statements and its transactions. Private to storage/: nothing outside
// sees SQL, a row id by another name than model::Id, or a SQLite error code.
//
// Thread-safety: a Database belongs to one thread; open one for each. Processes share the file through WAL.
// Errors: what the disk or another process can cause is Result; misuse (wrong column type, bad SQL) throws std::logic_error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace draftwatch::storage {

// A prepared statement being bound and stepped; resets itself when it goes. Get it from Database::prepare.
class Statement {
 public:
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement(const Statement&) = delete;
  ~Statement();

  Statement& bind(int at, std::int64_t value);  // 1 is the first
  Statement& bind(int at, int value) { return bind(at, static_cast<std::int64_t>(value)); }
  Statement& bind(int at, bool value) { return bind(at, static_cast<std::int64_t>(value)); }
  Statement& bind(int at, double value);
  Statement& bind(int at, std::string_view text);
  Statement& bind(int at, const char* text) { return bind(at, std::string_view(text)); }
  Statement& bind_blob(int at, std::string_view bytes);
  Statement& bind_null(int at);
  template <class T>
  Statement& bind(int at, const std::optional<T>& value) {
    return value ? bind(at, *value) : bind_null(at);
  }

  base::Result<bool> step();  // true: a row is there; false: done
  base::Status run();         // to the end, rows ignored

  std::int64_t integer(int column) const;  // 0 is the first
  std::optional<std::int64_t> maybe_integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;  // also blobs; empty for NULL
  bool is_null(int column) const;

 private:
  friend class Database;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // Opens or creates, sets WAL, synchronous=FULL, foreign keys, secure_delete, no extensions, and a busy wait of 10 s.
  // Applies missing migrations, each in one transaction with its checksum. Refuses a schema newer than this program
  // and an applied migration whose text has changed (Failure::corrupt).
  static base::Result<Database> open(const std::filesystem::path& file);
  // Without creating or migrating: for readers such as the CLI. Failure::not_found where there is no database.
  static base::Result<Database> open_existing(const std::filesystem::path& file);
  static base::Result<Database> in_memory();

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  Statement prepare(std::string_view sql);  // cached by its text; throws std::logic_error on bad SQL
  base::Status execute(const char* sql);    // several statements, no results
  std::int64_t last_id() const;
  int changes() const;

  // BEGIN IMMEDIATE, body, COMMIT; ROLLBACK where the body or the commit fails or throws. Nothing is half-stored.
  base::Status transaction(const std::function<base::Status()>& body);
  bool in_transaction() const;
  // As transaction(), without waiting for the disk: what it writes outlives this process at once, and a power cut from
  // the next transaction on. For notes, never for what somebody was told is stored. Joins an open transaction.
  base::Status note(const std::function<base::Status()>& body);

  // A consistent copy of this instant while others write: what is committed meanwhile is not in it and does not make it
  // begin anew. `progress` is told pages done and pages in all.
  base::Status backup_to(const std::filesystem::path& file, const std::function<void(int, int)>& progress = {});
  base::Status integrity_check();

  static int newest_schema();  // the number of the last migration that this program holds

 private:
  Database() = default;
  static base::Result<Database> connect(const std::string& file, bool create);
  base::Status migrate();

  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace draftwatch::storage
