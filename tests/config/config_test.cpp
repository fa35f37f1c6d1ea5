#include "config/config.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

using namespace draftwatch;
using namespace draftwatch::config;

TEST_CASE("an empty file is the defaults") {
  const auto config = parse_config("", "draftwatch.toml");
  REQUIRE(config);
  CHECK(config->mail_channel == "file");
  CHECK(config->web_listen == "127.0.0.1:8080");
}

TEST_CASE("an unknown key is an error with its line and the nearest key") {
  const auto config = parse_config("[web]\nlisten = \"127.0.0.1:1\"\n[mail]\nfrm = \"a@b\"\n", "draftwatch.toml");
  REQUIRE_FALSE(config);
  CHECK(config.error().message == "draftwatch.toml:4: unknown key 'mail.frm'; did you mean 'mail.from'?");
}

TEST_CASE("a wrong type, a number out of bounds and an unknown choice name the line and what is wanted") {
  const auto message = [](const char* text) { return parse_config(text, "c.toml").error().message; };
  CHECK(message("[net]\nparallel = \"many\"\n") == "c.toml:2: 'net.parallel' wants a whole number");
  CHECK(message("[net]\nparallel = 0\n") == "c.toml:2: 'net.parallel' must lie between 1 and 64");
  CHECK(message("[mail]\nchannel = \"pigeon\"\n") == "c.toml:2: 'mail.channel' is 'pigeon' but must be one of file|smtp");
  CHECK(message("[net]\ntimeout = \"60\"\n").find("90s, 15m, 6h or 2d") != std::string::npos);
  CHECK(message("[net\n").starts_with("c.toml:1: "));
}

TEST_CASE("values that would stop mail or pages only later are refused with their key") {
  const auto refused = [](const std::string& text, const char* key) {
    const auto config = parse_config(text, "x.toml");
    return !config && config.error().message.find(key) != std::string::npos;
  };
  CHECK(refused("[mail]\nfrom = \"Draft Watch <watch@example.kg>\"\n", "'mail.from'"));
  CHECK(refused("[mail]\noperator = \"a@example.kg, b@example.kg\"\n", "'mail.operator'"));
  CHECK(refused("[mail]\nunsubscribe = \"nobody\"\n", "'mail.unsubscribe'"));
  CHECK(refused("[web]\nbase_url = \"watch.example.kg\"\n", "'web.base_url'"));
  CHECK(refused("[web]\nbase_url = \"https://watch.example.kg/dw/\"\n", "'web.base_url'"));
  CHECK(refused("[web]\nlisten = \"8080\"\n", "'web.listen'"));
  CHECK(refused("[web]\nlisten = \"127.0.0.1:99999\"\n", "'web.listen'"));
  CHECK(refused("[net]\nallow = [\"10.0.0.0/8\"]\n", "'net.allow'"));
  CHECK(parse_config("[web]\nbase_url = \"https://watch.example.kg/\"\nlisten = \"[::1]:8080\"\n[mail]\noperator = \"a@example.kg\"\n", "x.toml"));
}

TEST_CASE("the shipped draftwatch.toml is the one that the table generates") {
  const auto shipped = base::read_file(DRAFTWATCH_SOURCE_DIR "/config/draftwatch.toml");
  REQUIRE(shipped);
  CHECK(*shipped == default_config_text());
}

TEST_CASE("the shipped draftwatch.toml(5) is the one that the tables generate") {
  const auto shipped = base::read_file(DRAFTWATCH_SOURCE_DIR "/docs/man/draftwatch.toml.5");
  REQUIRE(shipped);
  CHECK_MESSAGE(*shipped == manual_text(), "made by: draftwatch config manual > docs/man/draftwatch.toml.5");
}

TEST_CASE("the generated file with every option uncommented reads back as the defaults") {
  std::string text = default_config_text(), uncommented;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    if (line.starts_with("#") && !line.starts_with("# ")) line.erase(0, 1);
    uncommented += line + "\n";
    at = end + 1;
  }
  const auto config = parse_config(uncommented, "all.toml");
  REQUIRE_MESSAGE(config, (config ? "" : config.error().message));
  CHECK(to_text(*config) == to_text(Config{}));
}

TEST_CASE("what differs from the default is shown uncommented") {
  const auto config = parse_config("[mail]\nfrom = \"watch@example.kg\"\n", "c.toml");
  REQUIRE(config);
  CHECK(to_text(*config).find("\nfrom = \"watch@example.kg\"\n") != std::string::npos);
  CHECK(to_text(*config).find("\n#channel = \"file\"\n") != std::string::npos);
}

TEST_CASE("a secret comes from its file, never empty, and its absence is said") {
  CHECK(secret("", "no-such-credential", "").error().kind == base::Failure::not_found);
  CHECK(secret("/nonexistent/password", "x", "").error().message.find("/nonexistent/password") != std::string::npos);
}

TEST_CASE("a secret that no option names is a credential of systemd, or lies beside the configuration") {
  const auto folder = std::filesystem::temp_directory_path() / ("secret-test-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "etc/credentials");
  std::filesystem::create_directories(folder / "run");
  const std::string file = folder / "etc/draftwatch.toml";
  CHECK(credential("word", folder / "run/draftwatch.toml").empty());
  REQUIRE(base::write_file(folder / "etc/credentials/word", "beside\n", 0600));
  CHECK(*secret("", "word", file) == "beside");
  REQUIRE(base::write_file(folder / "run/word", "handed over\n", 0600));
  ::setenv("CREDENTIALS_DIRECTORY", (folder / "run").c_str(), 1);
  CHECK(*secret("", "word", file) == "handed over");
  CHECK(secret("", "other", file).error().kind == base::Failure::not_found);
  ::unsetenv("CREDENTIALS_DIRECTORY");
  std::filesystem::remove_all(folder);
}

TEST_CASE("lengths of time are read with their unit only") {
  CHECK(*parse_duration("15m") == std::chrono::minutes{15});
  CHECK(*parse_duration("2d") == std::chrono::hours{48});
  CHECK_FALSE(parse_duration("15"));
  CHECK_FALSE(parse_duration("-3h"));
  CHECK(config::to_string(std::chrono::hours{24}) == "1d");
  CHECK(config::to_string(base::Seconds{90}) == "90s");
}
