#include "sandbox/findings.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <set>

#include "sandbox/answer_reader.h"

namespace draftwatch::sandbox {
namespace {

namespace json = boost::json;

struct Field {
  std::string_view name;
  std::string FoundDraft::*at;
};

constexpr std::array kFields = {
    Field{"authority", &FoundDraft::authority},
    Field{"comments_from", &FoundDraft::comments_from},
    Field{"comments_until", &FoundDraft::comments_until},
    Field{"how_to_comment", &FoundDraft::how_to_comment},
    Field{"key", &FoundDraft::key},
    Field{"kind", &FoundDraft::kind},
    Field{"language", &FoundDraft::language},
    Field{"number", &FoundDraft::number},
    Field{"published", &FoundDraft::published},
    Field{"stage", &FoundDraft::stage},
    Field{"text", &FoundDraft::text},
    Field{"text_type", &FoundDraft::text_type},
    Field{"title", &FoundDraft::title},
    Field{"url", &FoundDraft::url},
    Field{"version_label", &FoundDraft::version_label},
    Field{"withdrawn", &FoundDraft::withdrawn},
};

// Thrown inside this file only: the shape is not the schema's.
struct Shape {
  std::string where;
};

std::string words(const json::value& value, const std::string& where) {
  if (!value.is_string()) throw Shape{where + " is not a string"};
  const auto& text = value.get_string();
  std::string out(text.data(), text.size());
  for (std::size_t at = out.find('\0'); at != std::string::npos; at = out.find('\0', at)) out.replace(at, 1, "\xEF\xBF\xBD");
  return out;
}

const json::object& object(const json::value& value, const std::string& where) {
  if (!value.is_object()) throw Shape{where + " is not an object"};
  return value.get_object();
}

const json::array& array(const json::value& value, const std::string& where) {
  if (!value.is_array()) throw Shape{where + " is not an array"};
  return value.get_array();
}

[[noreturn]] void unknown(const json::key_value_pair& member, const std::string& where) {
  throw Shape{where + " has an unknown member '" + tamed({member.key().data(), member.key().size()}, 60) + "'"};
}

FoundDocument document_from(const json::value& value, const std::string& where) {
  FoundDocument document;
  for (const auto& member : object(value, where)) {
    const std::string_view name{member.key().data(), member.key().size()};
    const std::string text = words(member.value(), where + "." + std::string(name.substr(0, 60)));
    if (name == "label") {
      document.label = text;
    } else if (name == "language") {
      document.language = text;
    } else if (name == "role") {
      document.role = text;
    } else if (name == "url") {
      document.url = text;
    } else {
      unknown(member, where);
    }
  }
  return document;
}

std::pair<std::string, std::string> pair_from(const json::value& value, const std::string& where) {
  const auto& two = array(value, where);
  if (two.size() != 2) throw Shape{where + " is not a pair"};
  return {words(two[0], where), words(two[1], where)};
}

FoundDraft draft_from(const json::value& value, const std::string& where) {
  FoundDraft draft;
  for (const auto& member : object(value, where)) {
    const std::string_view name{member.key().data(), member.key().size()};
    const auto* field = std::find_if(kFields.begin(), kFields.end(), [&](const Field& one) { return one.name == name; });
    if (field != kFields.end()) {
      draft.*(field->at) = words(member.value(), where + "." + std::string(name));
    } else if (name == "documents") {
      for (const auto& one : array(member.value(), where + ".documents")) draft.documents.push_back(document_from(one, where + ".documents"));
    } else if (name == "more") {
      for (const auto& one : array(member.value(), where + ".more")) draft.more.push_back(pair_from(one, where + ".more"));
    } else {
      unknown(member, where);
    }
  }
  return draft;
}

std::size_t size_without_text(const FoundDraft& draft) {
  std::size_t size = 0;
  for (const Field& field : kFields) size += (draft.*(field.at)).size();
  size -= draft.text.size();
  for (const auto& one : draft.documents) size += one.url.size() + one.label.size() + one.language.size() + one.role.size();
  for (const auto& [name, text] : draft.more) size += name.size() + text.size();
  return size;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Takes drafts one by one and keeps those inside the limits; says what it dropped.
class Admission {
 public:
  Admission(Findings& findings, const RecordLimits& limits) : findings_(findings), limits_(limits) {}

  void take(FoundDraft draft, const std::string& where) {
    const std::string name = where + " ('" + tamed(draft.key, 60) + "')";
    if (draft.key.empty()) return warn(where + " was dropped: it has no key");
    if (draft.key.size() > limits_.key)
      return warn(name + " was dropped: its key has " + std::to_string(draft.key.size()) + " bytes, the limit is " + std::to_string(limits_.key));
    if (has_control(draft.key)) return warn(name + " was dropped: its key has control characters");
    if (!keys_.insert(draft.key).second) return warn(name + " was dropped: its key stands on this page already");
    if (draft.documents.size() > limits_.documents) {
      warn(name + ": only the first " + std::to_string(limits_.documents) + " of " + std::to_string(draft.documents.size()) + " documents were kept");
      draft.documents.resize(limits_.documents);
    }
    if (const auto size = size_without_text(draft); size > limits_.record)
      return warn(name + " was dropped: " + std::to_string(size) + " bytes without its text, the limit is " + std::to_string(limits_.record));
    if (draft.text.size() > limits_.text) {
      warn(name + ": its text of " + std::to_string(draft.text.size()) + " bytes was left out, the limit is " + std::to_string(limits_.text));
      draft.text.clear();
      draft.read.reset();
    }
    findings_.drafts.push_back(std::move(draft));
  }

  void warn(std::string what) { ours_.push_back(std::move(what)); }

  void finish() {
    auto& all = findings_.warnings;
    if (all.size() > limits_.warnings) all.resize(limits_.warnings);
    for (auto& one : all) one = tamed(one, 1'000);
    if (ours_.size() > limits_.warnings) {
      ours_.push_back("and " + std::to_string(ours_.size() - limits_.warnings) + " more of the same kind");
      ours_.erase(ours_.begin() + static_cast<std::ptrdiff_t>(limits_.warnings), ours_.end() - 1);
    }
    std::move(ours_.begin(), ours_.end(), std::back_inserter(all));
  }

 private:
  Findings& findings_;
  const RecordLimits& limits_;
  std::set<std::string> keys_;
  std::vector<std::string> ours_;
};

FollowRequest request_from(const json::value& value, const std::string& where) {
  FollowRequest request;
  for (const auto& member : object(value, where)) {
    const std::string_view name{member.key().data(), member.key().size()};
    if (name == "kind") {
      request.kind = words(member.value(), where + ".kind");
    } else if (name == "url") {
      request.url = words(member.value(), where + ".url");
    } else {
      unknown(member, where);
    }
  }
  return request;
}

// Drafts and requests: at most limits.records of each.
template <class Take>
void each(const json::value& value, std::string_view name, std::size_t most, Admission& admission, Take&& take) {
  const auto& all = array(value, std::string(name));
  for (std::size_t i = 0; i < all.size() && i < most; ++i) take(all[i], std::string(name) + "[" + std::to_string(i) + "]");
  if (all.size() > most)
    admission.warn("only the first " + std::to_string(most) + " of " + std::to_string(all.size()) + " " + std::string(name) + " were kept");
}

}  // namespace

base::Result<Findings> findings_from(const json::object& body, const RecordLimits& limits, const FoundTexts& texts) {
  Findings findings;
  std::size_t place = 0;
  Admission admission(findings, limits);
  try {
    if (!body.contains("drafts") || !body.contains("follow")) throw Shape{"findings have no 'drafts' or no 'follow'"};
    for (const auto& member : body) {
      const std::string_view name{member.key().data(), member.key().size()};
      const json::value& value = member.value();
      if (name == "drafts") {
        each(value, name, limits.records, admission, [&](const json::value& v, const std::string& where) {
          FoundDraft draft = draft_from(v, where);
          if (const auto read = texts.find(place++); read != texts.end() && !draft.text.empty()) draft.read = read->second;
          admission.take(std::move(draft), where);
        });
      } else if (name == "follow") {
        each(value, name, limits.records, admission,
             [&](const json::value& v, const std::string& where) { findings.follow.push_back(request_from(v, where)); });
      } else if (name == "next_list") {
        findings.next_list = words(value, "next_list");
      } else if (name == "nothing_expected") {
        if (!value.is_bool()) throw Shape{"nothing_expected is not true or false"};
        findings.nothing_expected = value.get_bool();
      } else if (name == "warnings") {
        for (const auto& one : array(value, "warnings")) findings.warnings.push_back(words(one, "warnings"));
      } else {
        unknown(member, "findings");
      }
    }
  } catch (const Shape& shape) {
    return base::invalid(shape.where);
  }
  admission.finish();
  return findings;
}

base::Result<Findings> read_findings(std::string_view text, const RecordLimits& limits) {
  auto answer = read_answer(text, "findings");
  if (!answer) return answer.error();
  if (answer->fate != Fate::ok) return base::invalid("the answer is an error: " + answer->reason);
  return findings_from(answer->body, limits);
}

}  // namespace draftwatch::sandbox
