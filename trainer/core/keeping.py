"""Which backups there are to be, by their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

FOLDER = "backups"
"""The folder of backups, beside the progress file."""

Kind = Literal["daily", "by-hand", "before-update", "before-restore", "before-repair"]
"""Why a backup was made."""

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many days, weeks and months that have daily backups the newest is kept."""

BEFORE = 3
"""Of the backups that were made before something else was done, so many of each kind are kept."""

_KINDS = frozenset(get_args(Kind))
_NAME = re.compile(r"progress-(\d{4}-\d\d-\d\d)(?:-(\d{6})-([a-z-]+?)(?:-(\d{1,3}))?)?\.db", re.ASCII)


class Name(NamedTuple):
    """What the name of a backup says: its study day, and if it is not the daily one when and why it was made.

    `time` is `HHMMSS` by the wall clock, empty for a daily one; `number` counts those of one second.
    """

    day: date
    time: str = ""
    kind: Kind = "daily"
    number: int = 1

    @property
    def text(self) -> str:
        """The name of the file."""
        if self.kind == "daily":
            return f"progress-{self.day.isoformat()}.db"
        number = f"-{self.number}" if self.number > 1 else ""
        return f"progress-{self.day.isoformat()}-{self.time}-{self.kind}{number}.db"


def name_of(text: str) -> Name | None:
    """What the name of a file says, or None if it is not that of a backup."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return None
    if found[3] is None:
        return Name(day)
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind) if kind != "daily"}
    kind = kinds.get(found[3])
    name = Name(day, found[2], kind, int(found[4] or 1)) if kind else None
    return name if name is not None and name.text == text else None


def kept(names: Iterable[Name]) -> set[Name]:
    """Those backups that stay: of days, weeks, months and kinds the newest; those made by hand stay all."""
    newest_first = sorted(names, reverse=True)
    daily = [name for name in newest_first if name.kind == "daily"]
    staying = {name for name in newest_first if name.kind == "by-hand"}
    staying.update(daily[:DAYS])
    for period, count in ((_week, WEEKS), (_month, MONTHS)):
        newest: dict[object, Name] = {}
        for name in daily:
            newest.setdefault(period(name.day), name)
        staying.update(list(newest.values())[:count])
    for kind in _KINDS - {"daily", "by-hand"}:
        staying.update([name for name in newest_first if name.kind == kind][:BEFORE])
    return staying


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


def gaps(numbers: Collection[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of numbers that a row of whole numbers leaves out, from 1 on."""
    found: list[tuple[int, int]] = []
    before = 0
    for number in sorted(numbers):
        if number > before + 1:
            found.append((before + 1, number - 1))
        before = number
    return found
