// Any bytes through the xml reader: it ends in an outcome, and what it hands over keeps its promises.
#include "fuzz/extracted_promises.h"
#include "sandbox/extract/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace draftwatch::extract;
  check_reader(read_xml, {reinterpret_cast<const char*>(bytes), size});
  return 0;
}
