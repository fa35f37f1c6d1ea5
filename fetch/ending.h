// Does a body show its own end? The only evidence against a cut page where the server announces no length.
#pragma once

#include <string_view>

namespace draftwatch::fetch {

enum class Ending {
  seen,     // the format has an end mark, and it is there
  cut,      // the format has an end mark, and it is missing
  unknown,  // the format has none that we know
};

// HTML must end in </html> (or </body>), XML and feeds in ">", JSON in the bracket that it opened, PDF in %%EOF; white
// space and a few trailing comment bytes are allowed. Looks at the first and the last 1 KB only.
Ending ending(std::string_view content_type, std::string_view body);

}  // namespace draftwatch::fetch
