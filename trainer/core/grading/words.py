"""Grading of words: tolerant of spelling, spacing and word order in names; strict about everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from trainer.core.grading import spelling
from trainer.core.grading.spelling import Slip, Words
from trainer.core.grading.telling import difference, far_too_long, on_one_line, quoted
from trainer.core.grading.verdict import NEAR, Judgement, right, wrong
from trainer.core.grading.word_tables import CARDINALS, MONTHS, NEGATIONS, SCALES, TENS
from trainer.core.normalise import normalise
from trainer.core.prompt import Text

ANOTHER_SPELLING = "right, by another spelling"
TAKEN = "that is another answer"

_COUNTING = frozenset((*CARDINALS, *TENS, *SCALES, *MONTHS, "hundred", "dozen"))


def judge_text(expected: Text, response: str, *, is_taken: Callable[[str], bool]) -> Judgement:
    """Grade words; `is_taken` keeps what is another answer from counting as a misspelling of this one."""
    if far_too_long(response, spellings(expected)):
        response = on_one_line(response)
        if far_too_long(response, spellings(expected)):
            return wrong("far longer than the answer")
    given = normalise(response)
    if is_exactly(expected, given):
        return right() if given in map(normalise, expected.answers) else right(ANOTHER_SPELLING)
    found = _same(expected, given) or _same_value(expected, response)
    if found is not None:
        return found
    if is_taken(given):
        return wrong(TAKEN)
    if expected.name and (named := _same_name(expected, response)) is not None:
        return named
    return _near_or_wrong(expected, response, given)


def spellings(expected: Text) -> tuple[str, ...]:
    """Everything that is right as written: the answers, then their other spellings."""
    return (*expected.answers, *expected.aliases)


def is_exactly(expected: Text, plain: str) -> bool:
    """Whether a normalised text is one of the spellings as it stands."""
    return plain in map(normalise, spellings(expected))


def _judged_by(expected: Text, is_it: Callable[[str], bool]) -> Judgement | None:
    """Right, if it is one of the answers; right by another spelling, if it is one of the aliases."""
    if any(map(is_it, expected.answers)):
        return right()
    return right(ANOTHER_SPELLING) if any(map(is_it, expected.aliases)) else None


def _same(expected: Text, given: str) -> Judgement | None:
    words = spelling.words_of(given)
    same = _judged_by(expected, lambda answer: spelling.are_same(words, spelling.words_of(normalise(answer))))
    if same is not None:
        return same
    ours = spelling.american(words)
    found = any(
        spelling.are_same(ours, spelling.american(spelling.words_of(normalise(answer))))
        for answer in spellings(expected)
    )
    return right(ANOTHER_SPELLING) if found else None


def _same_value(expected: Text, response: str) -> Judgement | None:
    """Right, where both are dates or both are numbers, and equal."""
    if not _counts(response):
        return None
    from trainer.core.grading.dates import are_equal_dates
    from trainer.core.grading.numbers import are_equal_numbers

    return _judged_by(
        expected,
        lambda answer: (
            _counts(answer)
            and not spelling.are_led_apart(normalise(response), normalise(answer))
            and (are_equal_dates(response, answer) or are_equal_numbers(response, answer))
        ),
    )


def _counts(text: str) -> bool:
    """Whether there is anything of a number or a date in it; asked before the readers are loaded."""
    return any(map(str.isnumeric, text)) or not _COUNTING.isdisjoint(re.findall(r"[a-z]+", text.casefold()))


def _same_name(expected: Text, response: str) -> Judgement | None:
    from trainer.core.grading import transliteration

    given = spelling.words_of(normalise(response))

    def is_rearranged(answer: str) -> bool:
        theirs = spelling.words_of(normalise(answer))
        ours = transliteration.without_titles(given)
        return sorted(ours) == sorted(theirs) or sorted(given) == sorted(theirs)

    rearranged = _judged_by(expected, is_rearranged)
    if rearranged is not None:
        return rearranged
    readings = transliteration.in_latin(response)
    for answer in spellings(expected):
        for theirs in transliteration.in_latin(answer):
            if any(transliteration.sound_alike(ours, theirs) for ours in readings):
                return right(ANOTHER_SPELLING)
    return right() if _is_initialled(expected, given) else None


def _is_initialled(expected: Text, given: Words) -> bool:
    """Whether given names are initials, and the rest, which is enough by itself, is right: `N. Pashinyan`."""
    ours = " ".join(word for word in given if len(word) > 1)
    if not ours or not is_exactly(expected, ours):
        return False
    return any(
        len(given) == len(theirs)
        and all(
            one == other or (len(one) == 1 and other[0] == one)
            for one, other in zip(given, theirs, strict=True)
        )
        for theirs in (spelling.words_of(normalise(answer)) for answer in spellings(expected))
    )


def _near_or_wrong(expected: Text, response: str, given: str) -> Judgement:
    words = spelling.words_of(given)
    answers = [spelling.words_of(normalise(answer)) for answer in spellings(expected)]
    barred: Slip | None = None
    for theirs in answers:
        for ours in _variants(words, theirs, name=expected.name):
            found = spelling.misspelt(ours, theirs)
            if not found:
                continue
            barred = barred or next((one for one in found if one.barred), None)
            if not any(one.barred for one in found):
                return Judgement(kind="near", score=NEAR, reason=_told(found, response, spellings(expected)))
    if barred is not None:
        shown = _as_written(barred.given, (response,)), _as_written(barred.answer, spellings(expected))
        return wrong(f"{quoted(shown[0])} is not {quoted(shown[1])}")
    if any(_is_opposite(words, theirs) for theirs in answers):
        return wrong(f"{quoted(response)} is the opposite")
    return wrong(difference(response, expected.answer))


def _variants(words: Words, answer: Words, *, name: bool) -> Iterator[Words]:
    """The words as they are compared with an answer, letter by letter."""
    yield words
    yield spelling.without_preposition(words, answer)
    if name:
        from trainer.core.grading.transliteration import without_titles

        untitled = without_titles(words)
        yield untitled
        yield (*untitled[1:], *untitled[:1])
        yield (*untitled[-1:], *untitled[:-1])


def _is_opposite(given: Words, answer: Words) -> bool:
    """Whether the two would agree if nothing were negated."""
    if spelling.negations(given) == spelling.negations(answer):
        return False
    ours = tuple(word for word in given if word not in NEGATIONS)
    theirs = tuple(word for word in answer if word not in NEGATIONS)
    return spelling.are_same(ours, theirs) or spelling.misspelt(ours, theirs) is not None


def _told(found: tuple[Slip, ...], response: str, answers: tuple[str, ...]) -> str:
    """`“Yerevn” for “Yerevan”`, for each word that was misspelt."""
    return ", ".join(
        f"{quoted(_as_written(one.given, (response,)))} for {quoted(_as_written(one.answer, answers))}"
        for one in found
    )


def _as_written(word: str, texts: tuple[str, ...]) -> str:
    """A normalised word as it stood in one of the texts."""
    for text in texts:
        for raw in re.split(r"[\s–—-]+", text):
            if normalise(raw) == word:
                return raw.strip(".,;:!?()[]\"'“”‘’«»")
    return word
