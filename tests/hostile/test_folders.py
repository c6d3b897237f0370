"""Folders that mean harm, and large inputs: the program ends soon, and says what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import Trainer

from hostile.bounded import run
from hostile.large import LARGE
from trainer.deckfiles import folder
from trainer.deckfiles.reader import read_decks

if sys.platform == "win32":  # pragma: no cover
    pytest.skip("Windows has no such things in folders", allow_module_level=True)

NOBODY = 65_534
EMPTY = "title: T\nnotes: []\n"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the administrator, who may read everything."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def open_path(tmp_path: Path) -> Path:
    """A folder that others may enter."""
    for each in (tmp_path, *tmp_path.parents):
        if each.owner() == Path.home().owner() and each != Path("/"):
            each.chmod(each.stat().st_mode | 0o055)
        if each.name.startswith("pytest-of"):
            break
    return tmp_path


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_read(open_path: Path) -> None:
    decks = open_path / "decks"
    (decks / "private").mkdir(parents=True)
    (decks / "deck.yaml").write_text(EMPTY, encoding="utf-8")
    (decks / "private").chmod(0)
    with as_nobody():
        found = folder.find([decks])
    (decks / "private").chmod(0o700)
    readings = read_decks(found)
    assert [reading.deck is not None for reading in readings] == [True, False]
    (problem,) = (each for each in readings[1].problems)
    assert str(problem).startswith(f"{decks}/private/:1:1: error: ")
    assert "Permission denied" in str(problem)


def test_a_deck_that_became_a_pipe_or_a_device_after_it_was_found_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(EMPTY, encoding="utf-8")

    def swapped(found: Path) -> folder.File:
        found.unlink()
        os.mkfifo(found)
        return folder.read(found)

    (deck,) = folder.find([tmp_path], reading=swapped)
    assert deck.file.failure == "is not a regular file"
    assert folder.read(Path("/dev/zero")).failure == "is not a regular file"


def test_an_address_in_the_file_system_where_nobody_listens_is_told(tmp_path: Path, trainer: Trainer) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(tmp_path / "socket.yaml"))
    told = trainer("--data", str(tmp_path), "check", str(tmp_path))
    assert (told.code, "socket.yaml:1:1: error: " in told.out) == (1, True)


QUICK = (
    "a folder of things that are no decks",
    "3,000 folders in each other",
    "settings in a pipe",
    "an open quote in a table",
    "bytes that are no UTF-8, line by line",
)


def test_large_harmful_inputs_end_in_a_line(tmp_path: Path, trials: Callable[[int], int]) -> None:
    chosen = QUICK if trials(1) == 1 else LARGE
    for number, name in enumerate(chosen):
        place = tmp_path / str(number)
        place.mkdir()
        found = run(LARGE[name], place)
        subprocess.run(("rm", "-rf", place), check=True, timeout=60)
        assert found.code in (0, 1, 2), f"{name}: {found}"
        assert "Traceback" not in found.err and "a fault in" not in found.err, f"{name}: {found.err}"
        assert found.seconds < 20 and found.megabytes < 1_000, f"{name}: {found}"
