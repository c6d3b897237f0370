"""Large inputs that were made to harm: too large for a folder of files, so each is made by a function."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from anki_packages import BASIC, database, note, package, zipped

MEGABYTE = 1_000_000
_MOST = 31
"""Megabytes: the largest text that is read at all."""


class Large(NamedTuple):
    """An input: how it is written below a folder, and the command line that reads it there."""

    write: Callable[[Path], object]
    command: tuple[str, ...]


def _repeated(piece: bytes, size: int, *, before: bytes = b"", after: bytes = b"") -> Callable[[Path], None]:
    """Writes a piece again and again, `size` megabytes of it."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(before)
            for _ in range(size):
                file.write((piece * (MEGABYTE // len(piece) + 1))[: MEGABYTE // len(piece) * len(piece)])
            file.write(after)

    return write


def _numbered(lines: Iterable[bytes], *, before: bytes = b"") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(before + b"".join(lines))


_HEAD = b"title: T\nnotes:\n"
_OF_DECKS: dict[str, Callable[[Path], object]] = {
    "200 MB of deck": _repeated(b"  - {question: q, answer: a}\n", 200, before=_HEAD),
    "200 MB of nothing": _repeated(bytes(1000), 200),
    "a deck of blanks": _repeated(b" ", _MOST),
    "a deck of empty lines": _repeated(b"\n", _MOST, before=_HEAD),
    "a deck of comments": _repeated(b"# a\n", _MOST, before=_HEAD),
    "one long comment": _repeated(b"a", _MOST, before=b"# "),
    "one long quoted text": _repeated(b"a ", _MOST, before=b'title: "', after=b'"\n'),
    "one long plain text": _repeated(b"a ", _MOST, before=b"title: "),
    "one long block": _repeated(b"  a\n", _MOST, before=b"title: |\n"),
    "an open quote": _repeated(b"a\n", _MOST, before=b'title: "'),
    "brackets": _repeated(b"[", _MOST, before=b"title: "),
    "braces": _repeated(b"{a: ", _MOST, before=b"title: "),
    "lists side by side": _repeated(b"[],", _MOST, before=b"title: T\nnotes: [", after=b"]\n"),
    "bytes that are no UTF-8": _repeated(b"\xff", _MOST),
    "bytes that are no UTF-8, line by line": _repeated(b"\xff\n", _MOST),
    "controls": _repeated(b"\x01\n", _MOST),
    "a number of 31 million digits": _repeated(b"9", _MOST, before=b"title: "),
    "anchors": _repeated(b"- &a x\n", 8),
    "unknown keys": _numbered(b"k%d: v\n" % number for number in range(200_000)),
    "questions without answers": _numbered(
        (b"  - {id: n%d, question: q}\n" % number for number in range(20_000)), before=_HEAD
    ),
    "equal notes": _numbered([b"  - {id: a, question: q, answer: a}\n"] * 20_000, before=_HEAD),
    "a chain that supersedes": _numbered(
        (
            b"  - {id: n%d, question: q%d, answer: a, superseded_by: n%d}\n" % (number, number, number + 1)
            for number in range(3_000)
        ),
        before=_HEAD,
    ),
    "a long circle": _numbered(
        (
            b"  - {id: n%d, question: q%d, answer: a, superseded_by: n%d}\n"
            % (number, number, (number + 1) % 3_000)
            for number in range(3_000)
        ),
        before=_HEAD,
    ),
    "a cloze of many holes": _numbered(
        [b"  - {id: a, type: cloze, text: '"] + [b"{{1::x}} "] * 5_000 + [b"'}\n"], before=_HEAD
    ),
    "braces in a cloze": _numbered(
        [b"  - {id: a, type: cloze, text: '" + b"{{1::" * 10_000 + b"x'}\n"], before=_HEAD
    ),
    "one long word": _numbered(
        [b"  - {id: a, type: typed, question: q, answer: " + b"w" * 59_000 + b"}\n"], before=_HEAD
    ),
    "a flood of marks": _numbered(
        [b'  - {id: a, question: q, answer: "a' + "\u0301".encode() * 59_000 + b'"}\n'], before=_HEAD
    ),
    "isolates": _numbered(
        [b'  - {id: a, question: q, answer: "' + "\u2066".encode() * 59_000 + b'"}\n'], before=_HEAD
    ),
    "a list of many": _numbered(
        (
            b"  - {id: a, type: list, question: q, answers: [",
            b",".join(b"a%d" % number for number in range(9_000)),
            b"]}\n",
        ),
        before=_HEAD,
    ),
}
_OF_IMPORTS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "200 MB of a table": ("a.csv", _repeated(b"a,b\n", 200)),
    "quotes in a table": ("a.csv", _repeated(b'"', _MOST)),
    "an open quote in a table": ("a.csv", _repeated(b"a,b\n", 8, before=b'question,answer\n"')),
    "commas": ("a.csv", _repeated(b",", 4)),
    "a table of empty lines": ("a.csv", _repeated(b"\n", _MOST)),
    "brackets of JSON": ("a.json", _repeated(b"[", _MOST)),
    "digits of JSON": ("a.json", _repeated(b"9", 8, before=b'[{"question": ', after=b"}]")),
    "keys of JSON": (
        "a.json",
        _numbered([b"[{"] + [b'"k%d": 1,' % number for number in range(200_000)] + [b'"question": "q"}]']),
    ),
    "escapes of JSON": ("a.json", _repeated(b"\\u001b", 4, before=b'[{"question": "', after=b'"}]')),
    "braces of GIFT": ("a.gift", _repeated(b"{", 8)),
    "backslashes of GIFT": ("a.gift", _repeated(b"\\", 8, before=b"q {=")),
    "answers of GIFT": ("a.gift", _repeated(b"~a", 2, before=b"q {", after=b"}\n")),
    "comments of HTML": ("a.md", _repeated(b"<!--", 4, before=b"Q: ")),
    "brackets of Markdown": ("a.md", _repeated(b"[", 4, before=b"C: ")),
    "images of Markdown": ("a.md", _repeated(b"![](", 4, before=b"Q: ")),
    "backticks of Markdown": ("a.md", _repeated(b"` `` ", 4, before=b"Q: ")),
    "tags of HTML": ("a.txt", _repeated(b"<div>", 8, before=b"#separator:tab\n#html:true\na\t")),
    "open tags of HTML": ("a.txt", _repeated(b"<a ", 8, before=b"#separator:tab\n#html:true\na\t")),
    "references of HTML": ("a.txt", _repeated(b"&#1", 8, before=b"#separator:tab\n#html:true\na\t")),
    "holes of Anki": ("a.txt", _repeated(b"{{c1::", 4, before=b"#separator:tab\n#notetype:Cloze\n")),
    "a package of 1 GB of zeros": ("a.apkg", lambda path: path.write_bytes(_zeros(1000))),
    "a package of many entries": (
        "a.apkg",
        lambda path: path.write_bytes(zipped({str(number): b"" for number in range(100_001)})),
    ),
    "a package of long fields": (
        "a.apkg",
        lambda path: path.write_bytes(
            package(database([note(1, BASIC, "<b>" * 3_000_000, "&lt;" * 900_000)]))
        ),
    ),
    "a package of a long list": (
        "a.apkg",
        lambda path: path.write_bytes(package(database(), media=b"{" + b'"0":"x",' * 999_000 + b'"1":""}')),
    ),
}
_OF_ARTICLES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "200 MB of an article": ("x.txt", _repeated(b"a\n\n", 200)),
    "paragraphs": ("x.txt", _repeated(b"a\n\n", 3)),
    "tags": ("x.html", _repeated(b"<b>", 3)),
    "divisions": ("x.html", _repeated(b"<div>", 3)),
    "open tags": ("x.html", _repeated(b"<a b=", 3)),
    "references": ("x.html", _repeated(b"&#9;&am", 3)),
    "comments": ("x.html", _repeated(b"<!--", 3)),
    "brackets in Markdown": ("x.md", _repeated(b"[", 3)),
    "stars in Markdown": ("x.md", _repeated(b"*a_", 3)),
    "backticks in Markdown": ("x.md", _repeated(b"` `` ", 3)),
    "quotes in Markdown": ("x.md", _repeated(b">", 3)),
    "lists in Markdown": ("x.md", _repeated(b"- ", 3)),
    "links in Markdown": ("x.md", _repeated(b"[a](b", 3)),
}
_CITING = "title: T\nnotes:\n  - {id: a, question: q, answer: a, source: x#1, quote: some words}\n"


def _zeros(megabytes: int) -> bytes:
    """A package whose collection is zeros."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta", b"\x08\x02")
        with archive.open("collection.anki21", "w", force_zip64=True) as entry:
            for _ in range(megabytes):
                entry.write(bytes(MEGABYTE))
    return out.getvalue()


def _with_article(name: str, write: Callable[[Path], object]) -> Callable[[Path], object]:
    def both(folder: Path) -> None:
        decks = folder / "decks"
        (decks / "deck.yaml").write_text(_CITING, encoding="utf-8")
        (decks / "sources.yaml").write_text(f"x:\n  title: T\n  file: ../{name}\n", encoding="utf-8")
        write(folder / name)

    return both


def _tree(folder: Path) -> None:
    """Everything in a decks folder that is no deck, or leads elsewhere."""
    decks = folder / "decks"
    os.mkfifo(decks / "pipe.yaml")
    os.mkfifo(decks / "sources.yaml")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(decks / "socket.yaml"))
    for name, target in (
        ("loop", "."),
        ("up", ".."),
        ("root", "/"),
        ("zero.yaml", "/dev/zero"),
        ("secret.yaml", "/etc/passwd"),
        ("itself.yaml", "itself.yaml"),
        ("one.yaml", "two.yaml"),
        ("two.yaml", "one.yaml"),
        ("nowhere.yaml", "not-there.yaml"),
        ("names.yaml", "/etc/passwd"),
    ):
        (decks / name).symlink_to(target)
    for raw in (
        b"\x1b[2J.yaml",
        b"a\nb.yaml",
        b"\xff.yaml",
        b"\xe2\x80\xae.yaml",
        b"[red].yaml",
        b"-h.yaml",
    ):
        (decks / os.fsdecode(raw)).write_text("title: T\nnotes: []\n", encoding="utf-8")
    (decks / "folder.yaml").mkdir()
    (decks / "folder.yaml" / "in.yaml").write_text("title: T\nnotes: []\n", encoding="utf-8")


def _deep(folder: Path) -> None:
    """3,000 folders, each in the one before."""
    at = os.open(folder / "decks", os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)


def _many(folder: Path) -> None:
    """10,000 deck files."""
    for number in range(10_000):
        (folder / "decks" / f"{number}.yaml").write_bytes(b"title: T\n")


def _settings(write: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: write(folder / "config.toml")


def _all() -> dict[str, Large]:
    found: dict[str, Large] = {}
    for name, write in _OF_DECKS.items():
        found[name] = Large(lambda folder, write=write: write(folder / "decks" / "deck.yaml"), ("check",))  # type: ignore[misc]
    for name, (file, write) in _OF_IMPORTS.items():
        command = ("import", file, "made", "--dry-run")
        found[name] = Large(lambda folder, write=write, file=file: write(folder / file), command)  # type: ignore[misc]
    for name, (file, write) in _OF_ARTICLES.items():
        found[f"an article of {name}" if " " not in name[:4] else name] = Large(
            _with_article(file, write), ("coverage",)
        )
    found["a folder of things that are no decks"] = Large(_tree, ("check",))
    found["3,000 folders in each other"] = Large(_deep, ("check",))
    found["10,000 files"] = Large(_many, ("check",))
    for name, write in (
        ("200 MB of settings", _repeated(b"# a\n", 200)),
        ("settings of brackets", _repeated(b"[", 1, before=b"a = ")),
        ("settings of digits", _repeated(b"9", 1, before=b"new_per_day = ")),
        ("settings in a pipe", os.mkfifo),
        ("settings without end", lambda path: path.symlink_to("/dev/zero")),
    ):
        found[name] = Large(_settings(write), ("due",))
    return found


LARGE = _all()
