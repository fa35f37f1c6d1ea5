// One request on its way: its hops, one libcurl handle, and the answer that comes of it.
//
// The loop of Engine adds `easy()` to its multi handle after begin() or again() returned true, and calls again() with
// libcurl's result when the hop has ended. False means: the answer stands. Nothing here waits.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/address.h"
#include "base/clock.h"
#include "base/digest.h"
#include "fetch/guard_hook.h"
#include "fetch/response.h"
#include "fetch/url.h"

namespace draftwatch::fetch {

class Transfer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `easy` is lent: it is reset and set up anew for each hop and must not be in a multi handle at those moments.
  Transfer(CURL* easy, const base::Guard& guard, const base::Clock& clock, Request request, Url url, Done done);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  bool begin(Time now);
  bool again(CURLcode result, Time now);
  void stop();  // the answer becomes Cause::stopped

  CURL* easy() const { return easy_; }
  const std::string& site() const { return site_; }  // of the request's own url
  const Request& request() const { return request_; }
  Answer take_answer();  // once, after begin() or again() said false, or stop()
  Done take_done() { return std::move(done_); }

 private:
  bool start_hop(Time now);
  void set_options(std::chrono::milliseconds left);
  bool set_headers();
  bool set_proxy();
  bool judge(CURLcode result, Time now);
  bool judge_status(Time now);
  bool judge_page(Time now);
  bool follow(Time now);
  bool second_look(Time now);
  bool end(Cause cause, std::string detail = {});
  bool end_failed(CURLcode result);
  void gather();
  std::string phase() const;

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

  CURL* easy_;
  const base::Guard* guard_;
  const base::Clock* clock_;
  Request request_;
  Url first_, hop_;
  std::string site_;
  Done done_;
  Gate gate_;
  std::unique_ptr<Response> response_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines_{nullptr, curl_slist_free_all};
  char said_[CURL_ERROR_SIZE] = "";
  Time deadline_{};
  int hops_ = 0;
  bool only_permanent_ = true;
  std::optional<base::Digest> first_look_;
  Answer answer_;
};

}  // namespace draftwatch::fetch
