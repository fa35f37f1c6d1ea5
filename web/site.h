// All pages behind one call: Request in, Response out. Reads the database, adds sealed requests, and changes a
// subscription that a token names. Cannot read an address and reaches nothing outside.
//
// Thread-safety: as the Database that it was given; one Site a thread.
#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "storage/database.h"
#include "web/http.h"

namespace draftwatch::web {

struct SiteOptions {
  std::string base_url = "http://127.0.0.1:8080";  // every absolute link begins with it, whatever Host says
  std::string title = "draftwatch";
  std::string language = "ru";
};

class Site {
 public:
  Site(storage::Database& database, const base::Clock& clock, SiteOptions options);
  Response handle(const Request& request);

 private:
  storage::Database& database_;
  const base::Clock& clock_;
  SiteOptions options_;
};

}  // namespace draftwatch::web
