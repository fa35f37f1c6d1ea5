#include "fetch/guard_hook.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace draftwatch::fetch {
namespace {

bool let_through(Gate& gate, const sockaddr& address) {
  const std::string_view range = base::special_range(address);
  if (range.empty()) return true;
  const bool listed = gate.guard->lists(address, gate.host);
  if (listed && gate.pairs_open) {
    gate.used_pair = true;
    return true;
  }
  gate.refused = fmt::format("{} port {} is not a public address ({}){}", base::to_string(address), base::port_of(address), range,
                             listed ? "; it is listed in net.allow, but a public page may not redirect there" : "");
  return false;
}

curl_socket_t open_socket(void* gate_pointer, curlsocktype purpose, curl_sockaddr* to) {
  auto& gate = *static_cast<Gate*>(gate_pointer);
  if (purpose != CURLSOCKTYPE_IPCXN || !let_through(gate, to->addr)) return CURL_SOCKET_BAD;
  const int fd = ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) gate.out_of = std::strerror(errno);
  return fd < 0 ? CURL_SOCKET_BAD : fd;
}

int before_request(void* gate_pointer, char* primary_ip, char*, int primary_port, int) {
  auto& gate = *static_cast<Gate*>(gate_pointer);
  sockaddr_storage storage{};
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, primary_ip, &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(static_cast<std::uint16_t>(primary_port));
  } else if (inet_pton(AF_INET6, primary_ip, &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(static_cast<std::uint16_t>(primary_port));
  }
  return let_through(gate, reinterpret_cast<const sockaddr&>(storage)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace

void Gate::attach(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

}  // namespace draftwatch::fetch
