from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.deckfiles import saving
from trainer.deckfiles.saving import ChangedOutsideError
from trainer.errors import NotSavedError

but_for_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.yaml"
    path.write_bytes(b"old")
    return path


def test_a_file_is_replaced_if_it_is_what_was_read(deck: Path) -> None:
    saving.replace(deck, b"new", instead_of=b"old")
    assert deck.read_bytes() == b"new"
    assert [path.name for path in deck.parent.iterdir()] == ["deck.yaml"]


def test_what_somebody_else_has_written_is_never_overwritten(deck: Path) -> None:
    deck.write_bytes(b"theirs")
    with pytest.raises(ChangedOutsideError, match="was changed outside") as failure:
        saving.replace(deck, b"new", instead_of=b"old")
    assert failure.value.content == b"theirs"
    assert deck.read_bytes() == b"theirs"
    assert [path.name for path in deck.parent.iterdir()] == ["deck.yaml"]


def test_a_file_that_has_gone_is_not_made_again(deck: Path) -> None:
    deck.unlink()
    with pytest.raises(ChangedOutsideError, match="is gone"):
        saving.replace(deck, b"new", instead_of=b"old")
    assert not deck.exists()


def test_a_new_file_gets_its_folders_and_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "deck.yaml"
    saving.create(path, "é")
    assert path.read_text(encoding="utf-8") == "é"
    with pytest.raises(ChangedOutsideError):
        saving.create(path, "other")
    assert path.read_text(encoding="utf-8") == "é"


def test_permissions_stay_and_new_files_get_the_usual_ones(deck: Path) -> None:
    deck.chmod(0o640)
    saving.replace(deck, b"new", instead_of=b"old")
    assert deck.stat().st_mode & 0o777 == 0o640
    before = os.umask(0o027)
    try:
        saving.create(deck.with_name("other.yaml"), "x")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert deck.with_name("other.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a device"])
def test_what_is_no_file_is_neither_read_nor_replaced(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    before = path.lstat()
    for content in (b"", b"old"):
        with pytest.raises(NotSavedError, match="is not a regular file"):
            saving.replace(path, b"new", instead_of=content)
    with pytest.raises(NotSavedError, match="is not a regular file"):
        saving.read(path)
    assert path.lstat() == before


def test_a_link_is_followed(deck: Path) -> None:
    link = deck.with_name("link.yaml")
    link.symlink_to(deck.name)
    saving.replace(link, b"new", instead_of=b"old")
    assert link.is_symlink()
    assert deck.read_bytes() == b"new"


def test_a_file_is_taken_away_only_while_it_holds_what_was_written(deck: Path) -> None:
    with pytest.raises(ChangedOutsideError):
        saving.remove(deck, holding=b"other")
    saving.remove(deck, holding=b"old")
    assert not deck.exists()


@pytest.mark.parametrize("path", ["deck.yaml/inner.yaml", "no\0name.yaml", "x" * 300 + ".yaml"])
def test_a_file_that_cannot_be_written_is_told_in_a_line(deck: Path, path: str) -> None:
    with pytest.raises(NotSavedError, match="cannot be"):
        saving.create(deck.parent / path, "x")
    assert deck.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_file_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError, match="cannot be read"):
        saving.replace(tmp_path, b"x", instead_of=b"")


@but_for_root
def test_a_read_only_file_or_folder_is_left_alone(deck: Path) -> None:
    deck.chmod(0o444)
    with pytest.raises(NotSavedError, match="read-only"):
        saving.replace(deck, b"new", instead_of=b"old")
    deck.chmod(0o644)
    deck.parent.chmod(0o555)
    try:
        with pytest.raises(NotSavedError):
            saving.replace(deck, b"new", instead_of=b"old")
    finally:
        deck.parent.chmod(0o755)
    assert deck.read_bytes() == b"old"


def test_a_full_disk_leaves_the_file_as_it_was(deck: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from trainer.deckfiles import saving\n"
        "from trainer.errors import NotSavedError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n"
        "    saving.replace(Path(sys.argv[1]), b'x' * 1000, instead_of=b'old')\n"
        "except NotSavedError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(deck)], capture_output=True, text=True, check=True
    )
    assert "cannot be written: File too large" in done.stdout
    assert deck.read_bytes() == b"old"
    assert [path.name for path in deck.parent.iterdir()] == ["deck.yaml"]
