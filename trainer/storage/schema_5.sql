-- Version 5: histories carried over from other programs, and notes as they are written.
--
-- A new kind of entry, `carried`: the memory state that `card` came with, as JSON in `response`; a replay begins with
-- it, after the card's last one that stands. What was reviewed elsewhere stands in the log before it, as reviews. An
-- entry `forget` of mode `carried` says that the card was made new again elsewhere.

-- The notes of deck files, for exports that give them back whole. Files that were read before have none: another
-- program reads them anew.
CREATE TABLE note (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    id TEXT NOT NULL,                 -- deck/note, as in table card
    fields TEXT NOT NULL,             -- JSON: each field as in the deck file
    PRIMARY KEY (file, id)
) WITHOUT ROWID;
