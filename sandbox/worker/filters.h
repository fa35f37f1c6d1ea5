// The two seccomp filters, as the kernel takes them. Their rules are in filters/make_filters.cpp, which runs when this
// project is built: a process that lives for one page does not compile them anew.
#pragma once

#include <linux/filter.h>

#include <cstddef>

namespace draftwatch::sandbox::worker {

struct Filter {
  const sock_filter* code;
  std::size_t length;
};

extern const Filter kFirstFilter;   // stage one: what dlopen needs; other calls fail with EPERM
extern const Filter kStrictFilter;  // stage two: read 0, write 1 and 2, memory, the end; other calls kill the process

}  // namespace draftwatch::sandbox::worker
