-- Version 4: histories that move to other cards.
--
-- A new kind of entry, `move`: what stands in the log of `card` before it belongs to the card named in `response`
-- from here on; `mode` says why: `edited` (the note was recognised by likeness) or `asked`.
--
-- To whom each entry belongs now is kept in its row, as a cache that its hash does not cover: `moved_to` is the
-- last of the moves that concern it, NULL where there is none or it has come back. All else of a row stays as it is.

ALTER TABLE log ADD COLUMN moved_to TEXT;
ALTER TABLE log ADD COLUMN owner TEXT AS (coalesce(moved_to, card)) VIRTUAL;

DROP INDEX log_by_card;
CREATE INDEX log_by_owner ON log (owner, seq);
CREATE INDEX log_of_moves ON log (seq) WHERE kind = 'move';

DROP TRIGGER log_is_never_changed;
CREATE TRIGGER log_is_never_changed BEFORE UPDATE OF
    seq, id, device, at, utc_offset, study_day, kind, card, rating, score, response, milliseconds, mode, value,
    target, hash, confidence, quiz, answer
ON log
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- The log without what was taken back, each entry under the card to which it belongs now.
DROP VIEW kept;
CREATE VIEW kept AS
SELECT seq, id, device, at, utc_offset, study_day, kind, owner AS card, rating, score, response, milliseconds,
       mode, value, target, hash, confidence, quiz, answer
FROM log
WHERE kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id);
