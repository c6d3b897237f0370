"""Settings put into the settings file: one line each, and every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from trainer.deckfiles.saving import read, replace
from trainer.errors import UsageError

Setting = float | tuple[float, ...]

_TABLE = re.compile(r"^[ \t]*\[", re.M)


class Change(NamedTuple):
    """A settings file that could be written: what is there, None if nothing, and what would be."""

    path: Path
    before: bytes | None
    after: bytes

    def write(self) -> None:
        """Put it there. Raises NotSavedError; an edit of somebody else's is never written over."""
        replace(self.path, self.after, instead_of=self.before)


def change(path: Path, settings: Mapping[str, Setting]) -> Change:
    """A settings file with other values. Raises UsageError where it cannot be changed without harm."""
    import tomllib

    before = read(path)
    try:
        text = (before or b"").decode()
        meant = tomllib.loads(text) | {name: _plain(value) for name, value in settings.items()}
        after = text
        for name, value in settings.items():
            after = _with(after, name, _written(value))
        is_so = tomllib.loads(after) == meant
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        is_so = False
    if not is_so:
        lines = "; ".join(f"{name} = {_written(value)}" for name, value in settings.items())
        raise UsageError(f"{path} cannot be changed here", hint=f"put in by hand: {lines}")
    return Change(path, before, after.encode())


def _with(text: str, name: str, value: str) -> str:
    """A text with a setting: in place of its line if it has one, else as a line before the first table."""
    end = "\r\n" if "\r\n" in text else "\n"
    table = _TABLE.search(text)
    head = text[: table.start()] if table else text
    found = re.search(rf"^([ \t]*{name}[ \t]*=[ \t]*)([^#\r\n]*?)([ \t]*(?:#[^\r\n]*)?)(?=\r?$)", head, re.M)
    if found:
        return text[: found.start()] + found[1] + value + found[3] + text[found.end() :]
    begins = head + end * (bool(head) and not head.endswith("\n"))
    return f"{begins}{name} = {value}{end}{text[len(head) :]}"


def _written(value: Setting) -> str:
    """A value as TOML."""
    return repr(float(value)) if isinstance(value, float | int) else f"[{', '.join(map(repr, value))}]"


def _plain(value: Setting) -> object:
    return value if isinstance(value, float | int) else [*value]
