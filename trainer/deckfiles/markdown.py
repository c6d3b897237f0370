"""Markdown as articles: its blocks without their marks, and the front matter as the head.

What a quote or list is nested in makes no difference here, so the blocks are found line by line, in linear
time whatever is in the file. Marks within them are read by markdown-it, within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trainer.core.article import Article, Block, head_lines, labelled, numbered, split_head
from trainer.deckfiles import web_page
from trainer.deckfiles.nodes import Items, Node, Table, Text, compose
from trainer.deckfiles.report import Report

_MAX_NESTING = 20
_MAX_INLINE = 20_000
_MAX_INLINE_IN_ALL = 500_000
"""Characters whose marks are read, of a block and of all: what is longer keeps its marks."""

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.S | re.M)
_QUOTE = re.compile(r"(?:\s*>)*+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])(?:\s+|$)")
_ITEM_AT_ONCE = re.compile(r"\s*(?:[-*+]|1[.)])\s+(?=\S)")
"""What begins a list within a paragraph: a line of it may begin with any other number."""

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*))?$")
_CLOSING_MARKS = re.compile(r"(?:^|(?<=\s))#+$")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*$")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_REFERENCE = re.compile(
    r"\s{0,3}\[(?!\^)([^\[\]]{1,999})\]:\s*(<[^<>]*>|\S+)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*$"
)
_HTML = re.compile(r"\s{0,3}<(?:[A-Za-z][\w-]*(?=[\s/>]|$)|/[A-Za-z]|!--)")
_HTML_INLINE = re.compile(
    r"\s{0,3}</?(?:a|abbr|b|br|cite|code|em|font|i|img|mark|q|s|small|span|strong|sub|sup|time|u)\b", re.I
)
_TABLE_LINE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_HTML_ENDS = {"<!--": "-->", "<script": "</script", "<style": "</style"}
"""What ends some HTML blocks; others end at a blank line."""

_LINE_BREAK = re.compile(r"<br\b", re.I)


def parse(text: str) -> Article:
    """Read a text in Markdown: headings, and paragraphs, items of lists, quotes and code as paragraphs.

    Marks go, links leave their text, a picture becomes a caption. Numbers and kinds in brackets count as in
    plain text, and so does a head of `key: value` lines where there is no front matter. Never raises.
    """
    body = "\n".join(text.removeprefix("\ufeff").splitlines())
    front = _FRONT_MATTER.match(body)
    head = _front_matter(front[1]) if front else {}
    if front and head:
        body = body[front.end() :]
    else:
        head, parts = split_head(body)
        body = "\n\n".join(parts) if head else body
    lines = _Lines(body)
    words = _Words(lines.references)
    blocks: list[Block] = []
    title = ""
    for kind, part in lines.parts:
        found = tuple(words.blocks(kind, part))
        blocks += found
        if kind == "h1" and not title:
            title = next((block.text for block in found if block.kind == "heading"), "")
    if title and not head.get("title"):
        head["title"] = title
    return Article(blocks=numbered(blocks), head=head)


class _Lines:
    """The parts of a text by kind: `h1`, `heading`, `text`, `code` or `html`; and the targets of links."""

    def __init__(self, body: str) -> None:
        self.parts: list[tuple[str, str]] = []
        self.references: dict[str, dict[str, str]] = {}
        self._text: list[str] = []
        self._depth = 0
        self._in_list = False
        self._lines = body.split("\n")
        self._at = 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            self._take(line)
        self._end()

    def _end(self, kind: str = "text") -> None:
        if self._text:
            self.parts.append((kind, "\n".join(self._text)))
            self._text = []

    def _take(self, line: str) -> None:
        quote = _QUOTE.match(line)
        end = quote.end() if quote else 0
        depth, rest = line.count(">", 0, end), line[end:]
        if depth > self._depth or not rest.strip():
            self._end()
            self._in_list = False
        self._depth = depth
        if self._text and _UNDERLINE.match(rest):
            self._end("h1" if "=" in rest else "heading")
        elif _RULE.match(rest):
            self._end()
        elif self._text and "|" in rest and "|" in self._text[-1] and _TABLE_LINE.match(rest):
            self._table()
        else:
            self._line(rest)

    def _line(self, rest: str) -> None:
        """Take in a line without the marks of quotes, and without those of the list items that it begins."""
        for _ in range(_MAX_NESTING):
            begins = _ITEM if self._in_list or not self._text else _ITEM_AT_ONCE
            item = begins.match(rest)
            if item is None:
                break
            self._end()
            self._in_list = True
            rest = rest[item.end() :]
        if heading := _HEADING.match(rest):
            self._end()
            self._text = [_CLOSING_MARKS.sub("", (heading[2] or "").strip())]
            self._end("h1" if heading[1] == "#" else "heading")
        elif fence := _FENCE.match(rest):
            self._end()
            self._code(fence[1])
        elif not self._text and (found := _REFERENCE.match(rest)):
            label = " ".join(found[1].split()).upper()
            self.references.setdefault(label, {"href": found[2], "title": ""})
        elif _HTML.match(rest) and not _HTML_INLINE.match(rest):
            self._end()
            self._html(rest)
        elif rest.strip():
            self._text.append(rest)

    def _code(self, mark: str) -> None:
        """Pass on what stands between fences, or from one to the end."""
        closing = re.compile(rf"[\s>]*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if closing.match(line):
                break
            self._text.append(line)
        self._end("code")

    def _html(self, first: str) -> None:
        """Pass on lines of HTML: a comment, script or style to its end, anything else to a blank line."""
        begun = first.lstrip().lower()
        end = next((end for start, end in _HTML_ENDS.items() if begun.startswith(start)), "")
        self._text.append(first)
        while self._at < len(self._lines) and not (end and end in self._text[-1].lower()):
            line = self._lines[self._at]
            if not end and not line.strip():
                break
            self._text.append(line)
            self._at += 1
        self._end("html")

    def _table(self) -> None:
        """Each cell of a table is a part; the line above this one is its head."""
        header = self._text.pop()
        self._end()
        self._row(header)
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            self._row(self._lines[self._at])
            self._at += 1

    def _row(self, line: str) -> None:
        for cell in _CELL_END.split(line):
            self._text = [cell.replace("\\|", "|")] if cell.strip() else []
            self._end()


class _Words:
    """Takes the marks out of parts, for as long as they stay within bounds."""

    def __init__(self, references: dict[str, dict[str, str]]) -> None:
        self._env: MutableMapping[str, Any] = {"references": references}
        self._left = _MAX_INLINE_IN_ALL

    def blocks(self, kind: str, part: str) -> Iterator[Block]:
        """The blocks that a part becomes; pictures in it come after it."""
        if kind == "html":
            yield from web_page.blocks(part)
            return
        inner = None if kind == "code" else self._inner(part)
        words = " ".join((part if inner is None else "".join(map(_text, inner))).split())
        if words and kind in ("h1", "heading"):
            yield Block(kind="heading", text=words)
        elif words:
            yield Block(text=words) if kind == "code" else labelled(words)
        for image in (token for token in inner or () if token.type == "image"):
            caption = " ".join("".join(map(_text, image.children or ())).split())
            if caption:
                yield Block(kind="caption", text=caption)

    def _inner(self, part: str) -> Sequence[Token] | None:
        """What is within a part; None where that is too much to read."""
        self._left -= len(part)
        if len(part) > _MAX_INLINE or self._left < 0:
            return None
        tokens: list[Token] = []
        reader = _reader()
        reader.inline.parse(part.strip(), reader, self._env, tokens)
        return tokens


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("strikethrough")


def _text(token: Token) -> str:
    """What a token shows as text."""
    if token.type in ("softbreak", "hardbreak", "image"):
        return " "
    if token.type == "html_inline":
        return " " if _LINE_BREAK.match(token.content) else ""
    return token.content


def _front_matter(text: str) -> dict[str, str]:
    """Its fields, keys in lower case, lists joined by commas; what is no YAML may be lines all the same."""
    root = compose(text.encode(errors="surrogatepass"), Report("front matter")).root
    if not isinstance(root, Table):
        return head_lines(text)
    values = ((key.strip().lower(), _value(node)) for key, node in root.items())
    return {key: value for key, value in values if value}


def _value(node: Node) -> str:
    if isinstance(node, Items):
        return ", ".join(str(each) for each in node if isinstance(each, Text) and each)
    return str(node) if isinstance(node, Text) else ""
