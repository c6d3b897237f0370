-- Version 2: quizzes, confidence, and what a misspelling must not be.
--
-- A quiz is an entry of kind `quiz`: `response` holds its request and questions as JSON. What follows names it
-- in `quiz`: `quiz-answer` (the response so far to the question on `card`; `milliseconds` spent on it, `value`
-- the milliseconds used in all), `quiz-flag`, `quiz-pause` (`value` as there), and once it is handed in a
-- `review` a question, of mode `quiz` or, if it counts for the schedule, `study`, and `quiz-end` (`score`: the
-- share of the points; `value`: the number of questions; again without it when a question is overruled).

ALTER TABLE log ADD COLUMN confidence INTEGER;    -- review: 1 guess, 2 unsure, 3 sure
ALTER TABLE log ADD COLUMN quiz BLOB;             -- the id of the quiz that the entry belongs to

CREATE INDEX log_by_quiz ON log (quiz, seq) WHERE quiz IS NOT NULL;
CREATE INDEX log_of_quizzes ON log (seq) WHERE kind = 'quiz';

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
    content TEXT NOT NULL,            -- JSON
    PRIMARY KEY (file, position)
) WITHOUT ROWID;

CREATE INDEX card_by_id ON card (id);

-- Every answer that is right for some card of a deck file, and every name that serves it, normalised.
CREATE TABLE answer (
    file BLOB NOT NULL REFERENCES deck_file (key) ON DELETE CASCADE,
    text TEXT NOT NULL,
    PRIMARY KEY (file, text)
) WITHOUT ROWID;
