"""A new deck: its file, and beside it what editors and citations need."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from inspect import cleandoc
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from trainer.config import Places, is_bundled
from trainer.core.form import slug
from trainer.core.questions import TYPES
from trainer.core.wording import capital
from trainer.deckfiles.emit import deck_text, refused
from trainer.deckfiles.folder import NAMES, SOURCES, SUFFIXES, find
from trainer.deckfiles.nodes import Value
from trainer.deckfiles.saving import ChangedOutsideError, create, read, replace
from trainer.deckfiles.schema import SCHEMAS, file_name, modeline, schema_text
from trainer.errors import UsageError

__all__ = ["SCHEMAS", "Planned", "plan_deck", "schema_text", "start_deck", "write_schema"]

_PASSED_OVER = (".", "~", "-")
"""Beginnings of names that are not read, or are taken for an option."""

_EXAMPLE = re.compile(r"^ *- id:.*\Z", re.M | re.S)
_HEAD_OF_SOURCES = """\
# The articles that notes cite, one below the other, as in:
#   my-article:
#     title: What its headline says
#     published: 2024-06-13
"""


class Planned(NamedTuple):
    """Where a new deck will stand, and what it is called unless a title is given.

    `served` tells that there is a file of sources for it.
    """

    path: Path
    title: str
    served: bool


def plan_deck(places: Places, name: str) -> Planned:
    """Where a new deck of that name stands. Several words are a title, of which the file's name is made.

    Raises UsageError for a name that no deck can have, and where there is a file already.
    """
    words = name.strip()
    is_title = len(words.split()) > 1 and "/" not in words and not words.endswith(SUFFIXES)
    if _is_folder(words):
        raise UsageError(f"{name}: this is a folder", hint="name the file too, as in FOLDER/my-deck.yaml")
    path = places.new_deck(slug(words) if is_title else words) if words else Path()
    if not words or path.name in (SOURCES, NAMES) or path.name.startswith(_PASSED_OVER) or refused(words):
        raise UsageError(f"{name!r} is no name for a deck", hint="give it one or more words")
    try:
        is_there = path.exists() or path.is_symlink()
    except OSError as error:
        raise UsageError(f"{path}: no deck can be there: {error.strerror}") from error
    if is_there:
        raise UsageError(f"{path} is already there", hint=f"`trainer edit {quote(str(path))}` opens it")
    if is_bundled(path):
        raise UsageError(f"{path} would be part of the program", hint="give it another place")
    _refuse_taken(path, places)
    title = words if is_title else titled(path.stem)
    return Planned(path, title or words, _is_served(path, places.decks))


def titled(stem: str) -> str:
    """The title that the name of a file makes; empty if it has no words."""
    return capital(" ".join(re.split(r"[\s_-]+", stem)).strip())


def start_deck(
    planned: Planned, *, description: str = "", tags: Sequence[str] = (), kind: str = "basic"
) -> list[Path]:
    """Write the file of a new deck, and its schema and a file of sources where there are none; all of them.

    A comment shows a note of the type `kind`. Raises NotSavedError; no file that is there is touched.
    """
    path = planned.path
    head: dict[str, Value] = {"title": planned.title}
    if description:
        head["description"] = description
    if tags:
        head["tags"] = list(tags)
    no_notes = "notes: []\n"
    text = deck_text(head, [], modeline=modeline("deck")).removesuffix(no_notes)
    create(path, text + _example_of(kind) + no_notes)
    made = [path]
    if not planned.served:
        made += _made(path.parent / SOURCES, f"{modeline('sources')}\n{_HEAD_OF_SOURCES}")
        made += _made(path.parent / file_name("sources"), schema_text("sources"))
    return made + _made(path.parent / file_name("deck"), schema_text("deck"))


def write_schema(kind: str, path: Path) -> None:
    """Write a schema to a file, in place of what is there. Raises NotSavedError."""
    replace(path, schema_text(kind).encode(), instead_of=read(path))


def _is_folder(words: str) -> bool:
    """Whether a name leaves out that of the file; one of a single word is never a folder."""
    return bool(words) and (words in (".", "..", "~") or words.endswith("/"))


def deck_id(path: Path, places: Places) -> str:
    """The id of a deck file, which need not be there: its path below the decks folder, without ending."""
    folder = path.resolve().parent
    roots = [root.resolve() for root in (*places.decks, places.own_decks)]
    root = next((root for root in roots if root in (folder, *folder.parents)), folder)
    return (folder.relative_to(root) / path.stem).as_posix()


def _refuse_taken(path: Path, places: Places) -> None:
    """Refuse a deck whose id another one has: only the first of the two would be read."""
    name = deck_id(path, places)
    for deck in find(places.decks):
        if deck.deck == name:
            message = f"there is a deck {name!r} already: {deck.file.path}"
            raise UsageError(message, hint="give the new one another name")


def _is_served(path: Path, decks: Sequence[Path]) -> bool:
    """Whether a file of sources stands beside a deck, or above it in a decks folder."""
    folder = path.resolve().parent
    above = next((root for root in map(Path.resolve, decks) if root in folder.parents), folder)
    folders = [folder, *(each for each in folder.parents if each == above or above in each.parents)]
    return any((each / SOURCES).exists() for each in folders)


def _made(path: Path, text: str) -> list[Path]:
    """A file that was written, or nothing where there is one."""
    try:
        create(path, text)
    except ChangedOutsideError:
        return []
    return [path]


def _example_of(kind: str) -> str:
    """A comment with the note of a type's manual page."""
    found = _EXAMPLE.search(cleandoc(TYPES[kind].__doc__ or ""))
    lines = textwrap.dedent(found[0]).splitlines() if found else []
    return "".join(
        (
            f"# Notes go below, without the brackets. One of type {kind} is written:\n",
            "# notes:\n",
            *(f"#   {line}\n" for line in lines),
        )
    )
