"""Foreign formats, found by being in this folder."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.formats.model import Format

_BEGINNING = 20_000
_SURE_BY_SUFFIX = 5

FORMATS: dict[str, Format]
"""Every format by its name; found when it is first asked for, since writing needs none of them."""


def __getattr__(name: str) -> dict[str, Format]:
    if name == "FORMATS":
        return _find()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _find() -> dict[str, Format]:
    from importlib import import_module
    from pkgutil import iter_modules

    from trainer.formats.model import Format

    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    formats = (vars(module).get("FORMAT") for module in modules)
    return {found.name: found for found in formats if isinstance(found, Format)}


def recognise(name: str, text: str) -> Format | None:
    """The format of a file, by what it begins with and what its name ends in; None where neither tells."""
    suffix = PurePath(name).suffix.lower()
    beginning = text[:_BEGINNING]
    sure = {
        found.name: found.recognises(beginning) + (_SURE_BY_SUFFIX if suffix in found.suffixes else 0)
        for found in _find().values()
    }
    best = max(sure, key=lambda name: sure[name])
    return _find()[best] if sure[best] else None
