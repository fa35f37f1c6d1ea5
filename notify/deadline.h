// Deadlines in words, and what makes an event urgent. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/event.h"
#include "model/window.h"
#include "notify/phrases.h"

namespace draftwatch::notify {

// Whole days from today to the day of the deadline, both in the window's zone: 0 is the last day, negative is past.
// Empty where the window has no end.
std::optional<int> days_left(const model::Window& window, base::Instant now);

// Still open, and what the deadline is known.
bool is_open(const model::Window& window, base::Instant now);

// "30 September 2026" in that zone; with `hour`, ", 18:00" too. An unknown zone counts as UTC.
std::string date_words(const Phrases& phrases, base::Instant at, std::string_view zone, bool hour = false);

// For subjects: "до 30 сентября (осталось 3 дня)", "сегодня последний день, до 18:00", "примерно до ...". The year
// only where it is not this year. Empty where the window is closed or has no end.
std::string deadline_words(const Phrases& phrases, const model::Window& window, base::Instant now);

// For the body: "до 30 сентября 2026 года (осталось 3 дня)".
std::string deadline_words_long(const Phrases& phrases, const model::Window& window, base::Instant now);

// Breaks through a digest: the deadline moved, or an open window ends within three days. A moved deadline is urgent
// also when it moved to the past.
bool is_urgent(const model::Event& event, const std::optional<model::Window>& window, base::Instant now);

}  // namespace draftwatch::notify
