"""Decks read into the index."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.collection.reading import refresh
from trainer.storage.deck_index import Edit
from trainer.storage.store import Store

NOTES = "".join(f"  - {{id: n{n}, question: Question {n}, answer: It is {n}}}\n" for n in range(9))


class Watched:
    """Notes how far the work is whenever the collector, made eager, looks for rubbish."""

    def __init__(self) -> None:
        self.step = "before"
        self.looked_at: set[str] = set()

    def told(self, done: int, total: int) -> None:
        if self.step == "before":
            self.step = "reading"

    def kept(self, edits: list[Edit]) -> None:
        self.step = "kept"

    def looked(self, phase: str, info: object) -> None:
        self.looked_at.add(self.step)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched, was_on, thresholds = Watched(), gc.isenabled(), gc.get_threshold()
    gc.callbacks.append(watched.looked)
    gc.set_threshold(1)
    gc.enable()
    yield watched
    gc.callbacks.remove(watched.looked)
    gc.set_threshold(*thresholds)
    if not was_on:
        gc.disable()


def test_nobody_looks_for_rubbish_from_the_first_file_that_is_read_until_all_are_kept(
    tmp_path: Path, watched: Watched
) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.yaml").write_text(f"title: {name}\nnotes:\n{NOTES}", encoding="utf-8")
    store = Store(tmp_path / "data" / "progress.db")
    refresh(store, [tmp_path], at=0, edited=watched.kept, advance=watched.told)
    store.close()
    assert watched.step == "kept"
    assert "before" in watched.looked_at
    assert "reading" not in watched.looked_at
