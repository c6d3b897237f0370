from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from trainer.deckfiles.folder import find, hash_of, read
from trainer.deckfiles.seen import Seen

SECOND = 1_000_000_000


def write(path: Path, text: str, *, ago: int = 10) -> None:
    """Write a file that was last changed so many seconds ago, as far as files can tell."""
    path.write_text(text, encoding="utf-8")
    then = time.time_ns() - ago * SECOND
    os.utime(path, ns=(then, then))


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "deck.yaml"
    write(path, "title: A\n")
    later = time.time_ns() + 10 * SECOND  # The time of a change of its times cannot be set.
    monkeypatch.setattr(time, "time_ns", lambda: later)
    return path


def test_a_file_that_is_as_it_was_is_known_without_being_read(deck: Path) -> None:
    first = Seen({})
    assert first.read(deck).content == b"title: A\n"
    again = Seen(first.new)
    assert again.read(deck) == (deck.as_posix(), b"", "", hash_of(b"title: A\n"))
    assert again.new == {}


@pytest.mark.parametrize("text", ["title: B\n", "title: AB\n"])
def test_a_file_that_was_written_is_read_even_if_its_time_was_set_back(deck: Path, text: str) -> None:
    first = Seen({})
    first.read(deck)
    status = deck.stat()
    deck.write_text(text, encoding="utf-8")
    os.utime(deck, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert Seen(first.new).read(deck).content == text.encode()


def test_a_file_that_was_replaced_is_read(deck: Path, tmp_path: Path) -> None:
    first = Seen({})
    first.read(deck)
    other = tmp_path / "other"
    other.write_text("title: B\n", encoding="utf-8")
    other.replace(deck)
    assert Seen(first.new).read(deck).content == b"title: B\n"


def test_a_file_that_has_only_just_been_written_is_not_trusted(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.yaml"
    fresh.write_text("title: A\n", encoding="utf-8")
    seen = Seen({})
    assert seen.read(fresh).hash == hash_of(b"title: A\n")
    assert seen.new == {}


def test_what_cannot_be_read_is_told_as_ever(deck: Path, tmp_path: Path) -> None:
    first = Seen({})
    first.read(deck)
    deck.unlink()
    deck.mkdir()
    assert Seen(first.new).read(deck) == read(deck)
    assert Seen(first.new).read(tmp_path / "none.yaml") == read(tmp_path / "none.yaml")


def test_decks_have_the_same_key_read_or_known_and_can_be_read_whole(deck: Path, tmp_path: Path) -> None:
    write(tmp_path / "sources.yaml", "s:\n  title: S\n")
    (plain,) = find([tmp_path])
    first = Seen({})
    (read_now,) = find([tmp_path], reading=first.read)
    (known,) = find([tmp_path], reading=Seen(first.new).read)
    assert plain.key == read_now.key == known.key
    assert (known.file.content, known.sources[0].content) == (b"", b"")
    assert known.read_whole() == plain
