"""What is typed and not saved is kept in the data folder until it is finished with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.collection.unfinished import Keeper, Unfinished
from trainer.config import Places
from trainer.core.filling import MOST, Filling
from trainer.errors import NotSavedError

DECK = Path("decks/envoys.yaml")
WHERE = Unfinished("", Filling(type="typed", typed={"question": "Where?", "source": "report#1"}))


def keeper(folder: Path, deck: Path = DECK) -> Keeper:
    return Keeper(Places(folder / "progress.db", folder / "config.toml", ()), deck)


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder / "unfinished").glob("*"))


def test_what_is_kept_is_there_the_next_time_for_its_deck_alone(tmp_path: Path) -> None:
    keeper(tmp_path).keep(WHERE)
    assert keeper(tmp_path).left() == WHERE
    assert keeper(tmp_path, Path("decks/other.yaml")).left() is None
    (tmp_path / "none").mkdir()
    assert keeper(tmp_path / "none").left() is None


def test_each_window_keeps_its_own_and_the_latest_is_offered(tmp_path: Path) -> None:
    one, other = keeper(tmp_path), keeper(tmp_path)
    one.keep(WHERE)
    other.keep(Unfinished("sides", Filling(type="choice", typed={"answer": "Belarus"})))
    one.keep(WHERE)
    assert len(kept_files(tmp_path)) == 2
    other.drop()
    assert keeper(tmp_path).left() == WHERE
    one.drop()
    assert kept_files(tmp_path) == []


def test_what_was_left_stays_until_it_was_taken_up_and_dropped(tmp_path: Path) -> None:
    keeper(tmp_path).keep(WHERE)
    again = keeper(tmp_path)
    assert again.left() == WHERE
    again.keep(Unfinished("", Filling(typed={"question": "Another?"})))
    again.drop()
    assert keeper(tmp_path).left() == WHERE
    again = keeper(tmp_path)
    again.left()
    again.take_up()
    again.drop()
    assert keeper(tmp_path).left() is None


def test_over_the_note_as_it_is_written_now_only_what_was_typed_counts() -> None:
    written = Filling.of({"question": "Who?", "answer": "Me", "source": {"a": "b"}})
    typed = Unfinished("who", Filling(type="typed", typed={"answer": "You"}))
    over = typed.over(written)
    assert (over.type, over.text("question"), over.text("answer")) == ("typed", "Who?", "You")
    assert over.kept == {"source": {"a": "b"}} and typed.over(None) == typed.filling


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[1]",
        b"{}",
        b"[" * 100_000,
        b'{"note": 1, "type": "typed", "typed": {}}',
        b'{"note": "", "type": "none", "typed": {}}',
        b'{"note": "", "type": ["typed"], "typed": {}}',
        b'{"note": "", "type": "typed", "typed": {"question": 1}}',
        b'{"note": "", "type": "typed", "typed": []}',
    ],
)
def test_a_file_that_is_none_of_ours_is_passed_over(tmp_path: Path, content: bytes) -> None:
    keeper(tmp_path).keep(WHERE)
    (path,) = kept_files(tmp_path)
    path.write_bytes(content)
    assert keeper(tmp_path).left() is None


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    keeper(tmp_path).keep(WHERE)
    (path,) = kept_files(tmp_path)
    path.with_name(path.name.replace("-", "-x")).mkdir()
    path.with_name(path.name.replace("-", "-y")).symlink_to("nowhere.json")
    assert keeper(tmp_path).left() == WHERE


def test_what_is_read_is_safe_to_show_and_bounded(tmp_path: Path) -> None:
    keeper(tmp_path).keep(WHERE)
    (path,) = kept_files(tmp_path)
    told = {"note": "", "type": "typed", "typed": {"question": "a\x1b[2J" + "x" * MOST * 2}}
    path.write_text(json.dumps(told), encoding="utf-8")
    left = keeper(tmp_path).left()
    assert left is not None and "\x1b" not in left.filling.text("question")
    assert len(left.filling.text("question")) == MOST


@given(st.dictionaries(st.sampled_from(["question", "answer", "hint"]), st.text(max_size=40)))
def test_nothing_that_can_be_typed_cannot_be_kept(
    tmp_path_factory: pytest.TempPathFactory, typed: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    keeper(folder).keep(Unfinished("", Filling(type="typed", typed=typed)))
    left = keeper(folder).left()
    assert left is not None and left.filling.typed.keys() == typed.keys()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "unfinished").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotSavedError):
        keeper(tmp_path).keep(WHERE)
