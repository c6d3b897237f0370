"""Saved web pages as articles: the main content as blocks, and what the page says of itself.

Pages come from strangers, and the standard library's parser needs quadratic time for some of them. So this
is one pass over the text in linear time, without recursion: as browsers read it, where that tells blocks
apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from trainer.core.article import PARAGRAPH, Article, Block, numbered


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID = _names(
    """
    area base br col embed frame hr img input link meta param source track wbr
    """
)
_INLINE = _names(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt u var
    """
)
_BLOCKS = _names(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu
    nav ol p pre section summary table tbody td tfoot th thead tr ul
    """
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDS_TEXT = _BLOCKS - {"div", "body", "html", "head"}
"""Before one of these begins, a paragraph or heading that was left open ends."""

_DROPPED = _names(
    """
    audio canvas datalist dialog iframe noembed noframes noscript object script select style svg
    template textarea title video xmp
    """
)
_BESIDE = frozenset(("nav", "footer", "aside", "form", "button"))
_RAW = frozenset(("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"))
_CAPTIONS = ("figcaption", "caption")
_MAX_SAID = 2_000
"""Characters of a title or anything else that a page says of itself; what is longer is none."""

_NEAR = 50
"""How many open elements are looked through for one that an end tag or a new paragraph ends."""

_NAME = re.compile(r"/?[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:(=?[^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\s>]*+)))?)?"""
)
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in _RAW}
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.I)
_UNSEEN = str.maketrans("", "", "\u00ad\u200b")
_META = {
    "og:title": "og:title",
    "og:site_name": "publisher",
    "og:url": "og:url",
    "article:published_time": "date",
    "author": "author",
    "article:author": "article:author",
}


class _Context(NamedTuple):
    """What holds inside an element: `article` counts outermost ones from 1, 0 is outside of all."""

    kind: str = PARAGRAPH
    dropped: bool = False
    beside: bool = False
    article: int = 0
    main: bool = False
    item: bool = False
    link: bool = False
    first_heading: bool = False


class _Piece(NamedTuple):
    """A block, where it stands, and whether it is nothing but links."""

    block: Block
    context: _Context
    links: bool


