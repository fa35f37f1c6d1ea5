-- The roles meet here and nowhere else. Times are seconds since 1970 UTC. Enumerations are stored by the names of model/names.cpp.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;  -- alert_public_key, generation, ...

-- ---- what track writes --------------------------------------------------------------------------------------------
CREATE TABLE source (               -- a mirror of portals.d, so that web and CLI can name sources that are switched off
  id TEXT PRIMARY KEY, plugin TEXT NOT NULL, title TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, zone TEXT NOT NULL,
  home TEXT NOT NULL, enabled INTEGER NOT NULL, baseline_done INTEGER,          -- when the first crawl was complete
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new','healthy','degraded','failing','held')),
  state_since INTEGER NOT NULL, cause TEXT NOT NULL DEFAULT '', cause_detail TEXT NOT NULL DEFAULT '',
  last_read INTEGER, last_change INTEGER, robots TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE fetch_plan (           -- the schedule is a column
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES source, kind TEXT NOT NULL, url TEXT NOT NULL,
  draft INTEGER REFERENCES draft, document INTEGER REFERENCES document, start INTEGER NOT NULL DEFAULT 0,
  depth INTEGER NOT NULL DEFAULT 0, -- list pages from the start
  next_at INTEGER NOT NULL, leased_until INTEGER NOT NULL DEFAULT 0, interval INTEGER NOT NULL,
  etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '', body_digest BLOB, last_parser TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0, last_cause TEXT NOT NULL DEFAULT '', last_success INTEGER, last_change INTEGER,
  retired INTEGER NOT NULL DEFAULT 0, UNIQUE (source, kind, url)) STRICT;
CREATE INDEX fetch_plan_due ON fetch_plan (next_at) WHERE retired = 0;

CREATE TABLE evidence (             -- content-addressed, append-only; zstd, an earlier version as prefix
  digest BLOB PRIMARY KEY, encoding TEXT NOT NULL CHECK (encoding IN ('raw','zstd','zstd-prefix')), base BLOB REFERENCES evidence,
  size INTEGER NOT NULL, depth INTEGER NOT NULL DEFAULT 0, bytes BLOB NOT NULL) STRICT;
CREATE TABLE fetch_record (         -- when which bytes were served, and with which headers
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL,
  headers TEXT NOT NULL, digest BLOB NOT NULL REFERENCES evidence) STRICT;
CREATE INDEX fetch_record_url ON fetch_record (url, at);

CREATE TABLE draft (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES source, key TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL,
  language TEXT NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, authority TEXT NOT NULL, stage TEXT NOT NULL,
  stage_as_written TEXT NOT NULL, how_to_comment TEXT NOT NULL, published TEXT NOT NULL,  -- yyyy-mm-dd or empty
  withdrawn_at INTEGER, withdrawn_words TEXT NOT NULL DEFAULT '', vanished_at INTEGER, misses INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, baseline INTEGER NOT NULL,
  announced INTEGER NOT NULL DEFAULT 0,  -- its first event is out: it waits for the draft's papers
  UNIQUE (source, key)) STRICT;
CREATE INDEX draft_waiting ON draft (id) WHERE announced = 0;
CREATE INDEX draft_title ON draft (source, title);
CREATE INDEX draft_stage ON draft (stage);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft, role TEXT NOT NULL, language TEXT NOT NULL, url TEXT NOT NULL,
  label TEXT NOT NULL, found_on TEXT NOT NULL, -- page kind that links it: only that kind can say it is gone
  gone_at INTEGER, told INTEGER NOT NULL DEFAULT 0, normaliser INTEGER NOT NULL DEFAULT 0, -- rules under which the newest text is known to hold
  UNIQUE (draft, role, url, language)) STRICT;
CREATE INDEX document_untold ON document (draft) WHERE told = 0;
CREATE INDEX fetch_plan_draft ON fetch_plan (draft) WHERE draft IS NOT NULL;
CREATE TABLE version (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, ordinal INTEGER NOT NULL, label TEXT NOT NULL,
  original BLOB NOT NULL REFERENCES evidence, media_type TEXT NOT NULL, text BLOB REFERENCES evidence, no_text TEXT NOT NULL DEFAULT '', normaliser INTEGER NOT NULL,
  fetched INTEGER REFERENCES fetch_record, seen INTEGER NOT NULL, chain BLOB NOT NULL, UNIQUE (document, ordinal)) STRICT;
CREATE TABLE "window" (             -- append-only readings; the newest of a draft holds
  id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft, opens INTEGER, closes INTEGER, closes_at_day_end INTEGER NOT NULL,
  zone TEXT NOT NULL, certainty TEXT NOT NULL CHECK (certainty IN ('stated','computed','unknown')), words TEXT NOT NULL,
  how_to_comment TEXT NOT NULL, seen INTEGER NOT NULL) STRICT;
CREATE INDEX window_draft ON "window" (draft, id);
CREATE INDEX window_closes ON "window" (closes) WHERE closes IS NOT NULL;
CREATE INDEX window_opens ON "window" (opens) WHERE opens IS NOT NULL;
CREATE TABLE event (                -- append-only
  id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES draft, at INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
  same_as TEXT NOT NULL UNIQUE, silent INTEGER NOT NULL, matched_at INTEGER) STRICT;
CREATE INDEX event_unmatched ON event (id) WHERE matched_at IS NULL;
CREATE INDEX event_draft ON event (draft, id);

