#include "fetch/cause.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace draftwatch::fetch {
namespace {

constexpr bool kGood = true, kTemporary = true, kNetwork = true, kBlames = true;
constexpr bool kNo = false;

// Columns: cause, name, good, temporary, network, blames the source, meaning, remedy.
constexpr std::array kCauses{
    CauseEntry{Cause::ok, "ok", kGood, kNo, kNo, kNo, "The page was read completely.", "Nothing."},
    CauseEntry{Cause::not_modified, "not_modified", kGood, kNo, kNo, kNo, "The portal says that the page is as we hold it.", "Nothing."},
    CauseEntry{Cause::timeout, "timeout", kNo, kTemporary, kNetwork, kBlames, "The answer was not complete within the time limit.",
               "Wait; if it stays, raise the source's time limit or try the page in a browser."},
    CauseEntry{Cause::dns, "dns", kNo, kTemporary, kNetwork, kBlames, "The host name could not be resolved.",
               "Check the host name in the source's file and the name server of this machine."},
    CauseEntry{Cause::connect, "connect", kNo, kTemporary, kNetwork, kBlames, "No connection to the host could be made.",
               "Wait; if it stays, check the port, the firewall and whether the portal blocks this machine's network."},
    CauseEntry{Cause::proxy, "proxy", kNo, kTemporary, kNetwork, kNo, "The proxy could not be reached or could not reach the host.",
               "Check that the proxy of the source runs and that its host:port is listed in net.allow when it is local."},
    CauseEntry{Cause::tls, "tls", kNo, kTemporary, kNo, kBlames,
               "The server's certificate could not be verified, or no common TLS version was found.",
               "Look at the certificate; where the portal's authority is unknown here, give its file as extra CA of the source."},
    CauseEntry{Cause::reset, "reset", kNo, kTemporary, kNetwork, kBlames, "The connection broke off before the answer was complete.",
               "Wait; it is tried again."},
    CauseEntry{Cause::partial, "partial", kNo, kTemporary, kNo, kBlames, "The body ended before its announced or visible end.",
               "Wait; it is tried again and a part is never stored."},
    CauseEntry{Cause::empty, "empty", kNo, kTemporary, kNo, kBlames, "The portal answered success with an empty body.",
               "Wait; it is taken for an outage of the portal and nothing is deleted."},
    CauseEntry{Cause::too_large, "too_large", kNo, kNo, kNo, kBlames, "The headers, the body or the decoded body is larger than the limit.",
               "Look at the page; raise the source's limit if it is honest."},
    CauseEntry{Cause::decode, "decode", kNo, kTemporary, kNo, kBlames,
               "The compressed body is damaged, cut, or packed in a way that we do not accept.", "Wait; if it stays, tell the portal's operator."},
    CauseEntry{Cause::protocol, "protocol", kNo, kTemporary, kNo, kBlames, "The answer breaks the rules of HTTP.",
               "Wait; if it stays, tell the portal's operator; the detail names the rule."},
    CauseEntry{Cause::redirect_loop, "redirect_loop", kNo, kTemporary, kNo, kBlames, "There were more redirects than allowed.",
               "Open the page in a browser and put its real address into the source's file."},
    CauseEntry{Cause::blocked_by_guard, "blocked_by_guard", kNo, kNo, kNo, kBlames,
               "The address or redirect is one that this program must not follow.",
               "If it is yours (a demo, a local proxy), list its host:port in net.allow; otherwise the portal is broken or hostile."},
    CauseEntry{Cause::blocked_by_site, "blocked_by_site", kNo, kTemporary, kNo, kBlames,
               "A bot check, a block page or a quota notice came in place of the page.",
               "Ask the portal's operator to admit the User-Agent, poll less often, or use another route."},
    CauseEntry{Cause::robots, "robots", kNo, kNo, kNo, kNo, "robots.txt forbids this page.",
               "Leave it, or let the operator decide to override it for this source."},
    CauseEntry{Cause::refused, "refused", kNo, kNo, kNo, kBlames, "The portal refuses the request (401, 403 or another 4xx).",
               "Check the address; ask the portal's operator for access."},
    CauseEntry{Cause::not_found, "not_found", kNo, kNo, kNo, kNo, "The portal says that there is no such page (404).",
               "For a list page, correct the address in the source's file; a draft's page may have moved."},
    CauseEntry{Cause::gone, "gone", kNo, kNo, kNo, kNo, "The portal says that the page was removed for good (410).",
               "For a list page, correct the address in the source's file; a draft is marked vanished."},
    CauseEntry{Cause::later, "later", kNo, kTemporary, kNo, kNo, "The portal asks us to come back later (429, 503, 408 or 425).",
               "Wait; if it happens often, give the source a longer least interval."},
    CauseEntry{Cause::server_error, "server_error", kNo, kTemporary, kNo, kBlames, "The portal failed on its side (5xx).",
               "Wait; it is tried again."},
    CauseEntry{Cause::not_recorded, "not_recorded", kNo, kNo, kNo, kNo, "The replay has no recorded answer for this request.",
               "Add a row to replay.tsv, or do not ask for this page."},
    CauseEntry{Cause::local, "local", kNo, kTemporary, kNo, kNo, "This machine or its settings made the request impossible.",
               "The detail names the setting, file or resource; correct it."},
    CauseEntry{Cause::stopped, "stopped", kNo, kTemporary, kNo, kNo, "The program was asked to stop before the answer came.",
               "Nothing; it is asked again after the start."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kCauses.size(); ++i)
    if (static_cast<std::size_t>(kCauses[i].cause) != i) return false;
  return kCauses.size() == static_cast<std::size_t>(Cause::stopped) + 1;
}
static_assert(in_order(), "the table has one row for each Cause, in the order of the enumeration");

}  // namespace

std::span<const CauseEntry> causes() { return kCauses; }

const CauseEntry& entry(Cause cause) { return kCauses.at(static_cast<std::size_t>(cause)); }

std::string_view to_string(Cause cause) { return entry(cause).name; }

std::optional<Cause> cause_from_string(std::string_view name) {
  const auto found = std::ranges::find(kCauses, name, &CauseEntry::name);
  if (found == kCauses.end()) return std::nullopt;
  return found->cause;
}

}  // namespace draftwatch::fetch
