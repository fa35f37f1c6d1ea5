#include "base/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

namespace draftwatch::base {
namespace {

struct Range4 {
  std::uint32_t network;
  int bits;
  std::string_view name;
};
constexpr std::uint32_t ip4(unsigned a, unsigned b, unsigned c, unsigned d) { return a << 24 | b << 16 | c << 8 | d; }

// IANA IPv4 special-purpose address registry.
constexpr std::array kRanges4{
    Range4{ip4(0, 0, 0, 0), 8, "this network, 0.0.0.0/8"},
    Range4{ip4(10, 0, 0, 0), 8, "private, 10.0.0.0/8"},
    Range4{ip4(100, 64, 0, 0), 10, "shared by carriers, 100.64.0.0/10"},
    Range4{ip4(127, 0, 0, 0), 8, "loopback, 127.0.0.0/8"},
    Range4{ip4(169, 254, 0, 0), 16, "link-local and cloud metadata, 169.254.0.0/16"},
    Range4{ip4(172, 16, 0, 0), 12, "private, 172.16.0.0/12"},
    Range4{ip4(192, 0, 0, 0), 24, "protocol assignments, 192.0.0.0/24"},
    Range4{ip4(192, 0, 2, 0), 24, "documentation, 192.0.2.0/24"},
    Range4{ip4(192, 88, 99, 0), 24, "6to4 relay, 192.88.99.0/24"},
    Range4{ip4(192, 168, 0, 0), 16, "private, 192.168.0.0/16"},
    Range4{ip4(198, 18, 0, 0), 15, "benchmarks, 198.18.0.0/15"},
    Range4{ip4(198, 51, 100, 0), 24, "documentation, 198.51.100.0/24"},
    Range4{ip4(203, 0, 113, 0), 24, "documentation, 203.0.113.0/24"},
    Range4{ip4(224, 0, 0, 0), 3, "multicast and reserved, 224.0.0.0/3"},
};

struct Range6 {
  std::array<std::uint8_t, 8> network;  // the first 64 bits are enough for every range below
  int bits;
  std::string_view name;
};
// Inside 2000::/3; whatever lies outside of it is special as a whole.
constexpr std::array kRanges6{
    Range6{{0x20, 0x01, 0x00, 0x00}, 23, "protocol assignments and Teredo, 2001::/23"},
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation, 2001:db8::/32"},
    Range6{{0x20, 0x02}, 16, "6to4, 2002::/16"},
    Range6{{0x3f, 0xff, 0x00}, 20, "documentation, 3fff::/20"},
};

template <std::size_t N>
bool starts_with_bits(const std::uint8_t* address, const std::array<std::uint8_t, N>& network, int bits) {
  for (int i = 0; i < bits; ++i) {
    const auto mask = static_cast<std::uint8_t>(0x80 >> (i % 8));
    if ((address[i / 8] & mask) != (network[static_cast<std::size_t>(i) / 8] & mask)) return false;
  }
  return true;
}

std::string_view special4(std::uint32_t address) {
  for (const auto& range : kRanges4)
    if (address >> (32 - range.bits) == range.network >> (32 - range.bits)) return range.name;
  return {};
}

// Outside 2000::/3: the name of what it is, for the message.
std::string_view special6_outside(const std::uint8_t* a) {
  static constexpr std::array<std::uint8_t, 16> kZero{};
  if (std::equal(a, a + 15, kZero.begin()) && a[15] == 1) return "loopback, ::1";
  if (std::equal(a, a + 10, kZero.begin()) && a[10] == 0xff && a[11] == 0xff) return "IPv4 inside IPv6, ::ffff:0:0/96";
  if (std::equal(a, a + 12, kZero.begin())) return "unspecified or IPv4-compatible, ::/96";
  if (a[0] == 0x00 && a[1] == 0x64 && a[2] == 0xff && a[3] == 0x9b) return "IPv4 behind NAT64, 64:ff9b::/96";
  if ((a[0] & 0xfe) == 0xfc) return "private, fc00::/7";
  if (a[0] == 0xfe && (a[1] & 0xc0) == 0x80) return "link-local, fe80::/10";
  if (a[0] == 0xff) return "multicast, ff00::/8";
  return "outside the public unicast range 2000::/3";
}

std::string_view special6(const std::uint8_t* address) {
  if ((address[0] & 0xe0) != 0x20) return special6_outside(address);
  for (const auto& range : kRanges6)
    if (starts_with_bits(address, range.network, range.bits)) return range.name;
  return {};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// A host without brackets, zone and final dot, in lower case.
std::string bare(std::string_view host) {
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.find(':') != host.npos) host = host.substr(0, host.find('%'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower(host);
}

// The literal address that a host is, in any form that a resolver would take without asking.
std::optional<sockaddr_storage> literal(std::string_view host) {
  const std::string name = bare(host);
  sockaddr_storage storage{};
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET6, name.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    return storage;
  }
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  if (!name.empty() && inet_aton(name.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    return storage;
  }
  return std::nullopt;
}

const sockaddr& plain(const sockaddr_storage& storage) { return reinterpret_cast<const sockaddr&>(storage); }

// How a host is compared: literals in their canonical form, names in lower case.
std::string canonical(std::string_view host) {
  const auto address = literal(host);
  return address ? to_string(plain(*address)) : bare(host);
}

}  // namespace

std::string_view special_range(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof four);
    return special4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six;
    std::memcpy(&six, &address, sizeof six);
    return special6(six.sin6_addr.s6_addr);
  }
  return "not an internet address";
}

std::string_view special_literal(std::string_view host) {
  const auto address = literal(host);
  return address ? special_range(plain(*address)) : std::string_view{};
}

std::string_view special_name(std::string_view host) {
  if (literal(host)) return special_literal(host);
  const std::string name = bare(host);
  if (name == "localhost" || name.ends_with(".localhost")) return "this machine by name";
  if (name.find('.') == name.npos) return "a name without a dot";
  for (const std::string_view end : {".local", ".internal", ".home.arpa", ".lan", ".localdomain", ".intranet", ".corp", ".private"})
    if (name.ends_with(end)) return "a name of a local network";
  return {};
}

std::string to_string(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof four);
    inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 six;
    std::memcpy(&six, &address, sizeof six);
    inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
  }
  return text;
}

