#include "fetch/body_digest.h"

#include <openssl/evp.h>

namespace draftwatch::fetch {

base::Digest body_digest(std::string_view body) {
  base::Digest out{};
  unsigned size = 0;
  const int made = EVP_Digest(body.data(), body.size(), reinterpret_cast<unsigned char*>(out.data()), &size, EVP_sha256(), nullptr);
  return made == 1 && size == out.size() ? out : base::sha256(body);  // libcrypto may be configured not to
}

}  // namespace draftwatch::fetch
