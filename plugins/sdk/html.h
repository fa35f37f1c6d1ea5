// Read-only HTML (and XML, plugins/sdk/xml.h) with selectors that say how many matches they expect.
//
// Selectors, a part of CSS: tag, *, .class, #id, [attr], [attr=v], [attr^=v], [attr$=v], [attr*=v], [attr~=v];
// descendant (space), child >, next sibling +, later sibling ~, lists with a comma; :first-child, :last-child,
// :nth-child(3 | odd | even), :not(one of the simple ones). A selector may start with > ("> td": children only).
// Anything else is a Mismatch that names the selector: nothing is silently read as something else.
//
// Every Mismatch says which selector, how many matches it expects and how many there were. Text is UTF-8.
// Thread-safety: none; a page is read by one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/sdk/mismatch.h"
#include "plugins/sdk/portal.h"

namespace draftwatch::plugin {

// A handle on an element; cheap to copy; the page lives as long as any of its nodes. Selectors look below this element.
class Node {
 public:
  std::vector<Node> all(std::string_view selector) const;      // one or more, in page order, else Mismatch
  std::vector<Node> any(std::string_view selector) const;      // none or more: only where "none" is a fact, not a fault
  Node one(std::string_view selector) const;                   // exactly one, else Mismatch
  std::optional<Node> maybe(std::string_view selector) const;  // none or one, else Mismatch

  // Text of the element and all below, white space collapsed, one space where a block, cell or <br> parts it; script
  // and style left out. `own_text` leaves out all child elements.
  std::string text() const;
  std::string own_text() const;
  std::string text_of(std::string_view selector) const;          // one(selector).text(), and the text may not be empty
  std::string text_or_nothing(std::string_view selector) const;  // maybe(selector)'s text, empty without a match

  std::string tag() const;                        // lower case
  std::string attr(std::string_view name) const;  // Mismatch where it is absent
  std::optional<std::string> maybe_attr(std::string_view name) const;
  std::string link() const;  // href (src where there is none), absolute
  std::string html() const;  // what is inside, as HTML: for Draft::text

  // Pages of labels and values. `beside("th", "Срок")`: the element that follows the match of the selector whose text
  // is the label (case as written, a colon at its end ignored); none where no such label, Mismatch where several.
  std::optional<Node> beside(std::string_view selector, std::string_view label) const;
  // The element's text after the first occurrence of the label (and its colon); empty where it does not occur.
  std::string text_after(std::string_view label) const;

  struct Tree;  // of the implementation

 private:
  friend Node parse_html(const Page&);
  friend Node parse_html(std::string_view, std::string_view);
  friend Node parse_xml(const Page&);
  Node(std::shared_ptr<const Tree> tree, const void* at) : tree_(std::move(tree)), at_(at) {}
  std::vector<Node> match(std::string_view selector) const;
  std::shared_ptr<const Tree> tree_;
  const void* at_ = nullptr;
};

// The whole page as a browser would read it; broken markup is no fault. <base href> is honoured by link().
// Mismatch for markup made to exhaust a parser: 10,000 elements deep or 4,096 attributes on one element.
Node parse_html(const Page& page);
// A piece of HTML found inside something else (a JSON field), with the address that its links are relative to.
Node parse_html(std::string_view html, std::string_view base_url);

// RFC 3986: a reference against a base, dot segments removed; spaces, letters outside ASCII and other bytes that do not
// belong in an address are percent-encoded; white space at the ends dropped. Mismatch where the base is not absolute.
std::string absolute_url(std::string_view base, std::string_view reference);

}  // namespace draftwatch::plugin
