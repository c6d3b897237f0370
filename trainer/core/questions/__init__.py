"""The question types, found by being in this folder."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from trainer.core.question import Note


def _find() -> dict[str, type[Note]]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    types = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Note) and value.__module__ == module.__name__
    ]
    return {kind.type: kind for kind in types}


TYPES = _find()
"""Every question type by its name in YAML."""
