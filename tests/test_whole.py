"""Files are written whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trainer.errors import NotSavedError
from trainer.whole import FileThereError, check_place, written_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_when_all_of_it_is_written_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with written_whole(path) as stream:
        stream.write(b"one")
        assert not path.exists()
        stream.seek(0)
        assert stream.read() == b"one"
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["out.csv"]


def test_a_new_file_is_for_its_owner_only_and_an_old_one_keeps_its_permissions(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.touch(mode=0o600)
    old.chmod(0o644)
    for path in (new, old):
        with written_whole(path, over=True) as stream:
            stream.write(b"x")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o600, 0o644]


@pytest.mark.parametrize("ends", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_what_breaks_off_leaves_nothing_and_the_old_file_as_it_was(
    tmp_path: Path, ends: BaseException
) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    for path in (old, tmp_path / "new"):
        expected = NotSavedError if isinstance(ends, OSError) else type(ends)
        with pytest.raises(expected), written_whole(path, over=True) as stream:
            stream.write(b"half")
            raise ends
    assert names(tmp_path) == ["old"]
    assert old.read_bytes() == b"old"


@contextmanager
def room_for(octets: int) -> Iterator[None]:
    """A system in which no file may be larger."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_a_disk_that_is_full_when_the_rest_is_flushed_leaves_nothing(tmp_path: Path) -> None:
    with (
        room_for(1000),
        pytest.raises(NotSavedError, match="cannot be written: File too large"),
        written_whole(tmp_path / "out") as stream,
    ):
        stream.write(bytes(5000))
    assert names(tmp_path) == []


def test_a_file_that_is_there_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(FileThereError) as error, written_whole(path):
        raise AssertionError("nothing may be begun")
    assert error.value.exit_code == 2 and "--force" in error.value.hint
    with written_whole(path, over=True) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_comes_in_between_stays(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with pytest.raises(FileThereError), written_whole(path) as stream:
        stream.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["out"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    target, link = tmp_path / "inner" / "file", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with written_whole(link, over=True) as stream:
        stream.write(b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"
    assert names(tmp_path / "inner") == ["file"]


def test_what_is_no_place_for_a_file_is_said_before_anything_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        (tmp_path, "it is a folder"),
        (tmp_path / "none" / "out", "there is no such folder"),
        (tmp_path / "pipe", "it is no regular file"),
        (tmp_path / "pipe" / "out", "there is no such folder"),
        (tmp_path / "nul\0", "null"),
        (tmp_path / ("long" * 100), "File name too long"),
    ):
        with pytest.raises(NotSavedError, match=reason):
            check_place(path, over=True)
        with pytest.raises(NotSavedError), written_whole(path, over=True):
            pass
    assert names(tmp_path) == ["pipe"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file_or_folder_stays(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    old.chmod(0o400)
    with pytest.raises(NotSavedError, match="read-only"), written_whole(old, over=True):
        pass
    tmp_path.chmod(0o500)
    with pytest.raises(NotSavedError, match="Permission denied"), written_whole(tmp_path / "new"):
        pass
    tmp_path.chmod(0o700)


ENDED = """
import os, signal, sys
from pathlib import Path
from trainer.cli.waiting import ended_by_signals
from trainer.whole import written_whole
with ended_by_signals(), written_whole(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    os.kill(os.getpid(), signal.SIGTERM)
"""


def test_a_polite_kill_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDED, str(tmp_path / "out")], capture_output=True, check=False
    )
    assert b"KeyboardInterrupt" in done.stderr
    assert names(tmp_path) == []
