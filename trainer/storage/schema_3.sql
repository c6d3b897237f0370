-- Version 3: what was right when a card was answered, forgetting, events, and finding cards.
--
-- New kinds of entries: `forget` (the reviews of `card` before it do not count for its memory state) and `told`
-- (the learner was shown that the answer to `card` is now `answer`).

ALTER TABLE log ADD COLUMN answer TEXT;           -- review, told: the answer as it then stood

DROP VIEW kept;
CREATE VIEW kept AS
SELECT * FROM log
WHERE kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id);

-- The index is read anew.
DELETE FROM deck_file;
DROP TABLE card;

CREATE TABLE card (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    note TEXT NOT NULL,               -- deck/note, shared by siblings
    type TEXT NOT NULL,               -- the question type
    superseded INTEGER NOT NULL,      -- 1 if another note has taken its place: it is not asked any more
    question TEXT NOT NULL,
    answer TEXT NOT NULL,             -- as shown
    content TEXT NOT NULL,            -- JSON
    PRIMARY KEY (file, position)
) WITHOUT ROWID;

CREATE INDEX card_by_id ON card (id);

-- What cards can be found by: `kind` is tag, source (an article, or article#paragraph), name or successor (the
-- note that has taken the place of the card's).
CREATE TABLE facet (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,        -- of the card
    PRIMARY KEY (file, kind, value, position)
) WITHOUT ROWID;

-- The names that serve a deck file, under each of their spellings, normalised.
CREATE TABLE spelling (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    spelling TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (file, spelling)
) WITHOUT ROWID;

CREATE TABLE event (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    content TEXT NOT NULL,            -- JSON
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
