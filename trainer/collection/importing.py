"""Decks made of files of other programs: read, checked as decks are, and shown before they are saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from trainer.collection.carrying import Maker, kind_of
from trainer.config import Places
from trainer.core.progress import Advance, unseen
from trainer.deckfiles import folder
from trainer.errors import DecksError, UsageError
from trainer.formats import FORMATS, recognise
from trainer.formats.model import LeftOut, Options, UnreadableError

MAX_LINES = 2_000_000
"""Lines of a file, those counted twice that end as on Windows."""

SHOWN = 3
"""Notes of a preview."""


class Prepared(NamedTuple):
    """A deck that could be written to `path`: its whole `text`, and what is told of it before.

    `kinds` counts its notes by type, `beginning` is the text of a deck with the first of them only.
    """

    deck: str
    path: Path
    title: str
    format: str
    notes: int
    kinds: Mapping[str, int]
    beginning: str
    text: str
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]


def prepare(
    file: Path,
    places: Places,
    *,
    deck: str = "",
    format_name: str = "",
    options: Options | None = None,
    source: str = "",
    advance: Advance = unseen,
) -> Prepared:
    """Read a file of another program as a new deck, named as the file unless it is said; nothing is written.

    Without a format, its name and content tell which it is. `source` is what every note without one cites.
    Raises UsageError and DecksError.
    """
    from trainer.collection.starting import plan_deck, titled
    from trainer.deckfiles.writing import deck_text

    try:
        planned = plan_deck(places, deck or file.stem)
    except UsageError as error:
        raise error if deck else UsageError(str(error), hint="name the deck behind the file") from error
    text = _text_of(file)
    chosen = FORMATS.get(format_name) or recognise(file.name, text)
    if chosen is None:
        raise UsageError(
            f"{file}: no format is recognised", hint=f"--format {', '.join(sorted(FORMATS))} says which it is"
        )
    try:
        imported = chosen.read(text, options or Options())
    except UnreadableError as error:
        raise DecksError(f"{file}:{error.line}: {error}", hint=f"read as {chosen.what}") from error
    title = imported.title.strip() or (planned.title if deck else titled(file.stem) or "A deck")
    made = Maker(planned.path, imported, source=source).deck(title, advance=advance)
    return Prepared(
        deck=made.id,
        path=planned.path,
        title=str(made.head["title"]),
        format=chosen.name,
        notes=len(made.notes),
        kinds=Counter(map(kind_of, made.notes)),
        beginning=deck_text(made.head, made.notes[:SHOWN]),
        text=made.text,
        left_out=made.left_out,
        remarks=made.remarks,
    )


def write(prepared: Prepared) -> None:
    """Save a deck. Raises NotSavedError; an existing file is never replaced."""
    from trainer.deckfiles.saving import create

    create(prepared.path, prepared.text)


def _text_of(file: Path) -> str:
    """The text of a file: in UTF-8, or in UTF-16 where its first bytes say so."""
    read = folder.read(file)
    if read.failure:
        raise DecksError(f"{read.path} {read.failure}")
    content = read.content
    if content.startswith(b"PK"):
        raise DecksError(f"{read.path} is a package", hint="from Anki, export notes in plain text")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "UTF-16" if is_utf16 else "UTF-8"
        message = f"{read.path}:{line}: byte {error.start + 1} ({content[error.start]:02X}) is not {what}"
        raise DecksError(message, hint="save the file as UTF-8") from error
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise DecksError(f"{read.path}: has more than {MAX_LINES:,} lines", hint="divide the file")
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise DecksError(f"{read.path}:{line}: there is a NUL: this is no text file")
    return text
