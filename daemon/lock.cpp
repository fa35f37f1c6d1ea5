#include "daemon/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/owner.h"

namespace draftwatch::daemon {

base::Result<Lock> Lock::take(const std::filesystem::path& state_dir, const std::string& name) {
  const auto path = state_dir / (name + ".lock");
  base::Fd fd{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!fd) return base::permanent("cannot open " + path.string() + ": " + std::strerror(errno));
  base::belong_to_folder(path);
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    (void)!::read(fd.get(), holder, sizeof holder - 1);
    return base::conflict("another draftwatch holds " + path.string() + " (process " + (holder[0] != '\0' ? holder : "unknown") +
                          "); one daemon a database");
  }
  const std::string own = std::to_string(::getpid());
  if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), own.data(), own.size(), 0) < 0)
    return base::temporary("cannot write " + path.string() + ": " + std::strerror(errno));
  return Lock{std::move(fd)};
}

}  // namespace draftwatch::daemon
