"""YAML as a tree whose values know where they stand.

Deck files come from strangers. So the tree is built from parser events, without recursion and within fixed
bounds, every scalar is text as written, and whatever could hide or multiply content is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from trainer.core.progress import Advance, unseen
from trainer.deckfiles.report import (
    MAX_PROBLEMS,
    Located,
    Place,
    Report,
    breaks_in,
    line_at,
    place_of,
    quoted,
)
from trainer.deckfiles.syntax import explain
from trainer.deckfiles.values import Items, Node, Table, Text, Value, Where, scalars, text_at

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "Items",
    "Node",
    "Table",
    "Text",
    "Tree",
    "Value",
    "compose",
    "scalars",
]

MAX_DEPTH = 20
MAX_NODES = 1_000_000
MAX_CHARACTERS = 60_000
MAX_BAD_CHARACTERS = 100
"""Places with characters that must not be, of either kind, that are told of; more only mean: no text file."""

_PURE = yaml.SafeLoader
_FAST = getattr(yaml, "CSafeLoader", _PURE)

_NOT_UTF8 = re.compile("[\udc80-\udcff]{1,1000}")
# Beside control characters these are the line breaks that no editor counts (85, 2028, 2029), the byte order
# mark where it is none, and what no Unicode text may contain.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]{1,1000}")
_ESCAPED_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BRACKET = re.compile(r"""[][{}]|"(?:[^"\\]|\\.)*"|'[^']*'""", re.S)
_BEFORE_COMMENT = " \t"
_COMMENT = re.compile(r"(?P<blanks>[ \t]+)#+(?P<after>[^\n\r]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a file holds: `root` is None if it is empty; `whole` tells that it was read to its end."""

    root: Node | None
    whole: bool


def compose(content: bytes, report: Report, *, pure: bool = False, advance: Advance = unseen) -> Tree:
    """Read a YAML file; what is refused goes to `report`, and reading goes on where that makes sense.

    `pure` does without libyaml, as happens anyway where PyYAML was installed without it.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.error(Place(1, 1), "encoding", "this is UTF-16, not UTF-8", hint="save the file as UTF-8")
        return Tree(root=None, whole=False)
    text = _clean(content.decode("utf-8-sig", errors="surrogateescape"), report)
    if text is None:
        return Tree(root=None, whole=False)
    if text.count("[") + text.count("{") > MAX_NODES:
        report.error(Place(1, 1), "too-large", f"more than {MAX_NODES:,} brackets")
        return Tree(root=None, whole=False)
    composer = _Composer(text, report, advance)
    whole = composer.read(_PURE if pure else _FAST)
    report.settle()
    return Tree(root=composer.root, whole=whole)


def _clean(text: str, report: Report) -> str | None:
    """The text with every character that must not be replaced by U+FFFD, so that places stay.

    None where there are so many of them that it is no text.
    """
    if not _NOT_UTF8.search(text) and not _CONTROL.search(text):
        return text
    for place, bad in _places(_NOT_UTF8, text):
        message = f"this is not UTF-8 (byte {ord(bad) - 0xDC00:02X})"
        report.error(place, "encoding", message, hint="save the file as UTF-8")
    for place, bad in _places(_CONTROL, text):
        message = f"the character U+{ord(bad):04X} must not stand in a file"
        report.error(place, "control-character", message, hint="delete it")
    for pattern in (_NOT_UTF8, _CONTROL):
        text, count = pattern.subn(lambda found: "\ufffd" * len(found[0]), text, MAX_BAD_CHARACTERS + 1)
        if count > MAX_BAD_CHARACTERS:
            return None
    return text


def _places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Place, str]]:
    """Where characters stand that must not, the first of each run, and which they are."""
    line, begin, read_to = 1, 0, 0
    for found in islice(pattern.finditer(text), MAX_BAD_CHARACTERS):
        at = found.start()
        if breaks := breaks_in(text, read_to, at):
            line += breaks
            begin = line_at(text, at, read_to)
        read_to = at
        yield Place(line, at - begin + 1), found[0][0]


class _UnreadableError(Exception):
    """The rest of the file is not worth reading, or not safe to."""


class _Opened:
    """A list or a mapping that is being read, and in a mapping the key whose value comes next."""

    __slots__ = ("holder", "key", "where")

    def __init__(self, holder: Items | Table) -> None:
        self.holder = holder
        self.key: str | None = None
        self.where: Where


class _Composer:
    """Builds the tree from events, with a stack of its own."""

    def __init__(self, text: str, report: Report, advance: Advance) -> None:
        self.root: Node | None = None
        self._text = text
        self._has_comments = " #" in text or "\t#" in text
        self._advance = advance
        self._report = report
        self._open: list[_Opened] = []
        self._nodes = 0
        self._documents = 0
        self._last: yaml.Event | None = None
        self._ends_at: Place | None = None

    def read(self, loader: type[yaml.SafeLoader]) -> bool:
        """Read all events; False if reading had to stop before the end."""
        try:
            self._take_all(loader(self._text))
        except _UnreadableError:
            return False
        except yaml.MarkedYAMLError as error:
            complaint = " ".join(filter(None, (error.context, error.problem)))
            mark, opening = error.problem_mark or error.context_mark, error.context_mark
            if mark and "nesting depth" in complaint:
                # libyaml reads ahead, and since 0.2.6 has a limit of its own, far beyond ours.
                self._refuse_depth(self._too_deep_before(mark.index))
                return False
            explain(complaint, self._text, self._report, mark=mark, opening=opening)
            return False
        except (yaml.YAMLError, ValueError, OverflowError):
            # The parser in Python lets chr() and int() complain of impossible escapes themselves.
            last = self._place(self._last) if self._last else Place(1, 1)
            self._report.error(last, "syntax", "what follows here is not YAML", hint="put the text in quotes")
            return False
        return True

    def _take_all(self, parser: yaml.SafeLoader) -> None:
        """Take all events; whatever is usual in a deck goes the short way."""
        next_event: Callable[[], yaml.Event | None] = parser.get_event
        try:
            while (event := next_event()) is not None:
                self._last = event
                if event.__class__ is yaml.ScalarEvent and self._take_usual(event):
                    continue
                if event.__class__ is yaml.MappingEndEvent or event.__class__ is yaml.SequenceEndEvent:
                    self._leave(_index(event.end_mark))
                else:
                    self._take(event, self._place(event))
        finally:
            parser.dispose()

    def _take_usual(self, event: yaml.ScalarEvent) -> bool:
        """Take a scalar in which nothing can be wrong; False if it has to be looked at."""
        value: str = event.value
        begin, finish, style = event.start_mark, event.end_mark, event.style
        if not value or len(value) > MAX_CHARACTERS or event.anchor is not None or event.tag is not None:
            return False
        if self._nodes >= MAX_NODES or not self._open or begin is None or finish is None:
            return False
        if style:
            if style == '"' and not value.isprintable():
                return False
        elif self._has_comments and self._text[finish.index : finish.index + 1] in _BEFORE_COMMENT:
            return False
        opened = self._open[-1]
        holder, key, where = opened.holder, opened.key, (begin, finish, not style)
        if isinstance(holder, Items):
            holder.append(text_at(value, where))
        elif key is not None:
            holder.put_at(key, opened.where, text_at(value, where))
            opened.key = None
        elif value in holder or value == "<<":
            return False
        else:
            opened.key, opened.where = value, where
        self._nodes += 1
        return True

    def _place(self, event: yaml.Event) -> Place:
        """Where an event begins."""
        place = _place(event)
        if place.column == 1 and _index(event.start_mark) >= len(self._text):
            return min(place, self._end())
        return place

    def _end(self) -> Place:
        """The place behind the last character: libyaml adds a line where the last one does not end."""
        if self._ends_at is None:
            self._ends_at = place_of(self._text, len(self._text))
        return self._ends_at

    def _take(self, event: yaml.Event, at: Place) -> None:
        match event:
            case yaml.MappingStartEvent():
                self._refuse_tricks(event, at)
                self._enter(Table(at, start=_index(event.start_mark)))
            case yaml.SequenceStartEvent():
                self._refuse_tricks(event, at)
                self._enter(Items(at, start=_index(event.start_mark)))
            case yaml.ScalarEvent():
                self._refuse_tricks(event, at)
                self._add(self._scalar(event, at))
            case yaml.AliasEvent():
                self._report.error(
                    at, "alias", "aliases are not allowed", hint="put text that begins with * in quotes"
                )
                self._add(Text("", line=at.line, column=at.column))
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._report.error(at, "second-document", "a second document begins here")
                    raise _UnreadableError

    def _refuse_tricks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, at: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._report.error(at, "too-large", f"more than {MAX_NODES:,} values")
            raise _UnreadableError
        if self._report.errors > 10 * MAX_PROBLEMS:
            raise _UnreadableError
        if event.anchor is not None:
            hint = "put text that begins with & in quotes"
            self._report.error(at, "alias", "anchors are not allowed", hint=hint)
        if event.tag is not None:
            hint = "put text that begins with ! in quotes"
            self._report.error(at, "tag", f"tags are not allowed: {quoted(event.tag)}", hint=hint)

    def _enter(self, node: Items | Table) -> None:
        if len(self._open) == MAX_DEPTH:
            self._refuse_depth(node)
            raise _UnreadableError
        self._open.append(_Opened(node))

    def _leave(self, end: int) -> None:
        """Close what was opened last; it ends before the character `end`."""
        node = self._open.pop().holder
        if self._text.startswith(("[", "{"), node.start):
            node.end = end
        self._add(node)
        self._advance(end, len(self._text))

    def _refuse_depth(self, at: Located) -> None:
        self._report.error(at, "too-deep", f"nested deeper than {MAX_DEPTH} levels")

    def _too_deep_before(self, end: int) -> Place:
        """The bracket before the character `end` that goes past the depth."""
        depth = len(self._open)
        read_to = _index(self._last.end_mark) if self._last else 0
        for found in _BRACKET.finditer(self._text, read_to, end):
            depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
            if depth > MAX_DEPTH:
                end = found.start()
                break
        return place_of(self._text, end)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        opened = self._open[-1]
        holder, key = opened.holder, opened.key
        if isinstance(holder, Items):
            holder.append(node)
        elif key is None:
            name = self._key(holder, node)
            opened.key, opened.where = str(name), name.where
        else:
            holder.put_at(key, opened.where, node)
            opened.key = None

    def _key(self, holder: Table, node: Node) -> Text:
        if not isinstance(node, Text):
            shape = "a list" if isinstance(node, Items) else "a mapping"
            hint = "put text that begins with [ or { in quotes"
            self._report.error(node, "wrong-shape", f"a key must be text, not {shape}", hint=hint)
            return Text("", line=node.line, column=node.column)
        if node.plain and node == "<<":
            self._report.error(node, "merge-key", "merge keys are not allowed", hint="write the fields out")
        elif node in holder:
            first = holder.key(node).line
            message = f"the key {quoted(node)} is already there (line {first})"
            self._report.error(node, "duplicate-key", message, hint="delete or rename one of them")
        return node

    def _scalar(self, event: yaml.ScalarEvent, at: Place) -> Text:
        plain = not event.style
        node = Text(
            event.value,
            line=at.line,
            column=at.column,
            plain=plain,
            start=_index(event.start_mark),
            end=_index(event.end_mark),
        )
        if plain:
            return self._uncut(node, event)
        if len(node) > MAX_CHARACTERS:
            self._refuse_length(node)
        if event.style == '"' and (found := _ESCAPED_CONTROL.search(node)):
            message = f"the text contains the character U+{ord(found[0]):04X}"
            self._report.error(at, "control-character", message, hint="delete the escape")
        return node

    def _uncut(self, node: Text, event: yaml.ScalarEvent) -> Text:
        """Refuse plain text that ends in what was hardly meant as a comment."""
        if len(node) > MAX_CHARACTERS:
            self._refuse_length(node)
        end = event.end_mark
        assert end is not None
        found = _COMMENT.match(self._text, end.index)
        if not found or (len(found["blanks"]) > 1 and found["after"] in ("", " ", "\t")):
            return node
        sign = Place(end.line + 1, end.column + len(found["blanks"]) + 1)
        text = f"only {quoted(node)}" if node else "nothing"
        message = f"what follows the '#' is a comment, and {text} stands before it"
        hint = "put the text in quotes, or two blanks before the comment and one after '#'"
        self._report.error(sign, "cut-off", message, hint=hint)
        return node if node else Text("", line=sign.line, column=sign.column, plain=True)

    def _refuse_length(self, node: Text) -> None:
        self._report.error(node, "too-long", f"a text of more than {MAX_CHARACTERS:,} characters")


def _index(mark: Any) -> int:
    return mark.index if mark else 0


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # the parsers always give one
    return Place(mark.line + 1, mark.column + 1)
