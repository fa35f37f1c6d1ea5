#include "config/source.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/file.h"
#include "base/origin.h"
#include "base/zone.h"
#include "config/reader.h"

namespace draftwatch::embedded {
const base::Embedded& config_files();
}

namespace draftwatch::config {
namespace {

// Where demo.toml says that the demo portal listens; replaced by the address that it really has.
// Host and port, because its origins name those too.
constexpr std::string_view kDemoAddress = "127.0.0.1:8088";

bool plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 60 && id.front() != '.' && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

base::Status check(const Source& source, const std::string& file) {
  const auto bad = [&](const std::string& what) { return base::invalid(file + ": " + what); };
  if (!plain_id(source.id)) return bad("'id' may hold small letters, digits, '.', '-' and '_' only, at most 60: '" + source.id + "'");
  if (!plain_id(source.plugin)) return bad("'plugin' is a name like kg.kenesh, not a path: '" + source.plugin + "'");
  if (!base::zone_exists(source.zone)) return bad("'zone' is '" + source.zone + "', not an IANA time zone such as Asia/Bishkek");
  if (source.interval_least > source.interval_most) return bad("'interval_least' is longer than 'interval_most'");
  for (const auto& page : source.start) {
    const std::string origin = base::origin_of(page.url);
    if (origin.empty()) return bad("'start': '" + page.url + "' is not an http or https address");
    if (!source.origins.empty() && !base::inside(page.url, source.origins))
      return bad("'start': '" + page.url + "' is on '" + origin + "', which 'origins' does not name: it would never be read");
  }
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

// A file's name is its source's id, so no two can have the same.
base::Result<Source> parse_named(const std::string& text, const std::filesystem::path& file) {
  auto source = parse_source(text, file.string());
  if (source && file.stem() != source->id)
    return base::invalid(file.string() + ": its 'id' is '" + source->id + "'; a source's file is named like it: " + source->id + ".toml");
  return source;
}

// Of a file that is no good source: whether it says all the same that it is off, as one does that says nothing.
bool says_off(const std::string& text) {
  const auto table = parse_toml(text, Origin{""});
  return table && !(*table)["enabled"].value_or(false);
}

}  // namespace

const std::vector<Option<Source>>& source_options() {
  using S = Source;
  static const std::vector<Option<Source>> options{
      {"id", &S::id, "Stable for ever: drafts are written id:key.", 0, 0, "", true},
      {"plugin", &S::plugin, "The plugin that reads this portal: <plugins.dir>/<plugin>.so.", 0, 0, "", true},
      {"title", &S::title, "The portal's name as its readers know it.", 0, 0, "", true},
      {"country", &S::country, "ISO 3166-1 alpha-2 in small letters; subscribers choose by it."},
      {"language", &S::language, "BCP 47 language of titles and texts, where the portal does not say."},
      {"zone", &S::zone, "IANA time zone in which the portal's dates are meant."},
      {"home", &S::home, "The portal's front page, for people."},
      {"enabled", &S::enabled, "Whether it is read."},
      {"start", &S::start, "Where reading begins: [[start]] with kind and url. None: the plugin's own."},
      {"origins", &S::origins, "Hosts that may be asked. None: the plugin's own."},
      {"follow", &S::follow, "Page kinds that are followed from lists. None: all."},
      {"stages", &S::stages, "The portal's words for a stage = our name for it."},
      {"headers", &S::headers, "Extra request headers, such as a language cookie."},
      {"rule", &S::rule, "The discussion term (rules.dir) that gives an approximate end where the portal states none."},
      {"max_pages", &S::max_pages, "List pages that one poll reads at most.", 1, 1000},
      {"interval_least", &S::interval_least, "The shortest time between two looks at a page.", 1, 30 * 86400},
      {"interval_most", &S::interval_most, "The longest time between two looks at a page.", 1, 365 * 86400},
      {"pace", &S::pace, "The time between two requests to one host.", 0, 3600},
      {"robots", &S::robots, "ignore is the operator's decision and is shown on the health page.", 0, 0, "honour|ignore"},
      {"user_agent", &S::user_agent, "Instead of ours; say who you are all the same."},
      {"ca_file", &S::ca_file, "Certificates to trust besides the system's, for a portal that leaves its intermediate out."},
      {"proxy", &S::proxy, "socks5h://host:port, for Tor or a blocked route. Name it in net.allow too."},
      {"ipv4_only", &S::ipv4_only, "For portals whose IPv6 address does not answer."},
  };
  return options;
}

base::Result<Source> parse_source(std::string_view text, const std::string& file) {
  auto source = fill(source_options(), text, Origin{file});
  if (!source) return source;
  const auto checked = check(*source, file);
  if (!checked) return checked.error();
  return source;
}

base::Result<Sources> load_sources(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (failed) return base::not_found("cannot read the folder of sources " + folder.string() + ": " + failed.message());
  std::sort(files.begin(), files.end());
  Sources sources;
  for (const auto& file : files) {
    const auto text = base::read_file(file, std::size_t{1} << 20);
    auto source = text ? parse_named(*text, file) : base::Result<Source>(text.error());
    if (source)
      sources.good.push_back(std::move(*source));
    else
      sources.broken.push_back({plain_id(file.stem().string()) ? file.stem().string() : "", source.error(), !text || !says_off(*text)});
  }
  return sources;
}

base::Result<std::vector<Source>> embedded_sources(const std::string& demo_address) {
  std::vector<Source> sources;
  for (const auto& [name, bytes] : embedded::config_files()) {
    if (!name.starts_with("portals.d/")) continue;
    if (!demo_address.empty() && name != "portals.d/demo.toml") continue;
    const std::string_view scheme = "http://";
    const std::string at = demo_address.starts_with(scheme) ? demo_address.substr(scheme.size()) : demo_address;
    const std::string text = replaced(std::string(bytes), std::string(kDemoAddress), at.empty() ? std::string(kDemoAddress) : at);
    auto source = parse_source(text, std::string(name) + " (built in)");
    if (!source) return source.error();
    source->enabled = !demo_address.empty();
    sources.push_back(std::move(*source));
  }
  if (!demo_address.empty() && sources.empty()) return base::not_found("the demo source is not built in");
  return sources;
}

base::Status set_enabled(const std::filesystem::path& file, bool enabled) {
  auto text = base::read_file(file, std::size_t{1} << 20);
  if (!text) return text.error();
  const std::string line = std::string("enabled = ") + (enabled ? "true" : "false");
  std::size_t at = text->starts_with("enabled") ? 0 : text->find("\nenabled");
  if (at == text->npos) {
    *text = line + "\n" + *text;
  } else {
    if (at != 0) ++at;
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::size_t comment = text->find('#', at);
    text->replace(at, (comment < end ? comment : end) - at, comment < end ? line + "  " : line);
  }
  const auto still_good = parse_source(*text, file.string());
  if (!still_good) return still_good.error();
  return base::write_file(file, *text);
}

}  // namespace draftwatch::config
