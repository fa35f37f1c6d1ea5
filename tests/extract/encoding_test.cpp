#include "sandbox/extract/encoding.h"

#include <doctest/doctest.h>
#include <unicode/ucnv.h>

#include <string>

#include "tests/extract/read_data.h"

using draftwatch::base::Failure;
using draftwatch::extract::decode_to_utf8;
using draftwatch::extract::wordiness;

namespace {

const std::string kRussian =
    "Проект Закона Кыргызской Республики «О внесении изменений в некоторые законодательные акты в сфере налогообложения». "
    "Настоящий Закон регулирует отношения, возникающие при установлении, изменении и отмене налогов — статья 21, пункт 3.";

// The bytes of a text in another encoding, by ICU's own encoder.
std::string in(const char* encoding, const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 2 + 16, '\0');
  const auto length =
      ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int32_t>(out.size()), utf8.data(), static_cast<int32_t>(utf8.size()), &status);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

TEST_CASE("every Cyrillic encoding is read by its header, by its meta, and without any label") {
  for (const char* encoding : {"windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic"}) {
    const auto bytes = in(encoding, kRussian);
    const auto expected = encoding == std::string("koi8-r") || encoding == std::string("ibm866") || encoding == std::string("iso-8859-5")
                              ? in("utf-8", kRussian)
                              : kRussian;
    CAPTURE(encoding);
    const auto unlabelled = decode_to_utf8(bytes, "text/plain", false);
    REQUIRE(unlabelled);
    CHECK(unlabelled->encoding == encoding);
    CHECK(unlabelled->basis == "statistics");
    CHECK(unlabelled->text.find("внесении изменений в некоторые") != std::string::npos);
    const auto header = decode_to_utf8(bytes, std::string("text/html; charset=") + encoding, true);
    CHECK(header->encoding == encoding);
    CHECK(header->basis == "header");
    CHECK_FALSE(header->mislabelled);
    const auto meta = decode_to_utf8(
        std::string("<html><head><META http-equiv='Content-Type' content='text/html; charset=") + encoding + "'>" + bytes, "text/html", true);
    CHECK(meta->encoding == encoding);
    CHECK(meta->basis == "markup");
  }
}

TEST_CASE("a wrong label loses against the letters, whichever two encodings are confused") {
  for (const char* real : {"windows-1251", "koi8-r", "iso-8859-5", "ibm866"}) {
    for (const char* label : {"utf-8", "windows-1251", "koi8-r", "iso-8859-1", "windows-1252", "iso-8859-5", "us-ascii"}) {
      if (real == std::string(label)) continue;
      CAPTURE(real);
      CAPTURE(label);
      const auto read = decode_to_utf8(in(real, kRussian), std::string("text/html; charset=") + label, true);
      REQUIRE(read);
      CHECK(read->encoding == real);
      CHECK(read->mislabelled);
    }
  }
}

TEST_CASE("UTF-8 under a windows-1251 label is UTF-8") {
  const auto read = decode_to_utf8("<meta charset=\"windows-1251\"><p>" + kRussian, "text/html; charset=windows-1251", true);
  CHECK(read->encoding == "utf-8");
  CHECK(read->mislabelled);
  CHECK(read->text.find(kRussian) != std::string::npos);
}

TEST_CASE("capitals alone and two short words are read rightly under their own label") {
  CHECK(decode_to_utf8(in("windows-1251", "ПОСТАНОВЛЕНИЕ ПРАВИТЕЛЬСТВА КЫРГЫЗСКОЙ РЕСПУБЛИКИ"), "", false)->encoding == "windows-1251");
  CHECK(decode_to_utf8(in("koi8-r", "ПОСТАНОВЛЕНИЕ ПРАВИТЕЛЬСТВА КЫРГЫЗСКОЙ РЕСПУБЛИКИ"), "", false)->encoding == "koi8-r");
  CHECK(decode_to_utf8(in("koi8-r", "Щит"), "text/html; charset=koi8-r", true)->text == "Щит");
  CHECK(decode_to_utf8(in("windows-1251", "ещё"), "text/html; charset=windows-1251", true)->text == "ещё");
}

TEST_CASE("Ukrainian keeps its own letters in both of its tables") {
  const std::string text = "Ці зміни набирають чинності з дня їх опублікування; об'єднання громадян та їхні статути — її члени.";
  CHECK(decode_to_utf8(in("windows-1251", text), "", false)->text == text);
  CHECK(decode_to_utf8(in("koi8-u", "Ці зміни набирають чинності, їх опублікування"), "text/plain; charset=koi8-u", false)->text ==
        "Ці зміни набирають чинності, їх опублікування");
}

