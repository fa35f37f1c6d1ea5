#include "notify/smtp_channel.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <boost/json/object.hpp>
#include <cstdlib>
#include <thread>

#include "base/file.h"
#include "base/json.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;
using Kind = Handover::Kind;
namespace fs = std::filesystem;

namespace {

// A server program of its own process; it writes its port into a file and is ended with the object.
struct Server {
  fs::path folder = World::make_folder(), ledger = folder / "ledger";
  pid_t process = -1;
  int port = 0;

  explicit Server(std::vector<std::string> command) {
    const fs::path port_file = folder / "port";
    for (std::string& word : command) {
      if (word == "PORT-FILE") word = port_file.string();
      if (word == "LEDGER") word = ledger.string();
    }
    std::vector<char*> words;
    for (std::string& word : command) words.push_back(word.data());
    words.push_back(nullptr);
    REQUIRE(::posix_spawnp(&process, words[0], nullptr, nullptr, words.data(), environ) == 0);
    for (int n = 0; n < 500 && port == 0; ++n) {
      if (const auto text = base::read_file(port_file)) port = std::atoi(text->c_str());
      if (port == 0) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    REQUIRE(port != 0);
  }
  ~Server() {
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    fs::remove_all(folder);
  }
  // Messages that the server took.
  std::vector<boost::json::object> taken() const {
    std::vector<boost::json::object> out;
    std::ifstream file(ledger);
    for (std::string line; std::getline(file, line);) out.push_back(base::parse_json(line)->as_object());
    return out;
  }
};

std::string small_smtp() { return std::string(DRAFTWATCH_SOURCE_DIR) + "/tests/notify/small_smtp.py"; }

std::string faulty_smtp() {
  const char* folder = std::getenv("DRAFTWATCH_FAULTS");
  return (folder != nullptr ? fs::path(folder) : fs::path(DRAFTWATCH_SOURCE_DIR) / "../shared/faults") / "faulty_smtp.py";
}

SmtpOptions towards(int port, const char* security = "none") {
  SmtpOptions options;
  options.host = "127.0.0.1";
  options.port = port;
  options.security = security;
  options.reply_timeout = base::Seconds{2};
  options.total_timeout = base::Seconds{8};
  return options;
}

base::Guard guard_for(int port) {
  const std::vector<std::string> allow{"127.0.0.1:" + std::to_string(port)};
  return *base::Guard::from(allow);
}

Envelope letter_to(const std::string& to) {
  return {"draftwatch@example.org", to, "Subject: test\r\nMessage-ID: <1@example.org>\r\n\r\nOne line\r\n.\r\n..two\r\nlast\r\n"};
}

Handover send(const SmtpOptions& options, const std::string& to = "anna@example.com") {
  SmtpChannel channel(options, guard_for(options.port), "example.org");
  return channel.send(letter_to(to), "1@example.org", {});
}

bool has_openssl() { return std::system("openssl version >/dev/null 2>&1") == 0; }

struct Certificate {
  fs::path folder = World::make_folder(), cert = folder / "cert.pem", key = folder / "key.pem";
  Certificate() {
    const std::string command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout " +
                                key.string() + " -out " + cert.string() + " 2>/dev/null";
    REQUIRE(std::system(command.c_str()) == 0);
  }
  ~Certificate() { fs::remove_all(folder); }
};

}  // namespace

TEST_CASE("messages go over one connection, dot lines arrive as they were") {
  const Server server({"python3", small_smtp(), "PORT-FILE", "LEDGER"});
  SmtpChannel channel(towards(server.port), guard_for(server.port), "example.org");
  for (int n = 0; n < 5; ++n) CHECK(channel.send(letter_to("anna@example.com"), "1@example.org", {}).kind == Kind::accepted);
  const auto taken = server.taken();
  REQUIRE(taken.size() == 5);
  for (const auto& message : taken) {
    CHECK(message.at("bytes").as_string() == letter_to("").bytes);
    CHECK(message.at("session") == taken[0].at("session"));
    CHECK(message.at("to").as_array().size() == 1);
  }
}

TEST_CASE("a refusal between good messages stops neither, and the reply is kept without the address") {
  const Server server({"python3", small_smtp(), "PORT-FILE", "LEDGER"});
  SmtpChannel channel(towards(server.port), guard_for(server.port), "example.org");
  CHECK(channel.send(letter_to("anna@example.com"), "", {}).kind == Kind::accepted);
  const Handover refused = channel.send(letter_to("550@example.com"), "", {});
  CHECK(refused.kind == Kind::permanent);
  CHECK(refused.reply == "rcpt: 550 5.1.1 (address) not here");
  CHECK(channel.send(letter_to("450@example.com"), "", {}).kind == Kind::temporary);
  CHECK(channel.send(letter_to("552@example.com"), "", {}).kind == Kind::temporary);
  CHECK(channel.send(letter_to("boris@example.com"), "", {}).kind == Kind::accepted);
  CHECK(server.taken().size() == 2);
}

TEST_CASE("loopback is reached only where the operator lists it, and plain SMTP only on loopback") {
  const Server server({"python3", small_smtp(), "PORT-FILE", "LEDGER"});
  SmtpChannel unlisted(towards(server.port), base::Guard(), "example.org");
  const Handover blocked = unlisted.send(letter_to("anna@example.com"), "", {});
  CHECK(blocked.kind == Kind::unreachable);
  CHECK(contains(blocked.reply, "net.allow"));
  SmtpOptions far = towards(25);
  far.host = "192.0.2.1";
  SmtpChannel plain(far, *base::Guard::from(std::vector<std::string>{"192.0.2.1:25"}), "example.org");
  const Handover refused = plain.send(letter_to("anna@example.com"), "", {});
  CHECK(refused.kind == Kind::unreachable);
  CHECK(contains(refused.reply, "smtp.security"));
  CHECK(server.taken().empty());
}

TEST_CASE("STARTTLS and TLS are verified, credentials go only inside, and a server without TLS gets nothing") {
  if (!has_openssl()) {
    MESSAGE("SKIPPED: no openssl program to make a certificate with");
    return;
  }
  const Certificate made;
  const std::vector<std::string> certificate{"--cert", made.cert.string(), "--key", made.key.string(), "--auth", "user:secret"};
  for (const char* security : {"starttls", "tls"}) {
    CAPTURE(security);
    std::vector<std::string> command{"python3", small_smtp(), "PORT-FILE", "LEDGER"};
    command.insert(command.end(), certificate.begin(), certificate.end());
    if (std::string_view(security) == "tls") command.emplace_back("--tls");
    const Server server(command);
    SmtpOptions options = towards(server.port, security);
    options.user = "user";
    options.password = "secret";
    CHECK(send(options).kind == Kind::unreachable);  // nobody vouches for the certificate
    CHECK(server.taken().empty());
    options.ca_file = made.cert.string();
    CHECK(send(options).kind == Kind::accepted);
    REQUIRE(server.taken().size() == 1);
    CHECK(server.taken()[0].at("secure").as_bool());
    options.password = "wrong";
    const Handover wrong = send(options);
    CHECK(wrong.kind == Kind::unreachable);
    CHECK(contains(wrong.reply, "auth: 535"));
    CHECK(server.taken().size() == 1);
  }
  const Server stripped({"python3", small_smtp(), "PORT-FILE", "LEDGER"});
  CHECK(send(towards(stripped.port, "starttls")).kind == Kind::unreachable);
  CHECK(stripped.taken().empty());
}

TEST_CASE("every behaviour of the faulty server is classified for what it is") {
  if (!fs::exists(faulty_smtp())) {
    MESSAGE("SKIPPED: no faulty_smtp.py; set DRAFTWATCH_FAULTS");
    return;
  }
  struct Case {
    const char* behaviour;
    std::vector<Kind> allowed;
    int taken;  // copies in the server's ledger; -1: depends on timing
  };
  const std::vector<Case> cases{{"ok", {Kind::accepted}, 1},
                                {"greet-tempfail", {Kind::unreachable}, 0},
                                {"greet-drop", {Kind::unreachable}, 0},
                                {"ehlo-drop", {Kind::unreachable}, 0},
                                {"mail-tempfail", {Kind::temporary}, 0},
                                {"mail-perm", {Kind::permanent}, 0},
                                {"rcpt-tempfail", {Kind::temporary}, 0},
                                {"rcpt-perm", {Kind::permanent}, 0},
                                {"rcpt-greylist", {Kind::temporary}, 0},
                                {"data-tempfail", {Kind::temporary}, 0},
                                {"data-perm", {Kind::permanent}, 0},
                                {"drop-before-354", {Kind::temporary}, 0},
                                {"drop-in-data", {Kind::temporary, Kind::in_doubt}, 0},  // a short body is out before the drop is seen
                                {"drop-after-data", {Kind::in_doubt}, 1},
                                {"drop-after-data-lost", {Kind::in_doubt}, 0},
                                {"slow-reply", {Kind::accepted}, 1},
                                {"slow-greet", {Kind::accepted}, 1},
                                {"hang-after-data", {Kind::in_doubt}, 1},
                                {"hang", {Kind::unreachable}, 0},
                                {"no-newline", {Kind::in_doubt}, 1},
                                {"garbage-reply", {Kind::unreachable}, 0},
                                {"multiline-flood", {Kind::unreachable}, 0},
                                {"421-mid", {Kind::temporary}, 0},
                                {"552-full", {Kind::temporary}, 0},
                                {"451-after-accept", {Kind::temporary}, 1},
                                {"250-lost", {Kind::accepted}, 0},
                                {"bare-lf", {Kind::accepted}, 1},
                                {"rst-after-data", {Kind::in_doubt}, 1},
                                {"dup-250", {Kind::accepted}, 1},
                                {"long-reply", {Kind::accepted}, 1}};
  for (const Case& one : cases) {
    CAPTURE(one.behaviour);
    const Server server({"python3", faulty_smtp(), "--port", "0", "--port-file", "PORT-FILE", "--ledger", "LEDGER", "--slow", "0.3", "--plan",
                         std::string("each:") + one.behaviour});
    const Handover got = send(towards(server.port));
    CAPTURE(got.reply);
    CAPTURE(static_cast<int>(got.kind));
    CHECK(std::find(one.allowed.begin(), one.allowed.end(), got.kind) != one.allowed.end());
    CHECK(got.reply.size() <= 300);
    CHECK_FALSE(contains(got.reply, "anna"));
    CHECK(server.taken().size() == static_cast<std::size_t>(one.taken));
  }
  const Server server({"python3", faulty_smtp(), "--port", "0", "--port-file", "PORT-FILE", "--ledger", "LEDGER", "--plan", "each:535-auth"});
  SmtpOptions options = towards(server.port);
  options.user = "user";
  options.password = "wrong";
  CHECK(send(options).kind == Kind::unreachable);
}

TEST_CASE("a server that says 250 twice spoils no other message of the connection") {
  if (!fs::exists(faulty_smtp())) {
    MESSAGE("SKIPPED: no faulty_smtp.py; set DRAFTWATCH_FAULTS");
    return;
  }
  const Server server({"python3", faulty_smtp(), "--port", "0", "--port-file", "PORT-FILE", "--ledger", "LEDGER", "--plan", "each:dup-250"});
  SmtpChannel channel(towards(server.port), guard_for(server.port), "example.org");
  std::size_t accepted = 0;
  for (int n = 0; n < 6; ++n) accepted += channel.send(letter_to("anna@example.com"), "", {}).kind == Kind::accepted;
  CHECK(accepted >= 1);
  CHECK(server.taken().size() == accepted);  // what we call accepted was taken, and nothing else
}

TEST_CASE("a stop that is asked for while nothing was handed over ends the wait at once") {
  if (!fs::exists(faulty_smtp())) {
    MESSAGE("SKIPPED: no faulty_smtp.py; set DRAFTWATCH_FAULTS");
    return;
  }
  const Server server({"python3", faulty_smtp(), "--port", "0", "--port-file", "PORT-FILE", "--ledger", "LEDGER", "--plan", "each:hang"});
  SmtpOptions options = towards(server.port);
  options.reply_timeout = base::Seconds{200};
  options.total_timeout = base::Seconds{200};
  SmtpChannel channel(options, guard_for(server.port), "example.org");
  std::stop_source stop;
  std::jthread asker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  CHECK(channel.send(letter_to("anna@example.com"), "", stop.get_token()).kind == Kind::unreachable);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{60});  // the server would be waited for 200 s
}

TEST_CASE("a refusal of the sender or of our login is no verdict on the recipient") {
  const auto verdict = [](const char* words, int code) {
    Conversation talk;
    talk.step = Conversation::Step::rcpt;
    talk.reply = code;
    talk.words = words;
    return judge(talk, false, "").kind;
  };
  CHECK(verdict("550 5.1.1 no such user", 550) == Kind::permanent);
  CHECK(verdict("550 no", 550) == Kind::permanent);
  CHECK(verdict("553 5.7.1 Sender address rejected: not owned by user", 553) == Kind::temporary);
  CHECK(verdict("554 5.7.1 Recipient address rejected: Access denied", 554) == Kind::temporary);
  CHECK(verdict("550 5.1.8 bad sender", 550) == Kind::temporary);
}

TEST_CASE("what a server says is safe to keep: no address, no control characters, no novel") {
  CHECK(safe_reply("550 5.1.1 <anna@example.com>... User unknown") == "550 5.1.1 (address) User unknown");
  CHECK(safe_reply("250 \x1b[31mred\x07") == "250 [31mred");
  CHECK(safe_reply(std::string(5000, 'x')).size() <= 204);
}
