// Two ways into DOCX: the bytes as a whole archive, and the bytes as word/document.xml of an archive that is sound, so
// that mutations reach the reader behind zip's checksums. An archive of documents is the same door.
#include <zip.h>

#include "fuzz/extracted_promises.h"
#include "sandbox/extract/readers.h"

namespace {

std::string archive_of(std::string_view body) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  zip_source_keep(source);
  const std::string_view numbering =
      "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText "
      "w:val=\"%1.\"/></w:lvl></w:abstractNum>"
      "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
  zip_file_add(zip, "word/document.xml", zip_source_buffer(zip, body.data(), body.size(), 0), 0);
  zip_file_add(zip, "word/numbering.xml", zip_source_buffer(zip, numbering.data(), numbering.size(), 0), 0);
  zip_close(zip);
  zip_stat_t stat;
  zip_source_stat(source, &stat);
  std::string out(stat.size, '\0');
  zip_source_open(source);
  zip_source_read(source, out.data(), out.size());
  zip_source_close(source);
  zip_source_free(source);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace draftwatch::extract;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  check_reader(read_zip, input.starts_with("PK") ? std::string(input) : archive_of(input));
  return 0;
}
