"""What a bug report may say of a program and its data: nothing that anybody wrote, and no place of theirs."""

from __future__ import annotations

import io
import json
import os
import platform
import sqlite3
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from trainer import __version__
from trainer.collection.health import Check
from trainer.config import ACTIONS, Config, Places, load
from trainer.errors import TrainerError
from trainer.storage import soundness
from trainer.whole import written_whole

if TYPE_CHECKING:
    from trainer.collection import Collection

INSIDE = "report.json"
"""The only file in a bundle."""

_PACKAGES = ("textual", "rich", "click", "pydantic", "PyYAML", "platformdirs")
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR")
_SHORT = 40
_PRIVATE = frozenset({"articles", "editor", "keys"})
"""Settings that hold what somebody wrote, or a place of theirs: only whether they are set is told."""


def report(places: Places, checks: Sequence[Check], collection: Collection | None) -> str:
    """All that a bundle says, as JSON; `collection` is None where it cannot be opened."""
    return json.dumps(
        {
            "trainer": __version__,
            "python": sys.version.split()[0],
            "sqlite": sqlite3.sqlite_version,
            "packages": {name: _version(name) for name in _PACKAGES},
            "system": [platform.system(), platform.release(), platform.machine()],
            "terminal": {name: _plain(os.environ[name]) for name in _TERMINAL if name in os.environ},
            "settings": _settings(places),
            "checks": [
                {"name": each.name, "state": each.state, **dict(each.counts), "faults": list(each.public)}
                for each in checks
            ],
            "file": soundness.figures(places.progress),
            "decks": _decks(collection),
        },
        indent=2,
    )


def write(text: str, path: Path, *, over: bool = False) -> None:
    """Write a report as a zip file. Raises NotSavedError."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(INSIDE, text)
    with written_whole(path, over=over) as file:
        file.write(held.getvalue())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _plain(text: str) -> str:
    """What a variable of the terminal says, if it is as short and plain as such are."""
    is_plain = len(text) <= _SHORT and all(sign.isalnum() or sign in "-_.@:+" for sign in text)
    return text if is_plain and text.isascii() else "(something else)"


def _settings(places: Places) -> object:
    try:
        settings = load(places.settings)
    except TrainerError:
        return "cannot be read"
    changed = {
        name: value for name, value in settings._asdict().items() if value != Config._field_defaults[name]
    }
    told = {name: value if name not in _PRIVATE else "is set" for name, value in changed.items()}
    if settings.keys:
        told["keys"] = [action for action in ACTIONS if action in settings.keys]
    return told


def _decks(collection: Collection | None) -> object:
    if collection is None:
        return "cannot be read"
    problems = collection.problems
    return {
        "decks": len(collection.decks),
        "unreadable": len(collection.unreadable),
        "cards": dict(Counter(card.type for card in collection.cards())),
        "problems": dict(Counter(problem.code for problem in problems)),
    }
