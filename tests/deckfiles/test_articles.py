from __future__ import annotations

import os
from pathlib import Path

import pytest
from factories import make_source

from trainer.deckfiles.articles import MAX_BYTES, Copies, Copy, find, read

TEXT = "title: A report\n\n[1] One.\n\n[2] Two.\n"


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def failure(path: Path) -> str:
    copy = read(path)
    assert copy.article is None
    return copy.failure


def test_a_copy_is_read_with_its_paragraphs(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt")
    copy = read(path)
    assert (copy.path, copy.failure) == (path.as_posix(), "")
    assert copy.article and tuple(copy.article.paragraphs) == (1, 2)


def test_the_folder_comes_before_the_file_that_the_source_names(tmp_path: Path) -> None:
    own, folder = write(tmp_path / "own.txt"), tmp_path / "articles"
    source = make_source("report", file=str(own))
    assert find(source, None) == find(source, folder) == own
    assert find(source, folder) == own
    inside = write(folder / "report.txt")
    assert find(source, folder) == inside
    assert find(make_source("report"), None) is None
    assert find(make_source("other"), folder) is None


@pytest.mark.parametrize("name", ["..", "../report", "x/../../report", "\0", "\ud800", "a" * 300])
def test_no_id_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    write(tmp_path / "report.txt")
    folder = write(tmp_path / "articles" / "report.txt").parent
    assert find(make_source(name), folder) is None


def test_an_id_of_two_dots_is_a_file_like_others(tmp_path: Path) -> None:
    path = write(tmp_path / "articles" / "...txt")
    assert find(make_source(".."), path.parent) == path


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    assert failure(tmp_path / "report.txt").startswith("cannot be read: ")


def test_a_folder_is_no_copy(tmp_path: Path) -> None:
    assert failure(tmp_path) == "is not a regular file"


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.txt")
    assert failure(tmp_path / "report.txt") == "is not a regular file"


def test_an_endless_file_is_no_copy() -> None:
    assert failure(Path("/dev/zero")) == "is not a regular file"


def test_a_copy_has_a_largest_size(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", b"x" * MAX_BYTES)
    assert read(path).article
    with path.open("ab") as file:
        file.write(b"x")
    assert failure(path) == "is larger than 4 MB"


def test_what_is_not_utf_8_says_so_and_where(tmp_path: Path) -> None:
    assert failure(write(tmp_path / "report.txt", b"[1] caf\xe9")).startswith("is not UTF-8: byte 8 ")


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_a_failure_that_can_be_printed(name: str, tmp_path: Path) -> None:
    copy = read(tmp_path / name)
    assert copy.failure
    assert copy.path.isprintable()


def test_a_copy_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt")
    copies = Copies(tmp_path)
    first = copies.of(make_source("report"))
    path.unlink()
    assert copies.of(make_source("report")) is first
    assert isinstance(first, Copy)
    assert copies.article(make_source("report")) is first.article
    assert copies.of(make_source("other")) is None
    assert copies.article(make_source("other")) is None
    assert Copies(None).of(make_source("report")) is None


def test_what_a_source_lacks_is_news_once() -> None:
    copies = Copies(None)
    assert [copies.is_news(make_source(name)) for name in ("a", "b", "a", "b")] == [True, True, False, False]
