"""GIFT, the text format for questions of Moodle; its manual page "GIFT format" tells what the signs mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from trainer.formats.model import (
    Format,
    Imported,
    LeftOut,
    NoteFields,
    Options,
    Value,
    as_id,
    as_tag,
    hole,
    refuse_too_many,
    tidy,
)
from trainer.formats.plain import plain

_ESCAPES = "~=#{}:n\\"
_FIRST_STAND_IN = 0xFDD0
_STAND_INS = {chr(_FIRST_STAND_IN + index): sign for index, sign in enumerate(_ESCAPES)}
_RESTORED = {stand_in: "\n" if sign == "n" else sign for stand_in, sign in _STAND_INS.items()}
_ESCAPED = re.compile(r"\\([~=#{}:n\\])")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)", re.I)
_COMMENT = re.compile(r"\s*//(.*)")
_TOLD = re.compile(r"\[(id|tag):([^\]]*)\]")
_TITLE = re.compile(r"\s*::(.*?)::", re.S)
_MARKUP = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)
_TRUTH = re.compile(r"(t|true|f|false)\s*(?:#(.*))?", re.I | re.S)
_ANSWER = re.compile(r"([=~])\s*(?:%(-?[\d.]+)%)?([^=~#]*)(?:#([^=~]*))?")
_NUMBERED = re.compile(r"(q|question|item|frage|nr|no)?[\s.:#_-]*\d*", re.I)
_BLANK = "_____"
_ALL = 100.0


class _Block(NamedTuple):
    """A question as it is written: its first line, its lines, and what comments tell of it."""

    line: int
    text: str
    tags: tuple[str, ...]
    id: str


class _Answer(NamedTuple):
    """An answer of a question; `credit` is in per cent, None where none is given."""

    right: bool
    credit: float | None
    text: str
    feedback: str


class _Refused(Exception):  # noqa: N818 - it is the reason that is told
    """Why a question cannot be carried."""


_LONGEST = 500_000
"""Characters of a question that is looked at: no note has so many."""


def read(text: str, options: Options) -> Imported:
    """The questions of a file. The one category that all are of is the title, of several each is a tag."""
    blocks, categories = _blocks(text)
    title = categories[0] if len(categories) == 1 else ""
    left_out: list[LeftOut] = []
    notes: list[NoteFields] = []
    for block in blocks:
        if len(block.text) > _LONGEST:
            reason = f"a question of more than {_LONGEST:,} characters"
            left_out.append(LeftOut(line=block.line, text=_shown(block.text), reason=reason))
            continue
        reader = _Question(block)
        try:
            fields = reader.fields()
        except _Refused as error:
            left_out.append(LeftOut(line=block.line, text=_shown(block.text), reason=str(error)))
            continue
        left_out += reader.left_out
        category = as_tag(title)
        tags = [tag for tag in block.tags if tag != category or not title]
        if tags:
            fields["tags"] = [*tags]
        notes.append(NoteFields(line=block.line, fields=fields, text=_shown(block.text)))
    return Imported(title=title, notes=tuple(notes), left_out=tuple(left_out))


def _blocks(text: str) -> tuple[list[_Block], list[str]]:
    """The questions, between which are blank lines, and the categories."""
    blocks: list[_Block] = []
    categories: dict[str, None] = {}
    lines: list[str] = []
    told: list[tuple[str, str]] = []
    start, category = 0, ""

    def finish() -> None:
        if lines:
            tags = [tidy(value) for name, value in told if name == "tag" and value.strip()]
            ids = [tidy(value) for name, value in told if name == "id"]
            own = [as_tag(category)] if category else []
            all_tags = tuple(dict.fromkeys((*own, *tags)))
            refuse_too_many(len(blocks) + 1, start)
            blocks.append(_Block(start, "\n".join(lines), all_tags, ids[0] if ids else ""))
            told.clear()
        lines.clear()

    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], start=1):
        if comment := _COMMENT.fullmatch(line):
            told += _TOLD.findall(comment[1])
        elif found := _CATEGORY.fullmatch(line):
            finish()
            parts = [part.strip() for part in found[1].split("/") if part.strip() not in ("", "top")]
            category = parts[-1] if parts and not parts[-1].startswith("$") else ""
            categories.setdefault(category)
        elif line.strip():
            start = start if lines else number
            lines.append(line)
        else:
            finish()
    return blocks, [name for name in categories if name]


class _Question:
    """Reads one question."""

    def __init__(self, block: _Block) -> None:
        self.left_out: list[LeftOut] = []
        self._line = block.line
        self._id = block.id
        self._rest = _ESCAPED.sub(lambda found: chr(_FIRST_STAND_IN + _ESCAPES.index(found[1])), block.text)
        self._markup = ""
        self._notes: list[str] = []

    def fields(self) -> dict[str, Value]:
        """The fields of the note. Raises _Refused with the reason where there is none."""
        title = self._taken(_TITLE)
        self._markup = self._taken(_MARKUP).casefold()
        before, opened, rest = self._rest.partition("{")
        body, closed, after = rest.rpartition("}")
        if not opened:
            raise _Refused("a description, which asks nothing")
        if not closed:
            raise _Refused("the braces of the answers are never closed")
        if "{" in body or "}" in body:
            raise _Refused("braces within braces")
        body, _, general = body.partition("####")
        made = self._made(before, body.strip(), after.rstrip())
        explanation = [*self._notes, self._text(general)]
        if any(explanation):
            made["explanation"] = "\n".join(filter(None, explanation))
        name = _name(self._text(title))
        if name and self._id:
            self._leave_out(title, "a title beside an id")
        name = self._id or name
        return {"id": name, **made} if name else made

    def _made(self, before: str, body: str, after: str) -> dict[str, Value]:
        if not body:
            raise _Refused("an essay, which has no answer")
        whole = self._text(f"{before}{_BLANK}{after}") if after else self._text(before)
        if not whole:
            raise _Refused("there is no question")
        if truth := _TRUTH.fullmatch(body):
            return self._truth(whole, truth[1], truth[2] or "")
        if body.startswith("#"):
            return self._number(whole, body[1:].strip())
        answers = self._answers(body)
        if all(answer.right and "->" in answer.text for answer in answers):
            return self._match(whole, answers)
        if any(not answer.right for answer in answers):
            return self._choice(whole, answers)
        return self._typed(whole, answers, is_missing_word=bool(after))

    def _truth(self, statement: str, answer: str, feedback: str) -> dict[str, Value]:
        self._notes += [said for part in feedback.split("#") if (said := self._text(part))]
        is_true = answer[0].casefold() == "t"
        return {"type": "true-false", "statement": statement, "answer": "true" if is_true else "false"}

    def _number(self, question: str, body: str) -> dict[str, Value]:
        answers = self._answers(body if body.startswith(("=", "~")) else f"={body}")
        best = self._best(answers)
        value, tolerance = _value(best.text)
        made: dict[str, Value] = {"type": "number", "question": question, "answer": value}
        return made | {"tolerance": tolerance} if tolerance else made

    def _match(self, question: str, answers: Sequence[_Answer]) -> dict[str, Value]:
        pairs = [(self._text(left), self._text(right)) for left, right in map(_sides, answers)]
        if not all(left for left, _ in pairs):
            raise _Refused("a right side without a left one: matching has no distractors here")
        self._tell_feedback(answers, told=True)
        if len({left for left, _ in pairs}) < len(pairs):
            return {"type": "match", "question": question, "pairs": [[*pair] for pair in pairs]}
        made: dict[str, Value] = dict(pairs)
        return {"type": "match", "question": question, "pairs": made}

    def _choice(self, question: str, answers: Sequence[_Answer]) -> dict[str, Value]:
        marked = [answer for answer in answers if answer.right]
        shares = [answer for answer in answers if not answer.right and (answer.credit or 0) > 0]
        if marked:
            right = [self._best(marked)] if len(marked) > 1 else marked
            for answer in shares:
                self._leave_out(answer.text, "half right: an option is right or wrong here")
            wrong = [answer for answer in answers if not answer.right and answer not in shares]
        else:
            right = shares
            wrong = [answer for answer in answers if answer not in shares]
            if not right:
                raise _Refused("no option is right")
            if len({each.credit for each in right}) > 1:
                self._leave_out(
                    question, "shares of the credit that differ: each right option counts as much"
                )
        self._tell_feedback(right, told=True)
        self._tell_feedback(wrong, told=False)
        is_one = bool(marked) or (len(right) == 1 and right[0].credit == _ALL)
        texts: list[Value] = [self._text(each.text) for each in right]
        distractors: list[Value] = [self._text(each.text) for each in wrong]
        shown = texts[0] if is_one else texts
        return {"type": "choice", "question": question, "answer": shown, "distractors": distractors}

    def _typed(self, question: str, answers: Sequence[_Answer], *, is_missing_word: bool) -> dict[str, Value]:
        right = [answer for answer in answers if answer.credit is None or answer.credit >= _ALL]
        for answer in answers:
            if answer not in right:
                self._leave_out(
                    answer.text, f"{answer.credit:g} % right: a typed answer is right or wrong here"
                )
        if not right:
            raise _Refused("no answer is quite right")
        self._tell_feedback(right, told=True)
        texts: list[Value] = [self._text(answer.text) for answer in right]
        gap = hole(1, str(texts[0])) if is_missing_word and len(texts) == 1 else ""
        if gap:
            return {"type": "cloze", "text": question.replace(_BLANK, gap, 1)}
        return {"type": "typed", "question": question, "answer": texts[0] if len(texts) == 1 else texts}

    def _answers(self, body: str) -> list[_Answer]:
        if body[:1] not in ("=", "~"):
            raise _Refused("the answers do not begin with = or ~")
        answers = [
            _Answer(
                right=found[1] == "=",
                credit=float(found[2]) if found[2] and found[2].count(".") < 2 and found[2] != "." else None,
                text=found[3].strip(),
                feedback=self._text(found[4] or ""),
            )
            for found in _ANSWER.finditer(body)
        ]
        if not all(answer.text for answer in answers):
            raise _Refused("an answer is empty")
        return answers

    def _best(self, answers: Sequence[_Answer]) -> _Answer:
        """The answer of which there can be one only; the others are left out."""
        best = max(answers, key=lambda answer: _ALL if answer.credit is None else answer.credit)
        for answer in answers:
            if answer is not best:
                self._leave_out(answer.text, "a second answer, where there is one here")
        self._tell_feedback([best], told=True)
        return best

    def _tell_feedback(self, answers: Sequence[_Answer], *, told: bool) -> None:
        """Have what is said to an answer told after it, or leave it out."""
        for answer in answers:
            if answer.feedback and told and answer.feedback not in self._notes:
                self._notes.append(answer.feedback)
            elif answer.feedback and not told:
                self._leave_out(answer.feedback, "what is said to a wrong option")

    def _taken(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._rest)
        self._rest = self._rest[found.end() :] if found else self._rest
        return found[1] if found else ""

    def _text(self, text: str) -> str:
        """A text without markup and escapes; line breaks are as good as blanks unless they are escaped."""
        if marked := _MARKUP.match(text):
            self._markup, text = marked[1].casefold(), text[marked.end() :]
        if self._markup == "html":
            text, media = plain(text)
            for each in media:
                self._leave_out(each, "media are not carried")
        elif self._markup not in ("plain", "markdown"):
            text = " ".join(text.split())
        return tidy(_unescaped(text))

    def _leave_out(self, text: str, reason: str) -> None:
        left = LeftOut(line=self._line, text=tidy(_unescaped(text)), reason=reason)
        if left not in self.left_out:
            self.left_out.append(left)


def _unescaped(text: str) -> str:
    return "".join(_RESTORED.get(sign, sign) for sign in text)


def _shown(text: str) -> str:
    return " ".join(text.split())


def _name(title: str) -> str:
    """An id of a title that says more than a number."""
    return "" if _NUMBERED.fullmatch(title) else as_id(title)


def _sides(answer: _Answer) -> tuple[str, str]:
    left, _, right = answer.text.partition("->")
    return left.strip(), right.strip()


def _value(text: str) -> tuple[str, str]:
    """A number and how far off still counts: `1822:5`, or `1..5`."""
    low, ranged, high = text.partition("..")
    try:
        if ranged:
            ends = Decimal(low.strip()), Decimal(high.strip())
            if ends[0] > ends[1]:
                raise _Refused("the range ends before it begins")
            return f"{sum(ends) / 2:f}", f"{(ends[1] - ends[0]) / 2:f}"
        value, _, tolerance = text.partition(":")
        off = tolerance.strip()
        return value.strip(), "" if not off or not Decimal(off) else off
    except InvalidOperation as error:
        raise _Refused(f"{_unescaped(text)!r} is not a number with its tolerance") from error


def _recognises(text: str) -> int:
    if re.search(r"^[ \t]*\$CATEGORY:|^[ \t]*::[^:\n]+::[^{\n]*\{", text, re.M):
        return 8
    return 6 if re.search(r"\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b)[^{}]*\}", text) else 0


FORMAT = Format(name="gift", what="GIFT of Moodle", suffixes=(".gift",), recognises=_recognises, read=read)
