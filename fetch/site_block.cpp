#include "fetch/site_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "fetch/header.h"

namespace draftwatch::fetch {
namespace {

constexpr std::size_t kLook = 8 * 1024;        // walls say what they are early
constexpr std::size_t kSmallPage = 24 * 1024;  // a page of real content is mostly larger; a strong sign counts at any size

// Words that stand in the machine-made part of known walls and hardly in a bill. Lower case.
constexpr std::array<std::string_view, 14> kStrong{"<title>just a moment",
                                                   "cf-browser-verification",
                                                   "/cdn-cgi/challenge",
                                                   "checking your browser before",
                                                   "_incapsula_resource",
                                                   "incapsula incident id",
                                                   "ddos-guard",
                                                   "ddos protection by",
                                                   "request unsuccessful. incap",
                                                   "please enable cookies. sorry, you have been blocked",
                                                   "<title>access denied",
                                                   "/.well-known/ddos-guard",
                                                   "support id is:",
                                                   "the requested url was rejected"};

// Words that count on a small page, or where another sort of page was expected.
constexpr std::array<std::string_view, 16> kWeak{"access denied",     "captcha",           "transaction id",  "checking your browser",
                                                 "are you a robot",   "unusual traffic",   "request blocked", "you have been blocked",
                                                 "too many requests", "rate limit",        "quota exceeded",  "доступ запрещен",
                                                 "доступ ограничен",  "проверка браузера", "вы не робот",     "подозрительная активность"};

// "quota" alone is a word of many bills: it counts only as plain text in place of data.
constexpr std::array<std::string_view, 4> kQuota{"quota", "limit exceeded", "throttl", "try again later"};

// All words in one pass: few positions of a text start with two bytes that a word starts with, and then few words do.
class Signs {
 public:
  Signs() {
    add(kStrong, &Found::strong);
    add(kWeak, &Found::weak);
    add(kQuota, &Found::quota);
  }

  struct Found {
    std::string_view strong, weak, quota;  // the first of each, empty where there is none
  };
  Found look(std::string_view text) const {
    Found found;
    for (; text.size() > 1; text.remove_prefix(1)) {
      const std::uint8_t bucket = bucket_of_[pair(text)];
      if (bucket == 0) continue;
      for (const auto& [word, where] : buckets_[bucket - 1U])
        if ((found.*where).empty() && text.starts_with(word)) found.*where = word;
    }
    return found;
  }

 private:
  static std::size_t pair(std::string_view text) { return static_cast<unsigned char>(text[0]) * 256U + static_cast<unsigned char>(text[1]); }
  template <class Words>
  void add(const Words& words, std::string_view Found::*where) {
    for (const std::string_view word : words) {
      std::uint8_t& bucket = bucket_of_[pair(word)];
      if (bucket == 0) {
        buckets_.emplace_back();
        bucket = static_cast<std::uint8_t>(buckets_.size());
      }
      buckets_[bucket - 1U].emplace_back(word, where);
    }
  }

  std::array<std::uint8_t, 65536> bucket_of_{};  // 0: no word starts so
  std::vector<std::vector<std::pair<std::string_view, std::string_view Found::*>>> buckets_;
};

bool is_html(std::string_view type, std::string_view start) {
  return type == "text/html" || type == "application/xhtml+xml" || start.starts_with("<!doctype html") || start.starts_with("<html");
}

bool other_sort(Expects expects, std::string_view type, std::string_view start) {
  switch (expects) {
    case Expects::anything:
    case Expects::html: return false;
    case Expects::json: return is_html(type, start) || (type == "text/plain" && !start.starts_with('{') && !start.starts_with('['));
    case Expects::xml:
      return (is_html(type, start) || type == "text/plain") && !start.starts_with("<?xml") && !start.starts_with("<rss") &&
             !start.starts_with("<feed");
  }
  return false;
}

}  // namespace

std::string site_block(int status, std::string_view content_type, std::string_view body, Expects expects) {
  const std::string type = media_type(content_type);
  std::string text = lower_ascii(body.substr(0, kLook));
  // Capital Cyrillic А..Я of UTF-8: only these are folded, the words above are Russian.
  for (std::size_t i = text.find('\xd0'); i < text.size() - 1; i = text.find('\xd0', i + 1)) {
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (second < 0x90 || second > 0xaf) continue;
    text[i] = static_cast<char>(second < 0xa0 ? 0xd0 : 0xd1);
    text[i + 1] = static_cast<char>(second < 0xa0 ? second + 0x20 : second - 0x20);
  }
  const std::size_t start_at = std::min(text.find_first_not_of(" \t\r\n\xef\xbb\xbf"), text.size());
  const std::string_view start = std::string_view(text).substr(start_at);
  const bool other = other_sort(expects, type, start);
  const bool html = is_html(type, start);

  static const Signs kSigns;
  const Signs::Found signs = html || other || type == "text/plain" ? kSigns.look(text) : Signs::Found{};
  if (html || other)
    if (const auto word = signs.strong; !word.empty()) return fmt::format("the page says '{}'", word);
  const bool weak_counts =
      other || status == 403 || status == 429 || status == 503 || (html && body.size() <= kSmallPage && expects != Expects::json);
  if (weak_counts && (html || other))
    if (const auto word = signs.weak; !word.empty()) {
      // On an ordinary page of success the word must be what the page is about: in its title or first heading, or the page is tiny.
      const auto title = text.find("<title>");
      const bool titled = title != text.npos && std::string_view(text).substr(title, 200).find(word) < 200;
      if (other || status != 200 || titled || body.size() < 2048) return fmt::format("the page says '{}'", word);
    }
  if (other && type == "text/plain")
    if (const auto word = signs.quota; !word.empty()) return fmt::format("plain text in place of data says '{}'", word);
  return {};
}

}  // namespace draftwatch::fetch
