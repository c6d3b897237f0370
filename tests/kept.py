"""Progress files with entries of every kind, and what is done to them to see that nothing of it goes lost."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from factories import TODAY, make_moment, make_outcome, make_review

from trainer.core.carried import CardPast, PastReview
from trainer.core.day import Moment
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.storage.acts import Acts
from trainer.storage.carrying import Carrying
from trainer.storage.merging import Row, is_sound, rows_of
from trainer.storage.moves import Moves
from trainer.storage.store import Store

SCHEDULER = Scheduler()
SETTINGS = "as tested"
_LONG = "long " * 1500
"""A response that no page holds alone."""


def fill(path: Path, *, count: int = 150, seed: int = 1, day: int = 0) -> None:
    """Do many things with some cards, from some day after `TODAY` on, ten a day."""
    chance = random.Random(seed)
    with closing(Store(path)) as store:
        for number in range(count):
            moment = make_moment(TODAY + timedelta(days=day + number // 10), minutes=number % 10)
            card = f"deck{chance.randrange(3)}/note{chance.randrange(25)}/card"
            do_something(store, chance, card, moment)
        store.rebuild(SETTINGS, SCHEDULER.replay)


def do_something(store: Store, chance: random.Random, card: str, moment: Moment) -> None:
    """One act of any kind."""
    kind = chance.choices(
        ["review", "mark", "undo", "forget", "told", "move", "carried"], [60, 12, 8, 4, 4, 3, 4]
    )
    match kind:
        case ["review"]:
            rating = Rating(chance.randrange(1, 5))
            before = store.memory([card]).get(card)
            after = SCHEDULER.after(before, rating, card=card, moment=moment)
            said = chance.choice(["", "yes", "Ереван " * 20, _LONG if chance.random() < 0.2 else "no"])
            score = chance.choice([0.0, 0.5, 1.0])
            answered = make_review(
                card, rating, moment=moment, response=said, score=score, answer="An answer"
            )
            store.append_review(make_outcome(answered, before, after))
        case ["mark"]:
            store.append_mark(chance.choice(["suspend", "bury", "flag"]), card, moment=moment)
        case ["undo"]:
            entry = store.last_entry()
            if entry is not None:
                store.append_undo(entry, moment=moment, replay=SCHEDULER.replay)
        case ["forget"]:
            Acts(store).forget([card], moment=moment)
        case ["told"]:
            store.append_told(card, "Another answer", moment=moment)
        case ["move"]:
            pair = (card, f"deck{chance.randrange(3)}/note{chance.randrange(25)}/card")
            Moves(store).move([pair], how="asked", moment=moment, replay=SCHEDULER.replay)
        case ["carried"]:
            state = SCHEDULER.after(None, Rating.GOOD, card=card, moment=moment)
            past = CardPast((PastReview(moment.at - 5_000, Rating.GOOD, 900),), state)
            Carrying(store).bring({card: past}, moment=moment, when=lambda _: moment)


def log_of(path: Path) -> list[Row]:
    """The entries of a progress file, in their order."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return list(rows_of(file))


def readable_rows(path: Path) -> Iterator[Row]:
    """What SQLite itself can read of a log, entry by entry, as far as it is as it was written."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        try:
            (last,) = file.execute("SELECT max(seq) FROM log").fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return
        for seq in range(1, min(last if isinstance(last, int) else 0, 5_000) + 1):
            try:
                row = file.execute(
                    """SELECT id, device, at, utc_offset, study_day, kind, card, rating, score, response,
                              milliseconds, mode, value, target, confidence, quiz, answer, hash
                       FROM log NOT INDEXED WHERE seq = ?""",
                    (seq,),
                ).fetchone()
            except (sqlite3.Error, UnicodeDecodeError):
                continue
            if row is not None and is_sound(row):
                yield row


def damage(path: Path, chance: random.Random) -> str:
    """Flip some bits of a file, cut its end off, or write over a part of it; what was done."""
    data = bytearray(path.read_bytes())
    match chance.choice(["flip", "flip", "flip", "flips", "cut", "zeros", "noise", "swap"]):
        case "flip":
            where, bit = chance.randrange(len(data)), chance.randrange(8)
            data[where] ^= 1 << bit
            done = f"bit {bit} of byte {where} was flipped"
        case "flips":
            places = [chance.randrange(len(data)) for _ in range(chance.randrange(2, 60))]
            for where in places:
                data[where] ^= 1 << chance.randrange(8)
            done = f"bits were flipped at {places}"
        case "cut":
            length = chance.randrange(len(data))
            del data[length:]
            done = f"cut to {length} bytes"
        case "swap":
            one, other = (4096 * chance.randrange(len(data) // 4096) for _ in range(2))
            here, there = data[one : one + 4096], data[other : other + 4096]
            data[one : one + 4096], data[other : other + 4096] = there, here
            done = f"the pages at {one} and {other} were swapped"
        case kind:
            where, length = chance.randrange(len(data)), chance.randrange(1, 9000)
            piece = bytes(length) if kind == "zeros" else chance.randbytes(length)
            data[where : where + length] = piece[: len(data) - where]
            done = f"{kind} were written over {length} bytes at {where}"
    path.write_bytes(data)
    return done
