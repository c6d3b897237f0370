"""The rules of the craft, found by being in this folder."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from trainer.core.craft import Rule


def _find() -> dict[str, Rule]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    rules = [
        value()
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
    ]
    return {rule.code: rule for rule in rules}


RULES = _find()
"""Every rule by its code."""
