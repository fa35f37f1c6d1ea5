#include "base/owner.h"

#include <sys/stat.h>
#include <unistd.h>

namespace draftwatch::base {

void belong_to_folder(const std::filesystem::path& path) {
  if (::geteuid() != 0) return;
  struct stat folder {
  }, file{};
  const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (::stat(parent.c_str(), &folder) != 0 || folder.st_uid == 0) return;
  // A second name of the file may be one of root's own files that was linked here to be given away.
  if (::lstat(path.c_str(), &file) != 0 || (S_ISREG(file.st_mode) && file.st_nlink != 1)) return;
  if (::lchown(path.c_str(), folder.st_uid, folder.st_gid) != 0) return;
}

}  // namespace draftwatch::base
