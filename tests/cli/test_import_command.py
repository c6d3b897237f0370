"""Decks made of files of other programs, from the command line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Told, Trainer
from desk import NAMES, SOURCES
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.collection.importing import prepare, write
from trainer.config import Places
from trainer.deckfiles.folder import find
from trainer.deckfiles.nodes import Table, compose
from trainer.deckfiles.reader import read_decks
from trainer.deckfiles.report import Report
from trainer.deckfiles.shapes import plain
from trainer.formats.model import Options

TABLE = """\
id,type,question,answer,distractors,tags,explanation
haus,,Haus,house,,german,
,choice,Which is a colour?,blue,Monday|seven,german; colours,Not the others.
,number,How many?,six,,german,
"""
DECK = """\
title: Words
tags: [german]
notes:
  - id: haus
    question: Haus
    answer: house

  - id: which-is-a-colour
    type: choice
    question: Which is a colour?
    answer: blue
    distractors: [Monday, seven]
    explanation: Not the others.
    tags: [colours]

  - id: how-many
    type: number
    question: How many?
    answer: six
"""


Import = Callable[..., Told]


@pytest.fixture
def decks(decks: Path) -> Path:
    (decks / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (decks / "names.yaml").write_text(NAMES, encoding="utf-8")
    return decks


@pytest.fixture
def carry(
    decks: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Import:
    """Imports a file with that content, and lines typed at a terminal if there are any."""
    trainer = Trainer(monkeypatch, capsys)

    def call(
        content: str | bytes, *arguments: str, name: str = "words.csv", typed: str | None = None
    ) -> Told:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        begin = ["--data", str(data), "--decks", str(decks), "import", str(file)]
        return trainer(*begin, *arguments, piped="", typed=typed)

    return call


def errors(path: Path) -> list[str]:
    """What keeps a deck from being studied, as the reader says it."""
    (reading,) = read_decks(find([path]))
    return [str(problem) for problem in reading.problems if problem.severity == "error"]


def notes(path: Path) -> list[Any]:
    """The notes of a deck as they are written."""
    root = compose(path.read_bytes(), Report("")).root
    assert isinstance(root, Table)
    return [*plain(root["notes"])]


def test_a_table_becomes_a_deck_that_a_person_would_have_written(carry: Import, decks: Path) -> None:
    told = carry(TABLE, "--yes")
    assert told.code == 0
    assert (decks / "words.yaml").read_text(encoding="utf-8") == DECK
    assert errors(decks / "words.yaml") == []


def test_what_would_be_written_is_shown_and_nothing_is_on_a_dry_run(carry: Import, decks: Path) -> None:
    told = carry(TABLE, "--dry-run")
    assert told.code == 0
    assert DECK.rstrip() in told.out
    assert "3 notes (1 basic, 1 choice, 1 number), from csv" in told.out
    assert not (decks / "words.yaml").exists()


@pytest.mark.parametrize(
    ("typed", "written"), [("y\n", True), ("yes\n", True), ("\n", False), ("n\n", False)]
)
def test_a_terminal_is_asked_and_only_yes_writes(
    carry: Import, decks: Path, typed: str, written: bool
) -> None:
    told = carry(TABLE, typed=typed)
    assert f"write 3 notes to {decks / 'words.yaml'}? [y/N]" in told.err
    assert (told.code, (decks / "words.yaml").exists()) == (0, written)


def test_without_a_terminal_and_without_yes_nothing_is_written(carry: Import, decks: Path) -> None:
    told = carry(TABLE)
    assert (told.code, "--yes writes it" in told.err) == (2, True)
    assert not (decks / "words.yaml").exists()


def test_what_is_left_out_is_told_with_its_line_and_counted(carry: Import) -> None:
    told = carry("question,answer,Page\na,b,1\nc,\nd,e,2\n", "--yes")
    assert "line 1: Page: " in told.err and "line 3: c,: " in told.err
    assert "2 things left out" in told.err
    assert told.code == 0


def test_json_tells_everything_whole(carry: Import, decks: Path) -> None:
    long = "x" * 300
    told = carry(f"question,answer\na,b\n{long},\n", "--yes", "--json")
    assert told.data["left_out"][0].pop("reason")
    assert told.data == {
        "deck": "words",
        "path": str(decks / "words.yaml"),
        "notes": 1,
        "left_out": told.data["left_out"],
        "written": True,
    }
    assert (told.data["left_out"][0]["line"], told.data["left_out"][0]["text"]) == (3, f"{long},")


def test_a_deck_that_is_there_is_not_replaced(carry: Import, decks: Path) -> None:
    (decks / "words.yaml").write_text("title: Mine\nnotes: []\n")
    assert carry(TABLE, "--yes").code == 2
    assert (decks / "words.yaml").read_text() == "title: Mine\nnotes: []\n"
    assert carry(TABLE, "others", "--yes").code == 0
    assert (decks / "others.yaml").exists()


def test_a_deck_may_be_a_path_or_a_title(carry: Import, decks: Path, tmp_path: Path) -> None:
    assert carry(TABLE, str(tmp_path / "new" / "w.yaml"), "--yes").code == 0
    assert (tmp_path / "new" / "w.yaml").exists()
    assert carry(TABLE, "My words", "--yes").code == 0
    assert (decks / "my-words.yaml").read_text(encoding="utf-8").startswith("title: My words\n")


def test_a_file_of_which_nothing_can_be_carried_fails_and_writes_nothing(carry: Import, decks: Path) -> None:
    told = carry("question,answer\na,\n", "--yes")
    assert (told.code, "no note could be carried" in told.err) == (1, True)
    assert not (decks / "words.yaml").exists()


def test_the_format_can_be_said_where_it_is_not_seen(carry: Import) -> None:
    assert carry("just words\n", "--yes", name="words.xyz").code == 2
    told = carry("just words\n", "--yes", "--format", "markdown", name="words.xyz")
    assert (told.code, "line 1: just words: no card" in told.err) == (1, True)


def test_every_note_may_cite_a_source_that_is_there(carry: Import, decks: Path) -> None:
    assert carry(TABLE, "--yes", "--source", "report#2").code == 0
    assert [note["source"] for note in notes(decks / "words.yaml")] == ["report#2"] * 3
    told = carry(TABLE, "more", "--yes", "--source", "nobody")
    assert (told.code, "there is no source 'nobody'" in told.err) == (2, True)


def test_a_source_that_is_only_words_is_told_in_the_explanation(carry: Import, decks: Path) -> None:
    text = 'question,answer,source,notes\na,b,report#1,\nc,d,"Smith, 2020",So it is.\n'
    told = carry(text, "--yes")
    assert "1 note with a source that sources.yaml does not have" in told.err
    first, second = notes(decks / "words.yaml")
    assert first["source"] == "report#1" and "source" not in second
    assert second["explanation"] == "So it is.\nSource: Smith, 2020"


def test_the_same_note_again_is_left_out(carry: Import, decks: Path) -> None:
    told = carry("question,answer\na,b\na,b\na,c\n", "--yes")
    assert "line 3: a,b: the same note is there already (line 2)" in told.err
    assert [note["id"] for note in notes(decks / "words.yaml")] == ["a", "a-2"]


def test_ids_are_kept_where_they_can_be_and_else_made_of_the_question(carry: Import, decks: Path) -> None:
    rows = ["k1,One?,a", "b?/ d,Größe und Maß,b", "k1,Лукашенко,c", ",?!,d", ",One?,e", ",k1,f"]
    told = carry("id,question,answer\n" + "\n".join(rows) + "\n", "--yes")
    assert "line 3: b?/ d: 2 ids that cannot be one here" in told.err
    made = [note["id"] for note in notes(decks / "words.yaml")]
    assert made == ["k1", "grosse-und-mass", "lukashenko", "note", "one", "k1-2"]


def test_a_field_that_a_type_has_not_is_told_and_the_note_carried(carry: Import, decks: Path) -> None:
    told = carry("type,question,answer,tolerance\nbasic,a,b,5\nnumber,c,6,1\n", "--yes")
    assert "line 2: tolerance: 5: a note of type basic has no such field" in told.err
    assert [note.get("tolerance") for note in notes(decks / "words.yaml")] == [None, "1"]


def test_a_column_can_be_given_a_field_that_exists(carry: Import, decks: Path) -> None:
    assert (
        carry("Wort,Sinn\na,b\n", "--yes", "--column", "Wort=answer", "--column", "Sinn=question").code == 0
    )
    assert notes(decks / "words.yaml") == [{"id": "b", "question": "b", "answer": "a"}]
    assert carry("Wort,Sinn\na,b\n", "more", "--yes", "--column", "Wort=anser").code == 2
    assert carry("Wort,Sinn\na,b\n", "more", "--yes", "--column", "Wort").code == 2


@pytest.mark.parametrize("kind", ["typed", "reversed"])
def test_cards_with_two_sides_become_what_is_asked_for(carry: Import, decks: Path, kind: str) -> None:
    assert carry("Q: a\nA: b\n", "--yes", "--type", kind, name="words.md").code == 0
    assert [note["type"] for note in notes(decks / "words.yaml")] == [kind]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("question,answer\nMünchen,x\n".encode("latin-1"), "words.csv:2: byte 18 (FC) is not UTF-8"),
        (b"a,b\nc\x00,d\n", "words.csv:2: there is a NUL"),
        (b"PK\x03\x04", "this is no package, or a damaged one"),
        (b'{"notes": [\n{"a": }]}', "words.csv:2: this is not JSON"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(carry: Import, content: bytes, said: str) -> None:
    told = carry(content, "--yes", *(["--format", "json"] if b"{" in content else []))
    assert (told.code, said in told.err, told.err.count("\n")) == (1, True, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(carry: Import, decks: Path, encoding: str) -> None:
    assert carry("question,answer\nMünchen,Bayern\n".encode(encoding), "--yes").code == 0
    assert notes(decks / "words.yaml") == [{"id": "munchen", "question": "München", "answer": "Bayern"}]


def test_signs_that_steer_a_terminal_are_left_out_and_shown_harmless(carry: Import) -> None:
    told = carry("question,answer\n\x1b]52;c;x\x07a,b\nc\u202ed,e\n", "--yes")
    assert "must not stand in a file" in told.err
    assert "\u202e" not in told.out + told.err
    assert told.code == 0


def test_a_text_that_is_too_long_is_left_out_and_the_next_row_read(carry: Import, decks: Path) -> None:
    told = carry('question,answer\nq,"' + "x,\n" * 100_000 + '"\nok,fine\n', "--yes")
    assert "line 2: " in told.err and "more than 60,000 characters" in told.err
    assert [note["question"] for note in notes(decks / "words.yaml")] == ["ok"]


def test_a_note_that_is_wrong_beside_the_others_is_left_out_also_among_many(
    carry: Import, decks: Path
) -> None:
    rows = [f"n{index},What is {index}?,it,{'nobody' if index == 1_100 else ''}" for index in range(1_200)]
    told = carry("id,question,answer,superseded_by\n" + "\n".join(rows) + "\n", "--yes")
    assert "line 1102: " in told.err and "there is no note 'nobody' in this deck" in told.err
    assert len(notes(decks / "words.yaml")) == 1_199


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=15) | st.text(
    "a{}:|;#'\"- \n\\", max_size=15
)
KINDS = st.sampled_from(["", "typed", "reversed", "cloze", "choice", "number", "list", "nonsense", "event"])
ROWS = st.lists(st.tuples(KINDS, CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=6)


@settings(max_examples=40)
@given(rows=ROWS)
def test_every_deck_that_is_written_is_read_without_an_error_and_every_row_accounted_for(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("decks")
    stream = io.StringIO()
    names = ["type", "question", "answer", "distractors", "tags", "id"]
    csv.writer(stream).writerows(
        [names, *((kind, f"w{index}z {first}", *rest) for index, (kind, first, *rest) in enumerate(rows))]
    )
    file = folder / "words.csv"
    file.write_bytes(stream.getvalue().encode().replace(b"\x00", b""))
    places = Places(folder / "progress.db", folder / "config.toml", (folder,))
    prepared = prepare(file, places, options=Options())
    told = prepared.text + "\n".join(left.text for left in prepared.left_out)
    assert [index for index in range(len(rows)) if f"w{index}z" not in told] == []
    if prepared.notes:
        write(prepared)
        assert errors(prepared.path) == []
        assert len(notes(prepared.path)) == prepared.notes
