"""Whether the answer to a card is still the one that was learnt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from trainer.core.normalise import normalise
from trainer.core.prompt import PAIRED, SEPARATOR, AnswerForm, Arrange, Choose, Items, Pair, Text, TypeIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The answer to a card as the learner last saw it, on the study day `since`, and as it is now.

    `since` is None where the learner knows the answer from a card that this one has taken the place of.
    """

    before: str
    now: str
    since: date | None = None


def is_still(form: AnswerForm, before: str) -> bool:
    """Whether an answer as it was shown before is the one of the form, apart from how it is written."""
    if before == form.answer:
        return True
    ours, theirs = before.split(SEPARATOR), form.answer.split(SEPARATOR)
    if isinstance(form, Arrange):
        return len(ours) == len(theirs) and all(map(_are_same, ours, theirs))
    if isinstance(form, Pair):
        return Counter(map(_sides, ours)) == Counter(map(_sides, theirs))
    if isinstance(form, Choose):
        return _are_all_there([(option,) for option in theirs], ours)
    if isinstance(form, TypeIn) and isinstance(form.expected, Items):
        return _are_all_there(list(map(_spellings, form.expected.items)), ours)
    spellings: tuple[str, ...] = (form.answer,)
    if isinstance(form, TypeIn) and isinstance(form.expected, Text):
        spellings = _spellings(form.expected)
    return any(_are_same(before, spelling) for spelling in spellings)


def _spellings(text: Text) -> tuple[str, ...]:
    return (*text.answers, *text.aliases)


def _are_same(one: str, other: str) -> bool:
    """Whether two texts are alike but for case, accents and the like, or the same date or number."""
    plain, other_plain = normalise(one), normalise(other)
    if plain == other_plain:
        return True
    if not any(map(str.isdigit, one + other)):  # Neither is a date or a number; the readers stay unloaded.
        return False
    from trainer.core.grading.dates import are_equal_dates
    from trainer.core.grading.numbers import are_equal_numbers
    from trainer.core.grading.spelling import are_led_apart

    if are_led_apart(plain, other_plain):
        return False
    return are_equal_dates(one, other) or are_equal_numbers(one, other)


def _are_all_there(wanted: list[tuple[str, ...]], given: list[str]) -> bool:
    """Whether each text given is a spelling of another one of the wanted, and none of those is left."""
    for text in given:
        found = next((each for each in wanted if any(_are_same(text, spelling) for spelling in each)), None)
        if found is None:
            return False
        wanted.remove(found)
    return not wanted


def _sides(pair: str) -> tuple[str, ...]:
    return tuple(map(normalise, pair.split(PAIRED)))
