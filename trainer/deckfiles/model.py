"""The schema of deck files: which entries there are, and which fields they have.

The fields of a note are those of its question type's dataclass; the rest is listed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from trainer.core.deck import Name, Source
from trainer.core.progress import Advance, unseen
from trainer.core.question import Note, OneOrMany, many
from trainer.core.questions import TYPES
from trainer.deckfiles.folder import File
from trainer.deckfiles.nodes import Node, Table, Text, compose
from trainer.deckfiles.report import START, Report, listed, quoted
from trainer.deckfiles.shapes import check, check_date, check_key, is_table, shape_of

DEFAULT_TYPE = "basic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a deck file says of itself: its fields without the notes."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    title: str
    description: str = ""
    tags: OneOrMany = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _SourceFields:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    title: str
    short: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _NameFields:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    kind: str
    aliases: OneOrMany = ()


def read_root(file: File, report: Report, *, what: str, advance: Advance = unseen) -> Table | None:
    """The mapping that a file consists of, None if it is empty, or None and the reasons in `report`."""
    if file.failure:
        report.error(START, "unreadable", f"{what} {file.failure}")
        return None
    tree = compose(file.content, report, advance=advance)
    if not tree.whole or tree.root is None:
        return None
    return tree.root if is_table(tree.root, report, what=what) else None


def read_head(table: Table, report: Report) -> Head | None:
    """What a deck file says of itself, or None and the reasons in `report`; `notes` is not looked at."""
    return check(Head, table, report, what="a deck", elsewhere=("notes",))


def read_note(table: Table, report: Report) -> Note | None:
    """A note of the type it names, `basic` if it names none, or None and the reasons in `report`."""
    before = report.errors
    check_date(table, "as_of", report)
    if isinstance(given := table.get("id"), Text) and not given.missing:
        check_key(given, report, forbidden="/")
    kind = _type_of(table, report)
    if kind is None:
        return None
    note = check(kind, table, report, what=f"a note of type {kind.type}", elsewhere=("type",))
    return note if report.errors == before else None


def read_source(key: Text, node: Node, report: Report) -> Source | None:
    """An entry of `sources.yaml`, or None and the reasons in `report`."""
    before = report.errors
    check_key(key, report, forbidden="/#")
    if not is_table(node, report, what=f"the source {quoted(key)}"):
        return None
    check_date(node, "published", report)
    found = check(_SourceFields, node, report, what="a source")
    if found is None or report.errors > before:
        return None
    if found.url and not found.url.startswith(("http://", "https://")):
        report.warn(node["url"], "bad-url", "'url' is not opened: it does not begin with http:// or https://")
    return Source(
        id=str(key),
        title=found.title,
        short=found.short,
        publisher=found.publisher,
        author=found.author,
        published=found.published,
        url=found.url,
        file=found.file,
    )


def read_name(key: Text, node: Node, report: Report) -> Name | None:
    """An entry of `names.yaml`, or None and the reasons in `report`."""
    before = report.errors
    check_key(key, report, forbidden="/")
    if not is_table(node, report, what=f"the name {quoted(key)}"):
        return None
    found = check(_NameFields, node, report, what="a name")
    if found is None or report.errors > before:
        return None
    return Name(id=str(key), name=found.name, kind=found.kind, aliases=many(found.aliases))


def _type_of(table: Table, report: Report) -> type[Note] | None:
    if "type" not in table:
        return TYPES[DEFAULT_TYPE]
    named = table["type"]
    if not isinstance(named, Text):
        report.error(named, "wrong-shape", f"'type' must be text, not {shape_of(named)}")
    elif named.missing:
        report.error(named, "no-value", "'type' has no value")
    elif kind := TYPES.get(named):
        return kind
    else:
        hint = report.did_you_mean(named, TYPES) or f"there are {listed(sorted(TYPES))}"
        report.error(named, "unknown-type", f"there is no question type {quoted(named)}", hint=hint)
    return None
