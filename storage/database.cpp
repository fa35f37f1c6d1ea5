#include "storage/database.h"

#include <sqlite3.h>

#include <charconv>
#include <stdexcept>
#include <vector>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/owner.h"

namespace draftwatch::embedded {
const base::Embedded& storage_migrations();
}

namespace draftwatch::storage {
namespace {

using base::Failure;

// What a SQLite result code means for the caller.
Failure failure_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT: return Failure::temporary;
    case SQLITE_CONSTRAINT: return Failure::conflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Failure::corrupt;
    default: return Failure::permanent;
  }
}

base::Error error_of(sqlite3* handle, const char* doing) {
  const int code = handle != nullptr ? sqlite3_extended_errcode(handle) : SQLITE_NOMEM;
  return {failure_of(code), std::string("database: ") + doing + ": " + (handle != nullptr ? sqlite3_errmsg(handle) : "out of memory")};
}

struct Migration {
  int number;
  std::string_view name, sql;
};

std::vector<Migration> migrations() {
  std::vector<Migration> all;
  for (const auto& [name, sql] : embedded::storage_migrations()) {
    int number = 0;
    std::from_chars(name.data(), name.data() + 4, number);
    all.push_back({number, name, sql});
  }
  return all;
}

}  // namespace

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(int at, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, at, value) != SQLITE_OK) throw std::logic_error("bind " + std::to_string(at) + " in " + sqlite3_sql(statement_));
  return *this;
}

Statement& Statement::bind(int at, double value) {
  if (sqlite3_bind_double(statement_, at, value) != SQLITE_OK)
    throw std::logic_error("bind " + std::to_string(at) + " in " + sqlite3_sql(statement_));
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  const char* data = text.data() != nullptr ? text.data() : "";
  if (sqlite3_bind_text64(statement_, at, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
    throw std::logic_error("bind " + std::to_string(at) + " in " + sqlite3_sql(statement_));
  return *this;
}

Statement& Statement::bind_blob(int at, std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  if (sqlite3_bind_blob64(statement_, at, data, bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK)
    throw std::logic_error("bind " + std::to_string(at) + " in " + sqlite3_sql(statement_));
  return *this;
}

Statement& Statement::bind_null(int at) {
  sqlite3_bind_null(statement_, at);
  return *this;
}

base::Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const base::Error error = error_of(sqlite3_db_handle(statement_), sqlite3_sql(statement_));
  sqlite3_reset(statement_);
  return error;
}

base::Status Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return row.error();
    if (!*row) return {};
  }
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes != nullptr ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) : std::string();
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Database::Database(Database&&) noexcept = default;

Database& Database::operator=(Database&& other) noexcept {
  if (this != &other) {
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    statements_ = std::move(other.statements_);
    other.statements_.clear();
    handle_ = std::move(other.handle_);
  }
  return *this;
}

Database::~Database() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

base::Result<Database> Database::connect(const std::string& file, bool create) {
  Database database;
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  database.handle_.reset(handle);
  if (code == SQLITE_CANTOPEN && !create) return base::not_found("no database at " + file);
  if (code != SQLITE_OK) return base::Error{failure_of(code), "cannot open the database " + file + ": " + sqlite3_errstr(code)};
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 10000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  const auto set = database.execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA "
      "temp_store=MEMORY;");
  if (!set) return set.error();
  return database;
}

base::Result<Database> Database::open(const std::filesystem::path& file) {
  auto database = connect(file.string(), true);
  if (!database) return database.error();
  base::belong_to_folder(file);  // its -wal and -shm follow it, SQLite sees to that
  const auto migrated = database->migrate();
  if (!migrated) return migrated.error();
  return database;
}

base::Result<Database> Database::open_existing(const std::filesystem::path& file) { return connect(file.string(), false); }

base::Result<Database> Database::in_memory() { return open(":memory:"); }

Statement Database::prepare(std::string_view sql) {
  const auto found = statements_.find(std::string(sql));
  if (found != statements_.end() && sqlite3_stmt_busy(found->second) == 0) return Statement(found->second);
  sqlite3_stmt* statement = nullptr;
  if (found == statements_.end()) {
    if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
      throw std::logic_error("SQL: " + std::string(sqlite3_errmsg(handle_.get())) + " in " + std::string(sql));
    statements_.emplace(std::string(sql), statement);
    return Statement(statement);
  }
  throw std::logic_error("a statement is still being read: " + std::string(sql));
}

