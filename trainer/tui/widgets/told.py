"""What a page tells of a card: the question, and once answered what became of it, why, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.core.deck import Account, Card
from trainer.core.partial_date import in_words
from trainer.core.prompt import AnswerForm, Arrange, Choose, Items, Pair, Reveal, TypeIn, accepted
from trainer.core.visible import one_line, visible
from trainer.core.wording import change_line, cited_sources, plural

if TYPE_CHECKING:
    from trainer.core.change import Change
    from trainer.core.grading import Part, Verdict

Row = tuple[str, Content]
"""A short label, and what stands beside it."""

_MAX_SHOWN = 60_000
_LOW, _TINY = 18, 14
_MOST_OTHERS = 3
_MOST_PARTS = 20

_MARKS = {"right": "✓ ", "near": "~ ", "partial": "~ ", "wrong": "✗ "}
_STYLES = {"right": "$text-success", "wrong": "$text-error"}
_WORDS = {"near": "nearly right", "partial": "partly right", "wrong": "wrong"}


def question_of(card: Card, *, with_hint: bool) -> Content:
    """The question, as of when it was so, and the hint where it was asked for."""
    as_of = f"\n(as of {in_words(card.as_of)})" if card.as_of else ""
    hint = f"\n\nHint: {visible(card.hint)}" if with_hint and card.hint else ""
    question = visible(card.prompt.question)[:_MAX_SHOWN]
    return Content.assemble((question, "bold"), (visible(as_of), "$muted"), (hint, "$muted"))


def told(
    card: Card,
    response: str,
    verdict: Verdict,
    *,
    height: int,
    form: AnswerForm | None = None,
) -> list[Row]:
    """What differs, the answer, a quote, why, and from where, on a screen of `height` lines.

    `form` is the answer form the card was asked in, if not its own.
    """
    rows = _comparison(form or card.prompt.form, response, verdict)
    if height < _TINY:
        rows.sort(key=lambda row: row[0] != "Answer")
    return [*rows, *_explained(card, height=height)]


def changed(card: Card, change: Change, *, height: int) -> list[Row]:
    """That the answer to a card is another one now: which it was, which it is, and why."""
    apart = "\n" if height >= _LOW else ""
    headline = ("", Content.styled(change_line(change) + apart, "$text-warning"))
    answers = [
        ("Before", Content.styled(visible(change.before)[:_MAX_SHOWN], "$muted")),
        ("Now", Content.styled(visible(change.now)[:_MAX_SHOWN], "bold")),
    ]
    told_first = [*reversed(answers), headline] if height < _TINY else [headline, *answers]
    return [*told_first, *_explained(card, height=height)]


def _explained(card: Card, *, height: int) -> list[Row]:
    """A quote, why it is so, who says what, and where it is written."""
    rows: list[Row] = []
    if card.quote:
        speaker = f" — {one_line(card.speaker)}" if card.speaker else ""
        rows.append(("", Content(f"“{visible(card.quote)[:_MAX_SHOWN]}”{speaker}")))
    if card.explanation:
        rows.append(("", Content(visible(card.explanation)[:_MAX_SHOWN])))
    if card.accounts:
        rows.append(("", Content.styled("The accounts", "$muted")))
        rows += _accounts(card.accounts)
    if card.sources:
        rows.append(("", _sources(card, in_full=height >= _LOW)))
    return rows


def mark_of(verdict: Verdict, *, in_brief: bool = False) -> Content:
    """In a line what a response is worth: a sign, a word, the score where it is neither 0 nor 1, and why.

    `in_brief` leaves out why, where the parts tell it.
    """
    word, score = _WORDS.get(verdict.kind, ""), verdict.score
    between = f"{score:.2g}" if score is not None and 0 < score < 1 else ""
    reason = "" if in_brief and word else one_line(verdict.reason)
    parts = filter(None, (word if between or in_brief else "", between, reason))
    line = f"{_MARKS.get(verdict.kind, '')}{' · '.join(parts)}"
    return Content.styled(line, _STYLES.get(verdict.kind, "$text-warning"))


def _comparison(form: AnswerForm, response: str, verdict: Verdict) -> list[Row]:
    """What was answered and how it differs, and the answer; what was picked or ticked tells that itself."""
    rows: list[Row] = []
    if isinstance(form, TypeIn):
        in_parts = isinstance(form.expected, Items) and verdict.kind != "right"
        parts = verdict.parts if in_parts else ()
        lines = [Content(one_line(response)[:_MAX_SHOWN] or "—"), mark_of(verdict, in_brief=bool(parts))]
        rows.append(("You", Content("\n").join([*lines, *_parts(parts)])))
    ticked = isinstance(form, Reveal) and bool(verdict.parts)
    if ticked or isinstance(form, Arrange | Pair) or (isinstance(form, Choose) and form.several):
        rows.append(("You", mark_of(verdict)))
    if isinstance(form, TypeIn | Reveal) and not ticked:
        rows.append(("Answer", Content.styled(visible(form.answer)[:_MAX_SHOWN], "bold")))
    others = accepted(form)[1:]
    if others:
        shown = [*map(one_line, others[:_MOST_OTHERS]), *["…"] * (len(others) > _MOST_OTHERS)]
        rows.append(("or", Content.styled(" · ".join(shown), "$muted")))
    return rows


def _parts(parts: Sequence[Part]) -> list[Content]:
    """A line for each part of an answer of several, and for what was too much."""
    lines = [_part(part) for part in parts[:_MOST_PARTS]]
    more = len(parts) - _MOST_PARTS
    return [*lines, *([Content.styled(f"and {more} more", "$muted")] if more > 0 else [])]


def _part(part: Part) -> Content:
    kind = "right" if part.score >= 1 else "partial" if part.score > 0 else "wrong"
    note = "" if kind == "right" else one_line(part.note) or ("too much" if part.extra else "")
    told_note = Content.styled(f"  {note}" if note else "", "$muted")
    mark = Content.styled(_MARKS[kind], _STYLES.get(kind, "$text-warning"))
    return mark + Content(one_line(part.text)) + told_note


def _accounts(accounts: Sequence[Account]) -> list[Row]:
    """A row an account: who says it, and what."""
    labels = [Content(one_line(account.by)) for account in accounts]
    room = max(label.cell_length for label in labels) + 2
    return [
        (label.pad_right(room - label.cell_length).plain, Content(one_line(account.says)[:_MAX_SHOWN]))
        for label, account in zip(labels, accounts, strict=True)
    ]


def _sources(card: Card, *, in_full: bool) -> Content:
    lines = list(map(one_line, cited_sources(card.sources)))
    if not in_full:
        return Content.styled(f"{plural(len(lines), 'source')}: press s", "$muted")
    label = "Source\n" if len(lines) == 1 else "Sources\n"
    return Content.assemble((label, "$muted"), "\n".join(lines))
