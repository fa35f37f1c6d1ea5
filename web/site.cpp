#include "web/site.h"

#include <algorithm>

#include "web/page.h"

namespace draftwatch::web {
namespace {

// A choice by link wins, then the cookie, then what the browser asks for, then the site's own.
std::string language_of(const Request& request, const SiteOptions& options) {
  const auto known = [](std::string_view language) {
    const auto& all = Texts::languages();
    return std::find(all.begin(), all.end(), language) != all.end();
  };
  if (known(request.query_value("lang"))) return std::string(request.query_value("lang"));
  if (known(request.cookie_language)) return request.cookie_language;
  for (std::string_view rest = request.accept_language; rest.size() >= 2;) {
    if (known(rest.substr(0, 2))) return std::string(rest.substr(0, 2));
    const std::size_t comma = rest.find(',');
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  }
  return options.language;
}

std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> steps;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) steps.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return steps;
}

// Which page answers GET and which POST; {} as a step takes any text and hands it over.
struct Route {
  std::string_view step;
  Response (*get)(const Context&);
  Response (*post)(const Context&);
};
struct RouteWithText {
  std::string_view step;
  Response (*get)(const Context&, std::string_view);
  Response (*post)(const Context&, std::string_view);
  bool from_anywhere;  // a mail provider's one-click POST carries no Origin of ours
};

constexpr Route kRoutes[] = {
    {"", open_drafts, nullptr},    {"all", all_drafts, nullptr},  {"search", search_results, nullptr}, {"subscribe", subscribe_form, subscribe},
    {"sources", sources, nullptr}, {"healthz", healthz, nullptr},
};
constexpr RouteWithText kRoutesWithText[] = {
    {"confirm", confirm_form, confirm, false}, {"manage", manage_form, manage, false},         {"unsubscribe", unsubscribe_form, unsubscribe, true},
    {"static", asset, nullptr, false},         {"diff", difference, nullptr, false},           {"languages", languages, nullptr, false},
    {"v", version_text, nullptr, false},       {"original", version_original, nullptr, false},
};

Response wrong_method(const Context& context, bool post_only) {
  Response response = notice(context, 405, "method.heading", "method.words");
  response.headers.emplace_back("Allow", post_only ? "POST" : "GET, HEAD");
  return response;
}

// What the browser itself says of where a form came from; older ones say only the origin. Neither, or "null" from a browser that
// hides it, proves nothing: what such a form can do is bounded by the token in its address, or by one confirm mail a day.
bool from_another_site(const Request& request, const SiteOptions& options) {
  if (!request.fetch_site.empty()) return request.fetch_site != "same-origin" && request.fetch_site != "none";
  if (request.origin.empty() || request.origin == "null") return false;
  const std::string_view base = options.base_url;
  const std::size_t host = base.find("://");
  return request.origin != base.substr(0, host == std::string_view::npos ? base.size() : base.find('/', host + 3));
}

Response dispatch(const Context& context) {
  const Request& request = context.request;
  const bool post = request.method == "POST";
  if (!post && request.method != "GET" && request.method != "HEAD") return wrong_method(context, false);
  const auto steps = steps_of(request.path);
  const std::string_view first = steps.empty() ? std::string_view{} : steps[0];
  if (steps.size() <= 1)
    for (const Route& route : kRoutes) {
      if (route.step != first) continue;
      if (post && route.post == nullptr) return wrong_method(context, false);
      if (post && from_another_site(request, context.options)) return notice(context, 403, "elsewhere.heading", "elsewhere.words");
      return post ? route.post(context) : route.get(context);
    }
  if (steps.size() == 2)
    for (const RouteWithText& route : kRoutesWithText) {
      if (route.step != first) continue;
      if (post && route.post == nullptr) return wrong_method(context, false);
      if (post && !route.from_anywhere && from_another_site(request, context.options))
        return notice(context, 403, "elsewhere.heading", "elsewhere.words");
      return post ? route.post(context, steps[1]) : route.get(context, steps[1]);
    }
  // A key may hold slashes: everything after the source is the key.
  if (steps.size() >= 3 && first == "d" && !post) {
    const std::size_t key_at = 3 + steps[1].size() + 1;
    return draft_page(context, steps[1], std::string_view(request.path).substr(key_at));
  }
  return not_found(context);
}

}  // namespace

Site::Site(storage::Database& database, const base::Clock& clock, SiteOptions options)
    : database_(database), clock_(clock), options_(std::move(options)) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

Response Site::handle(const Request& request) {
  const std::string language = language_of(request, options_);
  const Context context{database_, clock_, options_, request, Texts::in(language)};
  Response response = dispatch(context);
  if (request.query_value("lang") == language)
    response.headers.emplace_back("Set-Cookie", "lang=" + language + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly" +
                                                    (options_.base_url.starts_with("https://") ? "; Secure" : ""));
  return response;
}

}  // namespace draftwatch::web
