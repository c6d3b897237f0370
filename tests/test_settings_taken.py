"""Settings put into the settings file, and every other byte left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.collection.settings import Setting, change
from trainer.config import load
from trainer.core.fsrs6 import PARAMETERS
from trainer.deckfiles.saving import ChangedOutsideError
from trainer.errors import UsageError

FOUND: dict[str, Setting] = {"parameters": PARAMETERS, "desired_retention": 0.85}
WRITTEN = f"parameters = [{', '.join(map(repr, PARAMETERS))}]\ndesired_retention = 0.85\n"


def put(path: Path, text: str, settings: dict[str, Setting] | None = None) -> str:
    path.write_bytes(text.encode())
    change(path, settings or FOUND).write()
    load(path)
    return path.read_bytes().decode()


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = tmp_path / "inner" / "config.toml"
    change(path, FOUND).write()
    assert path.read_text() == WRITTEN
    assert load(path).parameters == PARAMETERS


def test_a_setting_that_is_there_changes_in_its_line(tmp_path: Path) -> None:
    before = '# mine\n  desired_retention   =  0.9  # so much\ntheme = "light"\n'
    after = '# mine\n  desired_retention   =  0.85  # so much\ntheme = "light"\n'
    assert put(tmp_path / "config.toml", before, {"desired_retention": 0.85}) == after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_new_setting_stands_before_the_tables(tmp_path: Path, end: str) -> None:
    before = f'theme = "light"{end}{end}[keys]{end}undo = "z"{end}'
    after = f'theme = "light"{end}{end}desired_retention = 0.85{end}[keys]{end}undo = "z"{end}'
    assert put(tmp_path / "config.toml", before, {"desired_retention": 0.85}) == after


def test_a_last_line_without_an_end_gets_one(tmp_path: Path) -> None:
    assert put(tmp_path / "config.toml", 'theme = "light"') == f'theme = "light"\n{WRITTEN}'


@pytest.mark.parametrize(
    "text",
    [
        "parameters = [\n  0.2,\n]\n",
        "this is no TOML",
        'editor = """\ndesired_retention = 0.9\n"""\n',
        "desired_retention = 0.9\ndesired_retention = 0.8\n",
    ],
)
def test_what_cannot_be_changed_without_harm_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        change(path, FOUND)
    assert "put in by hand: parameters = [0.212" in error.value.hint
    assert path.read_text() == text


def test_bytes_that_are_no_utf8_are_left_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'theme = "\xff"')
    with pytest.raises(UsageError):
        change(path, FOUND)


def test_an_edit_in_the_meantime_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    found = change(path, FOUND)
    path.write_text('theme = "light"\n')
    with pytest.raises(ChangedOutsideError):
        found.write()
    assert path.read_text() == 'theme = "light"\n'
