#include "sandbox/worker/loaded.h"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>
#include <deque>

namespace draftwatch::sandbox::worker {
namespace {

namespace dll = boost::dll;

// What the loader said, out of Boost's sentence around it. The system text at that sentence's end is a stale errno.
std::string loader_words(const std::string& whole) {
  constexpr std::string_view kBefore = "dlerror system message: ";
  const auto at = whole.find(kBefore);
  if (at == std::string::npos) return whole;
  const auto end = whole.rfind("): ");
  const auto from = at + kBefore.size();
  return whole.substr(from, end == std::string::npos || end < from ? std::string::npos : end - from);
}

dll::shared_library& load(const std::filesystem::path& file) {
  static std::deque<dll::shared_library> loaded;  // never unloaded
  dll::shared_library& library = loaded.emplace_back();
  try {
    library.load(std::filesystem::absolute(file), dll::load_mode::rtld_now | dll::load_mode::rtld_local);
  } catch (const std::exception& failed) {
    throw LoadFault(Fate::not_a_plugin, file.string() + " cannot be loaded: " + loader_words(failed.what()));
  }
  return library;
}

}  // namespace

PortalEntry load_plugin(const std::filesystem::path& file) {
  dll::shared_library& library = load(file);
  if (!library.has("draftwatch_abi") || !library.has("draftwatch_portal"))
    throw LoadFault(Fate::not_a_plugin, file.string() + " has no DRAFTWATCH_PORTAL: it is a shared object, but no plugin");
  const auto abi = library.get<const std::uint32_t>("draftwatch_abi");
  if (abi != plugin::kAbi)
    throw LoadFault(Fate::abi_mismatch, file.string() + " was built for plugin interface " + std::to_string(abi) + ", this worker has " +
                                            std::to_string(plugin::kAbi) + ": build it again with the headers of this version");
  return &library.get<const plugin::Portal*()>("draftwatch_portal");
}

std::filesystem::path extract_module_file(bool text_only) {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return self.parent_path().parent_path() / "lib/draftwatch" / (text_only ? "extract_text.so" : "extract.so");
}

std::filesystem::path charsets_module_file() { return extract_module_file(false).replace_filename("charsets.so"); }

std::filesystem::path ocr_module_file() { return extract_module_file(false).replace_filename("ocr.so"); }

ExtractModule load_extract_module(const std::filesystem::path& file) {
  dll::shared_library& library = load(file);
  if (!library.has("draftwatch_extract")) throw LoadFault(Fate::not_a_plugin, file.string() + " is not our module of document readers");
  return {&library.get<void(const char*, bool)>("draftwatch_warm_up"),
          &library.get<void(const char*, const char*, std::size_t, extract::Recogniser*, const char*, std::string*)>("draftwatch_extract")};
}

extract::CharsetReader load_charsets(const std::filesystem::path& file) {
  dll::shared_library& library = load(file);
  if (!library.has("draftwatch_charsets")) throw LoadFault(Fate::not_a_plugin, file.string() + " is not our module of encodings");
  return &library.get<void(std::string_view, const extract::Label&, extract::CharsetReading&)>("draftwatch_charsets");
}

extract::Recogniser* load_recogniser(const std::filesystem::path& file, const std::string& languages, std::string& why_not) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) {
    why_not = "this build has no module for it: install libtesseract-dev and libleptonica-dev (the set `ocr` of tools/packages.txt), build again";
    return nullptr;
  }
  try {
    dll::shared_library& library = load(file);
    if (library.has("draftwatch_recogniser"))
      return library.get<extract::Recogniser*(const char*, std::string*)>("draftwatch_recogniser")(languages.c_str(), &why_not);
    why_not = file.string() + " is not our module of recognition";
  } catch (const LoadFault& fault) {
    why_not = std::string(fault.what()) + ": apt-get install libtesseract5";
  }
  return nullptr;
}

}  // namespace draftwatch::sandbox::worker
