#include "fetch/engine.h"

#include <curl/curl.h>

#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>
#include <vector>

#include "fetch/pace.h"
#include "fetch/transfer.h"

namespace draftwatch::fetch {
namespace {

using Time = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

constexpr milliseconds kRestAfter429{60'000};  // where the site does not say how long

}  // namespace

class Engine::Loop {
 public:
  Loop(base::Guard guard, const base::Clock& clock, EngineLimits limits)
      : guard_(std::move(guard)), clock_(&clock), limits_(limits), pace_(std::random_device{}()) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);  // once, also with several engines
    multi_ = curl_multi_init();
    if (ready != CURLE_OK || multi_ == nullptr) throw std::runtime_error("libcurl cannot be started");
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(limits.at_once * 2));
  }

  ~Loop() {
    for (const auto& [easy, transfer] : active_) curl_multi_remove_handle(multi_, easy);
    active_.clear();
    for (CURL* easy : spare_) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi_);
  }

  void submit(Request request, Done done) {
    auto url = parse_url(request.url);
    if (!url) {
      Answer answer;
      answer.cause = Cause::blocked_by_guard;
      answer.detail = url.error().message;
      answer.at = clock_->now();
      ended_.emplace_back(std::move(answer), std::move(done));
      return;
    }
    std::string site = url->site();
    sites_[std::move(site)].queued.push_back({std::move(request), std::move(*url), std::move(done)});
    ++queued_;
  }

  bool run(const std::stop_token& stop, Time until, const bool* satisfied = nullptr) {
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
    while (true) {
      if (stop.stop_requested()) stop_all();
      deliver();  // first: a Done may submit what start_due() then starts
      start_due();
      if (satisfied != nullptr && *satisfied) return queued_ + active_.size() + ended_.size() > 0;
      if (queued_ + active_.size() + ended_.size() == 0) return false;
      const Time now = std::chrono::steady_clock::now();
      if (now >= until) return true;
      if (!ended_.empty() || stop.stop_requested()) continue;
      int running = 0;
      curl_multi_perform(multi_, &running);
      if (drain()) continue;
      const Time next = std::min({until, next_start_, now + std::chrono::seconds{10}});
      const auto wait = std::chrono::ceil<milliseconds>(next - now);
      curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::clamp<std::int64_t>(wait.count(), 0, 10'000)), nullptr);
    }
  }

 private:
  struct Job {
    Request request;
    Url url;
    Done done;
  };
  struct Site {
    std::deque<Job> queued;
    int active = 0;
  };

  // Starts what may start now, and notes when the next one may.
  void start_due() {
    const Time now = std::chrono::steady_clock::now();
    next_start_ = Time::max();
    for (auto site = sites_.begin(); site != sites_.end();) {
      while (!site->second.queued.empty() && may_start(site->first, site->second, now)) start(site->first, site->second, now);
      site = site->second.queued.empty() && site->second.active == 0 ? sites_.erase(site) : std::next(site);
    }
  }

  bool may_start(const std::string& name, const Site& site, Time now) {
    if (pace_.held(name, now)) return true;  // answered at once, without asking
    if (site.active >= limits_.at_once_per_host || active_.size() >= static_cast<std::size_t>(limits_.at_once)) return false;
    const Time ready = pace_.ready(name);
    if (ready > now) next_start_ = std::min(next_start_, ready);
    return ready <= now;
  }

  void start(const std::string& name, Site& site, Time now) {
    Job job = std::move(site.queued.front());
    site.queued.pop_front();
    --queued_;
    if (const auto rest = pace_.held(name, now)) {
      Answer answer;
      answer.cause = Cause::later;
      answer.detail = "not asked: the host wanted rest";
      answer.retry_after = std::chrono::ceil<Seconds>(*rest);
      answer.at = clock_->now();
      ended_.emplace_back(std::move(answer), std::move(job.done));
      return;
    }
    pace_.started(name, job.request.pace, now);
    auto transfer = std::make_unique<Transfer>(take_easy(), guard_, *clock_, std::move(job.request), std::move(job.url), std::move(job.done));
    ++site.active;
    Transfer& started = *transfer;
    active_.emplace(started.easy(), std::move(transfer));
    if (started.begin(now))
      curl_multi_add_handle(multi_, started.easy());
    else
      finish(started.easy(), now);
  }

  // What libcurl has ended: the next hop, or the answer. True where there was something.
  bool drain() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      any = true;
      CURL* easy = message->easy_handle;
      const CURLcode result = message->data.result;
      const Time now = std::chrono::steady_clock::now();
      Transfer& transfer = *active_.at(easy);
      curl_multi_remove_handle(multi_, easy);
      if (transfer.again(result, now))
        curl_multi_add_handle(multi_, easy);
      else
        finish(easy, now);
    }
    return any;
  }

  void finish(CURL* easy, Time now) {
    auto node = active_.extract(easy);
    Transfer& transfer = *node.mapped();
    Answer answer = transfer.take_answer();
    if (const auto site = sites_.find(transfer.site()); site != sites_.end()) --site->second.active;
    if (answer.cause == Cause::later && (answer.retry_after || answer.status == 429))
      pace_.hold(transfer.site(), now + (answer.retry_after ? milliseconds{*answer.retry_after} : kRestAfter429));
    ended_.emplace_back(std::move(answer), transfer.take_done());
    node.mapped().reset();
    spare_.push_back(easy);
  }

  void stop_all() {
    std::vector<CURL*> all;
    for (const auto& [easy, transfer] : active_) all.push_back(easy);
    for (CURL* easy : all) {
      curl_multi_remove_handle(multi_, easy);
      active_.at(easy)->stop();
      finish(easy, std::chrono::steady_clock::now());
    }
    for (auto& [name, site] : sites_) {
      for (Job& job : site.queued) {
        Answer answer;
        answer.cause = Cause::stopped;
        answer.detail = "not asked any more";
        answer.at = clock_->now();
        ended_.emplace_back(std::move(answer), std::move(job.done));
      }
      site.queued.clear();
    }
    queued_ = 0;
  }

  // Calls back outside of every loop over our own containers: a Done may submit.
  void deliver() {
    std::deque<std::pair<Answer, Done>> now;
    now.swap(ended_);
    for (auto& [answer, done] : now) done(std::move(answer));
  }

  CURL* take_easy() {
    if (spare_.empty()) {
      CURL* easy = curl_easy_init();
      if (easy == nullptr) throw std::bad_alloc();
      return easy;
    }
    CURL* easy = spare_.back();
    spare_.pop_back();
    return easy;
  }

  base::Guard guard_;
  const base::Clock* clock_;
  EngineLimits limits_;
  Pace pace_;
  CURLM* multi_ = nullptr;
  std::map<std::string, Site> sites_;
  std::size_t queued_ = 0;
  std::map<CURL*, std::unique_ptr<Transfer>> active_;
  std::vector<CURL*> spare_;
  std::deque<std::pair<Answer, Done>> ended_;
  Time next_start_ = Time::max();
};

Engine::Engine(base::Guard guard, const base::Clock& clock, EngineLimits limits) : loop_(std::make_unique<Loop>(std::move(guard), clock, limits)) {}
Engine::~Engine() = default;

void Engine::submit(Request request, Done done) { loop_->submit(std::move(request), std::move(done)); }

bool Engine::run(std::stop_token stop, milliseconds at_most) { return loop_->run(stop, std::chrono::steady_clock::now() + at_most); }

Answer Engine::fetch(const Request& request) {
  Answer answer;
  bool answered = false;
  loop_->submit(request, [&](Answer given) {
    answer = std::move(given);
    answered = true;
  });
  loop_->run({}, Time::max(), &answered);
  return answer;
}

}  // namespace draftwatch::fetch
