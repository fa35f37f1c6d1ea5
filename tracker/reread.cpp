#include "tracker/reread.h"

#include "storage/drafts.h"
#include "storage/versions.h"
#include "text/normalise.h"
#include "tracker/record.h"

namespace draftwatch::tracker {
namespace {

base::Status reread_one(storage::Database& database, Reader& reader, base::Instant now, const model::Document& document, RereadDone& done) {
  storage::Versions versions(database);
  const auto newest = versions.newest(document.id);
  if (!newest) return newest.error();
  const auto draft = storage::Drafts(database).find(document.draft);
  if (!draft) return draft.error();
  if (!*newest || !*draft) return storage::Drafts(database).set_normaliser(document.id, text::kNormaliser);
  const auto bytes = versions.original(**newest);
  if (!bytes) return bytes.error();
  const auto media_type = versions.media_type((*newest)->id);
  if (!media_type) return media_type.error();
  ReadText text = reader.text(*media_type, *bytes);
  if (text.ours) return {};
  ++done.read;
  // Bytes that once had a text and now have none are the extractor's trouble, not the portal's: the text stays.
  if (!text.text && (*newest)->no_text.empty()) return storage::Drafts(database).set_normaliser(document.id, text::kNormaliser);
  Source source;
  source.id = (*draft)->source;
  const Options options;
  Recorder recorder(database, source, options, now, {false, true});
  const base::Status recorded = database.transaction([&]() -> base::Status {
    model::Document same = document;
    same.label = without_ocr_mark((*newest)->label);
    return recorder.paper(same, text, std::nullopt);
  });
  done.versions += recorder.recorded().versions;
  return recorded;
}

}  // namespace

base::Result<RereadDone> reread_old_texts(storage::Database& database, Reader& reader, base::Instant now, int at_most) {
  const auto documents = storage::Drafts(database).read_under_older_rules(text::kNormaliser, at_most);
  if (!documents) return documents.error();
  RereadDone done;
  for (const model::Document& document : *documents) {
    const base::Status read = reread_one(database, reader, now, document, done);
    if (!read) return read.error();
  }
  return done;
}

}  // namespace draftwatch::tracker
