"""Local copies of the articles that sources name: found, and read within bounds."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import NamedTuple

from trainer.core.article import Article, parse
from trainer.core.deck import Source
from trainer.core.visible import one_line
from trainer.deckfiles import folder as files

MAX_BYTES = 4_000_000
MAX_TAGS, MAX_LINES, MAX_BLOCKS = 400_000, 200_000, 50_000
"""Tags of a web page, lines, and paragraphs and headings of an article; no book has so many."""
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")
"""Endings of copies: plain text, Markdown, web pages; the first that is there counts."""

_MARKDOWN, _PAGE = SUFFIXES[1:3], SUFFIXES[3:]
_BEGINS_AS_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I)
_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_CHARSET_WITHIN = 4096
_OTHER_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "shift_jis": "cp932"}
"""What browsers take for encodings that pages name: the wider one that is really meant."""

_NO_ENCODINGS = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"))


class Copy(NamedTuple):
    """A local copy: the path as shown, and either the article or why it could not be read."""

    path: str
    article: Article | None = None
    failure: str = ""


def find(source: Source, folder: Path | None) -> Path | None:
    """Where the copy of a source is: in the folder under the source's id, else where the source says."""
    for suffix in SUFFIXES if folder is not None else ():
        if folder is not None and (path := _within(folder, f"{source.id}{suffix}")):
            return path
    return Path(source.file) if source.file else None


def read(path: Path) -> Copy:
    """Read a copy: a regular file of at most 4 MB, in UTF-8; a web page may name another encoding.

    What it is its ending tells; with an unknown one it is plain text, unless it begins as web pages do.
    """
    try:
        file = files.read(path, limit=MAX_BYTES)
    except ValueError:  # A path that no file can have.
        return Copy(ascii(str(path)), failure="cannot be read: no such name")
    if file.failure:
        return Copy(file.path, failure=file.failure)
    suffix, content = path.suffix.lower(), file.content
    is_page = suffix in _PAGE or (suffix not in SUFFIXES and _BEGINS_AS_PAGE.match(content) is not None)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Copy(file.path, failure="is UTF-16, not UTF-8")
    encoding = _encoding(content) if is_page else "utf-8"
    try:
        if encoding in _NO_ENCODINGS:
            raise LookupError
        text = content.decode(encoding)
    except LookupError:
        return Copy(
            file.path, failure=f"says that it is {one_line(encoding)}, which is no encoding known here"
        )
    except UnicodeError as error:
        place = f": byte {error.start + 1} is none of it" if isinstance(error, UnicodeDecodeError) else ""
        return Copy(file.path, failure=f"is not {encoding.upper()}{place}")
    if is_page and text.count("<") > MAX_TAGS:
        return Copy(file.path, failure=f"has more than {MAX_TAGS:,} tags of HTML")
    if text.count("\n") > MAX_LINES:
        return Copy(file.path, failure=f"has more than {MAX_LINES:,} lines")
    article = _parsed(text, suffix, is_page=is_page)
    if len(article.blocks) > MAX_BLOCKS:
        return Copy(file.path, failure=f"has more than {MAX_BLOCKS:,} paragraphs")
    return Copy(file.path, article=article)


def _parsed(text: str, suffix: str, *, is_page: bool) -> Article:
    if is_page:
        from trainer.deckfiles import web_page

        return web_page.parse(text)
    if suffix in _MARKDOWN:
        from trainer.deckfiles import markdown

        return markdown.parse(text)
    return parse(text)


def _encoding(content: bytes) -> str:
    """The encoding of a web page: UTF-8 if it is that beyond doubt, else what it says of itself.

    Pages are often saved as UTF-8 by programs that leave the old name in.
    """
    named = _CHARSET.search(content[:_CHARSET_WITHIN])
    if named is None or (not content.isascii() and _is_utf_8(content)):
        return "utf-8"
    given = named[1].decode(errors="replace")
    try:
        known = codecs.lookup(given).name
    except LookupError:
        return given
    if known.startswith("utf-16") or known.startswith("utf-32"):
        return "utf-8"  # As the HTML standard has it: what could be read so far is neither.
    return _OTHER_NAMES.get(known, known)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Copies:
    """The copies of sources, in a folder or where the sources say; each is read once."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[Source, Copy | None] = {}
        self._told: set[str] = set()

    def of(self, source: Source) -> Copy | None:
        """The copy of a source, None where there is none."""
        if source not in self._known:
            path = find(source, self._folder)
            self._known[source] = read(path) if path else None
        return self._known[source]

    def article(self, source: Source) -> Article | None:
        """What its copy says, None where none can be read."""
        copy = self.of(source)
        return copy.article if copy else None

    def is_news(self, source: Source) -> bool:
        """Whether this is the first time that this is asked of a source: what it lacks is told once."""
        known = source.id in self._told
        self._told.add(source.id)
        return not known


def _within(folder: Path, name: str) -> Path | None:
    """The entry of a folder, if it has it and the name leads nowhere else."""
    path = folder / name
    return path if path.parent == folder and path.name == name and os.path.lexists(path) else None
