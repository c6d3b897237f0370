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


def test_plain_text_comes_before_markdown_and_that_before_a_page(tmp_path: Path) -> None:
    source = make_source("report")
    for suffix in (".htm", ".html", ".markdown", ".md", ".txt"):
        path = write(tmp_path / f"report{suffix}")
        assert find(source, tmp_path) == path


@pytest.mark.parametrize(
    ("name", "content", "blocks"),
    [
        ("a.txt", "*one*", ["*one*"]),
        ("a.txt", "<html><p>one", ["<html><p>one"]),
        ("a.md", "*one*", ["one"]),
        ("a.MARKDOWN", "*one*", ["one"]),
        ("a.html", "<p>one", ["one"]),
        ("a.HTM", "<p>one", ["one"]),
        ("a", "<p>one", ["<p>one"]),
        ("a", "\ufeff\n<!doctype html><p>one", ["one"]),
        ("a.xhtml", '<?xml version="1.0"?>\n<html><p>one', ["one"]),
        ("a.text", "one", ["one"]),
    ],
)
def test_what_a_copy_is_its_ending_tells(name: str, content: str, blocks: list[str], tmp_path: Path) -> None:
    article = read(write(tmp_path / name, content)).article
    assert article and [block.text for block in article.blocks] == blocks
    assert tuple(article.paragraphs) == (1,)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_whatever_a_copy_is_its_paragraphs_are_counted_alike(suffix: str, tmp_path: Path) -> None:
    between = "<p>" if suffix == ".html" else "\n\n"
    article = read(write(tmp_path / f"a{suffix}", between.join(("One.", "Two.", "Three.")))).article
    assert article and article.paragraphs == {1: "One.", 2: "Two.", 3: "Three."}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(suffix: str, encoding: str, tmp_path: Path) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert failure(write(tmp_path / f"a{suffix}", mark + "one".encode(encoding))) == "is UTF-16, not UTF-8"


@pytest.mark.parametrize(
    ("named", "encoding", "word"),
    [
        ("windows-1251", "cp1251", "Ереван"),
        ("ISO-8859-1", "cp1252", "“café”"),
        ("utf-8", "utf-8", "Երևան"),
        ("windows-1251", "utf-8", "Ереван"),
        ("iso-2022-jp", "iso-2022-jp", "日本"),
        ("utf-16", "utf-8", "plain"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(
    named: str, encoding: str, word: str, tmp_path: Path
) -> None:
    page = f'<html><meta http-equiv="x" content="text/html; charset={named}"><p>{word}'.encode(encoding)
    article = read(write(tmp_path / "a.html", page)).article
    assert article and article.paragraph(1) == word


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<meta charset=klingon><p>one", "says that it is klingon, which is no encoding known here"),
        (b"<meta charset=zlib><p>one", "says that it is zlib, which is no encoding known here"),
        (b"<meta charset=punycode><p>one", "says that it is punycode, which is no encoding known here"),
        (b"<p>caf\xe9", "is not UTF-8: byte 7 is none of it"),
        (b"<meta charset=utf-8><p>caf\xe9", "is not UTF-8: byte 27 is none of it"),
        (b"<meta charset=euc-jp><p>\xff", "is not EUC_JP: byte 25 is none of it"),
    ],
)
def test_a_page_in_no_known_encoding_says_so(page: bytes, said: str, tmp_path: Path) -> None:
    assert failure(write(tmp_path / "a.html", page)) == said


def test_markdown_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert failure(write(tmp_path / "a.md", b"caf\xe9")).startswith("is not UTF-8: byte 4 ")


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
