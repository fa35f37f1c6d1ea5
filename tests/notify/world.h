// A small world for the tests of notify/: a real database in a folder of its own, a clock moved by hand, a portal with
// drafts as the tracker would write them, and a channel that remembers what it was given.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/zone.h"
#include "notify/alerter.h"
#include "notify/postbox.h"
#include "storage/alerts.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/health.h"
#include "storage/outbox.h"
#include "storage/pulse.h"
#include "storage/sources.h"
#include "storage/subscriptions.h"
#include "storage/versions.h"
#include "storage/windows.h"

namespace draftwatch::notify {

inline base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

struct Remembered {
  std::string to, bytes, message_id;
};

// Answers what the test queued, else "accepted".
class FakeChannel final : public Channel {
 public:
  Handover send(const Envelope& envelope, const std::string& message_id, std::stop_token) override {
    sent.push_back({envelope.to, envelope.bytes, message_id});
    if (before_answer) before_answer();
    if (answers.empty()) return {Handover::Kind::accepted, "final: 250 ok"};
    Handover next = answers.front();
    answers.erase(answers.begin());
    return next;
  }
  std::vector<Remembered> sent;
  std::vector<Handover> answers;
  std::function<void()> before_answer;
};

struct World {
  std::filesystem::path folder;
  storage::Database database;
  base::HandClock clock{at("2026-09-20T06:00:00Z")};  // 12:00 in Bishkek
  base::SecretKeys keys = base::SecretKeys::generate();
  Options options;
  int ordinal = 0;
  std::map<std::int64_t, std::string> tokens;

  World() : folder(make_folder()), database(open(folder)) {
    options.base_url = "https://drafts.example.org";
    options.from = "draftwatch@example.org";
    options.mail_dir = folder / "mail";
    options.operator_address = "operator@example.org";
    storage::Sources sources(database);
    REQUIRE(sources.mirror({{"kg.min", "demo", "Министерство примера", "kg", "ru", "Asia/Bishkek", "https://min.example.kg/", "honour", true, {}},
                            {"gb.dep", "demo", "Department of Examples", "gb", "en", "Europe/London", "https://dep.example.uk/", "honour", true, {}}},
                           clock.now()));
    REQUIRE(storage::Health(database).set_state("kg.min", storage::SourceState::healthy, "", "", clock.now()));
    REQUIRE(storage::Health(database).set_state("gb.dep", storage::SourceState::healthy, "", "", clock.now()));
    REQUIRE(storage::Health(database).mark_read("kg.min", clock.now(), true));
  }
  ~World() { std::filesystem::remove_all(folder); }

  static std::filesystem::path make_folder() {
    static int count = 0;
    const auto path = std::filesystem::temp_directory_path() / ("notify_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(path);
    return path;
  }
  static storage::Database open(const std::filesystem::path& folder) {
    auto opened = storage::Database::open(folder / "test.db");
    REQUIRE(opened.ok());
    return std::move(*opened);
  }

  Context context() { return {database, keys, options}; }
  base::SecretKeys same_keys() {
    const auto file = folder / "alert.key";
    if (!std::filesystem::exists(file)) REQUIRE(keys.write(file));
    auto read = base::SecretKeys::read(file);
    REQUIRE(read.ok());
    return std::move(*read);
  }
  // With the channel of the options, or with a fake whose memory stays with the test.
  Alerter alerter(std::unique_ptr<Channel> channel = nullptr) {
    auto started = Alerter::start(database, clock, same_keys(), options, std::move(channel));
    REQUIRE(started.ok());
    return std::move(*started);
  }

  model::Id<model::Draft> draft(const std::string& key, const std::string& title, const std::string& source = "kg.min") {
    model::Draft wanted;
    wanted.source = source;
    wanted.key = key;
    wanted.url = "https://min.example.kg/drafts/" + key;
    wanted.title = title;
    wanted.language = source == "gb.dep" ? "en" : "ru";
    wanted.authority = "Отдел примеров";
    wanted.stage = model::Stage::consultation;
    wanted.first_seen = wanted.last_seen = clock.now();
    const auto id = storage::Drafts(database).add(wanted);
    REQUIRE(id.ok());
    return *id;
  }
  void window(model::Id<model::Draft> draft, const char* closes, bool day_end = true, model::Certainty certainty = model::Certainty::stated) {
    model::Window wanted;
    wanted.draft = draft;
    wanted.closes = at(closes);
    wanted.closes_at_day_end = day_end;
    wanted.zone = "Asia/Bishkek";
    wanted.certainty = certainty;
    wanted.words = "Замечания принимаются до 30.09.2026";
    wanted.how_to_comment = "письмом на law@min.example.kg";
    wanted.seen = clock.now();
    REQUIRE(storage::Windows(database).append(wanted).ok());
  }
  model::Id<model::Version> text(model::Id<model::Draft> draft, const std::string& text) {
    storage::Drafts drafts(database);
    bool added = false;
    const auto document = drafts.document(
        {.id = {}, .draft = draft, .role = "text", .language = "ru", .url = "https://min.example.kg/file", .label = "Текст"}, "card", added);
    REQUIRE(document.ok());
    storage::NewVersion wanted;
    wanted.document = document->id;
    wanted.original = text;
    wanted.media_type = "text/plain";
    wanted.text = text;
    wanted.seen = clock.now();
    const auto version = storage::Versions(database).append(wanted);
    REQUIRE(version.ok());
    return version->id;
  }
  void event(model::Id<model::Draft> draft, model::EventKind kind, const std::string& detail = "{}", bool silent = false) {
    model::Event wanted;
    wanted.draft = draft;
    wanted.at = clock.now();
    wanted.kind = kind;
    wanted.detail = detail;
    wanted.same_as = "test/" + std::to_string(++ordinal);
    wanted.silent = silent;
    REQUIRE(storage::Events(database).append(wanted).ok());
  }

  model::SubscribeRequest wish(const std::string& address, const std::string& query) const {
    model::SubscribeRequest request;
    request.address = address;
    request.interest.query = query;
    request.frequency = model::Frequency::immediately;
    return request;
  }
  // A confirmed subscription that has had its welcome mail.
  model::Id<model::Subscription> subscriber(const model::SubscribeRequest& request) {
    const std::string token = base::random_token();
    model::Subscription wanted;
    wanted.sealed_contact = base::seal(keys.public_key(), model::to_json(model::Contact{request.address, request.name, token}));
    wanted.blind_index = keys.blind_index("contact", model::address_for_index(request.address));
    wanted.interest = request.interest;
    wanted.frequency = request.frequency;
    wanted.language = request.language;
    wanted.zone = request.zone;
    wanted.neutral_subject = request.neutral_subject;
    wanted.token_digest = base::token_digest(token);
    wanted.created = clock.now();
    wanted.confirmed = clock.now();
    storage::Subscriptions subscriptions(database);
    const auto id = subscriptions.add(wanted);
    REQUIRE(id.ok());
    REQUIRE(subscriptions.mark_welcomed(*id, clock.now()));
    tokens[id->value] = token;
    return *id;
  }
};

// A fake inside an Alerter, with the memory kept by the test.
struct Ear {
  FakeChannel* channel = nullptr;
  std::unique_ptr<Channel> make() {
    auto made = std::make_unique<FakeChannel>();
    channel = made.get();
    return made;
  }
};

// A mail as Python's email package reads it: an independent reader. Keys: headers in lower case, "text", "html",
// "recipients".
std::map<std::string, std::string> read_by_python(const std::string& bytes);

inline bool contains(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

}  // namespace draftwatch::notify
