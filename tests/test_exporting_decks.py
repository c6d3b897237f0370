"""Decks as they are handed out, and read back."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.collection import Collection
from trainer.collection.export_decks import written_deck
from trainer.collection.importing import Prepared, prepare, write
from trainer.config import Config, Places, bundled_decks, places
from trainer.core.question import Note, many
from trainer.core.session import Selection
from trainer.deckfiles.folder import find
from trainer.deckfiles.reader import read_decks
from trainer.formats.written import Side, WrittenDeck, WrittenNote, decks

SHIPPED = sorted(path for path in bundled_decks().glob("*.yaml") if path.stem[0].isdigit())
GOLDEN = Path(__file__).parent / "formats" / "golden"
SAMPLE = WrittenDeck(
    title="Words & <deeds>",
    description="Two lines\nof it.",
    tags=("war", "2024"),
    notes=(
        WrittenNote(
            fields={"id": "a", "question": "=What?", "answer": "# this", "tags": "peace", "source": "x#2"},
            cards=(
                Side(
                    question="=What?",
                    answer="# this",
                    options=("this", "that"),
                    hint="think <b>",
                    explanation="Since.\nQ: so",
                    as_of="June 2024",
                    quote="“No.” — Somebody",
                    sources=("The article, Press, ¶ 2",),
                    urls=("https://example.org/a?b=1&c=2", "javascript:alert(1)"),
                    where="Words & <deeds>",
                ),
            ),
        ),
        WrittenNote(
            fields={"id": "b", "type": "cloze", "text": "The {{1::sky::up}} is [not] {{2::blue}}."},
            cards=(Side(question="The […] is [blue].", answer="sky"), Side(question="The …", answer="blue")),
        ),
        WrittenNote(fields={"id": "c", "type": "list", "question": "L?", "answers": [["a", "b"], "c"]}),
    ),
)
SUFFIXES = {"csv": "csv", "json": "json", "markdown": "md", "html": "html"}


def text_of(name: str, deck: WrittenDeck = SAMPLE) -> str:
    stream = StringIO(newline="")
    decks()[name].write(deck, stream)
    return stream.getvalue()


def test_every_format_of_decks_is_found_by_being_there() -> None:
    assert sorted(decks()) == sorted(SUFFIXES)


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_deck_is_written_as_it_was_before(name: str) -> None:
    path = GOLDEN / f"deck.{SUFFIXES[name]}"
    if os.environ.get("GOLDEN") == "new":
        path.write_bytes(text_of(name).encode())
    assert text_of(name).encode() == path.read_bytes()


# Read back


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[Path], Collection]:
    return lambda deck: Collection(places(data=str(tmp_path / "data"), decks=(str(deck),)), Config())


def carried(folder: Path, text: str, name: str) -> Prepared:
    """What a text becomes, beside the registries of the decks of the program."""
    inner = folder / "back"
    inner.mkdir(exist_ok=True)
    for registry in ("sources.yaml", "names.yaml"):
        shutil.copy(bundled_decks() / registry, inner)
    (file := folder / name).write_bytes(text.encode())
    where = Places(folder / "data" / "progress.db", folder / "config.toml", (inner,))
    return prepare(file, where, deck="back")


def notes_of(path: Path) -> dict[str, tuple[Note, set[str]]]:
    """The notes of a deck file, without tags, and the tags that each has, its deck's included."""
    (reading,) = read_decks(find([path]), keep=True)
    assert reading.deck and reading.kept
    return {
        each.id: (replace(each.note, tags=()), {*reading.deck.tags, *many(each.note.tags)})
        for each in reading.kept.notes
    }


def plainly(notes: dict[str, tuple[Note, set[str]]]) -> dict[str, object]:
    """Notes in which the one of a field that may hold several is that one."""

    def one(value: object) -> object:
        return value[0] if isinstance(value, tuple) and len(value) == 1 else value

    return {
        name: (type(note), {field: one(value) for field, value in asdict(note).items()}, tags)
        for name, (note, tags) in notes.items()
    }


