#include "sandbox/extract/doc_properties.h"

#include <algorithm>
#include <functional>

#include "sandbox/extract/ole2.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kPage = 512;

// Calls with every property of a list: its code and its first operand byte. Ends at the first broken one.
void each_property(std::string_view list, const std::function<void(std::uint16_t, std::uint8_t)>& use) {
  for (std::size_t at = 0; at + 2 < list.size();) {
    const auto code = u16_at(list, at);
    at += 2;
    use(code, u8_at(list, at));
    constexpr std::size_t kSizes[] = {1, 1, 2, 4, 2, 2, 0, 3};  // by the top three bits
    const auto kind = code >> 13;
    if (kind != 6) {
      at += kSizes[kind];
    } else if (code == 0xD608) {
      at += std::size_t{u16_at(list, at)} + 1;
    } else {
      at += std::size_t{u8_at(list, at)} + 1;
    }
  }
}

// The pages that a table of page numbers names: n+1 offsets, then n page numbers.
std::vector<std::string_view> pages_of(std::string_view document, std::string_view plc) {
  std::vector<std::string_view> pages;
  if (plc.size() < 12) return pages;
  const auto count = (plc.size() - 4) / 8;
  for (std::size_t i = 0; i < count; ++i) {
    const auto offset = std::size_t{u32_at(plc, 4 * (count + 1) + 4 * i) & 0x3FFFFF} * kPage;
    if (offset + kPage <= document.size()) pages.push_back(document.substr(offset, kPage));
  }
  return pages;
}

std::string_view part(std::string_view table, std::size_t offset, std::size_t length) {
  return offset <= table.size() ? table.substr(offset, length) : std::string_view{};
}

}  // namespace

std::map<std::uint32_t, DocParagraph> doc_paragraphs(std::string_view document, std::string_view table) {
  std::map<std::uint32_t, DocParagraph> found;
  for (const auto page : pages_of(document, part(table, u32_at(document, 0x102), u32_at(document, 0x106)))) {
    const std::size_t count = u8_at(page, kPage - 1);
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = std::size_t{u8_at(page, 4 * (count + 1) + 13 * i)} * 2;
      if (at == 0) continue;
      const std::size_t words = u8_at(page, at);
      const auto begin = words == 0 ? at + 2 : at + 1;
      const auto length = words == 0 ? std::size_t{u8_at(page, at + 1)} * 2 : words * 2 - 1;
      if (length < 2 || begin + length > page.size()) continue;
      each_property(page.substr(begin + 2, length - 2), [&](std::uint16_t code, std::uint8_t value) {
        if (code == 0x2416 && value == 1) found.emplace(u32_at(page, 4 * (i + 1)), DocParagraph::in_cell);
        if (code == 0x2417 && value == 1) found[u32_at(page, 4 * (i + 1))] = DocParagraph::row_end;
      });
    }
  }
  return found;
}

std::vector<DocRun> doc_runs(std::string_view document, std::string_view table) {
  std::vector<DocRun> runs;
  for (const auto page : pages_of(document, part(table, u32_at(document, 0xFA), u32_at(document, 0xFE)))) {
    const std::size_t count = u8_at(page, kPage - 1);
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = std::size_t{u8_at(page, 4 * (count + 1) + i)} * 2;
      if (at == 0) continue;
      DocRun run{u32_at(page, 4 * i), u32_at(page, 4 * (i + 1)), false, false, false, false};
      each_property(page.substr(at + 1, u8_at(page, at)), [&](std::uint16_t code, std::uint8_t value) {
        if (code == 0x0800) run.deleted = value == 1;
        if (code == 0x0801) run.inserted = value == 1;
        if (code == 0x083C) run.hidden = value == 1;
        if (code == 0x2A48) run.raised = value == 1;
      });
      if (run.deleted || run.inserted || run.hidden || run.raised) runs.push_back(run);
    }
  }
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return runs;
}

}  // namespace draftwatch::extract
