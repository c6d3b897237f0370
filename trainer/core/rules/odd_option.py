"""Distractors of another kind than the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.names import Names
from trainer.core.partial_date import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DAY = (
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?"
    r"|(?:1[5-9]|20)\d\d|\d{4}-\d\d(?:-\d\d)?"
)
_DATE = re.compile(
    rf"(?:(?:in|on|by|before|after|since|from|until|early|late|about|around|between) )*(?:{_DAY})"
    rf"(?:(?: (?:to|and|until) | ?[-–] ?)(?:{_DAY}|\d\d))?",
    re.I,
)
_NUMBER = re.compile(r"[$€£+~-]?\d[\d,.]*(?: ?%|(?: [^\W\d_]+){0,2})")


class OddOption(Rule):
    """A wrong option is of another kind than the right one: a town among countries, a date among names.

    Whoever knows only what kind of thing is asked for can leave it out. What an option is comes from the
    kinds in `names.yaml`; dates and numbers are known by how they are written.

    Bad:

        - id: whom-belarus-armed
          type: choice
          question: To which country did Belarus supply weapons from 2018 to 2022?
          answer: Azerbaijan
          distractors: [Kazakhstan, Moscow, Russia]
          source: ambassador-recall#4

    Good:

        - id: whom-belarus-armed
          type: choice
          question: To which country did Belarus supply weapons from 2018 to 2022?
          answer: Azerbaijan
          distractors: [Kazakhstan, Kyrgyzstan, Russia]
          source: ambassador-recall#4
    """

    code: ClassVar[str] = "odd-option"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each distractor of another kind, where what is right is all of one."""
        kinds = {_kind(answer, seen.names) for _, answer in seen.right}
        if len(kinds) != 1:
            return
        (kind,) = kinds
        for where, option in seen.distractors:
            other = _kind(option, seen.names)
            # Words of no known kind may be anything, beside each other and beside a name.
            if other != kind and (_is_value(kind) or _is_value(other) or (kind and other)):
                message = f"the distractor {option!r} is {_called(other)}, the answer {_called(kind)}"
                yield Finding(message=message, where=where)


def _kind(text: str, names: Names) -> str:
    """`date`, `number`, the kind of a name, or nothing."""
    entry = names.find(text)
    if entry is not None:
        return entry.kind
    if _DATE.fullmatch(text.strip()):
        return "date"
    return "number" if _NUMBER.fullmatch(text.strip()) else ""


def _is_value(kind: str) -> bool:
    return kind in ("date", "number")


def _called(kind: str) -> str:
    if not kind:
        return "neither a name nor a number"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