base::Status Database::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error_of(handle_.get(), "execute");
  return {};
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
int Database::changes() const { return sqlite3_changes(handle_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

base::Status Database::transaction(const std::function<base::Status()>& body) {
  if (in_transaction()) throw std::logic_error("a transaction inside a transaction");
  const auto began = execute("BEGIN IMMEDIATE");
  if (!began) return began;
  base::Status done;
  try {
    done = body();
  } catch (...) {
    (void)execute("ROLLBACK");
    throw;
  }
  if (done) done = execute("COMMIT");
  if (!done && in_transaction()) (void)execute("ROLLBACK");
  return done;
}

base::Status Database::note(const std::function<base::Status()>& body) {
  if (in_transaction()) return body();
  const auto relaxed = execute("PRAGMA synchronous=NORMAL");
  if (!relaxed) return relaxed;
  base::Status done;
  try {
    done = transaction(body);
  } catch (...) {
    (void)execute("PRAGMA synchronous=FULL");
    throw;
  }
  const auto strict = execute("PRAGMA synchronous=FULL");
  return done ? strict : done;
}

base::Status Database::migrate() {
  const auto made = execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT");
  if (!made) return made;
  for (const Migration& migration : migrations()) {
    const std::string checksum = base::to_hex(base::sha256(migration.sql));
    const auto applied = transaction([&]() -> base::Status {
      {
        auto known = prepare("SELECT checksum FROM migration WHERE number = ?");
        const auto row = known.bind(1, migration.number).step();
        if (!row) return row.error();
        if (*row) {
          if (known.text(0) == checksum) return {};
          return base::corrupt("migration " + std::string(migration.name) +
                               " was applied with another text; this database was made by a different program");
        }
      }
      const auto run = execute(std::string(migration.sql).c_str());
      if (!run) return run;
      return prepare("INSERT INTO migration VALUES (?, ?, ?)").bind(1, migration.number).bind(2, migration.name).bind(3, checksum).run();
    });
    if (!applied) return applied;
  }
  auto newest = prepare("SELECT max(number) FROM migration");
  const auto row = newest.step();
  if (!row) return row.error();
  if (newest.integer(0) > newest_schema())
    return base::permanent("the database has schema " + std::to_string(newest.integer(0)) + ", this program knows " +
                           std::to_string(newest_schema()) + ": install a newer draftwatch or restore an older backup");
  return {};
}

int Database::newest_schema() {
  int newest = 0;
  for (const Migration& migration : migrations()) newest = std::max(newest, migration.number);
  return newest;
}

base::Status Database::backup_to(const std::filesystem::path& file, const std::function<void(int, int)>& progress) {
  sqlite3* target = nullptr;
  if (sqlite3_open_v2(file.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    const auto error = error_of(target, "cannot create the backup");
    sqlite3_close_v2(target);
    return error;
  }
  // One reading transaction around all steps: another process's commit between two of them would begin the copy anew.
  sqlite3_exec(handle_.get(), "BEGIN; SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
  sqlite3_backup* copy = sqlite3_backup_init(target, "main", handle_.get(), "main");
  int code = SQLITE_ERROR;
  if (copy != nullptr) {
    do {
      code = sqlite3_backup_step(copy, 1024);
      const int total = sqlite3_backup_pagecount(copy);
      if (progress) progress(total - sqlite3_backup_remaining(copy), total);
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED) sqlite3_sleep(20);
    } while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
    sqlite3_backup_finish(copy);
  }
  sqlite3_exec(handle_.get(), "COMMIT", nullptr, nullptr, nullptr);
  const base::Status done = code == SQLITE_DONE ? base::Status{} : base::Status{error_of(target, "backup")};
  sqlite3_close_v2(target);
  std::error_code ignored;
  if (!done) std::filesystem::remove(file, ignored);  // a part of a backup is none
  return done;
}

base::Status Database::integrity_check() {
  auto check = prepare("PRAGMA integrity_check(1)");
  const auto row = check.step();
  if (!row) return row.error();
  if (check.text(0) != "ok") return base::corrupt("database integrity: " + check.text(0));
  return {};
}

}  // namespace draftwatch::storage
