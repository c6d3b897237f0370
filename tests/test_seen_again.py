from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path

import pytest

from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.storage.connection import BUSY_TIMEOUT
from trainer.storage.seen_files import SeenFiles
from trainer.storage.store import Store

NOTE = "title: D\nnotes:\n  - {id: a, question: Q%s?, answer: A}\n"


class Room:
    """A decks folder whose files count as settled, and the progress beside it."""

    def __init__(self, folder: Path) -> None:
        self.deck = folder / "decks" / "d.yaml"
        self.deck.parent.mkdir()
        self.places = Places(folder / "data" / "progress.db", folder / "c.toml", (self.deck.parent,))

    def questions(self) -> list[str]:
        collection = Collection(self.places, Config())
        try:
            return [card.prompt.question for card in collection.cards()]
        finally:
            collection.close()

    def known(self) -> list[str]:
        collection = Collection(self.places, Config())
        try:
            return sorted(SeenFiles(collection.store).known())
        finally:
            collection.close()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room(tmp_path)
    room.deck.write_text(NOTE % 1, encoding="utf-8")
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    return room


def test_a_deck_is_remembered_once_read_and_an_edit_is_seen_all_the_same(room: Room) -> None:
    assert room.questions() == ["Q1?"]
    assert room.known() == [str(room.deck)]
    status = room.deck.stat()
    room.deck.write_text(NOTE % 2, encoding="utf-8")
    os.utime(room.deck, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert room.questions() == ["Q2?"]


def test_a_start_that_reads_nothing_anew_writes_nothing_until_its_end(room: Room) -> None:
    assert room.questions() == ["Q1?"]
    os.utime(room.deck)  # The same content under another time.
    before = room.places.progress.read_bytes()
    collection = Collection(room.places, Config())
    assert room.places.progress.read_bytes() == before
    collection.close()
    assert room.places.progress.read_bytes() != before
    assert room.questions() == ["Q1?"]


def test_what_was_remembered_may_be_lost(room: Room) -> None:
    assert room.questions() == ["Q1?"]
    collection = Collection(room.places, Config())
    with collection.store.transaction():
        collection.store.connection.execute("DELETE FROM seen")
    collection.close()
    assert room.questions() == ["Q1?"]
    assert room.known() == [str(room.deck)]


def test_remembering_waits_for_no_other_session_and_writing_does_again(room: Room) -> None:
    with closing(Store(room.places.progress)) as here, closing(Store(room.places.progress)) as other:
        before = time.monotonic()
        with other.transaction():
            SeenFiles(here).put({"d.yaml": ("stamp", bytes(16))})
        assert time.monotonic() - before < BUSY_TIMEOUT / 2000
        assert SeenFiles(here).known() == {}
        assert here.one("PRAGMA busy_timeout") == (BUSY_TIMEOUT,)
        SeenFiles(here).put({"d.yaml": ("stamp", bytes(16))})
        assert SeenFiles(here).known() == {"d.yaml": ("stamp", bytes(16))}
