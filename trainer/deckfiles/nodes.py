"""YAML as a tree whose values know where they stand.

Deck files come from strangers. So the tree is built from parser events, without recursion and within fixed
bounds, every scalar is text as written, and whatever could hide or multiply content is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import yaml

from trainer.core.progress import Advance, unseen
from trainer.deckfiles.report import Located, Place, Report, quoted
from trainer.deckfiles.syntax import explain

MAX_DEPTH = 20
MAX_NODES = 2_000_000
MAX_CHARACTERS = 60_000
MAX_BAD_CHARACTERS = 100
"""Places with characters that must not be, of either kind, that are told of; more only mean: no text file."""

_PURE = yaml.SafeLoader
_FAST = getattr(yaml, "CSafeLoader", _PURE)

_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
# Beside control characters these are the line breaks that no editor counts (85, 2028, 2029), the byte order
# mark where it is none, and what no Unicode text may contain.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
_ESCAPED_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n?|\n")
_BRACKET = re.compile(r"""[][{}]|"(?:[^"\\]|\\.)*"|'[^']*'""", re.S)
_COMMENT = re.compile(r"(?P<blanks>[ \t]+)#+(?P<after>[^\n\r]?)")


class Text(str):
    """A scalar as written; `plain` tells that it stands without quotes and is no block.

    `start` and `end` are the characters between which it stands in its file, a byte order mark not counted.
    """

    __slots__ = ("column", "end", "line", "plain", "start")
    line: int
    column: int
    plain: bool
    start: int
    end: int

    def __new__(
        cls, text: str, *, line: int, column: int, plain: bool = False, start: int = 0, end: int = 0
    ) -> Text:
        """Text at a place."""
        made = super().__new__(cls, text)
        made.line, made.column, made.plain = line, column, plain
        made.start, made.end = start, end
        return made

    @property
    def missing(self) -> bool:
        """Whether there is nothing at all where a value should be, as in `key:`."""
        return self.plain and not self


class Items(list["Node"]):
    """A list; its place is that of its first character, `start` in its file.

    `end` is the character after the closing bracket, 0 in block style.
    """

    __slots__ = ("column", "end", "line", "start")

    def __init__(self, at: Located, *, start: int = 0) -> None:
        super().__init__()
        self.line, self.column = at.line, at.column
        self.start, self.end = start, 0


class Table(dict[str, "Node"]):
    """A mapping. Its place is that of its first character: in block style, the first key.

    `start` and `end` are as those of `Items`.
    """

    __slots__ = ("_keys", "column", "end", "line", "start")

    def __init__(self, at: Located, *, start: int = 0) -> None:
        super().__init__()
        self.line, self.column = at.line, at.column
        self.start, self.end = start, 0
        self._keys: dict[str, Text] = {}

    def key(self, name: str) -> Text:
        """A key of this mapping as it stands in the file, for its place."""
        return self._keys[name]

    def put(self, key: Text, value: Node) -> None:
        """Add a value unless there is one: the first of two equal keys stays."""
        if key not in self._keys:
            self._keys[key] = key
            self[key] = value


Node: TypeAlias = Text | Items | Table
Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What a node holds, without places."""


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
    composer = _Composer(text, report, advance)
    whole = composer.read(_PURE if pure else _FAST)
    report.settle()
    return Tree(root=composer.root, whole=whole)


def _clean(text: str, report: Report) -> str:
    """The text with every character that must not be replaced by U+FFFD, so that places stay."""
    if not _NOT_UTF8.search(text) and not _CONTROL.search(text):
        return text
    starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def place(index: int) -> Place:
        line = bisect_right(starts, index)
        return Place(line, index - starts[line - 1] + 1)

    for found in islice(_NOT_UTF8.finditer(text), MAX_BAD_CHARACTERS):
        message = f"this is not UTF-8 (byte {ord(found[0][0]) - 0xDC00:02X})"
        report.error(place(found.start()), "encoding", message, hint="save the file as UTF-8")
    for found in islice(_CONTROL.finditer(text), MAX_BAD_CHARACTERS):
        message = f"the character U+{ord(found[0][0]):04X} must not stand in a file"
        report.error(place(found.start()), "control-character", message, hint="delete it")
    for bad in (_NOT_UTF8, _CONTROL):
        text = bad.sub(lambda found: "\ufffd" * len(found[0]), text)
    return text


def scalars(root: Node) -> Iterator[Text]:
    """Every text of the tree, keys included."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Items):
            waiting += node
        else:
            for key, value in node.items():
                waiting += (node.key(key), value)


class _UnreadableError(Exception):
    """The rest of the file is not worth reading, or not safe to."""


class _Composer:
    """Builds the tree from events, with a stack of its own."""

    def __init__(self, text: str, report: Report, advance: Advance) -> None:
        self.root: Node | None = None
        self._text = text
        self._advance = advance
        self._report = report
        self._open: list[tuple[Items | Table, Text | None]] = []
        self._nodes = 0
        self._documents = 0
        self._read_to = 0

    def read(self, loader: type[yaml.SafeLoader]) -> bool:
        """Read all events; False if reading had to stop before the end."""
        last = Place(1, 1)
        try:
            for event in yaml.parse(self._text, Loader=loader):
                last = _place(event)
                self._read_to = event.end_mark.index if event.end_mark else 0
                self._take(event, last)
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
            self._report.error(last, "syntax", "what follows here is not YAML", hint="put the text in quotes")
            return False
        return True

    def _take(self, event: yaml.Event, at: Place) -> None:
        match event:
            case yaml.ScalarEvent():
                self._refuse_tricks(event, at)
                self._add(self._scalar(event, at))
            case yaml.MappingStartEvent():
                self._refuse_tricks(event, at)
                self._enter(Table(at, start=_index(event.start_mark)))
            case yaml.SequenceStartEvent():
                self._refuse_tricks(event, at)
                self._enter(Items(at, start=_index(event.start_mark)))
            case yaml.CollectionEndEvent():
                node, _ = self._open.pop()
                if self._text[node.start : node.start + 1] in ("[", "{"):
                    node.end = _index(event.end_mark)
                self._add(node)
                self._advance(_index(event.end_mark), len(self._text))
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
        self._open.append((node, None))

    def _refuse_depth(self, at: Located) -> None:
        self._report.error(at, "too-deep", f"nested deeper than {MAX_DEPTH} levels")

    def _too_deep_before(self, end: int) -> Place:
        """The bracket before the character `end` that goes past the depth."""
        depth = len(self._open)
        for found in _BRACKET.finditer(self._text, self._read_to, end):
            depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
            if depth > MAX_DEPTH:
                end = found.start()
                break
        lines = _LINE_BREAK.split(self._text[:end])
        return Place(len(lines), len(lines[-1]) + 1)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        holder, key = self._open[-1]
        if isinstance(holder, Items):
            holder.append(node)
        elif key is None:
            self._open[-1] = (holder, self._key(holder, node))
        else:
            holder.put(key, node)
            self._open[-1] = (holder, None)

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
