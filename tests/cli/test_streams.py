"""Commands whose streams or folders are not as usual, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def in_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What came of a line of shell in which `$T` is the program, with a decks folder of its own."""
    decks = folder / "decks"
    decks.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "T": f"{sys.executable} -m trainer",
        "TRAINER_DATA": str(folder / "data"),
        "TRAINER_DECKS": str(decks),
    }
    return subprocess.run(
        ["/bin/sh", "-c", line],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_stderr_no_talk_gets_into_the_data(tmp_path: Path) -> None:
    done = in_shell("$T new x 2>&-; $T nonsense 2>&-; $T new x 2>&-", tmp_path)
    made = ("x.yaml", "sources.yaml", "sources.schema.json", "deck.schema.json")
    assert done.stdout.splitlines() == [str(tmp_path / "decks" / name) for name in made]


@pytest.mark.parametrize("command", ["add x --question q --answer a", "check", "preview x", "schema", "help"])
def test_without_stdout_a_command_ends_as_usual(command: str, tmp_path: Path) -> None:
    assert in_shell(f"$T new x && $T {command} >&-", tmp_path).returncode == 0


def test_a_schema_is_written_neither_over_a_device_nor_to_a_file_called_dash(tmp_path: Path) -> None:
    link = tmp_path / "device"
    link.symlink_to("/dev/zero")
    done = in_shell(f"$T schema -o {link}", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not a regular file" in done.stderr
    assert in_shell("$T schema -o -", tmp_path).stdout == in_shell("$T schema", tmp_path).stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_decks_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    done = in_shell(
        "chmod 000 $TRAINER_DECKS; $T check; code=$?; chmod 700 $TRAINER_DECKS; exit $code", tmp_path
    )
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_an_empty_path_is_not_taken_for_the_folder_at_hand(tmp_path: Path) -> None:
    done = in_shell('$T --decks "" check', tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "an empty path" in done.stderr
