"""What comes from the real Anki: notes, days, states and log are here as there; and there and back again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anki_desk import NAMES, SOURCES, desk, now_in, packed, study

from trainer.collection import Collection
from trainer.collection.importing_anki import Prepared, bring, prepare
from trainer.config import Config, Places
from trainer.core.scheduling import Phase
from trainer.deckfiles.nodes import compose
from trainer.deckfiles.report import Report
from trainer.deckfiles.shapes import plain

pytest.importorskip("anki")

STUDIED = Path(__file__).with_name("real_anki_studied.py")
BACK = Path(__file__).with_name("real_anki_back.py")
PACKAGES = ("legacy.apkg", "new.apkg", "legacy.colpkg", "new.colpkg")
PHASES = {1: Phase.LEARNING, 2: Phase.REVIEW, 3: Phase.RELEARNING}
NOTES = [
    {"question": "das Haus", "answer": "the house & home"},
    {"type": "reversed", "front": "der Baum", "back": "the tree"},
    {"type": "typed", "question": "Wie heisst der Hund?", "answer": "Rex"},
    {
        "type": "cloze",
        "text": "{{1::Bern::town}} liegt in der {{2::Schweiz}}, wie {{1::Basel}}.",
        "explanation": "so ist es",
    },
    {"type": "reversed", "front": "der Fluss", "back": "the river"},
]


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A time zone, here and in programs that are started."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def studied(folder: Path, rules: str) -> dict[int, dict[str, Any]]:
    """What the real Anki says of its cards, and its packages in a folder."""
    command = [sys.executable, str(STUDIED), str(folder), rules]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return {card["id"]: card for card in json.loads(ran.stdout)}


def brought(folder: Path, package: Path, config: Config | None = None) -> tuple[Prepared, Collection]:
    """An empty trainer into which a package was imported, opened anew."""
    (folder / "decks").mkdir(parents=True)
    (folder / "decks" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "decks" / "names.yaml").write_text(NAMES, encoding="utf-8")
    places = Places(folder / "progress.db", folder / "config.toml", (folder / "decks",))
    prepared = prepare(package, places, config or Config())
    collection = Collection(places, config or Config())
    bring(prepared, collection)
    collection.reload()
    return prepared, collection


def deck_of(path: Path) -> dict[str, Any]:
    """What a deck file says."""
    root = compose(path.read_bytes(), Report("")).root
    assert root is not None
    told = plain(root)
    assert isinstance(told, dict)
    return told


def log_of(collection: Collection) -> list[tuple[Any, ...]]:
    """The reviews that stand."""
    columns = "card, at, rating, milliseconds, study_day, utc_offset, mode"
    return sorted(collection.store.all(f"SELECT {columns} FROM kept WHERE kind = 'review'"))


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("UTC", "fsrs"),
        ("Asia/Tokyo", "fsrs"),
        ("America/New_York", "fsrs"),
        ("UTC", "sm2"),
        ("Asia/Tokyo", "sm2"),
    ],
    indirect=["zone"],
)
def test_cards_are_due_and_known_here_as_they_are_there(tmp_path: Path, zone: str, rules: str) -> None:
    told = studied(tmp_path, rules)
    for name in PACKAGES:
        prepared, collection = brought(tmp_path / "here" / name, tmp_path / name)
        (deck,) = prepared.decks
        assert deck.id == "languages/german"
        assert prepared.left_out == ()
        notes = deck_of(deck.path)["notes"]
        assert [{key: note[key] for key in note if key not in ("id", "tags")} for note in notes] == NOTES
        assert notes[3]["tags"] == ["kind::Cloze"]
        assert set(collection.store.memory()) <= {card.id for card in collection.cards()}
        if rules == "fsrs":
            assert set(prepared.offered) == {"parameters", "desired_retention"}
            assert prepared.offered["desired_retention"] == 0.87
        check_cards(collection, told, exact=rules == "fsrs")
        collection.close()


def check_cards(collection: Collection, told: dict[int, dict[str, Any]], *, exact: bool) -> None:
    """Compare what is known here of the cards with what Anki said."""
    by_log = {tuple(at for at, _, _ in card["reviews"]): card for card in told.values() if card["reviews"]}
    states, found = collection.store.memory(), 0
    for card in collection.cards():
        columns = "at, rating, milliseconds, study_day"
        query = f"SELECT {columns} FROM kept WHERE card = ? AND kind = 'review' ORDER BY at"
        rows = collection.store.all(query, (card.id,))
        there = by_log[tuple(at for at, *_ in rows)]
        found += 1
        assert [[at, rating, spent] for at, rating, spent, _ in rows] == there["reviews"]
        assert [day for *_, day in rows] == there["days"]
        marks = collection.store.marks(card.id)
        assert (marks.suspended, marks.flagged) == (there["suspended"], there["flagged"])
        state = states.get(card.id)
        if there["type"] == 0:
            assert state is None
            continue
        assert state is not None
        assert state.phase is PHASES[there["type"]]
        assert (state.reps, state.lapses) == (there["reps"], there["lapses"])
        assert (state.stability, state.difficulty) == pytest.approx(
            there["state"], rel=1e-6 if exact else 1e-4
        )
        if there["type"] == 2:
            assert (state.due_day.isoformat(), state.interval) == (there["due_day"], there["interval"])
        else:
            assert state.due_at == there["due_at"] * 1000
    assert found == len(told)


@pytest.mark.parametrize("zone", ["America/New_York"], indirect=True)
def test_there_and_back_again(tmp_path: Path, zone: str) -> None:
    here, clock = desk(tmp_path / "here", now_in(zone))
    study(here, clock, months=3)
    packed(here, tmp_path / "ours.apkg")
    command = [sys.executable, str(BACK), str(tmp_path), str(tmp_path / "ours.apkg")]
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=os.environ | {"TZ": zone})
    was = deck_of(tmp_path / "here" / "decks" / "history" / "every.yaml")
    current = {note["id"]: as_lists(note) for note in was["notes"] if "superseded_by" not in note}
    for name in ("ours.apkg", *PACKAGES):
        prepared, collection = brought(tmp_path / "back" / name, tmp_path / name)
        assert [(deck.id, deck.title) for deck in prepared.decks] == [("history/every", was["title"])]
        assert (prepared.left_out, prepared.remarks, prepared.offered) == ((), (), {})
        now = deck_of(prepared.decks[0].path)
        assert {note["id"]: as_lists(note) for note in now["notes"]} == current
        assert (now["description"], now["tags"]) == (was["description"], ["world-affairs"])
        assert log_of(collection) == log_of(here)
        check_states(collection, here)
        collection.close()
    here.close()


def check_states(collection: Collection, here: Collection) -> None:
    """Compare what is known of the cards; Anki keeps four digits of stability, three of difficulty."""
    now, before = collection.store.memory(), here.store.memory()
    assert now.keys() == before.keys()
    for card, state in now.items():
        expected = before[card]
        assert state.stability == pytest.approx(expected.stability, abs=1e-4)
        assert state.difficulty == pytest.approx(expected.difficulty, abs=1e-3)
        assert state[2:5] == expected[2:5]
        assert state[6:] == expected[6:]
        # It keeps whole seconds.
        assert (state.due_at or 0) // 1000 == (expected.due_at or 0) // 1000


def as_lists(note: dict[str, Any]) -> dict[str, Any]:
    """A note whose tags are a list."""
    tags = note.get("tags", [])
    return note | {"tags": [tags] if isinstance(tags, str) else tags}


def test_what_comes_back_to_where_it_was_made_changes_nothing(tmp_path: Path) -> None:
    here, clock = desk(tmp_path / "here", now_in("UTC"))
    study(here, clock, months=1)
    packed(here, tmp_path / "ours.apkg")
    before = (log_of(here), here.store.memory())
    prepared = prepare(tmp_path / "ours.apkg", here.places, Config())
    assert [(deck.is_there, deck.notes) for deck in prepared.decks] == [(True, 16)]
    assert bring(prepared, here)[:2] == (0, 0)
    assert (log_of(here), here.store.memory()) == before
    here.close()
