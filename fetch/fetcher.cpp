#include "fetch/fetcher.h"

#include <fmt/format.h>

namespace draftwatch::fetch {

void Fetcher::submit(Request request, Done done) { queued_.emplace_back(std::move(request), std::move(done)); }

bool Fetcher::run(std::stop_token stop, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (!queued_.empty()) {
    if (!stop.stop_requested() && std::chrono::steady_clock::now() >= until) return true;
    auto [request, done] = std::move(queued_.front());
    queued_.pop_front();
    Answer answer;
    if (stop.stop_requested()) {
      answer.cause = Cause::stopped;
      answer.detail = "not asked any more";
    } else {
      answer = fetch(request);
    }
    done(std::move(answer));
  }
  return false;
}

std::string describe(const Request& request, const Answer& answer) {
  const std::string_view why = answer.detail.empty() ? entry(answer.cause).meaning : std::string_view(answer.detail);
  return fmt::format("{} {}: {} ({})", request.source.empty() ? "-" : request.source, to_string(answer.cause), why, request.url);
}

}  // namespace draftwatch::fetch
