-- When a page was last asked for, whatever came of it: the newest attempts of a page kind say whether that kind can still be read.
ALTER TABLE fetch_plan ADD COLUMN last_attempt INTEGER;
CREATE INDEX fetch_plan_attempt ON fetch_plan (source, kind, last_attempt) WHERE last_attempt IS NOT NULL;
CREATE INDEX fetch_plan_failing ON fetch_plan (source, failures) WHERE failures > 0;

-- What the operator wants done with a held page; the track role does it at its next round.
ALTER TABLE held ADD COLUMN wish TEXT NOT NULL DEFAULT '' CHECK (wish IN ('', 'apply', 'drop'));