CREATE TABLE worker_run (           -- written before a plugin runs: if it takes us down, the culprit is known
  source TEXT NOT NULL, kind TEXT NOT NULL, started_at INTEGER, kills INTEGER NOT NULL DEFAULT 0, -- in a row
  quarantined_until INTEGER, last_fate TEXT NOT NULL DEFAULT '', PRIMARY KEY (source, kind)) STRICT;
CREATE TABLE warning (              -- what admit dropped or doubted; the newest of one kind, counted
  source TEXT NOT NULL, draft_key TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  times INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (source, draft_key, what)) STRICT;
CREATE TABLE held (                 -- pages whose effect was abnormal: kept for the operator, not applied
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL,
  media_type TEXT NOT NULL, findings TEXT NOT NULL, decided TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX held_open ON held (source) WHERE decided = '';
CREATE TABLE band (                 -- what is usual for a source: moving mean and mean deviation of a figure
  source TEXT NOT NULL, figure TEXT NOT NULL, mean REAL NOT NULL, deviation REAL NOT NULL, samples INTEGER NOT NULL, PRIMARY KEY (source, figure)) STRICT;

-- Stems are made by text/; one entry a draft (rowid = draft.id): its title and its newest texts. The index keeps no
-- content; the stems that were indexed stand beside it, compressed, since taking an entry out needs exactly them.
CREATE VIRTUAL TABLE search USING fts5 (title, body, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE search_stems (draft INTEGER PRIMARY KEY REFERENCES draft, title TEXT NOT NULL, body BLOB NOT NULL, size INTEGER NOT NULL) STRICT;

-- ---- what web and alert write -------------------------------------------------------------------------------------
CREATE TABLE subscription (
  id INTEGER PRIMARY KEY, sealed_contact BLOB NOT NULL, blind_index BLOB NOT NULL, query TEXT NOT NULL,
  sources TEXT NOT NULL, countries TEXT NOT NULL,  -- JSON arrays
  frequency TEXT NOT NULL, language TEXT NOT NULL, zone TEXT NOT NULL, neutral_subject INTEGER NOT NULL, token_digest BLOB NOT NULL UNIQUE,
  created INTEGER NOT NULL, confirmed INTEGER, welcomed INTEGER, last_digest INTEGER, last_alive INTEGER,
  ended INTEGER, ended_reason TEXT NOT NULL DEFAULT '', erased INTEGER) STRICT;
CREATE INDEX subscription_contact ON subscription (blind_index);
CREATE INDEX subscription_active ON subscription (id) WHERE confirmed IS NOT NULL AND ended IS NULL;
CREATE INDEX subscription_unwelcomed ON subscription (id) WHERE confirmed IS NOT NULL AND ended IS NULL AND welcomed IS NULL;
CREATE INDEX subscription_silent ON subscription (coalesce(last_alive, confirmed)) WHERE confirmed IS NOT NULL AND ended IS NULL;
CREATE TABLE request (              -- what a person asked of the web role, sealed: only alert may know whether the address is known
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('subscribe')), sealed BLOB NOT NULL, at INTEGER NOT NULL, handled_at INTEGER) STRICT;
CREATE INDEX request_open ON request (id) WHERE handled_at IS NULL;
CREATE TABLE confirm_sent (         -- at most one confirm mail a day to an address that has not confirmed
  blind_index BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX confirm_sent_contact ON confirm_sent (blind_index, at);
CREATE TABLE message (
  id INTEGER PRIMARY KEY, subscription INTEGER REFERENCES subscription, purpose TEXT NOT NULL, channel TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  sealed_bytes BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending','sending','sent','refused')), attempts INTEGER NOT NULL DEFAULT 0,
  in_doubt INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, next_attempt INTEGER NOT NULL, ended INTEGER, last_reply TEXT NOT NULL DEFAULT '',
  same_as TEXT UNIQUE) STRICT;      -- e.g. "welcome/17", "broken/kg.kenesh/1760000000": composing twice makes one message
CREATE INDEX message_due ON message (next_attempt) WHERE state IN ('pending','sending');
CREATE INDEX message_subscription ON message (subscription, id);
CREATE INDEX message_ended ON message (ended) WHERE sealed_bytes <> x'';
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, subscription INTEGER NOT NULL REFERENCES subscription, event INTEGER NOT NULL REFERENCES event,
  urgent INTEGER NOT NULL, why TEXT NOT NULL, created INTEGER NOT NULL, message INTEGER REFERENCES message,
  dropped TEXT NOT NULL DEFAULT '',  -- why no message was made (ended before composing ...); empty otherwise
  UNIQUE (subscription, event)) STRICT;
CREATE INDEX alert_open ON alert (subscription) WHERE message IS NULL AND dropped = '';
CREATE TABLE thread (subscription INTEGER NOT NULL REFERENCES subscription, draft INTEGER NOT NULL REFERENCES draft, message_id TEXT NOT NULL,
  PRIMARY KEY (subscription, draft)) STRICT;  -- the first mail of a draft to a subscriber: later ones refer to it
CREATE TABLE outage (               -- a source that could not be read, as the alert role saw it
  source TEXT NOT NULL REFERENCES source, since INTEGER NOT NULL, cause TEXT NOT NULL, subscribers_told INTEGER, ended INTEGER,
  PRIMARY KEY (source, since)) STRICT;
CREATE INDEX outage_open ON outage (source) WHERE ended IS NULL;
