// The stored and printed names of the enumerations: one table each, read both ways.
#include <algorithm>
#include <array>
#include <utility>

#include "model/message.h"
#include "model/window.h"

namespace draftwatch::model {
namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
std::string_view name_of(const Names<E, N>& names, E value) {
  for (const auto& [candidate, name] : names)
    if (candidate == value) return name;
  return "unknown";
}

template <class E, std::size_t N>
bool value_of(const Names<E, N>& names, std::string_view text, E& value) {
  for (const auto& [candidate, name] : names) {
    if (name != text) continue;
    value = candidate;
    return true;
  }
  return false;
}

constexpr Names<Stage, 15> kStages{{{Stage::planned, "planned"},
                                    {Stage::consultation, "consultation"},
                                    {Stage::consultation_closed, "consultation_closed"},
                                    {Stage::introduced, "introduced"},
                                    {Stage::committee, "committee"},
                                    {Stage::first_reading, "first_reading"},
                                    {Stage::second_reading, "second_reading"},
                                    {Stage::third_reading, "third_reading"},
                                    {Stage::adopted, "adopted"},
                                    {Stage::signed_, "signed"},
                                    {Stage::in_force, "in_force"},
                                    {Stage::returned, "returned"},
                                    {Stage::rejected, "rejected"},
                                    {Stage::withdrawn, "withdrawn"},
                                    {Stage::unknown, "unknown"}}};

constexpr Names<Certainty, 3> kCertainties{{{Certainty::stated, "stated"}, {Certainty::computed, "computed"}, {Certainty::unknown, "unknown"}}};

constexpr Names<EventKind, 15> kEvents{{{EventKind::appeared, "appeared"},
                                        {EventKind::stage_changed, "stage_changed"},
                                        {EventKind::title_changed, "title_changed"},
                                        {EventKind::version_added, "version_added"},
                                        {EventKind::text_replaced, "text_replaced"},
                                        {EventKind::text_unreadable, "text_unreadable"},
                                        {EventKind::window_opened, "window_opened"},
                                        {EventKind::window_moved, "window_moved"},
                                        {EventKind::window_closing, "window_closing"},
                                        {EventKind::window_closed, "window_closed"},
                                        {EventKind::withdrawn, "withdrawn"},
                                        {EventKind::vanished, "vanished"},
                                        {EventKind::returned, "returned"},
                                        {EventKind::document_added, "document_added"},
                                        {EventKind::document_gone, "document_gone"}}};

constexpr Names<Frequency, 2> kFrequencies{{{Frequency::immediately, "immediately"}, {Frequency::daily, "daily"}}};

constexpr Names<Message::State, 4> kMessageStates{{{Message::State::pending, "pending"},
                                                   {Message::State::sending, "sending"},
                                                   {Message::State::sent, "sent"},
                                                   {Message::State::refused, "refused"}}};

}  // namespace

std::string_view to_string(Stage stage) { return name_of(kStages, stage); }
Stage stage_from_string(std::string_view text) {
  Stage stage = Stage::unknown;
  value_of(kStages, text, stage);
  return stage;
}

std::string_view to_string(Certainty certainty) { return name_of(kCertainties, certainty); }
Certainty certainty_from_string(std::string_view text) {
  Certainty certainty = Certainty::unknown;
  value_of(kCertainties, text, certainty);
  return certainty;
}

std::string_view to_string(EventKind kind) { return name_of(kEvents, kind); }
bool event_kind_from_string(std::string_view text, EventKind& kind) { return value_of(kEvents, text, kind); }

std::string_view to_string(Frequency frequency) { return name_of(kFrequencies, frequency); }
bool frequency_from_string(std::string_view text, Frequency& frequency) { return value_of(kFrequencies, text, frequency); }

std::string_view to_string(Message::State state) { return name_of(kMessageStates, state); }
bool message_state_from_string(std::string_view text, Message::State& state) { return value_of(kMessageStates, text, state); }

bool takes_comments(const Draft& draft) {
  constexpr std::array kDecided{Stage::adopted, Stage::signed_, Stage::in_force, Stage::rejected, Stage::withdrawn};
  return !draft.withdrawn_at && std::find(kDecided.begin(), kDecided.end(), draft.stage) == kDecided.end();
}

}  // namespace draftwatch::model