def parse(text: str) -> Article:
    """Read a page: the blocks of its main content, with the paragraphs counted. Never raises.

    The main content is that `<article>` which has most text, else `<main>`, else all but what is beside it,
    such as navigation. Hidden elements are left out.
    """
    page = _Page(text)
    return Article(blocks=numbered(page.main_blocks()), head=page.head())


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML, none with a number."""
    return _Page(text).main_blocks()


class _Page:
    """The one pass over a page, and what it finds."""

    def __init__(self, text: str) -> None:
        self._open: list[tuple[str, _Context]] = []
        self._names: Counter[str] = Counter()
        self._context = _Context()
        self._text: list[str] = []
        self._text_context: _Context | None = None
        self._unlinked = False
        self._breaks = 0
        self._articles = 0
        self._pieces: list[_Piece] = []
        self._said: dict[str, str] = {}
        self._read(text.removeprefix("\ufeff").replace("\0", "\ufffd"))

    # What came of it

    def main_blocks(self) -> tuple[Block, ...]:
        """The blocks of the main content."""
        lengths = Counter[int]()
        for block, context, _ in self._pieces:
            if context.article and not context.beside:
                lengths[context.article] += len(block.text)
        longest = max(lengths, key=lambda article: lengths[article], default=-1)
        ahead = [piece for piece in self._pieces if not piece.context.beside]
        chosen = (
            [piece for piece in ahead if piece.context.article == longest]
            or [piece for piece in ahead if piece.context.main]
            or [piece for piece in ahead if not (piece.links and piece.context.item)]
            or self._pieces
        )
        return tuple(piece.block for piece in chosen)

    def head(self) -> dict[str, str]:
        """What the page says of itself: title, publisher, author, date, url, those that it does."""
        said = self._said
        heading = next((piece.block.text for piece in self._pieces if piece.context.first_heading), "")
        people = (said.get(key, "") for key in ("author", "article:author"))
        found = {
            "title": said.get("og:title") or self._own_title() or heading,
            "publisher": said.get("publisher", ""),
            "author": next((name for name in people if name and "://" not in name), ""),
            "date": said.get("date", ""),
            "url": said.get("canonical") or said.get("og:url", ""),
        }
        return {key: value for key, value in found.items() if value}

    def _own_title(self) -> str:
        """The `<title>`, without the publisher behind a mark."""
        title, publisher = self._said.get("title", ""), self._said.get("publisher", "")
        if publisher and title.endswith(publisher):
            shorter = title.removesuffix(publisher)
            return shorter.rstrip(" |-–—·:»") or title
        return title

    # Tags and text

    def _read(self, text: str) -> None:
        at = 0
        while (tag := text.find("<", at)) >= 0:
            self._say(text, at, tag)
            name = _NAME.match(text, tag + 1)
            if name:
                at = self._tag(text, name[0].lower(), name.end())
            elif text.startswith("<!--", tag):
                at = _after(text, "-->", tag + 4)
            elif text.startswith(("<!", "<?", "</"), tag):
                at = _after(text, ">", tag + 2)
            else:
                self._say(text, tag, tag + 1)
                at = tag + 1
        self._say(text, at, len(text))
        self._end_block()

    def _say(self, text: str, start: int, end: int) -> None:
        if end > start and not self._context.dropped:
            self._add(unescape(text[start:end]).translate(_UNSEEN))

    def _add(self, words: str) -> None:
        self._text.append(words)
        if not words.isspace():
            self._breaks = 0
            self._text_context = self._text_context or self._context
            self._unlinked |= not self._context.link

    def _end_block(self) -> None:
        words = " ".join("".join(self._text).split())
        if words and self._text_context:
            block = Block(kind=self._text_context.kind, text=words)
            self._pieces.append(_Piece(block, self._text_context, not self._unlinked))
        self._text.clear()
        self._text_context, self._unlinked, self._breaks = None, False, 0

    def _tag(self, text: str, name: str, at: int) -> int:
        """Take a tag in; where it ends. One that the page breaks off in counts for nothing."""
        attributes: dict[str, str] = {}
        while at < len(text) and text[at] != ">":
            found = _ATTRIBUTE.match(text, at)
            if found is None or found.end() == at:
                at += 1
                continue
            at = found.end()
            if found[1]:
                attributes.setdefault(found[1].lower(), found[2] or found[3] or found[4] or "")
        if at >= len(text):
            return at
        at += 1
        if name.startswith("/"):
            self._end(name[1:])
            return at
        closed = text[at - 2] == "/"
        in_drawing = name in ("svg", "math") or self._names["svg"] or self._names["math"]
        if name in _RAW and not in_drawing:
            return self._raw(text, name, at)
        self._start(name, attributes, closed=closed and bool(in_drawing))
        return at

    def _raw(self, text: str, name: str, at: int) -> int:
        """Pass over what is no HTML; the first title is kept."""
        found = _RAW_ENDS[name].search(text, at)
        end = found.start() if found else len(text)
        if name == "title" and not self._context.dropped:
            self._keep("title", text[at:end])
        return _after(text, ">", end)

    # Elements

    def _start(self, name: str, attributes: Mapping[str, str], *, closed: bool) -> None:
        if name in ("meta", "link"):
            self._about(name, attributes)
        if name == "br" and not self._context.dropped:
            self._breaks += 1
            if self._breaks > 1:
                self._end_block()
            self._text.append(" ")
        if name in _ENDS_TEXT:
            self._end_open(("p", *_HEADINGS))
        if name in _BLOCKS and not self._context.dropped:
            self._end_block()
        if name in _VOID or closed:
            return
        self._open.append((name, self._context))
        self._names[name] += 1
        self._context = self._inside(name, attributes)

    def _inside(self, name: str, attributes: Mapping[str, str]) -> _Context:
        """What holds inside an element that begins here."""
        context = self._context
        if context.kind == "heading" and name in _ENDS_TEXT:
            context = context._replace(kind=PARAGRAPH, first_heading=False)
        hidden = "hidden" in attributes or _NO_DISPLAY.search(attributes.get("style", ""))
        if hidden or (name in _DROPPED and not (name == "dialog" and "open" in attributes)):
            return context._replace(dropped=True)
        if name == "article" and not context.article:
            self._articles += 1
            return context._replace(article=self._articles, beside=False)
        if name == "main" and not context.article:
            return context._replace(main=True, beside=False)
        if name in _BESIDE or (name == "header" and not (context.article or context.main)):
            return context._replace(beside=True)
        if name in _HEADINGS:
            return context._replace(kind="heading", first_heading=name == "h1")
        if name in _CAPTIONS:
            return context._replace(kind="caption")
        if name == "li":
            return context._replace(item=True)
        return context._replace(link=True) if name == "a" else context

    def _end(self, name: str) -> None:
        if not self._names[name] and name != "p":
            return
        if name in _BLOCKS and not self._context.dropped:
            self._end_block()
        if not self._names[name]:
            return
        if name in _INLINE:
            self._end_open((name,))
            return
        while self._close() != name:
            pass

    def _end_open(self, names: tuple[str, ...]) -> None:
        """End the innermost of some elements, if nothing but marks in the text has begun within it."""
        for distance, (name, _) in enumerate(reversed(self._open[-_NEAR:]), 1):
            if name in names:
                if name in _BLOCKS:
                    self._end_block()
                for _ in range(distance):
                    self._close()
                return
            if name not in _INLINE:
                return

    def _close(self) -> str:
        name, self._context = self._open.pop()
        self._names[name] -= 1
        return name

    # What the page says of itself

    def _about(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "link":
            if "canonical" in attributes.get("rel", "").lower().split():
                self._keep("canonical", attributes.get("href", ""))
            return
        key = (attributes.get("property") or attributes.get("name") or "").lower()
        if key in _META:
            self._keep(_META[key], attributes.get("content", ""))

    def _keep(self, key: str, value: str) -> None:
        words = " ".join(unescape(value).translate(_UNSEEN).split())
        if words and len(words) <= _MAX_SAID:
            self._said.setdefault(key, words)


def _after(text: str, mark: str, start: int) -> int:
    """Where a mark ends; the end of the text without one."""
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else len(text)
