#include "sandbox/plugin_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace draftwatch::sandbox {

base::Status check_plugin_file(const std::filesystem::path& path) {
  const std::string name = path.string();
  struct stat status {};
  if (lstat(name.c_str(), &status) != 0) return base::invalid("plugin " + name + ": " + std::strerror(errno));
  if (S_ISLNK(status.st_mode)) return base::invalid("plugin " + name + " is a symbolic link; name the file itself");
  if (!S_ISREG(status.st_mode)) return base::invalid("plugin " + name + " is not a regular file");
  if (status.st_uid != 0 && status.st_uid != geteuid())
    return base::invalid("plugin " + name + " belongs to user " + std::to_string(status.st_uid) + "; it must be root's or ours: chown root " + name);
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    char mode[16];
    std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(status.st_mode & 07777U));
    return base::invalid("plugin " + name + " has mode " + mode + ", writable by others than its owner: chmod go-w " + name);
  }
  return {};
}

}  // namespace draftwatch::sandbox