std::uint16_t port_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof four);
    return ntohs(four.sin_port);
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six;
    std::memcpy(&six, &address, sizeof six);
    return ntohs(six.sin6_port);
  }
  return 0;
}

Result<Guard> Guard::from(std::span<const std::string> allow) {
  Guard guard;
  for (const std::string& text : allow) {
    const std::size_t colon = text.rfind(':');
    const std::string_view host = std::string_view(text).substr(0, colon == text.npos ? 0 : colon);
    const bool bare_six = host.find(':') != host.npos && !host.starts_with('[');
    unsigned port = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + (colon == text.npos ? text.size() : colon + 1), end, port);
    if (host.empty() || bare_six || error != std::errc{} || stop != end || port == 0 || port > 65535)
      return invalid(fmt::format("net.allow: '{}' is not host:port (an IPv6 address needs brackets: \"[::1]:8080\")", text));
    guard.pairs_.push_back({canonical(host), static_cast<std::uint16_t>(port)});
  }
  return guard;
}

bool Guard::lists(const sockaddr& address, std::string_view host) const {
  const std::uint16_t port = port_of(address);
  if (pairs_.empty() || port == 0) return false;
  return lists(to_string(address), port) || lists(host, port);
}

bool Guard::lists(std::string_view host, std::uint16_t port) const {
  if (pairs_.empty()) return false;
  const std::string name = canonical(host);
  return std::ranges::any_of(pairs_, [&](const Pair& pair) { return pair.port == port && pair.host == name; });
}

}  // namespace draftwatch::base
