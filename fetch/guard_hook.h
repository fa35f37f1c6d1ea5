// base::Guard as libcurl asks it: in the moment of opening a socket, and again before a request goes over a connection
// that was kept open. One Gate a transfer; it must live as long as the transfer.
#pragma once

#include <curl/curl.h>

#include <string>

#include "base/address.h"

namespace draftwatch::fetch {

struct Gate {
  const base::Guard* guard = nullptr;
  std::string host;        // whose address is connected to: the URL's, or the proxy's
  bool pairs_open = true;  // the operator's opened pairs may serve this hop
  std::string refused;     // what was refused and why; empty where nothing was
  std::string out_of;      // the socket that this machine could not make, and why
  bool used_pair = false;  // an opened pair was used

  void attach(CURL* easy);
};

}  // namespace draftwatch::fetch
