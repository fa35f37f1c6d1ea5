#include "base/address.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <string>
#include <vector>

using namespace draftwatch::base;

namespace {

sockaddr_storage at(const std::string& text, std::uint16_t port = 80) {
  sockaddr_storage storage{};
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
  } else {
    REQUIRE(inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1);
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
  }
  return storage;
}
const sockaddr& plain(const sockaddr_storage& storage) { return reinterpret_cast<const sockaddr&>(storage); }

}  // namespace

TEST_CASE("private, loopback and special addresses are refused, to their last address") {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.0.0",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.0",
                           "192.0.0.255",
                           "192.0.2.7",
                           "192.88.99.1",
                           "192.168.0.0",
                           "192.168.255.255",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.9",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.0",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::7f00:1",
                           "::ffff:0.0.0.0",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "64:ff9b::",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "fc00::",
                           "fdff:ffff::1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "2001:1ff::1",
                           "2002:7f00:1::",
                           "3fff:fff::1",
                           "5f00::1",
                           "4000::1"}) {
    CAPTURE(text);
    CHECK_FALSE(special_range(plain(at(text))).empty());
    CHECK_FALSE(Guard{}.permits(plain(at(text)), text));
  }
}

TEST_CASE("the neighbours of the special ranges are public") {
  for (const char* text : {"1.0.0.0",         "9.255.255.255", "11.0.0.0",        "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
                           "169.253.255.255", "169.255.0.0",   "172.15.255.255",  "172.32.0.0",     "192.0.1.0",   "192.167.255.255", "192.169.0.0",
                           "198.17.255.255",  "198.20.0.0",    "223.255.255.255", "8.8.8.8",        "2000::1",     "2001:200::1",     "2001:db7::1",
                           "2001:db9::1",     "2003::1",       "2606:4700::1111", "2a00:1450::1",   "3ffe::1"}) {
    CAPTURE(text);
    CHECK(special_range(plain(at(text))).empty());
    CHECK(Guard{}.permits(plain(at(text)), text));
  }
}

TEST_CASE("a unix socket is not an address of the internet") {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  CHECK_FALSE(special_range(reinterpret_cast<const sockaddr&>(local)).empty());
}

TEST_CASE("every way to write a private address is seen through") {
  for (const char* text :
       {"127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0", "127.0.0.1.", "[::1]", "::1",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[fe80::1%25eth0]", "[fe80::1%1]", "3232235521", "0xA9FEA9FE"}) {
    CAPTURE(text);
    CHECK_FALSE(special_literal(text).empty());
    CHECK_FALSE(special_name(text).empty());
  }
  for (const char* text : {"8.8.8.8", "134744072", "[2a00:1450::1]", "portal.example.org", "127.0.0.1.example.org", ""}) {
    CAPTURE(text);
    CHECK(special_literal(text).empty());
  }
}

TEST_CASE("a proxy is not asked for local names") {
  for (const char* text :
       {"localhost", "LOCALHOST", "localhost.", "a.localhost", "printer", "router.local", "metadata.google.internal", "x.home.arpa"}) {
    CAPTURE(text);
    CHECK_FALSE(special_name(text).empty());
  }
  for (const char* text : {"kenesh.kg", "abcdef.onion", "www.gov.uk", "8.8.8.8"}) {
    CAPTURE(text);
    CHECK(special_name(text).empty());
  }
}

TEST_CASE("the operator opens single pairs of host and port, by name or by address") {
  const std::vector<std::string> allow{"127.0.0.1:8090", "Mail.Office:25", "[::1]:1080"};
  const auto made = Guard::from(allow);
  REQUIRE(made);
  const Guard& guard = *made;
  CHECK(guard.permits(plain(at("127.0.0.1", 8090)), "demo.local"));
  CHECK(guard.permits(plain(at("10.1.2.3", 25)), "mail.office"));
  CHECK(guard.permits(plain(at("::1", 1080)), "proxy"));
  CHECK_FALSE(guard.permits(plain(at("127.0.0.1", 8091)), "127.0.0.1"));
  CHECK_FALSE(guard.permits(plain(at("127.0.0.2", 8090)), "127.0.0.2"));
  CHECK_FALSE(guard.permits(plain(at("10.1.2.3", 25)), "other.office"));
  CHECK_FALSE(guard.permits(plain(at("10.1.2.3", 26)), "mail.office"));
  CHECK_FALSE(guard.permits(plain(at("::ffff:127.0.0.1", 8090)), "x"));
}

TEST_CASE("an entry that is not a pair is refused by name") {
  for (const char* text : {"", "localhost", "localhost:", ":25", "host:0", "host:65536", "host:25x", "::1:25", "10.0.0.0/8", "host:-1"}) {
    CAPTURE(text);
    const std::vector<std::string> allow{text};
    const auto guard = Guard::from(allow);
    REQUIRE_FALSE(guard);
    CHECK(guard.error().kind == Failure::invalid);
    CHECK(guard.error().message.find("'" + std::string(text) + "'") != std::string::npos);
  }
}
