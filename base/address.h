// Where this program may connect to: the one address guard for everything that goes out.
//
// A portal, a redirect or a DNS answer may name any address, also one inside the operator's network or the cloud's
// metadata service. So the decision is made on the resolved address, in the moment of connecting, for every hop.
// Private, loopback and special ranges are refused; the operator opens single host:port pairs (`net.allow`).
// Ranges: IANA special-purpose registries (RFC 6890 and its updates). Everything here is pure; a Guard is immutable
// after it is made, so it may be shared between threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace draftwatch::base {

// Why an address is not an ordinary public one, e.g. "loopback, 127.0.0.0/8"; empty for a public address.
// Families other than IPv4 and IPv6 are special. IPv6 addresses that carry an IPv4 address (mapped, NAT64, 6to4,
// Teredo) are special whatever they carry.
std::string_view special_range(const sockaddr& address);

// The same for a host as written in a URL: every form that inet_aton takes ("2130706433", "0x7f.1", "127.1"), IPv6
// with or without brackets and zone. Empty for public literals and for names.
std::string_view special_literal(std::string_view host);

// Why a name may not be handed to a proxy that resolves it for us: special literals, "localhost" and its like, names
// without a dot, ".local", ".internal", ".home.arpa". Empty where there is no objection. What a proxy resolves a
// public-looking name to cannot be seen from here: the operator trusts the proxy with that.
std::string_view special_name(std::string_view host);

// "192.0.2.1" or "2001:db8::1", without the port.
std::string to_string(const sockaddr& address);

std::uint16_t port_of(const sockaddr& address);  // 0 for families without ports

class Guard {
 public:
  Guard() = default;  // opens nothing: public addresses only

  // `allow`: "host:port", "192.0.2.1:25", "[::1]:8080". A port is required: a whole host is never opened.
  // Failure::invalid names the entry.
  static Result<Guard> from(std::span<const std::string> allow);

  // May we connect to this resolved address? `host` is the name as written in the URL or the setting.
  // A pair in the list matches by that name or by the literal address.
  bool permits(const sockaddr& address, std::string_view host) const { return special_range(address).empty() || lists(address, host); }

  // The pair stands in the operator's list.
  bool lists(const sockaddr& address, std::string_view host) const;
  bool lists(std::string_view host, std::uint16_t port) const;

 private:
  struct Pair {
    std::string host;  // lower case; a literal address in its canonical form
    std::uint16_t port;
  };
  std::vector<Pair> pairs_;
};

}  // namespace draftwatch::base
