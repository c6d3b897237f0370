"""Make `docs/question-types.md` from the manual pages of the question types: `python docs/make_types.py`."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path

from trainer.core.question import Note
from trainer.core.questions import TYPES

TARGET = Path(__file__).with_name("question-types.md")
_INDENT = "    "
_HEAD = """\
# Question types

The manual page of each type, as `trainer help TYPE` prints it. A note may also have the fields of
[every note](decks.md#every-note). This page is made from the program: `python docs/make_types.py`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((_HEAD, *(_section(TYPES[name]) for name in sorted(TYPES))))


def _section(kind: type[Note]) -> str:
    """A type's manual page, with the example at its end as a deck."""
    words, _, example = cleandoc(kind.__doc__ or "").partition(f"\n{_INDENT}- id:")
    note = f"{_INDENT}- id:{example}".replace(f"\n{_INDENT}", "\n  ").replace(_INDENT, "  ", 1)
    title = kind.type.replace("-", " or ").capitalize()
    return f"## `{kind.type}`\n\n{words.strip()}\n\n```yaml\ntitle: {title}\nnotes:\n{note}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
