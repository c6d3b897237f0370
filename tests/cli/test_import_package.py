"""Packages of Anki from the command line: shown first, brought in whole or not at all, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anki_packages import BASIC, CLOZE, DECK, REVERSED, card, database, note, package, review
from command_line import Told, Trainer

from trainer.collection import Collection
from trainer.collection.importing_anki import Prepared, bring, prepare
from trainer.config import Config, Places
from trainer.core.fsrs6 import PARAMETERS
from trainer.core.session import Selection
from trainer.errors import NotSavedError
from trainer.storage.carrying import Carrying

NOON = 1_704_100_000_000  # 1 January 2024, 9:06 UTC.
DATA = json.dumps({"s": 12.5, "d": 6.5, "lrt": NOON // 1000})
STUDIED: dict[str, Any] = {"type": 2, "queue": 2, "due": 20, "ivl": 20, "reps": 1, "data": DATA}
NOTES = [
    note(1, BASIC, "Haus", "house", tags="german"),
    note(2, REVERSED, "Baum", "tree", tags="german"),
    note(3, CLOZE, "{{c1::Bern}} is a town", "", tags="german"),
    note(4, BASIC, "<img src=x.png>", "a picture"),
]
CARDS = [card(1, **STUDIED), card(2, **STUDIED), card(2, 1), card(3, did=7, queue=-1), card(4)]
LOG = [review(10, NOON, type=0), review(20, NOON + 1, 4, type=0)]
DECKS = {1: "Default", DECK: "Words", 7: "Words::Towns"}
MINE = {1: {"fsrsParams6": [*PARAMETERS[:20], 0.2], "desiredRetention": 0.85}}
PREVIEW = """\
Words: 2 notes (1 basic, 1 reversed) to {decks}/words.yaml
Towns: 1 note (1 cloze) to {decks}/words/towns.yaml
progress: 3 cards, 2 reviews

title: Words
tags: [german]
notes:
  - id: haus
    question: Haus
    answer: house

  - id: baum
    type: reversed
    front: Baum
    back: tree

