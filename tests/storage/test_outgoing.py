"""What goes out to another program, as the progress file has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki_desk import RIGHT, desk

from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.storage import outgoing
from trainer.storage.outgoing import Outgoing

NOW = datetime(2024, 6, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize("at_once", [1, 2_000])
def test_notes_come_whole_and_as_they_are_written(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", at_once)
    collection, _ = desk(tmp_path, NOW)
    (deck,) = collection.decks
    found = Outgoing(collection.store)
    notes = {note.id.rpartition("/")[2]: note for note in found.notes(deck.key)}
    every = [card for note in notes.values() for card in note.cards]
    assert every == [card for card in collection.cards() if not card.superseded_by]
    assert found.count(deck.key) == (len(every), 1)
    assert "old" not in notes
    assert [card.key for card in notes["gaps"].cards] == ["c1", "c2", "c700"]
    assert json.loads(notes["sides"].fields) == {
        "id": "sides",
        "type": "reversed",
        "front": "TASS",
        "back": "a news agency",
        "source": "letter#1",
    }
    assert json.loads(notes["plain"].fields)["answer"] == "Two lines,\n<b>not bold</b>"
    assert [note.id for note in found.notes(deck.key, {"history/every/price"})] == ["history/every/price"]


def test_what_was_taken_back_does_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 1)
    collection, _ = desk(tmp_path, NOW)
    session = collection.start(Selection())
    ratings = (Rating.GOOD, Rating.HARD, Rating.EASY)
    for rating in ratings:
        session = collection.rate(session, rating, verdict=RIGHT, response="", milliseconds=1)
    session, _ = collection.undo(session)
    pages = list(Outgoing(collection.store).log())
    assert [entry[7] for page, _, _ in pages for entry in page] == [3, 2]
    assert all(done <= total for _, done, total in pages)
    collection.browsing.mark("flag", ["history/every/plain/card"])
    assert Outgoing(collection.store).marks()["history/every/plain/card"].flagged