@pytest.mark.parametrize("deck", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_deck_comes_back_from_json_as_it_was(
    deck: Path, tmp_path: Path, opened: Callable[[Path], Collection]
) -> None:
    made = written_deck(opened(deck), Selection())
    prepared = carried(tmp_path, text_of("json", made), "deck.json")
    write(prepared)
    assert list(prepared.left_out) == []
    assert notes_of(prepared.path) == notes_of(deck)
    (back,), (there,) = read_decks(find([prepared.path])), read_decks(find([deck]))
    assert back.deck and there.deck
    assert (back.deck.title, back.deck.description) == (there.deck.title, there.deck.description)


@pytest.mark.parametrize("deck", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_deck_comes_back_from_csv_but_for_what_is_said(
    deck: Path, tmp_path: Path, opened: Callable[[Path], Collection]
) -> None:
    made, stream = written_deck(opened(deck), Selection()), StringIO(newline="")
    told = decks()["csv"].write(made, stream)
    prepared = carried(tmp_path, stream.getvalue(), "deck.csv")
    write(prepared)
    before, after = notes_of(deck), notes_of(prepared.path)
    left_out = {found[1] for line in told if (found := re.match(r"note ([^:]+): a table cannot", line))}
    assert len(left_out) == len(told) and left_out < set(before)
    # A note that needs one which is left out is refused, and that is told too.
    missing = before.keys() - after.keys() - left_out
    assert len(missing) == len(prepared.left_out)
    assert plainly(after) == plainly({name: note for name, note in before.items() if name in after})


def test_all_decks_at_once_become_one_that_comes_back(
    tmp_path: Path, opened: Callable[[Path], Collection]
) -> None:
    made = written_deck(opened(bundled_decks()), Selection())
    prepared = carried(tmp_path, text_of("json", made), "deck.json")
    write(prepared)
    assert list(prepared.left_out) == []
    after = notes_of(prepared.path)
    assert len(after) == sum(len(notes_of(deck)) for deck in SHIPPED)
    assert {"the-ambassadors-june-2024", "csto"} <= after["minsk-ambassador"][1]


def test_ids_that_two_decks_share_are_made_apart(
    tmp_path: Path, opened: Callable[[Path], Collection]
) -> None:
    (tmp_path / "decks").mkdir()
    for name in ("one", "two"):
        note = f"  - {{id: a, question: {name}?, answer: a, superseded_by: b}}\n"
        notes = f"title: {name}\nnotes:\n{note}  - {{id: b, question: {name} now?, answer: b}}\n"
        (tmp_path / "decks" / f"{name}.yaml").write_text(notes)
    made = written_deck(opened(tmp_path / "decks"), Selection())
    assert [(note.fields["id"], note.fields.get("superseded_by")) for note in made.notes] == [
        ("a", "b"),
        ("b", None),
        ("two-a", "two-b"),
        ("two-b", None),
    ]
    assert [note.fields["tags"] for note in made.notes] == [["one"], ["one"], ["two"], ["two"]]
    assert (made.title, made.description) == ("Several decks", "one; two")


def test_only_notes_with_a_card_that_is_asked_for_are_handed_out(
    opened: Callable[[Path], Collection],
) -> None:
    collection = opened(bundled_decks())
    some = written_deck(
        collection, Selection(decks=("3-ambassadors",), sources=("friendship-falling-apart#12",))
    )
    assert some.title == "The ambassadors, June 2024"
    assert 0 < len(some.notes) < len(notes_of(bundled_decks() / "3-ambassadors.yaml"))
    assert "announcer-of-belarusian-recall" in {note.fields["id"] for note in some.notes}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)
WORDS = st.from_regex(r"[A-Za-zÀ-ž0-9][A-Za-zÀ-ž0-9 ,.;|=?!'\"()-]*", fullmatch=True).map(str.strip)


@settings(max_examples=60)
@given(question=TEXT, answer=TEXT, tags=st.lists(WORDS, max_size=2))
def test_a_row_is_a_note_or_is_told(question: str, answer: str, tags: list[str]) -> None:
    note = WrittenNote(fields={"id": "a", "question": question, "answer": answer, "tags": tags})
    stream = StringIO(newline="")
    told = decks()["csv"].write(WrittenDeck(title="T", notes=[note]), stream)
    rows = list(csv.reader(StringIO(stream.getvalue(), newline="")))
    assert len(rows) - 1 == 1 - len(told)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_questions_and_answers_come_back_from_markdown(sides: list[tuple[str, str]]) -> None:
    from trainer.formats.markdown import read
    from trainer.formats.model import Options

    notes = [
        WrittenNote(
            fields={"question": question, "answer": answer},
            cards=(Side(question=question, answer=answer, sources=("An article, ¶ 3",)),),
        )
        for question, answer in sides
    ]
    back = read(text_of("markdown", WrittenDeck(title="A deck", notes=notes)), Options())
    assert [(note.fields["question"], note.fields["answer"]) for note in back.notes] == sides
    assert back.title == "A deck"


def test_holes_come_back_from_markdown() -> None:
    from trainer.formats.markdown import read
    from trainer.formats.model import Options

    back = read(text_of("markdown"), Options())
    assert [note.fields["text"] for note in back.notes if note.fields["type"] == "cloze"] == [
        r"The {{1::sky}} is [not] {{2::blue}}."
    ]
    assert back.tags == SAMPLE.tags
    assert len(back.notes) == 2, "no line of a text begins a card of its own"


# Printed


class Page(HTMLParser):
    """The tags of a page, and what leads out of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "data")]
        assert not any(name.startswith("on") for name, _ in attrs)


def test_printed_cards_need_no_network_and_run_nothing(opened: Callable[[Path], Collection]) -> None:
    for text in (text_of("html"), text_of("html", written_deck(opened(bundled_decks()), Selection()))):
        page = Page(text)
        assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
        assert all(link.startswith(("https://", "http://")) for link in page.links)
        assert "@import" not in text and "url(" not in text
        ElementTree.fromstring(text)


def test_a_printed_card_has_its_question_on_one_side_and_answer_and_source_on_the_other() -> None:
    root = ElementTree.fromstring(text_of("html"))
    name = "{http://www.w3.org/1999/xhtml}"
    cards = list(root.iter(f"{name}article"))
    front, back = ("".join(side.itertext()) for side in cards[0])
    assert len(cards) == 3
    assert "=What?" in front and "this" in front and "Hint: think <b>" in front
    assert all(text in back for text in ("# this", "as of June 2024", "Since.", "“No.”", "Press, ¶ 2"))
    assert "alert" not in back


ANY_TEXT = st.text(
    st.characters(codec=None, exclude_categories=()) | st.sampled_from("\uffff\ufffe\0\x1b<&'\"|;"),
    max_size=9,
)


@settings(max_examples=60)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_whatever_a_deck_says_its_file_can_be_read(title: str, asked: str, told: str) -> None:
    side = Side(
        question=asked, answer=told, hint=told, quote=told, sources=(asked,), urls=(f"https://{told}",)
    )
    note = WrittenNote(fields={"id": "a", "question": asked, "answer": told}, cards=(side,))
    deck = WrittenDeck(title=title, description=told, tags=(asked,), notes=(note,))
    ElementTree.fromstring(text_of("html", deck))
    read = json.loads(text_of("json", deck))
    assert read["notes"] == [{"id": "a", "question": asked, "answer": told}]
    assert len(list(csv.reader(StringIO(text_of("csv", deck), newline="")))) <= 2
