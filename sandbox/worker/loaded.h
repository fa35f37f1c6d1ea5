// Code loaded into the worker: a portal plugin, or our own module of document readers. Both through Boost.DLL.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "plugins/sdk/portal.h"
#include "sandbox/extract/alone/page_alone.h"
#include "sandbox/extract/recogniser.h"
#include "sandbox/fate.h"

namespace draftwatch::sandbox::worker {

// The file cannot be used; the fate says in which way.
struct LoadFault : std::runtime_error {
  LoadFault(Fate why, const std::string& words) : std::runtime_error(words), fate(why) {}
  Fate fate;
};

using PortalEntry = const plugin::Portal* (*)();

// Loads the file (its static constructors run here), then reads the ABI stamp before anything of it is called. The
// library stays loaded for the life of the process. Throws LoadFault.
PortalEntry load_plugin(const std::filesystem::path& file);

// The readers of documents: lib/draftwatch/extract.so beside the folder of the worker. A module, so that the worker
// of a page does not load a PDF library at each start.
struct ExtractModule {
  void (*warm_up)(const char* media_type, bool pictures);
  // Appends the JSON to *out. Throws nothing but std::bad_alloc. `recogniser` may be null; `ocr_missing` says why, or is "".
  void (*extract)(const char* media_type, const char* bytes, std::size_t size, extract::Recogniser* recogniser, const char* ocr_missing,
                  std::string* out);
};
// `text_only`: the bytes are certainly no PDF and no archive, so lib/draftwatch/extract_text.so does, without the
// libraries of those: it loads 7 ms sooner.
std::filesystem::path extract_module_file(bool text_only);
std::filesystem::path charsets_module_file();
std::filesystem::path ocr_module_file();  // beside it; not there where the build had no tesseract
ExtractModule load_extract_module(const std::filesystem::path& file);

// The tables of encodings, for a page that is not UTF-8: lib/draftwatch/charsets.so, for extract::use_charsets().
extract::CharsetReader load_charsets(const std::filesystem::path& file);

// The recogniser of these languages ("rus+kir"), warm; owned by the process. Null, with the reason and the remedy in
// `why_not`, where the module, its libraries or the language data are not installed: never an error, a scan stays a scan.
extract::Recogniser* load_recogniser(const std::filesystem::path& file, const std::string& languages, std::string& why_not);

}  // namespace draftwatch::sandbox::worker
