"""The manual pages of all that `check` reports, by code."""

from __future__ import annotations

from inspect import cleandoc
from typing import NamedTuple

from trainer.core.rules import RULES
from trainer.deckfiles.pages import PAGES


class Page(NamedTuple):
    """What a code means. `rule` tells a rule of the craft from a problem of the files themselves."""

    code: str
    rule: bool
    text: str

    @property
    def summary(self) -> str:
        """What is wrong, in its first sentence."""
        first = " ".join(self.text.partition("\n\n")[0].split())
        return first.partition(". ")[0].partition(": ")[0].rstrip(".") + "."


def pages() -> dict[str, Page]:
    """Every page by its code: the rules of the craft, then the problems of files, both by code."""
    rules = {code: Page(code, True, cleandoc(RULES[code].__doc__ or "")) for code in sorted(RULES)}
    return rules | {code: Page(code, False, PAGES[code]) for code in sorted(PAGES)}
