#include "sandbox/extract/xml_dialect.h"

#include <algorithm>
#include <initializer_list>

namespace draftwatch::extract {
namespace {

bool in(std::string_view name, std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), name) != names.end(); }

bool is_large(std::string_view unit) {
  return in(unit, {"section", "title", "subtitle", "division", "part", "subpart", "chapter", "subchapter", "article", "book", "hcontainer",
                   "appropriations", "tblock", "level", "component", "toc", "subdivision", "blockContainer"});
}

// Bills of the US Congress, DTD bill.dtd and res.dtd.
Role us_bill(std::string_view name) {
  if (in(name, {"metadata", "distribution-code", "endorsement", "pagebreak", "graphic"})) return Role::drop;
  if (name == "enum") return Role::number;
  if (name == "header") return Role::heading;
  if (name == "table") return Role::table;
  if (name == "quoted-block") return Role::quote;
  if (name == "quote") return Role::quoted_words;
  if (in(name, {"superscript", "sup"})) return Role::raised;
  if (name == "footnote") return Role::note;
  if (name == "added-phrase") return Role::inserted;
  if (name == "deleted-phrase") return Role::deleted;
  if (is_large(name)) return Role::block;
  if (in(name, {"bill",
                "resolution",
                "amendment-doc",
                "form",
                "legis-body",
                "resolution-body",
                "text",
                "subsection",
                "paragraph",
                "subparagraph",
                "clause",
                "subclause",
                "item",
                "subitem",
                "toc-entry",
                "continuation-text",
                "appropriations-major",
                "appropriations-intermediate",
                "appropriations-small",
                "congress",
                "session",
                "legis-num",
                "associated-doc",
                "current-chamber",
                "action",
                "action-desc",
                "action-date",
                "legis-type",
                "official-title",
                "calendar",
                "preamble",
                "whereas",
                "attestation",
                "attestation-group",
                "attestor",
                "attestation-date",
                "title-amends",
                "list",
                "list-item",
                "formula",
                "proviso",
                "rule",
                "committee-appointment-paragraph",
                "constitution-article",
                "engrossed-amendment-body",
                "amendment-block",
                "amendment"})) {
    return Role::block;
  }
  return Role::inline_words;
}

// United States Legislative Markup.
Role uslm(std::string_view name) {
  if (in(name, {"meta", "distributionCode", "endorsement", "slugLine", "amendMeta", "endMarker", "page", "img"})) return Role::drop;
  if (in(name, {"num", "designator"})) return Role::number;
  if (in(name, {"heading", "subheading"})) return Role::heading;
  if (name == "table") return Role::table;
  if (name == "sup") return Role::raised;
  if (name == "footnote") return Role::note;
  if (in(name, {"addedText", "ins"})) return Role::inserted;
  if (in(name, {"deletedText", "del"})) return Role::deleted;
  if (is_large(name)) return Role::block;
  if (in(name, {"bill",
                "resolution",
                "engrossedAmendment",
                "lawDoc",
                "pLaw",
                "preface",
                "main",
                "amendMain",
                "amendPreface",
                "longTitle",
                "docTitle",
                "officialTitle",
                "enactingFormula",
                "resolvingClause",
                "subsection",
                "paragraph",
                "subparagraph",
                "clause",
                "subclause",
                "item",
                "subitem",
                "content",
                "chapeau",
                "continuation",
                "p",
                "quotedContent",
                "recital",
                "preamble",
                "referenceItem",
                "listItem",
                "list",
                "groupItem",
                "congress",
                "session",
                "currentChamber",
                "action",
                "actionDescription",
                "attestation",
                "signature",
                "signatures",
                "relatedDocument",
                "br",
                "amendmentInstruction",
                "amendmentContent",
                "notation"})) {
    return Role::block;
  }
  return Role::inline_words;
}