"""


Import = Callable[..., Told]


@pytest.fixture
def carry(trainer: Trainer, tmp_path: Path) -> Import:
    """Imports a package of words."""

    def call(*arguments: str, typed: str | None = None, content: bytes | None = None, **more: Any) -> Told:
        path = tmp_path / "words.apkg"
        made = package(database(NOTES, CARDS, LOG, decks=DECKS, **more), media={"0": "x.png"})
        path.write_bytes(made if content is None else content)
        return trainer("import", str(path), *arguments, typed=typed)

    return call


@pytest.fixture
def opened(decks: Path, data: Path) -> Callable[[], Collection]:
    """Opens the collection of those folders."""
    places = Places(data / "progress.db", data / "config.toml", (decks,))
    return lambda: Collection(places, Config())


def prepared(decks: Path, data: Path, tmp_path: Path) -> Prepared:
    path = tmp_path / "words.apkg"
    path.write_bytes(package(database(NOTES, CARDS, LOG, decks=DECKS)))
    return prepare(path, Places(data / "progress.db", data / "config.toml", (decks,)), Config())


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_it_is_shown_first_and_nothing_is_written_without_a_word(carry: Import, decks: Path) -> None:
    told = carry()
    assert told.out == PREVIEW.format(decks=decks)
    assert told.err == (
        "left out, its front is nothing but media: 1 (“a picture”)\n"
        "media are not carried: 1 file (x.png)\n"
        "nothing was written: --yes writes it\n"
    )
    assert told.code == 2
    assert files(decks) == []
    assert carry("--dry-run").code == 0
    assert files(decks) == []


def test_decks_and_what_is_known_of_their_cards_come_in(
    carry: Import, decks: Path, opened: Callable[[], Collection]
) -> None:
    told = carry("--yes")
    assert told.code == 0
    assert told.out.endswith(
        "3 notes written, in 2 decks\n"
        "brought in: 3 cards with 2 new reviews; u at home takes the history back, decks stay\n"
    )
    assert files(decks) == ["words", "words.yaml", "words/towns.yaml"]
    collection = opened()
    states = collection.store.memory()
    assert sorted(states) == ["words/baum/forward", "words/haus/card"]
    assert (states["words/haus/card"].stability, states["words/haus/card"].interval) == (12.5, 20)
    assert collection.store.marks("words/towns/bern-is-a-town/c1").suspended
    shown = collection.browsing.history("words/haus/card")
    assert [past.kind for past in shown] == ["carried", "review"]
    _, entry = collection.undo(collection.start(Selection()))
    assert entry is not None
    assert entry.called == "the import of 3 cards"
    assert collection.store.memory() == {}
    collection.close()


def test_at_a_terminal_it_is_asked(carry: Import, decks: Path) -> None:
    told = carry(typed="y\n")
    assert "write 2 decks and bring in what is known of 3 cards? [y/N]" in told.err
    assert told.code == 0
    assert "words.yaml" in files(decks)
    told = carry("--no-progress", typed="y\n")
    assert told.code == 0
    assert "nothing to bring in: its notes are there" in told.err


def test_json_says_it_all(carry: Import, decks: Path) -> None:
    told = carry("--json", "--yes", presets=MINE)
    words = {
        "deck": "words",
        "path": str(decks / "words.yaml"),
        "title": "Words",
        "notes": 2,
        "is_there": False,
    }
    towns = {
        "deck": "words/towns",
        "path": str(decks / "words" / "towns.yaml"),
        "title": "Towns",
        "notes": 1,
        "is_there": False,
    }
    assert told.data == {
        "decks": [words, towns],
        "notes": 3,
        "cards": 3,
        "reviews": 2,
        "left_out": [{"text": "a picture", "reason": "its front is nothing but media"}],
        "media": ["x.png"],
        "remarks": [],
        "settings": {"parameters": MINE[1]["fsrsParams6"], "desired_retention": 0.85},
        "written": True,
        "brought": {"cards": 3, "reviews": 2, "known": 0},
        "settings_taken": False,
    }


def test_a_deck_that_is_there_stays_and_its_cards_are_recognised(
    carry: Import, decks: Path, opened: Callable[[], Collection]
) -> None:
    mine = "title: Mine\nnotes:\n  - {id: other, question: Haus, answer: house, hint: h}\n"
    (decks / "words.yaml").write_text(mine)
    told = carry("--yes")
    assert "Mine: is there, and stays as it is; 1 note of it recognised\n" in told.out
    assert (decks / "words.yaml").read_text() == mine
    collection = opened()
    assert sorted(collection.store.memory()) == ["words/other/card"]
    collection.close()
    assert "nothing new is known of 2 cards" in carry("--yes").out


def test_without_progress_only_decks_come_in(carry: Import, opened: Callable[[], Collection]) -> None:
    told = carry("--yes", "--no-progress")
    assert "known:" not in told.out
    collection = opened()
    assert collection.store.all("SELECT 1 FROM log") == []
    collection.close()


def test_settings_are_taken_over_where_that_is_said(carry: Import, data: Path) -> None:
    data.mkdir()
    (data / "config.toml").write_text('theme = "light"  # mine\n')
    told = carry("--yes", presets=MINE)
    assert "FSRS: desired_retention = 0.85" in told.out
    assert (data / "config.toml").read_text() == 'theme = "light"  # mine\n'
    told = carry(typed="y\ny\n", presets=MINE)
    assert "take over the settings of FSRS as well? [y/N]" in told.err
    assert (data / "config.toml").read_text() == (
        f'theme = "light"  # mine\nparameters = {MINE[1]["fsrsParams6"]}\ndesired_retention = 0.85\n'
    )
    assert "FSRS:" not in carry("--dry-run", presets=MINE).out, "they are those in force now"


def test_settings_that_cannot_be_put_in_stop_it_before_anything_is_written(
    carry: Import, decks: Path, data: Path
) -> None:
    data.mkdir()
    (data / "config.toml").write_text("parameters = [\n]\n")
    told = carry("--yes", "--settings", presets=MINE)
    assert told.code == 2
    assert "put in by hand: parameters = [" in told.err
    assert files(decks) == []


def test_parameters_of_another_number_and_odd_retention_are_left_out(carry: Import) -> None:
    odd = {1: {"fsrsParams6": [1.0] * 5, "desiredRetention": 0.2}}
    told = carry("--dry-run", presets=odd)
    assert "its 5 FSRS parameters are left out" in told.err
    assert "its desired retention of 0.2 is left out" in told.err
    assert "FSRS:" not in told.out


def test_a_name_is_that_of_the_deck_or_of_the_folder(carry: Import, decks: Path, trainer: Trainer) -> None:
    carry("German words", "--yes")
    assert files(decks) == [
        "german-words",
        "german-words/words",
        "german-words/words.yaml",
        "german-words/words/towns.yaml",
    ]
    one = package(database(NOTES[:1], [card(1)]))
    told = carry("Only one", "--yes", content=one)
    assert "1 note written, in 1 deck" in told.out
    assert "only-one.yaml" in files(decks)
    other = decks.parent / "elsewhere.yaml"
    assert carry(str(other), "--yes", content=one).code == 0
    assert other.is_file()


def test_names_of_decks_become_names_of_files_that_are_safe_and_apart(carry: Import, decks: Path) -> None:
    named = {
        1: "Default",
        2: "../../etc::passwd",
        3: "sources",
        4: "A b",
        5: "a B",
        6: "::".join("abcdefghijkl"),
        7: "東京",
    }
    notes = [note(number, BASIC, f"q{number}", "a") for number in named]
    cards = [card(number, did=number) for number in named]
    content = package(database(notes, cards, decks=named))
    assert carry("--yes", content=content).code == 0
    assert [name for name in files(decks) if name.endswith(".yaml")] == [
        "a-b-2.yaml",
        "a-b.yaml",
        "a/b/c/d/e/f-g-h-i-j-k-l.yaml",
        "dongjing.yaml",
        "etc/passwd.yaml",
        "sources-2.yaml",
        "words.yaml",
    ]


@pytest.mark.parametrize("option", [("--format", "csv"), ("--type", "typed"), ("--column", "a=answer")])
def test_options_for_other_files_are_refused(carry: Import, option: tuple[str, str]) -> None:
    told = carry(*option)
    assert told.code == 2
    assert "a package says itself what is in it" in told.err


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"no package"])
def test_what_is_no_package_is_one_clear_line(carry: Import, content: bytes) -> None:
    told = carry(content=content)
    assert told.code == 1
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "this is no package, or a damaged one" in told.err


def test_a_package_without_notes_says_so(carry: Import) -> None:
    told = carry("--yes", content=package(database([])))
    assert told.code == 1
    assert "there is nothing to bring in" in told.err


def test_foreign_texts_do_not_steer_the_terminal(carry: Import) -> None:
    evil = "\x1b]0;x\x07"
    notes = [note(1, BASIC, f"q{evil}", "a"), note(2, BASIC, "", evil)]
    content = package(database(notes, decks={1: "Default", DECK: f"D{evil}"}), media={"0": evil})
    told = carry("--yes", content=content)  # The fixture refuses any escape.
    assert told.code in (0, 1)


# Whole or not at all


def test_where_the_log_cannot_be_written_the_decks_are_taken_away_again(
    decks: Path, data: Path, tmp_path: Path, opened: Callable[[], Collection], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NotSavedError("not saved: the disk is full")

    found, collection = prepared(decks, data, tmp_path), opened()
    monkeypatch.setattr(Carrying, "bring", fail)
    with pytest.raises(NotSavedError):
        bring(found, collection)
    assert files(decks) == []
    collection.close()


def test_breaking_it_off_leaves_nothing(
    decks: Path, data: Path, tmp_path: Path, opened: Callable[[], Collection]
) -> None:
    def stop(done: int, total: int) -> None:
        assert files(decks), "the decks are written by then"
        raise KeyboardInterrupt

    (decks / "words").mkdir()
    collection = opened()
    with pytest.raises(KeyboardInterrupt):
        bring(prepared(decks, data, tmp_path), collection, advance=stop)
    assert files(decks) == ["words"], "the folder that was there stays"
    assert collection.store.all("SELECT 1 FROM log") == []
    collection.close()


def test_a_deck_that_came_to_be_there_in_the_meantime_is_not_written_over(
    decks: Path, data: Path, tmp_path: Path, opened: Callable[[], Collection]
) -> None:
    collection, found = opened(), prepared(decks, data, tmp_path)
    (decks / "words").mkdir()
    towns = next(deck for deck in found.decks if deck.id == "words/towns")
    towns.path.write_text(towns.text)
    with pytest.raises(NotSavedError):
        bring(found, collection)
    assert files(decks) == ["words", "words/towns.yaml"]
    assert collection.store.all("SELECT 1 FROM log") == []
    collection.close()


def test_a_note_that_the_deck_here_lacks_is_listed(carry: Import, decks: Path) -> None:
    carry("--yes")
    path = decks / "words.yaml"
    text = path.read_text()
    path.write_text(text[: text.index("  - id: baum")])
    told = carry("--yes")
    assert told.code == 0
    assert "the deck “Words” is there already, and has no such note: 1 (“" in told.err
    reasons = [left["reason"] for left in carry("--json").data["left_out"]]
    assert "the deck “Words” is there already, and has no such note" in reasons


def test_a_package_of_several_decks_goes_into_a_folder_of_the_decks_folder(
    carry: Import, tmp_path: Path
) -> None:
    for name in (str(tmp_path / "elsewhere"), "../elsewhere", "words.yaml"):
        told = carry(name, "--yes")
        assert told.code == 2 and "goes into a folder of your decks folder" in told.err
    assert not (tmp_path / "elsewhere").exists()
    assert carry("school", "--yes").code == 0


def test_names_and_tags_with_control_characters_are_made_visible(carry: Import, decks: Path) -> None:
    told = carry("--yes", sql="update notes set tags = char(27) || 'x' where id = 3;")
    assert told.code == 0
    assert "␛x" in (decks / "words" / "towns.yaml").read_text()


def test_a_deck_of_which_nothing_can_be_carried_makes_no_file(carry: Import, decks: Path) -> None:
    told = carry("--yes", sql="update notes set flds = '' where id = 3;")
    assert told.code == 0
    assert not (decks / "words" / "towns.yaml").exists()
