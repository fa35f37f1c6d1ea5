// What a file is, by its bytes.
// Thread-safety: pure.
#pragma once

#include <string_view>

namespace draftwatch::extract {

// The media type of formats with a signature ("application/pdf", "application/rtf", "application/zip",
// "application/x-ole-storage", "image/png" ...); empty where the bytes have none and are perhaps text.
std::string_view detect_binary(std::string_view hint, std::string_view bytes);

// Of decoded text: "text/html", "application/xml" or "text/plain"; "application/json" where hint and bytes agree;
// "application/octet-stream" where control characters say that it is no text.
std::string_view detect_text(std::string_view hint, std::string_view text);

}  // namespace draftwatch::extract
