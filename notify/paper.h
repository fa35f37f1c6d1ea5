// A mail as content, before it is text, HTML or MIME: what every purpose fills in and one pair of templates renders.
// Everything in it is plain text; rendering escapes. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace draftwatch::notify {

struct Link {
  std::string label, url;
};

// One change of wording: the mail marks it by signs and words, not by colour alone.
struct Excerpt {
  std::string place;    // "Ст. 7, ч. 3: ..."
  std::string removed;  // empty: nothing was
  std::string added;
};

struct Happening {
  std::string words;
  std::string detail;  // the portal's words, the diff's verdict; may be empty
  std::vector<Excerpt> excerpts;
  std::string more;  // "and 4 more changes ..."
};

struct DraftBlock {
  std::string title, where;     // where: portal, number, "source:key"
  std::string deadline;         // a sentence; empty where there is nothing to say
  std::string quoted, caution;  // the portal's words; "computed by a rule"
  bool urgent = false;
  std::vector<Happening> happened;
  std::string how_to_comment;  // empty: the template leaves it out
  Link page, source;
  std::string why_words, why_excerpt;
};

struct Paper {
  std::string purpose;  // model::Message::purpose
  std::string language = "en";
  std::string subject;
  std::string heading;
  std::vector<std::string> lead;  // paragraphs
  std::optional<Link> button;
  std::vector<DraftBlock> drafts;
  std::vector<std::string> after;   // paragraphs
  std::string why_heading, why;     // "Your words: ..."; empty: no such part
  std::vector<std::string> health;  // how many portals were read, which fail
  std::vector<Link> footer;         // change, unsubscribe
  std::string comment_label;        // "How to comment"
  std::string removed_label, added_label;
  std::string footer_note;
};

std::string render_text(const Paper& paper);
std::string render_html(const Paper& paper);

// Text of strangers for one line of a mail: control characters, line ends, bidi controls and invisible characters are
// gone, white space runs together, at most `most` bytes, cut at a word with an ellipsis. Invalid UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text, std::size_t most = 2000);

}  // namespace draftwatch::notify
