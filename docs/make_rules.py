"""Make `docs/rules.md` from the manual pages of all that `check` reports: `python docs/make_rules.py`."""

from __future__ import annotations

import re
from pathlib import Path

from trainer.collection.explaining import Page, pages

TARGET = Path(__file__).with_name("rules.md")
_EXAMPLE = re.compile(r"^(Bad|Good):\n\n((?: {4}.*\n|\n)+)", re.M)
_HEAD = """\
# What `trainer check` reports

The page of each code, as `trainer help CODE` prints it. How to select, ignore and silence them:
[commands.md](commands.md#trainer-check-path). Made from the program: `python docs/make_rules.py`.
"""
_RULES = """\
## Rules of the craft

A sound note can be a poor question. All of these are warnings.
"""
_FILES = """\
## Problems of files

What keeps a deck from being studied is an error; errors can be neither ignored nor silenced.
"""


def page() -> str:
    """The whole page."""
    found = pages().values()
    rules = (_section(each) for each in found if each.rule)
    files = (_section(each) for each in found if not each.rule)
    return "\n".join((_HEAD, _RULES, *rules, _FILES, *files))


def _section(of: Page) -> str:
    text = _EXAMPLE.sub(_fenced, f"{of.text}\n").rstrip()
    return f"### `{of.code}`\n\n{text}\n"


def _fenced(found: re.Match[str]) -> str:
    lines = [line.removeprefix("    ") for line in found[2].rstrip().splitlines()]
    return "\n".join((f"**{found[1]}**", "", "```", *lines, "```", "", ""))


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
