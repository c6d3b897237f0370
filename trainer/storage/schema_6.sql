-- Version 6: the notes of deck files as they are written, for exports that give them back whole.
-- Files that were read before have none: another program reads them anew.

CREATE TABLE note (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    id TEXT NOT NULL,                 -- deck/note, as in table card
    fields TEXT NOT NULL,             -- JSON: each field as in the deck file
    PRIMARY KEY (file, id)
) WITHOUT ROWID;
