"""Foreign formats, found by being in this folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules

from trainer.formats.model import Format

_BEGINNING = 20_000
_SURE_BY_SUFFIX = 5


def _find() -> dict[str, Format]:
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    formats = (vars(module).get("FORMAT") for module in modules)
    return {found.name: found for found in formats if isinstance(found, Format)}


FORMATS = _find()
"""Every format by its name."""


def recognise(name: str, text: str) -> Format | None:
    """The format of a file, by what it begins with and what its name ends in; None where neither tells."""
    suffix = PurePath(name).suffix.lower()
    beginning = text[:_BEGINNING]
    sure = {
        found.name: found.recognises(beginning) + (_SURE_BY_SUFFIX if suffix in found.suffixes else 0)
        for found in FORMATS.values()
    }
    best = max(sure, key=lambda name: sure[name])
    return FORMATS[best] if sure[best] else None
