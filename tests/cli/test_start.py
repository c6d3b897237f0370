"""What a plain command loads: heavy packages only where they are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk import DECK, NAMES, SOURCES

HEAVY = {"textual", "rich", "pydantic", "yaml"}
ALSO_SLOW = {"click", "dataclasses", "platformdirs", "tomllib", "zoneinfo", "inspect", "typing_extensions"}

LOADED = """
import sys
from trainer.cli.main import run
code = run(sys.argv[1:])
print("loaded:", *{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    decks = tmp_path / "decks"
    decks.mkdir()
    for name, text in (("capitals", DECK), ("sources", SOURCES), ("names", NAMES)):
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return os.environ | {"TRAINER_DATA": str(tmp_path / "data"), "TRAINER_DECKS": str(decks)}


def loaded_by(environment: dict[str, str], *arguments: str, code: int = 0) -> set[str]:
    """The packages in a fresh interpreter after one command."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code
    return set(done.stderr.rpartition("loaded:")[2].split())


def test_due_loads_nothing_heavy_once_the_decks_are_read(environment: dict[str, str]) -> None:
    assert "yaml" in loaded_by(environment, "due")
    for arguments in (["due"], ["due", "--json"]):
        assert not loaded_by(environment, *arguments) & (HEAVY | ALSO_SLOW)
    assert "json" not in loaded_by(environment, "due")


def test_reading_decks_needs_neither_the_interface_nor_the_scheduler(environment: dict[str, str]) -> None:
    for command in ("check", "due", "list"):
        assert not loaded_by(environment, command) & {"textual", "rich"}


def test_list_loads_nothing_heavy_once_the_decks_are_read(environment: dict[str, str]) -> None:
    loaded_by(environment, "list")
    for arguments in (["list"], ["list", "--json"]):
        assert not loaded_by(environment, *arguments) & HEAVY


@pytest.mark.parametrize("arguments", [["where"], ["--help"], ["--version"], ["study", "--help"]])
def test_what_needs_no_deck_loads_nothing_heavy(environment: dict[str, str], arguments: list[str]) -> None:
    assert not loaded_by(environment, *arguments) & HEAVY


@pytest.mark.parametrize("arguments", [["bogus"], ["study"], []])
def test_what_is_refused_loads_nothing_heavy(environment: dict[str, str], arguments: list[str]) -> None:
    assert not loaded_by(environment, *arguments, code=2) & HEAVY
