#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/fd.h"

namespace draftwatch::base {
namespace {

Error system_error(const std::filesystem::path& path, const char* doing) {
  const int code = errno;
  const Failure kind = code == ENOENT ? Failure::not_found : code == ENOSPC || code == EIO ? Failure::temporary : Failure::permanent;
  return {kind, std::string(doing) + " " + path.string() + ": " + std::strerror(code)};
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  const Fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!fd) return system_error(path, "cannot open");
  std::string out;
  struct stat facts {};
  if (::fstat(fd.get(), &facts) == 0 && S_ISREG(facts.st_mode)) out.reserve(std::min(static_cast<std::size_t>(facts.st_size), most) + 1);
  char block[65536];
  for (;;) {
    const ssize_t got = ::read(fd.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, "cannot read");
    if (got == 0) return out;
    out.append(block, static_cast<std::size_t>(got));
    if (out.size() > most) return invalid(path.string() + " is larger than " + std::to_string(most) + " bytes");
  }
}

Status write_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  std::filesystem::path beside = path;
  beside += ".new-" + std::to_string(::getpid());
  Fd fd{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
  if (!fd) return system_error(beside, "cannot create");
  if (!write_all(fd.get(), bytes) || ::fsync(fd.get()) != 0) {
    const Error error = system_error(beside, "cannot write");
    ::unlink(beside.c_str());
    return error;
  }
  fd.reset();
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    const Error error = system_error(path, "cannot replace");
    ::unlink(beside.c_str());
    return error;
  }
  const Fd folder{::open(path.has_parent_path() ? path.parent_path().c_str() : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder) ::fsync(folder.get());
  return {};
}

}  // namespace draftwatch::base
