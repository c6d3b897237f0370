"""Decks full of harmful texts, in every field of every type that can hold one."""

from __future__ import annotations

from collections.abc import Sequence

from hostile.texts import TEXTS, quoted

SOURCES = "evil"


def sources(texts: Sequence[str]) -> str:
    """A file of sources whose words are these."""
    title, *_ = texts
    more = "\n".join(f"  {field}: {quoted(title[:200])}" for field in ("title", "publisher", "author"))
    return f"{SOURCES}:\n{more}\n  url: {quoted('https://example.org/?' + title[:200])}\n"


def names(texts: Sequence[str]) -> str:
    """A file of names that are these."""
    lines = (
        f"n{number}:\n  name: {quoted(f'{number} {text[:300]}')}\n  kind: person\n"
        for number, text in enumerate(texts)
    )
    return "".join(lines)


def deck(texts: Sequence[str], *, start: int = 0) -> str:
    """A deck with a note of each type for each text; its ids begin at `start`."""
    head, *_ = texts
    notes = "".join(_notes(number, text) for number, text in enumerate(texts, start=start))
    return f"title: {quoted(head[:200])}\ndescription: {quoted(head)}\ntags: []\nnotes:\n{notes}"


def _notes(number: int, text: str) -> str:
    it, short = quoted(text), text[:200].replace(";", ",")
    more = f"explanation: {it}, hint: {it}, source: '{SOURCES}#1', quote: {it}"
    in_hole = quoted("so {{1::" + short.replace("{", "(").replace("}", ")").replace(":", ";") + " x}} it is")
    said = quoted(f"said {short}")
    other, third = quoted(f"other {short}"), quoted(f"third {short}")
    return f"""\
  - {{id: basic-{number}, question: {it}, answer: {it}, {more}}}
  - {{id: typed-{number}, type: typed, question: {it}, answer: [{said}, {other}], {more}}}
  - {{id: choice-{number}, type: choice, question: {it}, answer: {said}, distractors: [{other}, {third}],
     {more}}}
  - {{id: several-{number}, type: choice, question: {it}, answer: [{said}, {other}], distractors: [{third}],
     {more}}}
  - {{id: list-{number}, type: list, question: {it}, answers: [{said}, {other}, {third}], {more}}}
  - {{id: order-{number}, type: order, question: {it}, items: [{said}, {other}, {third}], {more}}}
  - {{id: match-{number}, type: match, question: {it}, pairs: {{{said}: {other}, {other}: {third}}}, {more}}}
  - {{id: truth-{number}, type: true-false, statement: {it}, answer: false, correction: {it}, {more}}}
  - {{id: number-{number}, type: number, question: {it}, answer: "598,000", unit: dollars, {more}}}
  - {{id: date-{number}, type: date, question: {it}, answer: 2024-06-13, {more}}}
  - {{id: reversed-{number}, type: reversed, front: {it}, back: {said}, {more}}}
  - {{id: cloze-{number}, type: cloze, text: {in_hole}, {more}}}
  - {{id: event-{number}, type: event, what: {quoted("goes by " + short)}, who: {said}, where: {other},
     did: recalled, whom: {third}, when: 2024-06-{1 + number % 28:02d}, {more}}}
"""


def whole() -> str:
    """A deck of all harmful texts."""
    return deck(list(TEXTS.values()))
