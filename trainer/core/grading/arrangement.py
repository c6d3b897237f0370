"""Grading of what is picked, put in order or paired."""

from __future__ import annotations

from collections import Counter

from trainer.core.grading.split import at_separators, pieces
from trainer.core.grading.telling import far_too_long, on_one_line, quoted
from trainer.core.grading.verdict import Judgement, Part, partly, right, wrong
from trainer.core.normalise import normalise
from trainer.core.prompt import PAIRED, SEPARATOR, Arrange, Choose, Pair

_TOO_LONG = "far longer than the answer"


def judge_choice(form: Choose, response: str) -> Judgement:
    """Grade the option picked, or the options: each wrong one takes back a right one."""
    shown = (*form.answers, *form.distractors)
    if not form.several:
        picked = _option(shown, response) if not far_too_long(response, shown) else None
        return right() if picked in form.answers else wrong("not the right one")
    if far_too_long(response, (SEPARATOR.join(shown),)):
        return wrong(_TOO_LONG)
    given = _parts(response, shown, whole=form.answers)
    picked_options = dict.fromkeys(_option(shown, part) or part for part in given)
    found = [answer for answer in form.answers if answer in picked_options]
    extra = [option for option in picked_options if option not in form.answers]
    parts = (
        *(
            Part(
                text=answer, score=float(answer in found), note="picked" if answer in found else "not picked"
            )
            for answer in form.answers
        ),
        *(Part(text=option, score=0.0, note="wrong", extra=True) for option in extra),
    )
    if len(found) == len(form.answers) and not extra:
        return right(parts=parts)
    score = max(0, len(found) - len(extra)) / len(form.answers)
    reason = f"{len(found)} of {len(form.answers)}" + (f", {len(extra)} wrong" if extra else "")
    return partly(score, reason, parts=parts)


def judge_order(form: Arrange, response: str) -> Judgement:
    """Grade an order: the share of all pairs of items that stand in the right one."""
    items = form.items
    if far_too_long(response, (form.answer,)):
        return wrong(_TOO_LONG)
    given = [_option(items, part) or part for part in _parts(response, items, whole=items)]
    places, extra = _places(items, given)
    parts = (
        *(_placed(index, items, places) for index in sorted(places, key=lambda index: places[index])),
        *(
            Part(text=item, score=0.0, note=f"missing, should be {_nth(index + 1)}")
            for index, item in enumerate(items)
            if index not in places
        ),
        *(Part(text=text, score=0.0, note="too much", extra=True) for text in extra),
    )
    pairs = [(one, other) for other in range(len(items)) for one in range(other)] or [(0, 0)]
    good = sum(one in places and other in places and places[one] <= places[other] for one, other in pairs)
    if good == len(pairs) and not extra:
        return right(parts=parts)
    score = max(0, good - len(extra) * max(1, len(items) - 1)) / len(pairs)
    too_much = f", {len(extra)} too much" if extra else ""
    return partly(score, f"{good} of {len(pairs)} pairs in the right order{too_much}", parts=parts)


def judge_pairs(form: Pair, response: str) -> Judgement:
    """Grade pairs: credit for each left side that got its right side, and no other."""
    if far_too_long(response, (form.answer,)):
        return wrong(_TOO_LONG)
    given = _sides(form, response)
    parts: list[Part] = []
    for left, wanted in form.pairs:
        chosen = given.get(left, [])
        is_right = bool(chosen) and all(one == wanted for one in chosen)
        note = "right" if is_right else f"not {quoted('; '.join(chosen))}" if chosen else "missing"
        parts.append(Part(text=f"{left}{PAIRED}{wanted}", score=float(is_right), note=note))
    found = sum(part.score == 1 for part in parts)
    if found == len(parts):
        return right(parts=tuple(parts))
    return partly(found / len(parts), f"{found} of {len(parts)}", parts=tuple(parts))


def _option(options: tuple[str, ...], text: str) -> str | None:
    """The option that a text is: as written, else in another case or punctuation."""
    line = on_one_line(text)
    exact = next((option for option in options if on_one_line(option) == line), None)
    if exact is not None:
        return exact
    plain = normalise(text)
    return next((option for option in options if normalise(option) == plain), None)


def _parts(response: str, known: tuple[str, ...], *, whole: tuple[str, ...]) -> list[str]:
    """The parts of a response, which may contain the separator; the `whole` answer has its parts."""
    if on_one_line(response) == on_one_line(SEPARATOR.join(whole)):
        return list(whole)
    lines = {on_one_line(text) for text in known}
    return at_separators(response, is_known=lambda text: on_one_line(text) in lines, longest=pieces(known))


def _places(items: tuple[str, ...], given: list[str]) -> tuple[dict[int, int], list[str]]:
    """Where each item was put, both counted from 0, and what is none of them or comes too often."""
    places: dict[int, int] = {}
    extra: list[str] = []
    used: Counter[str] = Counter()
    for text in given:
        indices = [index for index, item in enumerate(items) if item == text]
        if used[text] < len(indices):
            places[indices[used[text]]] = len(places)
            used[text] += 1
        else:
            extra.append(text)
    return places, extra


def _placed(index: int, items: tuple[str, ...], places: dict[int, int]) -> Part:
    is_right = places[index] == index
    note = "in place" if is_right else f"should be {_nth(index + 1)}"
    return Part(text=items[index], score=float(is_right), note=note)


def _nth(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _sides(form: Pair, response: str) -> dict[str, list[str]]:
    """The right sides that were given for each left one."""
    lefts = tuple(left for left, _ in form.pairs)
    rights = tuple(dict.fromkeys(other for _, other in form.pairs))
    answer = tuple(f"{left}{PAIRED}{other}" for left, other in form.pairs)
    whole = {on_one_line(f"{left}{PAIRED}{other}"): (left, other) for left in lefts for other in rights}
    given: dict[str, list[str]] = {}
    for part in _parts(response, tuple(whole), whole=answer):
        known = whole.get(on_one_line(part))
        if known is None:
            left, _, other = part.partition("=")
            known = _option(lefts, left) or left.strip(), _option(rights, other) or other.strip()
        given.setdefault(known[0], []).append(known[1])
    return given
