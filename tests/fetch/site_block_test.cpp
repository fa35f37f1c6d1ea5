#include "fetch/site_block.h"

#include <doctest/doctest.h>

using namespace draftwatch::fetch;

namespace {
bool wall(int status, std::string_view type, const std::string& body, Expects expects = Expects::html) {
  return !site_block(status, type, body, expects).empty();
}
const std::string kFiller(40'000, 'x');
}  // namespace

TEST_CASE("walls are recognised whatever status they carry") {
  CHECK(wall(200, "text/html; charset=utf-8", "<html><title>Just a moment...</title><body>Checking your browser</body></html>"));
  CHECK(wall(503, "text/html", "<html><title>Just a moment...</title>" + kFiller));
  CHECK(wall(403, "text/html", "<html><head><title>Access Denied</title></head><body>Reference #18.2f</body></html>"));
  CHECK(wall(200, "text/html",
             "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Your support ID is: 7</body></html>"));
  CHECK(wall(200, "text/html", "<html><body><h1>Доступ ограничен</h1>Подтвердите, что вы не робот</body></html>"));
  CHECK(wall(403, "text/html", "<html><body>ДОСТУП ЗАПРЕЩЕН</body></html>"));
  CHECK(wall(200, "text/html", "<html><script src=\"/_Incapsula_Resource?x\"></script></html>"));
}

TEST_CASE("a page of another sort where data is expected needs fewer signs") {
  CHECK(wall(200, "text/html", "<html><body>Access denied. Transaction ID: 12</body></html>", Expects::json));
  CHECK(wall(200, "text/html", "<html>" + std::string(5'000, ' ') + "captcha" + kFiller, Expects::json));
  CHECK(wall(200, "text/plain", "Quota exceeded for today", Expects::json));
  CHECK(wall(200, "text/plain", "API limit exceeded, try again later", Expects::xml));
  CHECK_FALSE(wall(200, "text/plain", "{\"quota\":[\"catch quota\"]}", Expects::json));
  CHECK_FALSE(wall(200, "text/plain", "<?xml version='1.0'?><rss><title>Quota of fish</title></rss>", Expects::xml));
  CHECK_FALSE(wall(200, "application/json", "{\"title\":\"access denied to captcha\"}", Expects::json));
}

TEST_CASE("a bill about quotas, robots or captchas is not a wall") {
  CHECK_FALSE(
      wall(200, "text/html", "<html><title>О квотах на вылов рыбы</title><body>Доступ ограничен законом. captcha. " + kFiller + "</body></html>"));
  CHECK_FALSE(wall(200, "text/html",
                   "<html><title>Draft: services online</title><body>" + std::string(4'000, 'a') +
                       " a captcha shall be used, access denied otherwise</body></html>"));
  CHECK_FALSE(wall(200, "text/plain", "quota and captcha, access denied", Expects::anything));
  CHECK_FALSE(wall(200, "text/html", "<html><title>404</title><body>Page not found</body></html>"));
  CHECK_FALSE(wall(200, "application/pdf", "%PDF-1.4 access denied captcha"));
  CHECK_FALSE(wall(200, "", ""));
}
