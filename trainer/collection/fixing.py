"""What `trainer check --fix` repairs: only what cannot be meant otherwise, byte for byte nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from trainer.collection.drafts import label
from trainer.collection.ledger import Ledger, Write
from trainer.core.asked_date import iso_of
from trainer.core.form import slug
from trainer.core.grading.date_reading import read_dates
from trainer.core.progress import Advance, one_by_one, unseen
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.core.wording import plural
from trainer.deckfiles import folder
from trainer.deckfiles.model import DEFAULT_TYPE, Head
from trainer.deckfiles.nodes import Value
from trainer.deckfiles.schema import file_name, modeline, schema_text
from trainer.deckfiles.writing import Document, UneditableError

_EACH_ONCE = ("source", "tags")
_NEAR = 60
"""Lines within which what was repaired ends."""


class Fixed(NamedTuple):
    """A file that is repaired: what was done, and how it differs from before, line by line."""

    path: str
    done: tuple[str, ...]
    difference: tuple[str, ...]


def fix(paths: Sequence[Path], *, dry_run: bool = False, advance: Advance = unseen) -> Iterator[Fixed]:
    """Repair deck files, and put the lines for editors into them; a file that cannot be read stays as it is.

    Notes get ids; fields and types that differ only in case, `-` or blanks from what they must be are put
    right, dates are written as they must be, and what is listed twice once. Each file is told once it is
    written. Raises ChangedOutsideError or NotSavedError; the files before it are repaired then.
    """
    for path, root, kind in one_by_one(list(_files(paths)), advance):
        content = path.read_bytes()
        try:
            document = Document(content, path=str(path))
            done: list[str] = []
            after = _repaired(document, done) if kind == "deck" else document
            writes = [*_schema(path, root, kind)]
            after = _with_line(after, path, root, kind, done)
        except (UneditableError, OSError):
            continue
        if after.content == content and not writes:
            continue
        done += [f"wrote {write.path.name}" for write in writes]
        writes.append(Write(path, content, after.content))
        if not dry_run:
            Ledger().write("repairs", writes)
        yield Fixed(str(path), tuple(done), _difference(content, after.content))


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, Path, str]]:
    """Each deck and what serves it, with the decks folder that it is in and what it holds."""
    seen: dict[Path, tuple[Path, str]] = {}
    for root in paths:
        base = root if root.is_dir() else root.parent
        for deck in folder.find([root]):
            kinds = (("deck", (deck.file,)), ("sources", deck.sources), ("names", deck.names))
            for kind, files in kinds:
                for file in files:
                    if not file.failure:
                        seen.setdefault(Path(file.path), (base, kind))
    yield from ((path, base, kind) for path, (base, kind) in sorted(seen.items()))


def _schema(path: Path, root: Path, kind: str) -> Iterator[Write]:
    """The schema that the file is to name, if there is none yet or one of another version."""
    place = _schema_place(path, root, kind)
    before = place.read_bytes() if place.exists() else None
    after = schema_text(kind).encode()
    if before != after:
        yield Write(place, before, after)


def _schema_place(path: Path, root: Path, kind: str) -> Path:
    """The schema nearest to a file within its decks folder; where there is none, the folder's own."""
    for near in (path.parent, *path.parent.parents):
        if (near / file_name(kind)).exists():
            return near / file_name(kind)
        if near.resolve() == root.resolve():
            break
    return root / file_name(kind)


def _with_line(document: Document, path: Path, root: Path, kind: str, done: list[str]) -> Document:
    place = _schema_place(path, root, kind)
    line = modeline(kind).replace(file_name(kind), Path(os.path.relpath(place, path.parent)).as_posix())
    after = document.with_modeline(line)
    if after is not document:
        done.append("the line for editors")
    return after


def _repaired(document: Document, done: list[str]) -> Document:
    head = _respelt(document.head, [field.name for field in fields(Head)])
    renamed = {index: names for index in _tables(document) if (names := _wrong_names(document.note(index)))}
    if head or renamed:
        done += _told(head, "the deck")
        for index, names in renamed.items():
            done += _told(names, _called(document.note(index), index))
        document = document.with_renamed(renamed, head=head)
    before = {index: document.note(index) for index in _tables(document)}
    taken = {str(note["id"]) for note in before.values() if note.get("id")}
    changed: dict[int, dict[str, Value]] = {}
    for index, note in before.items():
        wanted = _put_right(note)
        if not note.get("id"):
            wanted = {"id": _free(label(note), taken), **{k: v for k, v in wanted.items() if k != "id"}}
        if wanted != note:
            changed[index] = wanted
    document, made = _as_far_as_possible(document, changed)
    for index, values in made.items():
        note = before[index]
        done += [f"{key} of {values['id']}" for key in note if key != "id" and note[key] != values[key]]
    if ids := sum(not before[index].get("id") for index in made):
        done.insert(0, plural(ids, "id"))
    return document


