"""What a person types on one line -> the response to a form: numbers, letters or words for what is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.core.normalise import normalise
from trainer.core.prompt import PAIRED, SEPARATOR, AnswerForm, Arrange, Choose, Pair, Reveal

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRUTH = {
    "t": True,
    "true": True,
    "yes": True,
    "y": True,
    "f": False,
    "false": False,
    "no": False,
    "n": False,
}
"""What people type for the options True and False."""
_NONE, _ALL = ("0", "none"), "all"
"""What people type for points of which they had none, or all."""
_MOST_AS_DIGITS = 9
_LABEL = r"\d{1,6}|[a-z]"
_LABELS = re.compile(rf"(?:{_LABEL})\.?(?:[\s,;]+(?:{_LABEL})\.?)*")
_PAIRED_LABELS = re.compile(r"(\d{1,6})\s*[-=:.)]?\s*([a-z])|([a-z])\s*[-=:.)]?\s*(\d{1,6})")
_JOINING = re.compile(r"\band\b|[&>+-]")
_BETWEEN_PARTS = tuple(re.compile(pattern) for pattern in (r"[;\n]", r"[,;\n]"))


def read_response(form: AnswerForm, text: str, *, shown: Sequence[str] = ()) -> str:
    """The response that a typed line means; the line without blanks around it, where it cannot be read.

    `shown` are the texts on display, in their order: the options of a `Choose`, the items of an `Arrange`,
    the right sides of a `Pair`. They are named by number (`2`, `1 3`, `312`), by letter (`b`) or by
    how they begin. A text that is exactly one of them is that one, though it look like a number. The points
    of a `Reveal` are named by number or letter, `0` is none of them and `all` is all.
    """
    line = text.strip()
    if isinstance(form, Reveal) and form.points:
        ticked = _ticked(form.points, line)
        if ticked is None or _outside(ticked, len(form.points)):
            return line
        return SEPARATOR.join(form.points[index] for index in sorted({*ticked}))
    if isinstance(form, Pair):
        chosen = _pairs(form, line, shown)
        if chosen is None or _outside_pairs(form, chosen, shown):
            return line
        return SEPARATOR.join(f"{form.pairs[left][0]}{PAIRED}{shown[right]}" for left, right in chosen)
    if not isinstance(form, Choose | Arrange):
        return text
    indices = _picked(form, line, shown)
    if indices is None or _outside(indices, len(shown)) or (len(indices) > 1 and not takes_many(form)):
        return line
    return SEPARATOR.join(shown[index] for index in dict.fromkeys(indices))


def takes_many(form: Choose | Arrange) -> bool:
    """Whether the response to a form consists of several of the texts shown."""
    return isinstance(form, Arrange) or form.several


def look_like_labels(shown: Sequence[str]) -> bool:
    """Whether one of the options could be taken for the number of another: then letters stand before them."""
    return any(text.strip().isdecimal() and len(text.strip()) < 3 for text in shown)


def misread(form: AnswerForm, text: str, *, shown: Sequence[str] = ()) -> str:
    """What is wrong with numbers or letters typed: out of range, or twice the same; empty if nothing is."""
    line = text.strip()
    if isinstance(form, Pair):
        chosen = _pairs(form, line, shown) or []
        return _outside_pairs(form, chosen, shown) or _twice([left for left, _ in chosen])
    if isinstance(form, Reveal):
        ticked = _ticked(form.points, line) or []
        return _outside(ticked, len(form.points)) or _twice(ticked)
    if not isinstance(form, Choose | Arrange):
        return ""
    indices = _picked(form, line, shown) or []
    if len(indices) > 1 and not takes_many(form):
        return "only one can be picked"
    return _outside(indices, len(shown)) or _twice(indices)


def _outside(indices: list[int], count: int) -> str:
    if all(0 <= index < count for index in indices):
        return ""
    letters = f" or a to {_LETTERS[count - 1]}" if 0 < count <= len(_LETTERS) else ""
    return f"pick by 1 to {count}{letters}"


def _outside_pairs(form: Pair, chosen: list[tuple[int, int]], shown: Sequence[str]) -> str:
    lefts, rights = [left for left, _ in chosen], [right for _, right in chosen]
    return _outside(lefts, len(form.pairs)) or _outside(rights, len(shown))


def _twice(indices: list[int]) -> str:
    again = next((index for index in indices if indices.count(index) > 1), None)
    return "" if again is None else f"number {again + 1} is there twice"


def _is_too_long(line: str, shown: Sequence[str]) -> bool:
    return len(line) > 1000 + 4 * sum(map(len, shown))


def _picked(form: Choose | Arrange, line: str, shown: Sequence[str]) -> list[int] | None:
    """The places, from 0, of what was picked, some perhaps out of range; None if the line does not say."""
    if not line or _is_too_long(line, shown):
        return None
    many = takes_many(form)
    told = (
        _TRUTH.get(line.casefold()) if isinstance(form, Choose) and form.order == ("True", "False") else None
    )
    if told is not None:
        return [0 if told else 1]
    for parts in ([line], re.split(r"[\s,;]+", line)):
        exact = _places(parts if many else [line], shown, exactly=True)
        if exact:
            return exact
    labels = _labels(line, len(shown), together=many)
    if labels is not None:
        return labels
    for separator in _BETWEEN_PARTS:
        places = _places(separator.split(line) if many else [line], shown)
        if places:
            return places
    return None


def _ticked(points: tuple[str, ...], line: str) -> list[int] | None:
    """The places, from 0, of the points that were ticked; None if the line does not say."""
    word = line.casefold()
    if not points or not line or _is_too_long(line, points):
        return None
    exact = _places(_BETWEEN_PARTS[0].split(line), points, exactly=True)
    if exact:
        return exact
    if word in _NONE:
        return []
    return list(range(len(points))) if word == _ALL else _labels(line, len(points), together=True)


def _labels(line: str, count: int, *, together: bool) -> list[int] | None:
    """Places given by numbers or letters with blanks or commas between, or by single digits run together."""
    plain = _JOINING.sub(",", line.casefold()).strip(" ,;")
    if not plain.isascii() or not _LABELS.fullmatch(plain):
        return None
    if together and plain.isdigit() and int(plain) > count and count <= _MOST_AS_DIGITS:
        return [int(digit) - 1 for digit in plain]
    return [_index(label) for label in re.findall(_LABEL, plain)]


def _index(label: str) -> int:
    return _LETTERS.index(label) if label in _LETTERS else int(label) - 1


def _places(parts: list[str], shown: Sequence[str], *, exactly: bool = False) -> list[int] | None:
    """The place of each part that is not blank; None if one has none."""
    places = [_place(part, shown, exactly=exactly) for part in parts if part.strip()]
    known = [place for place in places if place is not None]
    return known if len(known) == len(places) else None


def _place(text: str, shown: Sequence[str], *, exactly: bool = False) -> int | None:
    """The place of the one text that is this, or else, the only one that begins like it."""
    plain = normalise(text)
    same = [index for index, one in enumerate(shown) if one == text.strip()]
    same = same or [index for index, one in enumerate(shown) if normalise(one) == plain]
    if same or exactly:
        return same[0] if same else None
    begun = [index for index, one in enumerate(shown) if plain and normalise(one).startswith(plain)]
    return begun[0] if len(begun) == 1 else None


def _pairs(form: Pair, line: str, shown: Sequence[str]) -> list[tuple[int, int]] | None:
    """Places of left and right sides: texts, labels as in `1b 2a`, or labels in the order of the lefts."""
    if _is_too_long(line, [*shown, form.answer]):
        return None
    plain = line.casefold()
    exact = _as_texts(form, line, shown, exactly=True)
    found = _PAIRED_LABELS.findall(plain)
    if exact:
        return exact
    if found and plain.isascii() and not _PAIRED_LABELS.sub("", plain).strip(" ,;"):
        return [(int(a or d) - 1, _index(b or c)) for a, b, c, d in found]
    labels = _labels(line, len(shown), together=True)
    return list(enumerate(labels)) if labels is not None else _as_texts(form, line, shown)


def _as_texts(
    form: Pair, line: str, shown: Sequence[str], *, exactly: bool = False
) -> list[tuple[int, int]] | None:
    lefts = [left for left, _ in form.pairs]
    pairs: list[tuple[int, int]] = []
    for part in _BETWEEN_PARTS[0].split(line):
        if not part.strip():
            continue
        left, _, right = part.partition(PAIRED.strip())
        sides = _side(left, lefts, exactly=exactly), _side(right, shown, exactly=exactly)
        if sides[0] is None or sides[1] is None:
            return None
        pairs.append((sides[0], sides[1]))
    return pairs


def _side(text: str, shown: Sequence[str], *, exactly: bool) -> int | None:
    place = _place(text, shown, exactly=exactly)
    label = text.strip().casefold()
    if place is not None or exactly or not label.isascii() or not re.fullmatch(_LABEL, label):
        return place
    return _index(label)
