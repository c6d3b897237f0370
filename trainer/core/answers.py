"""What question types share: which texts are one answer, what is expected of a learner, and distractors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.prompt import SEPARATOR, Choose, Text
from trainer.core.question import Fault

MOST = 9
"""Options, items or pairs of one card at most: there are so many keys with a digit."""

DRAWN = 3
"""Distractors of a choice that lists none."""

_SIGN = SEPARATOR.strip()
_FEWEST = 2
"""Distractors without which a card that is typed is never asked as a choice."""


def identity(text: str, names: Names) -> str:
    """The same for two texts if and only if they are one answer: one spelling, or one name."""
    entry = names.find(text)
    return normalise(entry.name if entry else text)


def _spellings(answers: Iterable[str], names: Names) -> set[str]:
    """The identity of everything that is as good as one of the answers."""
    given = tuple(answers)
    return {identity(spelling, names) for spelling in (*given, *names.other_spellings(given))}


def expected_text(answers: tuple[str, ...], names: Names) -> Text:
    """Any of the answers, in any spelling that `names.yaml` knows."""
    return Text(answers=answers, aliases=names.other_spellings(answers), name=names.is_name(answers[0]))


def same_kind(answers: Iterable[str], names: Names, *, unless_in: str) -> tuple[str, ...]:
    """Names of the kind of the first answer, without the answers and what the text `unless_in` mentions."""
    given = tuple(answers)
    return names.of_the_same_kind(given[0], unless_in="\n".join((unless_in, *given)))


def as_choice(answer: str, distractors: tuple[str, ...], *, draw: int = DRAWN) -> tuple[Choose, ...]:
    """The choice in which a quiz may ask for a typed answer; none if there are too few distractors."""
    if len(distractors) < min(_FEWEST, draw):
        return ()
    return (Choose(answers=(answer,), distractors=distractors, draw=draw),)


def option_faults(answers: Sequence[str], distractors: Sequence[str], names: Names) -> Iterator[Fault]:
    """Distractors must differ from every answer and from each other, and leave few enough options."""
    if not distractors:
        return
    right = _spellings(answers, names)
    seen: set[str] = set()
    for option in distractors:
        same = identity(option, names)
        if not option.strip():
            yield Fault(field="distractors", message="a distractor is empty")
        elif same in right:
            yield Fault(field="distractors", message=f"the distractor {option!r} is the right answer")
        elif same in seen:
            yield Fault(field="distractors", message=f"the distractor {option!r} is listed twice")
        seen.add(same)


def part_faults(field: str, parts: Iterable[Sequence[str]], names: Names, *, what: str) -> Iterator[Fault]:
    """What is wrong with the parts of an answer, each in all the spellings that are listed for it.

    `what` is a part in messages: "item". No two may be the same, and each must fit into a response.
    """
    seen: set[str] = set()
    for part in parts:
        if not part or not all(spelling.strip() for spelling in part):
            yield Fault(field=field, message=f"one {what} is empty")
            continue
        same = _spellings(part, names)
        if same & seen:
            yield Fault(field=field, message=f"the {what} {part[0]!r} is given twice")
        seen |= same
        for spelling in part:
            yield from unfit(field, spelling, what=what)


def unfit(field: str, text: str, *, what: str) -> Iterator[Fault]:
    """A text that a response of several parts could not hold as one of them."""
    if _SIGN in text:
        hint = f"a response has {_SIGN!r} between its parts"
        yield Fault(field=field, message=f"the {what} {text!r} contains {_SIGN!r}", hint=hint)
    if len(text.splitlines()) > 1:
        yield Fault(field=field, message=f"the {what} {text!r} has more than one line")


def fits(text: str) -> bool:
    """Whether a response of several parts can hold a text as one of them."""
    return not any(unfit("", text, what=""))
