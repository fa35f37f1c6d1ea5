// The demo portal without a network: what it answers to a request at an instant.
//
// A pure function of (scenario, timeline, request, instant): two portals answer with the same bytes.
//
// Addresses (page kinds of the plugin `demo`):
//   /robots.txt                          allows everything but /admin/
//   /{ru|ky|en}/drafts?page=N            list, 5 rows a page, newest first
//   /{ru|ky|en}/drafts/{key}             card: fields, window, text, papers; 404 while gone; labels in that language
//   /files/{key}/{name}.docx|.pdf        papers
//   /                                    front page;  /assets/portal.css
// ETag and Last-Modified on every 200; If-None-Match and If-Modified-Since answer 304. 503 with Retry-After in an outage.
// Thread-safe: immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo/timeline.h"

namespace draftwatch::demo {

struct Ask {
  std::string method = "GET", target = "/", if_none_match, if_modified_since;
};

struct Answer {
  int status = 200;
  std::string media_type;  // with charset
  std::string body;        // empty on 304; the server leaves it out on HEAD
  std::string etag, last_modified;
  int retry_after = 0;  // seconds, on 503
};

class Portal {
 public:
  Portal(const Scenario& scenario, Timeline timeline) : scenario_(scenario), timeline_(timeline) {}

  Answer answer(const Ask& ask, base::Instant now) const;
  const Scenario& scenario() const { return scenario_; }
  const Timeline& timeline() const { return timeline_; }

 private:
  Answer page(std::string_view path, std::string_view query, std::vector<Standing> all, base::Instant now) const;

  const Scenario& scenario_;
  Timeline timeline_;
};

}  // namespace draftwatch::demo
