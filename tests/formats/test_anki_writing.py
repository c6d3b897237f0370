"""Notes laid out for Anki, and packages of them, looked at without Anki."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from factories import TODAY, make_card, make_source
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.deck import Card, Citation
from trainer.core.prompt import Arrange, Choose, Items, Pair, Reveal, Text, TypeIn
from trainer.core.questions import TYPES
from trainer.core.scheduling import MemoryState, Phase
from trainer.formats.anki.as_html import html, in_hole, sources
from trainer.formats.anki.laying import Laid, Layout, answer
from trainer.formats.anki.note_types import NOTE_TYPES, NoteType
from trainer.formats.anki.origin import Origin, packed, unpacked
from trainer.formats.anki.schedule import Learning, Standing, card_numbers
from trainer.formats.anki.schema import Calendar
from trainer.formats.anki.writing import Package

CALENDAR = Calendar(TODAY - timedelta(days=100), 4, 120)
LEARNING = Learning(2, 1, 0.9, 0.1542)
STATE = MemoryState(
    stability=12.34567,
    difficulty=5.5,
    phase=Phase.REVIEW,
    step=0,
    due_day=TODAY + timedelta(days=9),
    due_at=None,
    last_day=TODAY - timedelta(days=3),
    reps=4,
    lapses=1,
)


def laid(*cards: Card, **fields: object) -> list[Laid]:
    return list(Layout().notes(cards, json.dumps({"id": "n1"} | fields)))


def of_type(kind: str, *cards: Card) -> list[Card]:
    from dataclasses import replace

    return [replace(card, type=kind) for card in cards]


def field(note: Laid, name: str) -> str:
    return note.fields[NOTE_TYPES[note.type].fields.index(name)]


# Text


@given(st.text())
def test_a_text_comes_back_from_its_html(text: str) -> None:
    shown = unescape(re.sub(r"<br>", "\n", html(text)))
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text)
    assert shown == kept
    assert not re.search(r"[{}]|<(?!br>)|\[sound:", html(text))
    assert "::" not in in_hole(text)


def test_what_anki_would_run_or_play_is_only_shown() -> None:
    assert html("[sound:x.mp3] [LaTeX]x[/latex] [$]x") == "&#91;sound:x.mp3] &#91;LaTeX]x[/latex] &#91;$]x"
    assert html("[sic]") == "[sic]"
    assert html('<script>alert("x")</script>') == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


def test_a_source_is_a_link_only_where_its_address_is_one() -> None:
    bad = make_source(url="javascript:alert(1)", title="A & B")
    assert sources([Citation(source=bad, paragraph=2)]) == "A &amp; B, ¶ 2"
    good = make_source(url='https://x.org/"onclick="')
    assert sources([Citation(source=good)]) == '<a href="https://x.org/&quot;onclick=&quot;">An article</a>'


# The hidden field


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())), st.lists(st.text(), max_size=3))
def test_the_hidden_field_comes_back(fields: dict[str, Any], seen: list[str]) -> None:
    origin = Origin("d", "n", "basic", ("card", "", "x"), fields)
    text = packed(origin, seen)
    assert unpacked(text, seen) == (origin, True)
    assert text == packed(origin, seen, fields=json.dumps(fields, separators=(",", ":")))
    assert text.isascii() and not re.search(r"[<>&\x00-\x1f]|\{\{|\[[A-Za-z$]", text)
    assert unpacked(text, [*seen, "more"]) == (origin, False)


# Which note becomes what


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_question_type_has_a_note_type(kind: str) -> None:
    assert NOTE_TYPES[kind].name == f"trainer: {kind}"


@pytest.mark.parametrize("kind", NOTE_TYPES.values(), ids=NOTE_TYPES)
def test_templates_use_the_fields_that_there_are_and_close_what_they_open(kind: NoteType) -> None:
    for template in kind.templates:
        for side in (template.front, template.back):
            used = re.findall(r"\{\{([#/]?)(?:hint:|type:|cloze:)*([^}]+)\}\}", side)
            assert {name for _, name in used} <= {*kind.fields} - {"Trainer"}
            opened: list[str] = []
            for sign, name in used:
                if sign == "#":
                    opened.append(name)
                elif sign == "/":
                    assert opened.pop() == name
            assert opened == []
    assert len({each.id for each in NOTE_TYPES.values()}) == len(NOTE_TYPES)


def test_a_card_that_is_shared_is_a_note_of_its_own_without_fields() -> None:
    from dataclasses import replace

    own, across = of_type(
        "event", make_card(key="who"), make_card(key="order", form=Arrange(items=("a", "b")))
    )
    first, second = laid(own, replace(across, shared=True), type="event", what="It happens")
    assert (first.name, first.type, second.name, second.type) == (
        "deck/n1",
        "event",
        "deck/n1/order",
        "order",
    )
    assert field(first, "Event") == "It happens"
    assert json.loads(first.fields[-1])["keys"] == ["", "who"]
    assert json.loads(first.fields[-1])["fields"] == {"id": "n1", "type": "event", "what": "It happens"}
    assert "fields" not in json.loads(second.fields[-1])
    assert json.loads(second.fields[-1])["keys"] == ["order"]


def test_a_note_whose_only_cards_are_shared_is_still_told_whole() -> None:
    from dataclasses import replace

    (only,) = laid(
        *(replace(card, shared=True) for card in of_type("event", make_card(key="first"))), what="It"
    )
    assert only.type == "basic" and json.loads(only.fields[-1])["fields"]["what"] == "It"


def test_holes_become_those_of_anki_and_numbers_too_high_others() -> None:
    cards = of_type("cloze", *(make_card(key=key) for key in ("c1", "c2", "c900")))
    (note,) = laid(*cards, text="{{1::a}b::x::y}} & {{c<d}}, {{900::last}}")
    assert field(note, "Text") == "{{c1::a&#125;b::x&#58;&#58;y}} &amp; {{c2::c&lt;d}}, {{c3::last}}"
    assert {ord: card.key for ord, card in note.cards.items()} == {0: "c1", 1: "c2", 2: "c900"}


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (Reveal(answer="a; b", points=("a", "<b>")), "<ul><li>a</li><li>&lt;b&gt;</li></ul>"),
        (Reveal(answer="a\nb"), "a<br>b"),
        (
            TypeIn(expected=Items(items=(Text(answers=("a", "x")), Text(answers=("b",))))),
            "<ul><li>a</li><li>b</li></ul>",
        ),
        (Choose(answers=("a",), distractors=("b",), draw=1), "a"),
        (
            Choose(answers=("a", "c"), distractors=("b",), draw=1, several=True),
            "<ul><li>a</li><li>c</li></ul>",
        ),
        (Arrange(items=("a", "b")), "<ol><li>a</li><li>b</li></ol>"),
        (Pair(pairs=(("a", "b"),)), "<ul><li>a = b</li></ul>"),
    ],
)
def test_answers_of_parts_are_lists(form: Any, shown: str) -> None:
    assert answer(form) == shown


# Numbers


def numbers(standing: Standing) -> dict[str, Any]:
    names = ["type", "queue", "due", "ivl", "factor", "reps", "lapses", "left", "odue", "odid", "flags"]
    found = card_numbers(standing, position=7, calendar=CALENDAR, learning=LEARNING, interval=5)
    return dict(zip((*names, "data"), found, strict=True))


def test_a_card_stands_in_anki_as_here() -> None:
    new = numbers(Standing())
    assert (new["type"], new["queue"], new["due"], new["data"]) == (0, 0, 7, "")
    known = numbers(Standing(STATE, 1_700_000_000_123))
    assert (known["type"], known["queue"], known["due"], known["ivl"]) == (2, 2, 109, 12)
    data = json.loads(known["data"])
    assert data == {"s": 12.3457, "d": 5.5, "dr": 0.9, "decay": 0.154, "lrt": 1_700_000_000}
    assert numbers(Standing(STATE, suspended=True, buried=True))["queue"] == -1
    assert numbers(Standing(STATE, buried=True, flagged=True))["queue"] == -3


@pytest.mark.parametrize(("phase", "kind", "days"), [(Phase.LEARNING, 1, 0), (Phase.RELEARNING, 3, 5)])
def test_a_card_in_steps_comes_back_at_a_moment_or_on_a_later_day(phase: Phase, kind: int, days: int) -> None:
    soon = STATE._replace(phase=phase, due_at=1_700_000_600_000, due_day=STATE.last_day)
    found = numbers(Standing(soon, 1_700_000_000_000))
    assert (found["type"], found["queue"], found["due"], found["ivl"]) == (kind, 1, 1_700_000_600, days)
    assert found["left"] == (2 if kind == 1 else 1)
    later = numbers(Standing(soon._replace(due_day=STATE.last_day + timedelta(days=2)), 1))
    assert (later["type"], later["queue"], later["due"]) == (kind, 3, 99)


def test_days_are_counted_from_where_the_first_begins() -> None:
    calendar = Calendar(date(1970, 1, 3), 4, 120)
    assert calendar.created == 2 * 86_400 + 2 * 3_600
    assert calendar.number(date(1970, 1, 13)) == 10


# Packages


def content(package: Package, **options: Any) -> sqlite3.Connection:
    stream = io.BytesIO()
    package.finish(stream, calendar=CALENDAR, **options)
    with zipfile.ZipFile(stream) as archive:
        raw = archive.read("collection.anki21")
    database = sqlite3.connect(":memory:")
    database.deserialize(raw)
    return database


def test_reviews_of_one_moment_are_all_kept(tmp_path: Path) -> None:
    package = Package(tmp_path, now=0)
    rows = [(at, card, 3, 1, 0, 500, 900, 0) for at, card in ((10, 1), (10, 2), (11, 3), (10, 4))]
    package.reviews(rows[:2])
    package.reviews(rows[2:])
    package.reviews([(12, 5, 3, 1, 0, 500, 900, 0)])
    database = content(package)
    assert sorted(database.execute("SELECT cid FROM revlog")) == [(1,), (2,), (3,), (4,), (5,)]
    assert [at for (at,) in database.execute("SELECT id FROM revlog ORDER BY id")] == [10, 11, 12, 13, 14]


def test_names_of_decks_are_made_apart_and_folders_are_decks_above(tmp_path: Path) -> None:
    package = Package(tmp_path, now=0)
    for deck, title in (("a/b/c", "One::two"), ("a/b/d", "one:  Two"), ("e", " ")):
        package.deck(deck, title=title)
    (decks,) = content(package).execute("SELECT decks FROM col").fetchone()
    names = {deck["name"] for deck in json.loads(decks).values()}
    assert names == {"Default", "a::b::One: two", "a::b::one: Two (a/b/d)", "-"}


def test_ids_are_the_same_each_time_and_never_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [note for name in "abc" for note in laid(make_card(name))]

    def ids(folder: Path) -> list[tuple[int, str]]:
        folder.mkdir()
        package = Package(folder, now=0)
        for note in notes:
            package.note(note, tags=("two words", " "))
        return content(package).execute("SELECT id, guid FROM notes ORDER BY guid").fetchall()

    first, second = ids(tmp_path / "1"), ids(tmp_path / "2")
    assert first == second
    monkeypatch.setattr("trainer.formats.anki.writing.IDS", 1)
    assert len({number for number, _ in ids(tmp_path / "3")}) == len({guid for _, guid in first}) == 3


def test_the_index_of_a_note_type_is_what_anki_counts_by() -> None:
    def names(parts: Iterable[Any]) -> list[str]:
        return [part.name for part in parts]

    assert names(NOTE_TYPES["event"].templates) == ["What", "Who", "Whom", "When", "Where", "Why"]
    assert names(NOTE_TYPES["reversed"].templates) == ["Forward", "Backward"]
    assert all(kind.fields[-1] == "Trainer" for kind in NOTE_TYPES.values())
