"""The inside of a package as Anki 2.1 writes it ("Legacy 2"): tables of schema 11, and JSON in table `col`.

After rslib/src/storage/schema11.sql of Anki, and what `anki` 26.9 itself writes into a legacy package. Every
Anki since 2.1 reads it; FSRS states are used since 23.10. Indexes are left out: Anki makes its own, and they
would be a third of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from trainer.core.scheduling import SchedulingSettings
from trainer.formats.anki.note_types import CSS, MADE, NoteType, stable_id

TABLES = (
    """CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
       scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
       ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
       dconf text NOT NULL, tags text NOT NULL)""",
    """CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
       mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
       sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL)""",
    """CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
       ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
       queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
       reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
       odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL)""",
    """CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
       ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
       time integer NOT NULL, type integer NOT NULL)""",
    "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL)",
)
_DEFAULT = 1
_PRESET = "trainer"
_NO_LIMIT = 9999
_EPOCH = date(1970, 1, 1).toordinal()


class Calendar(NamedTuple):
    """How days are counted: from `first` on, each begins at the rollover hour, at an offset in minutes east.

    What is due on a day has its number in the table `cards`, and none may be negative.
    """

    first: date
    rollover_hour: int
    utc_offset: int

    @property
    def created(self) -> int:
        """When the first day begins, in seconds since 1970."""
        days = self.first.toordinal() - _EPOCH
        return days * 86_400 + self.rollover_hour * 3_600 - self.utc_offset * 60

    def number(self, day: date) -> int:
        """The number of a day."""
        return day.toordinal() - self.first.toordinal()


class Preset(NamedTuple):
    """How the decks are scheduled in Anki: our settings, those in force."""

    scheduling: SchedulingSettings
    parameters: tuple[float, ...]
    new_per_day: int
    leech_lapses: int


class AnkiDeck(NamedTuple):
    """A deck in Anki: `name` has the names of the decks above it before its own, with `::` between."""

    id: int
    name: str
    description: str


def col_row(
    calendar: Calendar,
    *,
    now: int,
    types: Iterable[NoteType],
    decks: Iterable[AnkiDeck],
    preset: Preset | None,
) -> tuple[object, ...]:
    """The row of table `col`; `now` in milliseconds since 1970."""
    second = now // 1000
    preset_id = stable_id(f"preset {_PRESET}") if preset else _DEFAULT
    all_decks = [_deck(AnkiDeck(_DEFAULT, "Default", ""), second, _DEFAULT)]
    all_decks += [_deck(deck, second, preset_id) for deck in decks]
    presets = {str(_DEFAULT): _plain_preset(_DEFAULT, "Default", second)}
    if preset:
        presets[str(preset_id)] = _plain_preset(preset_id, _PRESET, second) | _told(preset)
    conf = {
        "nextPos": 1,
        "estTimes": True,
        "activeDecks": [1],
        "sortType": "noteFld",
        "sortBackwards": False,
        "addToCur": True,
        "curDeck": 1,
        "newSpread": 0,
        "dueCounts": True,
        "collapseTime": 1200,
        "timeLim": 0,
        "schedVer": 2,
        "sched2021": True,
        "rollover": calendar.rollover_hour,
        "creationOffset": -calendar.utc_offset,
        "fsrs": True,
    }
    return (
        *(1, calendar.created, now, now, 11, 0, 0, 0),
        json.dumps(conf),
        json.dumps({str(each.id): _note_type(each) for each in types}),
        json.dumps({str(deck["id"]): deck for deck in all_decks}),
        json.dumps(presets),
        "{}",
    )


def _note_type(of: NoteType) -> dict[str, Any]:
    return {
        "id": of.id,
        "name": of.name,
        "type": int(of.is_cloze),
        "mod": MADE,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "css": CSS,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[at, "any", [0]] for at in range(len(of.templates))],
        "tags": [],
        "vers": [],
        "flds": [
            {"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
            for at, name in enumerate(of.fields)
        ],
        "tmpls": [
            {"name": name, "ord": at, "qfmt": front, "afmt": back, "did": None, "bqfmt": "", "bafmt": ""}
            for at, (name, front, back) in enumerate(of.templates)
        ],
    }


def _deck(deck: AnkiDeck, second: int, preset: int) -> dict[str, Any]:
    today = {name: [0, 0] for name in ("newToday", "revToday", "lrnToday", "timeToday")}
    folded = {"collapsed": False, "browserCollapsed": False, "dyn": 0, "extendNew": 0, "extendRev": 0}
    own = {
        "id": deck.id,
        "name": deck.name,
        "desc": deck.description,
        "mod": second,
        "usn": -1,
        "conf": preset,
    }
    return own | folded | today


def _plain_preset(preset: int, name: str, second: int) -> dict[str, Any]:
    """A preset as Anki makes one."""
    return {
        "id": preset,
        "name": name,
        "mod": second,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": False,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {
            "bury": False,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "maxIvl": 36_500,
            "perDay": 200,
            "hardFactor": 1.2,
        },
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    }


def _told(preset: Preset) -> dict[str, Any]:
    """Our settings in a preset; Anki too asks for one card of a note a day then."""
    scheduling = preset.scheduling
    plain = _plain_preset(0, "", 0)
    return {
        "new": plain["new"]
        | {"bury": True, "delays": _minutes(scheduling.learning_steps), "perDay": preset.new_per_day},
        "rev": plain["rev"] | {"bury": True, "maxIvl": scheduling.maximum_interval, "perDay": _NO_LIMIT},
        "lapse": plain["lapse"]
        | {"delays": _minutes(scheduling.relearning_steps), "leechFails": preset.leech_lapses},
        "fsrsParams6": list(preset.parameters),
        "desiredRetention": scheduling.desired_retention,
        "sm2Retention": 0.9,
    }


def _minutes(seconds: Iterable[int]) -> list[float]:
    return [each / 60 for each in seconds]