TEST_CASE("western European texts do not become Cyrillic, and the reverse") {
  const std::string french = "Le Président de la République promulgue la loi après délibération ; arrêté, décret, où, ça, élève.";
  CHECK(decode_to_utf8(in("windows-1252", french), "", false)->text == french);
  CHECK(decode_to_utf8(in("windows-1252", french), "text/html; charset=windows-1251", true)->encoding == "windows-1252");
  const std::string german = "Änderung des Gesetzes über die Körperschaften; größere Maßnahmen für Bürger, Straße, Übergang.";
  CHECK(decode_to_utf8(in("windows-1252", german), "", false)->text == german);
  const std::string czech = "Předseda vlády může zákon vrátit; změna účinnosti § 12 odst. 3 písmeno č).";
  CHECK(decode_to_utf8(in("windows-1250", czech), "text/html; charset=windows-1250", true)->text == czech);
}

TEST_CASE("a byte order mark beats the header") {
  const auto wide = "\xFF\xFE" + in("UTF-16LE", "Закон");
  const auto read = decode_to_utf8(wide, "text/html; charset=windows-1251", true);
  CHECK(read->encoding == "utf-16le");
  CHECK(read->basis == "bom");
  CHECK(read->text == "Закон");
  CHECK(read->mislabelled);
  CHECK(decode_to_utf8("\xFE\xFF" + in("UTF-16BE", "Закон"), "", false)->text == "Закон");
  CHECK(decode_to_utf8("\xEF\xBB\xBFЗакон", "text/html; charset=koi8-r", true)->text == "Закон");
}

TEST_CASE("UTF-16 without a mark is seen by its bytes, in both orders, for Latin and for Cyrillic") {
  for (const std::string& text : {kRussian, std::string("<html><body><p>An Act to amend the Citizenship Act</p></body></html>")}) {
    CHECK(decode_to_utf8(in("UTF-16LE", text), "text/html", true)->text == text);
    CHECK(decode_to_utf8(in("UTF-16BE", text), "text/html; charset=utf-8", true)->text == text);
  }
}

TEST_CASE("UTF-7 is refused by header and by meta") {
  for (const char* type : {"text/html; charset=utf-7", "text/html; charset=\"UTF-7\"", "text/html;charset=unicode-1-1-utf-7"}) {
    const auto read = decode_to_utf8("+ADw-script+AD4-", type, true);
    CAPTURE(type);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == Failure::invalid);
    CHECK(read.error().message.find("UTF-7") != std::string::npos);
  }
  CHECK_FALSE(decode_to_utf8("<meta charset=utf-7>+ADw-", "text/html", true));
}

TEST_CASE("a bogus label is ignored") {
  for (const char* label : {"../../etc/passwd", "x-user-defined", "none", "utf-999", "%s%n", "ISO-2022-JP", "hz-gb-2312"}) {
    CAPTURE(label);
    const auto read = decode_to_utf8(in("windows-1251", kRussian), std::string("text/html; charset=") + label, true);
    REQUIRE(read);
    CHECK(read->encoding == "windows-1251");
    CHECK(read->label == label);
  }
}

TEST_CASE("broken UTF-8 keeps everything around the break and counts it") {
  const auto read = decode_to_utf8(kRussian + "\xC0\xAF \xED\xA0\x80 " + kRussian + "\xD0", "text/html; charset=utf-8", true);
  CHECK(read->encoding == "utf-8");
  CHECK(read->replaced == 6);
  CHECK(read->text.find(kRussian, kRussian.size()) != std::string::npos);
}

TEST_CASE("wordiness tells a permuted text from the text") {
  CHECK(wordiness(kRussian) > 3.5);
  CHECK(wordiness(decode_to_utf8(in("koi8-r", "закон"), "", false)->text) > 3);
  CHECK(wordiness("ГЮЙНМ Н МЮКНЦЮУ") < 3.3);
  CHECK(wordiness("plain ascii") == 0);
}

TEST_CASE("real Kyrgyz, Russian and Ukrainian laws are recognised in each of their legacy encodings") {
  for (const char* path :
       {"corpora/kg_codes/family_code.ru.txt", "corpora/kg_codes/tax_code_2022.ru.txt", "corpora/kg_codes/road_traffic_law.ru.txt"}) {
    const auto whole = draftwatch::tests::read_data(path);
    if (!whole) continue;
    std::size_t wrong = 0, tried = 0;
    for (std::size_t at = 0; at + 4000 < whole->size() && tried < 200; at += 4000) {
      auto piece = whole->substr(at, 1200);
      while (!piece.empty() && (piece.front() & 0xC0) == 0x80) piece.erase(0, 1);
      piece = piece.substr(0, piece.find_last_of(' '));
      for (const char* encoding : {"windows-1251", "koi8-r", "ibm866"}) {
        ++tried;
        const auto read = decode_to_utf8(in(encoding, piece), "text/html; charset=utf-8", true);
        if (read->encoding != encoding) {
          ++wrong;
          MESSAGE(encoding, " read as ", read->encoding, " by ", read->basis, ": ", piece);
        }
      }
    }
    CAPTURE(path);
    CHECK(tried >= 60);
    CHECK(wrong == 0);
  }
}
