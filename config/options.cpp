// The one table of options: key, member, meaning, bounds. The default stands at the member in config.h.
#include "config/config.h"

namespace draftwatch::config {

const std::vector<Option<Config>>& config_options() {
  using C = Config;
  constexpr std::int64_t kDay = 86400;
  static const std::vector<Option<Config>> options{
      {"state.dir", &C::state_dir, "Where the database, the mail files and the locks live. The environment variable DRAFTWATCH_STATE wins over it."},
      {"portals.dir", &C::portals_dir, "One .toml file a source. Empty: the sources that are built in (the demo portal)."},
      {"plugins.dir", &C::plugins_dir,
       "Where <plugin>.so is looked for; not writable for others than its owner. Empty: ../lib/draftwatch/plugins beside the program."},
      {"rules.dir", &C::rules_dir, "Dated discussion terms, one .toml file a country. Empty: those that are built in."},
      {"worker.path", &C::worker, "The program in which plugins and strangers' documents are read. Empty: the one beside this program."},
      {"worker.unjailed", &C::worker_unjailed, "Read strangers' pages even where this kernel offers no sandbox. Only for trying things out."},
      {"worker.ocr", &C::worker_ocr,
       "Languages in which scanned PDFs are recognised, as tesseract names them: rus+kir. Empty: a scan is kept and said to be one. Needs "
       "tesseract with these languages; texts got this way are marked [OCR 91 %] with the mean confidence."},
      {"log.level", &C::log_level, "How much is logged.", 0, 0, "debug|info|warning|error"},
      {"net.allow", &C::net_allow,
       "Single host:port pairs inside private or loopback networks that may be reached: the local mail server, a local proxy, the demo portal."},
      {"net.contact", &C::net_contact, "An address or URL that portals can write to; part of the User-Agent. Fill it in."},
      {"net.parallel", &C::net_parallel, "Connections at once, over all portals; never more than one to the same host.", 1, 64},
      {"net.wire_mb", &C::net_wire_mb, "The most megabytes of one answer on the wire.", 1, 200},
      {"net.decoded_mb", &C::net_decoded_mb, "The most megabytes of one answer after decompression.", 1, 400},
      {"net.timeout", &C::net_timeout, "The longest time for one request.", 5, 600},
      {"track.news_age", &C::track_news_age, "A draft that its portal dates older than this when we first see it alerts nobody.", kDay, 3650 * kDay},
      {"track.held_percent", &C::track_held_percent, "A crawl that would change more than this share of a source's drafts is held for the operator.",
       5, 100},
      {"web.listen", &C::web_listen, "Address and port of the web pages. Keep it on loopback and put a reverse proxy before it."},
      {"web.base_url", &C::web_base_url, "The address under which people reach the pages; every link in a mail begins with it."},
      {"web.title", &C::web_title, "The name at the top of the pages."},
      {"web.language", &C::web_language, "The language of pages where the reader has not chosen.", 0, 0, "ru|ky|en"},
      {"mail.channel", &C::mail_channel, "file: every mail becomes one .eml under state.dir/mail. smtp: it is sent.", 0, 0, "file|smtp"},
      {"mail.from", &C::mail_from, "The sender's address."},
      {"mail.from_name", &C::mail_from_name, "The sender's name."},
      {"mail.operator", &C::mail_operator, "Who is told when a source breaks. Empty: only the health page and the log tell."},
      {"mail.unsubscribe", &C::mail_unsubscribe, "A mailbox for List-Unsubscribe by mail. Empty: only the link is offered."},
      {"smtp.host", &C::smtp_host, "The mail server. If it is on this machine or network, name it in net.allow too."},
      {"smtp.port", &C::smtp_port, "587 for starttls, 465 for tls, 25 for a server on this machine.", 1, 65535},
      {"smtp.security", &C::smtp_security, "none is accepted only towards this machine.", 0, 0, "starttls|tls|none"},
      {"smtp.user", &C::smtp_user, "The account at the mail server. Empty: no authentication."},
      {"smtp.password_file", &C::smtp_password_file, "A file that holds the password; or give the systemd credential 'smtp-password'."},
      {"smtp.reply_timeout", &C::smtp_reply_timeout, "The longest wait for one reply of the mail server.", 1, 900},
      {"smtp.retry_first", &C::smtp_retry_first, "When a message that was not taken is offered again; doubled each time ...", 1, 3600},
      {"smtp.retry_longest", &C::smtp_retry_longest, "... up to this.", 1, kDay},
      {"alerts.digest_hour", &C::alerts_digest_hour, "The hour of the daily digest in the subscriber's own zone.", 0, 23},
      {"alerts.erase_days", &C::alerts_erase_days, "Days after unsubscribing until the address is erased.", 0, 365},
      {"alerts.keep_days", &C::alerts_keep_days, "Days for which a message that ended is kept before its bytes are erased.", 0, 365},
      {"alerts.key_file", &C::alerts_key_file,
       "The secret key that opens subscribers' addresses; or the systemd credential 'alert-key'. Empty: state.dir/alert.key, made at the first "
       "start."},
  };
  return options;
}

}  // namespace draftwatch::config