def _as_far_as_possible(
    document: Document, changed: Mapping[int, Mapping[str, Value]]
) -> tuple[Document, Mapping[int, Mapping[str, Value]]]:
    """The notes changed, but for those that cannot be edited without harm; those that were."""
    if not changed:
        return document, {}
    try:
        return document.with_all(changed), changed
    except UneditableError:
        if len(changed) == 1:
            return document, {}
    indices, middle = [*changed], len(changed) // 2
    document, some = _as_far_as_possible(document, {index: changed[index] for index in indices[:middle]})
    document, others = _as_far_as_possible(document, {index: changed[index] for index in indices[middle:]})
    return document, {**some, **others}


def _free(words: str, taken: set[str]) -> str:
    name = slug(words, taken=taken)
    taken.add(name)
    return name


def _tables(document: Document) -> list[int]:
    """The notes that are mappings."""
    return [index for index, note in enumerate(document.notes) if isinstance(note, dict)]


def _wrong_names(note: Mapping[str, Value]) -> dict[str, str]:
    """The fields of a note that are those of its type but for how they are spelt."""
    common = _respelt(note, [*(field.name for field in fields(Note)), "type"])
    given = {common.get(key, key): value for key, value in note.items()}
    kind = TYPES.get(_type_of(given))
    own = _respelt(given, [field.name for field in fields(kind)]) if kind else {}
    return common | own


def _type_of(note: Mapping[str, Value]) -> str:
    """The type that a note means, whatever its case."""
    given = str(note.get("type") or DEFAULT_TYPE)
    return given if given in TYPES else {_folded(name): name for name in TYPES}.get(_folded(given), given)


def _respelt(table: Mapping[str, Value], known: Sequence[str]) -> dict[str, str]:
    """The keys that are fields but for case, `-` and blanks, and what they must be; no field comes twice."""
    folded = {_folded(name): name for name in known}
    wrong = {key: folded.get(_folded(key), "") for key in table if key not in known}
    right = [name for name in wrong.values() if name]
    return {key: name for key, name in wrong.items() if name and name not in table and right.count(name) == 1}


def _put_right(note: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a note, those that can only be meant in one way written as they must be."""
    values = dict(note)
    if values.get("type"):
        values["type"] = _type_of(note)
    as_of = values.get("as_of")
    if isinstance(as_of, str) and as_of:
        readings = read_dates(as_of, misspelt=False)
        if len(readings.possible) == len(readings.readings) == 1 and readings.possible[0].year:
            values["as_of"] = iso_of(readings.possible[0])
    for name in _EACH_ONCE:
        listed = values.get(name)
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
            values[name] = list(dict.fromkeys(listed))
    return values


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign not in "-_ ")


def _told(names: Mapping[str, str], of: str) -> list[str]:
    return [f"{old} is {new} in {of}" for old, new in names.items()]


def _called(note: Mapping[str, Value], index: int) -> str:
    return str(note.get("id") or f"note {index + 1}")


def _difference(before: bytes, after: bytes) -> tuple[str, ...]:
    """The lines taken out and put in, in their order.

    Repairs are local, so that what is the same again is looked for near by only: a general comparison takes
    minutes for a long deck.
    """
    old, new = (text.decode(errors="replace").splitlines() for text in (before, after))
    told: list[str] = []
    at, other = 0, 0
    while at < len(old) or other < len(new):
        near, far = old[at : at + _NEAR], new[other : other + _NEAR]
        meeting = next(_meetings(near, far), None)
        out, put = meeting or (len(near), len(far))
        told += [f"-{line}" for line in near[:out]]
        told += [f"+{line}" for line in far[:put]]
        same = int(meeting is not None)
        at, other = at + out + same, other + put + same
    return tuple(told)


def _meetings(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """How many lines are passed over on either side before two are the same, the fewest first."""
    for passed in range(len(old) + len(new) - 1):
        for out in range(max(0, passed - len(new) + 1), min(passed, len(old) - 1) + 1):
            if old[out] == new[passed - out]:
                yield out, passed - out
