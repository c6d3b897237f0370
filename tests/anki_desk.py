"""A deck with a note of every type, a history of many months, and the packages made of them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trainer.collection import Collection
from trainer.collection.export_anki import Packed, export_package
from trainer.config import Config, Places
from trainer.core.grading import Verdict
from trainer.core.review import Rating
from trainer.core.session import Selection, Session

REAL_ANKI = Path(__file__).with_name("real_anki.py")
RIGHT = Verdict(kind="right", score=1.0, reason="", suggested=Rating.GOOD)

SOURCES = """\
report:
  title: A report & more
  publisher: <The> observer
  published: 2024-06-13
  url: https://example.org/report?a=1&b=2
letter:
  title: A letter
"""
NAMES = """\
armenia: {name: Armenia, kind: country, aliases: [Hayastan]}
belarus: {name: Belarus, kind: country}
minsk: {name: Minsk, kind: city}
"""
DECK = """\
title: "Every type: of note"
description: For the tests.
tags: [world affairs]
notes:
  - id: plain
    question: What is 1 < 2 & "so", with {{braces}} and [sound:x.mp3]?
    answer: |
      Two lines,
      <b>not bold</b>
    hint: A hint & more
    explanation: Because.
    quote: So it is
    speaker: Somebody
    as_of: 2024-06
    tags: a
    source: [report#2, report#3, letter]
  - {id: sides, type: reversed, front: TASS, back: a news agency, source: letter#1}
  - {id: typed, type: typed, question: What is the capital?, answer: [Yerevan, Erevan], hint: It has a river.}
  - {id: price, type: number, question: What did it cost?, answer: 598000, unit: "€"}
  - {id: when, type: date, question: When was it?, answer: 2024-06-13, as_of: 2023}
  - id: gaps
    type: cloze
    text: "{{1::Minsk::a {city}}} & {{2::Kyiv}}, {{1::Gomel}}; then {{700::late}} <i>x</i>"
  - {id: others, type: list, question: Which?, answers: [Kazakhstan, [Kyrgyzstan, Kirgizia], Tajikistan]}
  - {id: member, type: true-false, statement: It is a member., answer: false, correction: It is close to one.}
  - {id: pick, type: choice, question: Which of these?, answer: Belarus, distractors: [Georgia, Estonia]}
  - {id: picks, type: choice, question: Which ones?, answer: [Belarus, Armenia], distractors: [Georgia]}
  - {id: order, type: order, question: In which order?, items: [the first, the second, the third]}
  - {id: match, type: match, question: Who held what?, pairs: {Ann: chair, Bea: seat}}
  - id: recall
    type: event
    what: Armenia recalls its ambassador from Belarus
    who: Armenia
    did: recalled
    whom: its ambassador
    when: 2024-06-13
    why: [arms were sold, words were said]
    source: report#4
  - id: reply
    type: event
    what: Belarus recalls its own
    who: Belarus
    did: recalled
    whom: its own ambassador
    when: 2024-06-14
    answers: recall
    source: letter#2
  - {id: third, type: event, what: A meeting is held, when: 2024-06-20, where: Minsk, source: letter#3}
  - id: said
    type: accounts
    question: Was it before or after?
    accounts:
      - {source: report#5, says: [after, afterwards], by: The observer}
      - {source: letter#4, says: it does not say}
    because: Only one puts them in order.
  - {id: old, question: What was it?, answer: That., superseded_by: plain}
"""


def desk(folder: Path, now: datetime, *, config: Config | None = None) -> tuple[Collection, list[datetime]]:
    """The deck in a sub-folder, and a clock that can be set."""
    inner = folder / "decks" / "history"
    inner.mkdir(parents=True)
    (folder / "decks" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "decks" / "names.yaml").write_text(NAMES, encoding="utf-8")
    (inner / "every.yaml").write_text(DECK, encoding="utf-8")
    clock = [now]
    places = Places(folder / "progress.db", folder / "config.toml", (folder / "decks",))
    collection = Collection(places, config or Config(), clock=lambda: clock[0])
    collection.store.connection.execute("PRAGMA synchronous = OFF")  # Nobody pulls the plug.
    return collection, clock


def study(collection: Collection, clock: list[datetime], *, months: int = 7) -> None:
    """Let months go by in which cards are answered, in the middle of the day by the clock on the wall.

    In the end some are in steps, one was forgotten, one suspended, one flagged, one buried, one crammed.
    """
    now, draw = clock[0], random.Random(7)
    zone = now.tzinfo
    day = (now - timedelta(days=30 * months)).date()
    while day < now.date():
        clock[0] = datetime(day.year, day.month, day.day, 11, tzinfo=zone)
        _sit(collection, clock, draw)
        day += timedelta(days=draw.choice((1, 2, 4, 9)))
    card = "history/every/typed/card"
    collection.browsing.forget([card])
    clock[0] = now
    asked = collection.start(Selection(cards=("history/every/plain/card",), cram=True))
    _rate(collection, asked, Rating.HARD, clock)
    for card, rating in (("typed/card", Rating.AGAIN), ("when/card", Rating.AGAIN)):
        session = collection.session_of(collection.cards([f"history/every/{card}"])[0])
        _rate(collection, session, rating, clock)
    collection.browsing.mark("suspend", ["history/every/price/card"])
    collection.browsing.mark("flag", ["history/every/match/card"])
    collection.bury(collection.session_of(collection.cards(["history/every/order/card"])[0]))


def packed(collection: Collection, path: Path, *, progress: bool = True) -> Packed:
    """The whole collection as a package."""
    return export_package(collection, Selection(), path, progress=progress, over=True)


def in_anki(folder: Path, *packages: Path, zone: str = "UTC", fsrs: bool = True) -> dict[str, Any]:
    """What a new collection of the real Anki has after it imported those packages."""
    folder.mkdir()
    command = [sys.executable, str(REAL_ANKI), str(folder), "fsrs" if fsrs else "sm2", *map(str, packages)]
    ran = subprocess.run(
        command, env=os.environ | {"TZ": zone}, check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def by_id(cards: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What Anki has of our cards, by their ids."""
    found: dict[str, dict[str, Any]] = {}
    for card in cards:
        hidden = json.loads(card["hidden"])
        found[f"{hidden['deck']}/{hidden['note']}/{hidden['keys'][card['ord']]}"] = card
    return found


def now_in(zone: str) -> datetime:
    """The present by a clock on the wall somewhere."""
    return datetime.now(ZoneInfo(zone))


def _sit(collection: Collection, clock: list[datetime], draw: random.Random) -> None:
    session = collection.start(Selection(new=6))
    for _ in range(25):
        if session.card is None:
            return
        rating = draw.choice((Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.EASY))
        session = _rate(collection, session, rating, clock)
        clock[0] += timedelta(seconds=draw.randrange(5, 90))


def _rate(collection: Collection, session: Session, rating: Rating, clock: list[datetime]) -> Session:
    assert session.card is not None
    clock[0] += timedelta(milliseconds=1)
    return collection.rate(session, rating, verdict=RIGHT, response="x", milliseconds=4_200 + len(clock))
