-- Version 5: histories carried over from other programs.
--
-- A new kind of entry, `carried`: the memory state that `card` came with, as JSON in `response`; a replay begins with
-- it, after the card's last one that stands. What was reviewed elsewhere stands in the log before it, as reviews.
-- The tables stay as they are: the version keeps programs that do not know the entry from replaying without it.

CREATE INDEX log_of_carried ON log (owner, at) WHERE kind = 'review' AND answer IS NULL;
