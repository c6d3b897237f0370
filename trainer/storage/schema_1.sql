-- Version 1. The log is the truth; every other table can be rebuilt from it and from the deck files.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,          -- UUIDv7
    device BLOB NOT NULL,             -- 16 random bytes, one for each progress file
    at INTEGER NOT NULL,              -- milliseconds since 1970, UTC
    utc_offset INTEGER NOT NULL,      -- minutes east of UTC, as the wall clock then stood
    study_day TEXT NOT NULL,          -- YYYY-MM-DD
    kind TEXT NOT NULL,               -- review, suspend, bury, flag, undo
    card TEXT NOT NULL,
    rating INTEGER,                   -- review: 1 Again, 2 Hard, 3 Good, 4 Easy
    score REAL,                       -- review: 0 to 1
    response TEXT,                    -- review: as given
    milliseconds INTEGER,             -- review: from the question to the answer
    mode TEXT,                        -- review: study, cram
    value INTEGER,                    -- suspend, flag: 1 on, 0 off
    target BLOB,                      -- undo: the entry taken back
    hash BLOB NOT NULL                -- 16 bytes of BLAKE2b over all of the above but seq
);

CREATE INDEX log_by_card ON log (card, seq);
CREATE INDEX log_by_day ON log (study_day, kind);
CREATE UNIQUE INDEX log_by_target ON log (target) WHERE target IS NOT NULL;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER log_is_never_cut BEFORE DELETE ON log
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER log_is_never_overwritten BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = NEW.seq OR id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- The log without what was taken back.
CREATE VIEW kept AS
SELECT * FROM log
WHERE kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id);

-- What the reviews of each card imply, under the scheduling settings named in meta.
CREATE TABLE memory (
    card TEXT PRIMARY KEY,
    stability REAL NOT NULL,          -- days
    difficulty REAL NOT NULL,         -- 1 to 10
    phase INTEGER NOT NULL,           -- 1 learning, 2 review, 3 relearning
    step INTEGER NOT NULL,
    due_day TEXT NOT NULL,
    due_at INTEGER,                   -- milliseconds since 1970, UTC; only in steps
    last_day TEXT NOT NULL,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL
) WITHOUT ROWID;

-- What the other entries of the log imply.
CREATE TABLE marks (
    card TEXT PRIMARY KEY,
    suspended INTEGER NOT NULL DEFAULT 0,
    buried_on TEXT NOT NULL DEFAULT '',
    flagged INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Deck files as read: `key` is a hash of all that the reading depended on, place and deck id included, so
-- that sessions over other folders or other versions of a file never share rows.
CREATE TABLE deck_file (
    key BLOB PRIMARY KEY,
    path TEXT NOT NULL,
    read_at INTEGER NOT NULL,         -- milliseconds since 1970, UTC
    deck TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    readable INTEGER NOT NULL,
    problems TEXT NOT NULL            -- JSON
) WITHOUT ROWID;

CREATE TABLE card (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    note TEXT NOT NULL,               -- deck/note, shared by siblings
    content TEXT NOT NULL,            -- JSON
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
