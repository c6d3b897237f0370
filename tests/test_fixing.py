from __future__ import annotations

from pathlib import Path

import pytest

from trainer.collection.fixing import fix
from trainer.deckfiles.schema import schema_text

DECK = """\
# my deck
Title: A deck

notes:
  # about the recall
  - question: Who recalled its ambassador?   # good
    answer: Armenia
  - Question: Which body?
    Answer: CSTO
    As-Of: June 13, 2024
    type: Typed
  - type: true_false
    statement: "It said: no"
    answer: no
    source: [a#1, a#1, b#2]
  - {question: who, answer: b}
  - id: who
    question: x
    answer: y

# the end
"""
MENDED = """\
# yaml-language-server: $schema=deck.schema.json
# my deck
title: A deck

notes:
  # about the recall
  - id: who-recalled-its-ambassador
    question: Who recalled its ambassador?   # good
    answer: Armenia
  - id: which-body
    question: Which body?
    answer: CSTO
    as_of: 2024-06-13
    type: typed
  - id: it-said-no
    type: true-false
    statement: "It said: no"
    answer: no
    source: [a#1, b#2]
  - {id: who-2, question: who, answer: b}
  - id: who
    question: x
    answer: y

# the end
"""


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    (tmp_path / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path


def test_what_can_only_be_meant_in_one_way_is_repaired_and_nothing_else(decks: Path) -> None:
    [fixed] = fix([decks])
    assert (decks / "deck.yaml").read_text(encoding="utf-8") == MENDED
    assert fixed.done == (
        "4 ids",
        "Title is title in the deck",
        "As-Of is as_of in note 2",
        "Question is question in note 2",
        "Answer is answer in note 2",
        "as_of of which-body",
        "type of which-body",
        "type of it-said-no",
        "source of it-said-no",
        "the line for editors",
        "wrote deck.schema.json",
    )
    assert (decks / "deck.schema.json").read_text(encoding="utf-8") == schema_text("deck")


def test_what_is_repaired_needs_no_repair(decks: Path) -> None:
    list(fix([decks]))
    assert list(fix([decks])) == []


def test_a_dry_run_of_a_long_deck_tells_the_lines_that_change_and_no_others(tmp_path: Path) -> None:
    count = 3_000
    notes = (f"  - type: typed\n    question: What is {n}?\n    answer: A{n}\n" for n in range(count))
    (tmp_path / "a.yaml").write_text(f"Title: A deck\nnotes:\n{''.join(notes)}")
    [fixed] = fix([tmp_path], dry_run=True)
    head = ("-Title: A deck", "+# yaml-language-server: $schema=deck.schema.json", "+title: A deck")
    changed = (("-  - type: typed", f"+  - id: what-is-{n}", "+    type: typed") for n in range(count))
    assert fixed.difference == (*head, *(line for lines in changed for line in lines))


def test_a_dry_run_tells_and_writes_nothing(decks: Path) -> None:
    [fixed] = fix([decks], dry_run=True)
    assert (decks / "deck.yaml").read_text(encoding="utf-8") == DECK
    assert [path.name for path in decks.iterdir()] == ["deck.yaml"]
    assert "-Title: A deck" in fixed.difference
    assert "+title: A deck" in fixed.difference


def test_a_file_of_windows_keeps_its_line_ends(decks: Path) -> None:
    (decks / "deck.yaml").write_bytes(DECK.replace("\n", "\r\n").encode())
    list(fix([decks]))
    assert (decks / "deck.yaml").read_bytes() == MENDED.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "broken", [b"title: [", b"", b"- a\n", b"title: a\ntitle: b\n", b"title: see #1\n", b"\xff\xfe"]
)
def test_a_file_that_cannot_be_read_stays_as_it_is(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "deck.yaml").write_bytes(broken)
    assert list(fix([tmp_path])) == []
    assert (tmp_path / "deck.yaml").read_bytes() == broken


@pytest.mark.parametrize(
    "note",
    [
        "{id: a, question: x, Question: y, answer: z}",  # which of the two?
        "{id: a, qestion: x, answer: z}",  # a guess
        "{id: a, question: x, answer: z, as_of: 06/12/2024}",  # two readings
        "{id: a, question: x, answer: z, as_of: 31 February 2024}",
        "{id: a, question: x, answer: z, as_of: June}",
        "{id: a, type: choise, question: x, answer: z}",
        "just text",
    ],
)
def test_what_could_be_meant_otherwise_is_left_to_a_person(tmp_path: Path, note: str) -> None:
    text = f"# yaml-language-server: $schema=deck.schema.json\ntitle: T\nnotes:\n  - {note}\n"
    (tmp_path / "deck.yaml").write_text(text, encoding="utf-8")
    list(fix([tmp_path]))
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == text


def test_an_id_without_a_value_gets_one(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text("title: T\nnotes:\n  - id:\n    question: Why?\n", encoding="utf-8")
    list(fix([tmp_path]))
    assert "  - id: why\n    question: Why?\n" in (tmp_path / "deck.yaml").read_text(encoding="utf-8")


def test_decks_below_name_the_schema_of_their_folder_and_so_do_sources_and_names(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "deck.yaml").write_text("title: T\nnotes: []\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("a:\n  title: A\n", encoding="utf-8")
    (tmp_path / "names.yaml").write_text("# none yet\n", encoding="utf-8")
    list(fix([tmp_path]))
    deck = (tmp_path / "inner" / "deck.yaml").read_text(encoding="utf-8")
    assert deck.startswith("# yaml-language-server: $schema=../deck.schema.json\n")
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".json") == [
        "deck.schema.json",
        "sources.schema.json",
    ]


def test_an_old_schema_is_brought_up_to_date(decks: Path) -> None:
    list(fix([decks]))
    (decks / "deck.schema.json").write_text("{}", encoding="utf-8")
    [fixed] = fix([decks])
    assert fixed.done == ("wrote deck.schema.json",)
    assert (decks / "deck.schema.json").read_text(encoding="utf-8") == schema_text("deck")


def test_a_note_that_cannot_be_repaired_without_harm_keeps_its_comments_and_the_others_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deck.yaml"
    first = "title: T\nnotes:\n  - {question: Who?,  # asked often\n     answer: A}\n"
    path.write_text(f"{first}  - question: What?\n    answer: B\n", encoding="utf-8")
    [fixed] = fix([tmp_path])
    assert "1 id" in fixed.done
    after = path.read_text(encoding="utf-8")
    assert after.endswith(f"{first}  - id: what\n    question: What?\n    answer: B\n")


def test_comments_in_a_list_stay_when_what_is_there_twice_goes(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    head = "title: T\nnotes:\n  - id: a\n    question: Q?\n    answer: A\n    tags:\n"
    path.write_text(f"{head}      - x\n      # of y\n      - y  # weighty\n      - y\n", encoding="utf-8")
    list(fix([tmp_path]))
    after = path.read_text(encoding="utf-8")
    assert "      # of y\n" in after
    assert after.count("- x") == after.count("- y") == 1
