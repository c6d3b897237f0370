-- Version 6: what comes today is found by indexes, and which files have changed is seen without reading them.

CREATE INDEX memory_by_due ON memory (due_day, phase);

DROP INDEX card_by_id;
CREATE INDEX card_by_id ON card (id, note, superseded);

-- The cards that have no memory state, without those superseded: follows from `card` and `memory`.
CREATE TABLE fresh (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,        -- of the card
    id TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;

INSERT INTO fresh SELECT file, position, id, note FROM card
WHERE NOT superseded AND NOT EXISTS (SELECT 1 FROM memory WHERE memory.card = card.id);

-- Files of decks folders as last read: while size and times are the same, so is the content.
CREATE TABLE seen (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,              -- device, inode, size, and the times of change in nanoseconds
    hash BLOB NOT NULL                -- 16 bytes of BLAKE2b over the content
) WITHOUT ROWID;

CREATE INDEX deck_file_by_place ON deck_file (path, deck, read_at);

-- Two devices may each have taken the same entry back: once their logs are merged, both say so.
DROP INDEX log_by_target;
CREATE INDEX log_by_target ON log (target) WHERE target IS NOT NULL;
