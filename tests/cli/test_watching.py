"""What is shown anew when files change; time passes in a function that the tests give."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from desk import DECK, NAMES, SOURCES

from trainer.cli.main import run
from trainer.cli.preview import Screen
from trainer.cli.watching import SETTLED, watch
from trainer.collection.previewing import watched
from trainer.config import Places


def watched_while(paths: Iterable[Path], events: Iterable[Callable[[], object]]) -> list[str]:
    """What is shown of files (the first line of each) while one thing happens at each look, then ctrl+c."""
    shown: list[str] = []
    files, script = list(paths), iter(events)

    def show() -> None:
        shown.append(" ".join(path.read_text().strip() if path.exists() else "-" for path in files))

    def wait(seconds: float) -> None:
        if seconds == SETTLED:
            return
        event = next(script, None)
        if event is None:
            raise KeyboardInterrupt
        event()

    assert watch(lambda: files, show, wait=wait) == 0
    return shown


def nothing() -> None:
    """Time passes."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deck.yaml"
    path.write_text("one")
    return path


def test_it_is_shown_at_once_and_not_again_while_nothing_changes(file: Path) -> None:
    assert watched_while([file], [nothing, nothing]) == ["one"]


def test_it_is_shown_again_after_each_change(file: Path) -> None:
    changes = [lambda: file.write_text("two"), nothing, lambda: file.write_text("three"), nothing]
    assert watched_while([file], changes) == ["one", "two", "three"]


def test_a_file_that_is_replaced_with_as_many_bytes_at_the_same_moment_has_changed(file: Path) -> None:
    def replace() -> None:
        other, before = file.with_name("other"), file.stat()
        other.write_text("two")
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.replace(file)

    assert watched_while([file], [replace]) == ["one", "two"]


def test_a_file_that_is_gone_for_one_look_has_not_changed(file: Path) -> None:
    def put_away() -> None:
        file.rename(file.with_name("away"))

    def put_back() -> None:
        file.with_name("away").rename(file)

    assert watched_while([file], [put_away, put_back, nothing]) == ["one"]


def test_a_file_that_stays_away_and_one_that_comes_are_changes(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "sources.yaml"
    events = [lambda: other.write_text("new"), nothing, file.unlink, nothing, nothing, nothing]
    assert watched_while([file, other], events) == ["one -", "one new", "- new"]


def test_a_file_that_is_still_being_written_is_shown_when_it_is_whole(file: Path) -> None:
    shown: list[str] = []
    parts = ["two", "two thr", "two three"]

    def wait(seconds: float) -> None:
        if len(shown) == 2:
            raise KeyboardInterrupt
        if parts:
            file.write_text(parts.pop(0))

    watch(lambda: [file], lambda: shown.append(file.read_text()), wait=wait)
    assert shown == ["one", "two three"]


def test_ctrl_c_while_it_is_being_shown_ends_too(file: Path) -> None:
    def show() -> None:
        raise KeyboardInterrupt

    assert watch(lambda: [file], show) == 0


# The preview of a deck


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    for name, text in (("capitals", DECK), ("sources", SOURCES), ("names", NAMES)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "capitals.yaml"


@pytest.fixture
def shown(deck: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The ids of the cards, as the screen shows them now."""
    places = Places(deck.parent / "progress.db", deck.parent / "config.toml", (deck.parent,))
    screen = Screen(places, deck, "")

    def show() -> list[str]:
        screen.show()
        out = capsys.readouterr().out
        return [line.split("  [")[0] for line in out.splitlines() if line.startswith("capitals/")]

    return show


def test_the_note_that_was_edited_comes_first(shown: Callable[[], list[str]], deck: Path) -> None:
    assert shown()[0] == "capitals/capital/card"
    deck.write_text(DECK.replace("in June", "in July").replace("title:", "# moved\ntitle:"), encoding="utf-8")
    assert shown()[:2] == ["capitals/gap/c1", "capitals/capital/card"]
    deck.write_text(DECK, encoding="utf-8")
    assert shown()[0] == "capitals/gap/c1"


def test_after_an_error_the_note_that_is_different_now_comes_first(
    shown: Callable[[], list[str]], deck: Path
) -> None:
    shown()
    deck.write_text(DECK + "  - {type: typd}\n", encoding="utf-8")
    assert shown() == []
    deck.write_text(DECK.replace("Over arms", "Over guns"), encoding="utf-8")
    assert shown()[0] == "capitals/why/card"


def test_while_the_deck_is_gone_nothing_is_shown(
    deck: Path, shown: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    deck.unlink()
    assert shown() == []


def test_the_registries_of_all_folders_above_are_watched(deck: Path) -> None:
    files = watched(deck)
    assert {deck, deck.parent / "sources.yaml", deck.parent.parent / "names.yaml"} <= {*files}


def test_check_watch_checks_again_when_a_deck_changes_or_comes(
    deck: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil() -> None:
        deck.write_text(DECK.replace("type: choice", "type: chioce"), encoding="utf-8")

    def add() -> None:
        (deck.parent / "sub").mkdir()
        (deck.parent / "sub" / "new.yaml").write_text("title: New\n", encoding="utf-8")

    events = iter([spoil, nothing, add])

    def wait(seconds: float) -> None:
        if seconds != SETTLED:
            event = next(events, None)
            if event is None:
                raise KeyboardInterrupt
            event()

    monkeypatch.setattr("trainer.cli.watching.sleep", wait)
    assert run(["--data", str(deck.parent / "data"), "check", str(deck.parent), "--watch"]) == 0
    told = [line.partition(":")[0] for line in capsys.readouterr().err.splitlines() if " cards: " in line]
    assert told == ["1 deck, 4 cards", "1 deck, 0 cards", "2 decks, 0 cards"]


def test_preview_watch_ends_with_ctrl_c_and_0(
    deck: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = iter([None])

    def wait(seconds: float) -> None:
        if next(looks, "over") == "over":
            raise KeyboardInterrupt

    monkeypatch.setattr("trainer.cli.watching.sleep", wait)
    options = ["--decks", str(deck.parent), "--data", str(deck.parent / "data")]
    assert run([*options, "preview", "capitals", "gap", "--watch", "--json"]) == 0
    assert [card["id"] for card in json.loads(capsys.readouterr().out)["cards"]] == ["capitals/gap/c1"]