// Akoma Ntoso, OASIS and the United Kingdom's use of it.
Role akn(std::string_view name) {
  if (in(name, {"meta", "coverPage", "toc", "eop", "remark", "img"})) return Role::drop;
  if (name == "num") return Role::number;
  if (in(name, {"heading", "subheading"})) return Role::heading;
  if (name == "table") return Role::table;
  if (name == "quotedStructure") return Role::quote;
  if (name == "quotedText") return Role::quoted_words;
  if (name == "sup") return Role::raised;
  if (name == "authorialNote") return Role::note;
  if (name == "ins") return Role::inserted;
  if (name == "del") return Role::deleted;
  if (in(name, {"i",
                "b",
                "u",
                "a",
                "ref",
                "rref",
                "mref",
                "inline",
                "span",
                "def",
                "term",
                "mod",
                "rmod",
                "date",
                "person",
                "organization",
                "role",
                "location",
                "docTitle",
                "docNumber",
                "docDate",
                "docType",
                "docStage",
                "docProponent",
                "docPurpose",
                "docketNumber",
                "shortTitle",
                "concept",
                "object",
                "event",
                "process",
                "quantity",
                "fillIn",
                "placeholder",
                "noteRef",
                "sub",
                "foreign",
                "embeddedText",
                "abbr",
                "docIntroducer",
                "docStatus",
                "docJurisdiction",
                "affectedDocument",
                "entity",
                "opinion",
                "argument",
                "relatedDocument",
                "change",
                "time",
                "judge",
                "party",
                "lawyer",
                "outcome",
                "legislature",
                "session",
                "vote",
                "decoration",
                "omissis",
                "documentRef",
                "vocative",
                "caseNumber",
                "number"})) {
    return Role::inline_words;
  }
  return Role::block;
}

// Bills of the Parliament of Canada (LEGISinfo).
Role ca_bill(std::string_view name) {
  if (in(name, {"TableOfProvisions", "RunningHead", "BillHistory", "BillRefNumber", "BillSponsor", "HistoricalNote", "DocumentInternal", "RegnalYear",
                "Year-s", "Recommendation", "PageBreak", "AnnualStatuteId", "BillNumber", "Parliament", "ShortTitle_unofficial", "StageText"})) {
    return Role::drop;
  }
  if (name == "Label") return Role::number;
  if (name == "TitleText") return Role::heading;
  if (name == "TableGroup" || name == "table") return Role::table;
  if (name == "AmendedText") return Role::quote;
  if (name == "ExplanatoryNote") return Role::explanation;
  if (name == "Footnote") return Role::note;
  if (name == "Superscript" || name == "Sup") return Role::raised;
  if (name == "Del") return Role::deleted;
  if (in(name, {"XRefExternal", "XRefInternal", "DefinedTermEn", "DefinedTermFr", "DefinitionRef", "Emphasis", "Language", "Ins", "Keep", "Number",
                "Session", "OriginatingRef", "Repealed", "FormBlank", "Sub", "BillInternal", "Leader", "LeaderRightJustified", "Separator-ls"})) {
    return Role::inline_words;
  }
  return Role::block;
}

bool ca_ends_heading(std::string_view) { return true; }

// Unknown XML: xml.cpp takes elements inside mixed content as inline, whatever this says.
Role generic(std::string_view name) {
  if (in(name, {"sup", "superscript"})) return Role::raised;
  if (name == "table") return Role::table;
  return Role::block;
}

constexpr Dialect kUsBill{"us_bill", us_bill, is_large, ".—", true};
constexpr Dialect kUslm{"uslm", uslm, is_large, "", false};
constexpr Dialect kAkn{"akn", akn, is_large, "", false};
constexpr Dialect kCaBill{"ca_bill", ca_bill, ca_ends_heading, "", true};
constexpr Dialect kGeneric{"xml", generic, ca_ends_heading, "", false};

}  // namespace

const Dialect& dialect_of(std::string_view root, std::string_view root_namespace) {
  if (root == "akomaNtoso") return kAkn;
  if (root_namespace.find("uslm") != std::string_view::npos) return kUslm;
  if (in(root, {"bill", "resolution", "amendment-doc"})) return kUsBill;
  if (root == "Bill") return kCaBill;
  return kGeneric;
}

}  // namespace draftwatch::extract
