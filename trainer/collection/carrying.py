"""Notes of foreign formats carried over into a deck: only those that a deck can have, and all others told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.form import filled, ordered
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.core.questions import TYPES
from trainer.core.wording import plural
from trainer.deckfiles import folder
from trainer.errors import DecksError, UsageError
from trainer.formats.model import Imported, LeftOut, NoteFields, Value, as_id

if TYPE_CHECKING:
    from trainer.core.deck import Problem
    from trainer.core.question import Note
    from trainer.deckfiles.nodes import Node
    from trainer.deckfiles.registries import Registry

DEFAULT_TYPE = "basic"

_MAX_ROUNDS = 10
_FIRST_ROUND = 20
"""How long the first round takes beside each of the others, of which there are mostly none."""
_SHARES = (1, 3)
"""How long it takes to look at each note, beside reading the whole deck."""
_ID = re.compile(r"[^\W_][\w.-]{0,79}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LOOKED_AT = 1_000
_NAMED_BY = ("question", "front", "statement", "text", "what")


class Carried(NamedTuple):
    """A deck: its id, what it says of itself, its notes, its whole text, and what is not in it.

    `given` are the records that the notes were made of.
    """

    id: str
    head: Mapping[str, Value]
    notes: tuple[Mapping[str, Value], ...]
    text: str
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]
    given: tuple[NoteFields, ...]


class Made(NamedTuple):
    """A note in the making, and the record that it was made of."""

    given: NoteFields
    fields: dict[str, Value]


class Maker:
    """Makes sound notes of what a format gave; the deck may be in one of the decks folders, `roots`."""

    def __init__(self, target: Path, imported: Imported, *, source: str, roots: Sequence[Path] = ()) -> None:
        from trainer.deckfiles.registries import read_registries

        self._file = folder.serving(target, roots)
        self._registry: Registry = read_registries(self._file.sources, self._file.names)
        self._path = target
        self._imported = imported
        self._source = source
        self._left_out = list(imported.left_out)
        self._remarks = list(imported.remarks)
        if source and source.partition("#")[0] not in self._registry.sources:
            hint = f"add it to {target.parent / folder.SOURCES} first"
            raise UsageError(f"there is no source '{source}'", hint=hint)

    def deck(self, title: str, *, advance: Advance = unseen) -> Carried:
        """The deck, without the notes that it could not have."""
        for_notes, for_deck = parts(advance, _SHARES)
        made = self._with_ids(self._distinct(self._sound(for_notes)))
        head, made = self._head(title, made)
        text, made = self._checked(head, made, for_deck)
        return Carried(
            id=self._file.deck,
            head=head,
            notes=tuple(each.fields for each in made),
            text=text,
            left_out=tuple(sorted(self._left_out, key=lambda left: left.line)),
            remarks=tuple(self._remarks),
            given=tuple(each.given for each in made),
        )

    def _sound(self, advance: Advance) -> Iterator[Made]:
        cited_in_words = 0
        for given in one_by_one(self._imported.notes, advance):
            fields = {name: value for name, value in given.fields.items() if not _is_empty(value)}
            if fields.get("type") == DEFAULT_TYPE:
                del fields["type"]
            cited_in_words += self._cite(fields)
            for name in self._foreign(fields):
                shown = f"{name}: {_shown(fields.pop(name))}"
                reason = f"a note of type {kind_of(fields)} has no such field"
                self._left_out.append(LeftOut(line=given.line, text=shown, reason=reason))
            if reason := self._fault(given.line, fields):
                self._leave(Made(given, fields), reason)
            else:
                yield Made(given, ordered(fields))
        if cited_in_words:
            self._remarks.append(
                f"{plural(cited_in_words, 'note')} with a source that sources.yaml does not have: "
                "it is told in the explanation"
            )

    def _leave(self, made: Made, reason: str) -> None:
        """Leave out a note, and tell it."""
        shown = made.given.text or _shown(made.fields)
        self._left_out.append(LeftOut(line=made.given.line, text=shown, reason=reason))

    def _cite(self, fields: dict[str, Value]) -> bool:
        """Have a note cite what it names if that is there; else tell it in words, and say so."""
        given = fields.pop("source", "")
        texts = [given] if isinstance(given, str) else list(map(_shown, given))
        known = [text for text in texts if text.partition("#")[0] in self._registry.sources]
        unknown = [text for text in texts if text and text not in known]
        if unknown:
            told = f"Source: {', '.join(unknown)}"
            before = fields.get("explanation", "")
            fields["explanation"] = f"{before}\n{told}" if isinstance(before, str) and before else told
        cited = known or [self._source] * bool(self._source)
        if cited:
            fields["source"] = cited[0] if len(cited) == 1 else [*cited]
        return bool(unknown)

    def _foreign(self, fields: Mapping[str, Value]) -> list[str]:
        kind = TYPES.get(kind_of(fields))
        known = {"type", *kind.__dataclass_fields__} if kind else fields.keys()
        return [name for name in fields if name not in known]

    def _fault(self, line: int, fields: Mapping[str, Value]) -> str:
        """Why a deck cannot have a note, empty if it can."""
        from trainer.deckfiles.emit import refused
        from trainer.deckfiles.model import read_note
        from trainer.deckfiles.nodes import MAX_CHARACTERS, Table
        from trainer.deckfiles.report import Report

        for text in _texts(fields):
            if len(text) > MAX_CHARACTERS:
                return f"a text of more than {MAX_CHARACTERS:,} characters"
            if reason := refused(text):
                return reason
        report = Report(str(self._path))
        # Its id comes later, and may be another.
        table = _node({name: value for name, value in fields.items() if name != "id"}, line)
        assert isinstance(table, Table)
        note = read_note(table, report)
        if note is None:
            return report.problems[0].message
        found = (fault for fault in note.faults(self._registry.names) if fault.severity == "error")
        fault = next(found, None)
        return fault.message if fault else ""

    def _distinct(self, made: Iterable[Made]) -> Iterator[Made]:
        """The notes without those that are there already, whatever their ids."""
        seen: dict[str, int] = {}
        for each in made:
            same = repr({name: value for name, value in each.fields.items() if name != "id"})
            first = seen.setdefault(same, each.given.line)
            if first == each.given.line:
                yield each
            else:
                self._leave(each, f"the same note is there already (line {first})")

    def _with_ids(self, made: Iterable[Made]) -> list[Made]:
        """Every note with an id: its own where that is one, else made of its question."""
        given = list(made)
        own = Counter(each.fields.get("id") for each in given)
        kept = {name for name in own if isinstance(name, str) and _ID.fullmatch(name)}
        taken: set[str] = set()
        numbers: Counter[str] = Counter()
        lost: list[tuple[int, str]] = []
        found: list[Made] = []
        for each in given:
            name = each.fields.get("id")
            if not isinstance(name, str) or name not in kept or name in taken:
                lost += [(each.given.line, _shown(name))] * (name is not None)
                name = stem = as_id(_asked(each.fields))
                while name in taken or name in kept:
                    numbers[stem] += 1
                    name = f"{stem}-{numbers[stem] + 1}"
            taken.add(name)
            found.append(Made(each.given, {"id": name, **_without(each.fields, "id")}))
        if lost:
            reason = f"{plural(len(lost), 'id')} that cannot be one here, or not again: others are made"
            self._left_out.append(LeftOut(line=lost[0][0], text=lost[0][1], reason=reason))
        return found

    def _head(self, title: str, made: list[Made]) -> tuple[dict[str, Value], list[Made]]:
        """What the deck says of itself: tags that all of its notes have are the deck's."""
        common = dict.fromkeys(_tags(made[0].fields)) if len(made) > 1 else {}
        for each in made:
            common = dict.fromkeys(tag for tag in _tags(each.fields) if tag in common)
        tags = list(dict.fromkeys((*filter(None, self._imported.tags), *common)))
        if tags:
            made = [Made(each.given, _with_tags(each.fields, tags)) for each in made]
        head: dict[str, Value] = {"title": " ".join(title.split())}
        if self._imported.description.strip():
            head["description"] = self._imported.description.strip()
        return (head | {"tags": tags} if tags else head), made

    def _checked(
        self, head: Mapping[str, Value], made: list[Made], advance: Advance
    ) -> tuple[str, list[Made]]:
        """The text of the deck, read again as it will be; notes that are wrong beside others are left out."""
        for_rounds = parts(advance, (_FIRST_ROUND, *[1] * (_MAX_ROUNDS - 1)))
        for told in for_rounds:
            text = self._text(head, made)
            if len(content := text.encode()) > folder.MAX_BYTES:
                raise DecksError(f"the deck would be larger than {folder.MAX_BYTES // 1_000_000} MB")
            faulty = self._faulty(content, told)
            if not faulty:
                for_rounds[-1](1, 1)
                return text, made
            for index, reason in faulty.items():
                self._leave(made[index], reason)
            made = [each for index, each in enumerate(made) if index not in faulty]
        raise DecksError("the deck cannot be written: one fault leads to another")

    def _text(self, head: Mapping[str, Value], made: Sequence[Made]) -> str:
        from trainer.deckfiles.schema import file_name, modeline
        from trainer.deckfiles.writing import deck_text

        has_schema = (self._path.parent / file_name("deck")).exists()
        notes = [each.fields for each in made]
        return deck_text(head, notes, modeline=modeline("deck") if has_schema else "")

    def _faulty(self, content: bytes, advance: Advance) -> dict[int, str]:
        """Why a deck with this content cannot be studied, by the index of the note where it shows."""
        from trainer.deckfiles.report import TOO_MANY

        errors = self._errors(content, advance)
        lines = _note_lines(content) if errors else []
        faulty: dict[int, str] = {}
        for problem in errors:
            index = bisect_right(lines, problem.span.line) - 1
            if problem.code != TOO_MANY and index >= 0:
                faulty.setdefault(index, problem.message)
        if errors and not faulty:
            raise DecksError(f"the deck cannot be written: {errors[0].message}")
        return faulty

    def _errors(self, content: bytes, advance: Advance) -> tuple[Problem, ...]:
        from trainer.deckfiles.reader import errors_in

        file = self._file._replace(file=folder.File(self._file.file.path, content))
        return errors_in(file, self._registry, advance=advance)


def _note_lines(content: bytes) -> list[int]:
    from trainer.deckfiles.nodes import Items, Table, compose
    from trainer.deckfiles.report import Report

    root = compose(content, Report("")).root
    notes = root.get("notes") if isinstance(root, Table) else None
    return [note.line for note in notes] if isinstance(notes, Items) else []


def _node(value: Value, line: int) -> Node:
    """A value as if it stood in a deck file, at a line of the file that it comes from."""
    from trainer.deckfiles.nodes import Items, Table, Text
    from trainer.deckfiles.report import Place

    place = Place(line, 1)
    if isinstance(value, str):
        return Text(value, line=line, column=1)
    if isinstance(value, Mapping):
        table = Table(place)
        for name, part in value.items():
            table.put(Text(name, line=line, column=1), _node(part, line))
        return table
    items = Items(place)
    items.extend(_node(part, line) for part in value)
    return items


def note_of_fields(fields: Mapping[str, Value]) -> Note | None:
    """The note that fields make, None if they make none."""
    from trainer.deckfiles.model import read_note
    from trainer.deckfiles.nodes import Table
    from trainer.deckfiles.report import Report

    table = _node({name: value for name, value in fields.items() if not _is_empty(value)}, 1)
    assert isinstance(table, Table)
    return read_note(table, Report(""))


def kind_of(fields: Mapping[str, Value]) -> str:
    """The question type that a note names, or is of without naming one."""
    named = fields.get("type", DEFAULT_TYPE)
    return named if isinstance(named, str) else ""


def _asked(fields: Mapping[str, Value]) -> str:
    """What a note asks, to name it by."""
    texts = (fields.get(name) for name in _NAMED_BY)
    asked = next((text for text in texts if isinstance(text, str) and text), "")
    return _LINK.sub(r"\1", filled(asked[:_LOOKED_AT]))


def _tags(fields: Mapping[str, Value]) -> list[str]:
    tags = fields.get("tags", ())
    return [tags] if isinstance(tags, str) else list(map(_shown, tags))


def _with_tags(fields: Mapping[str, Value], common: Sequence[str]) -> dict[str, Value]:
    """The fields of a note without tags that are its deck's."""
    own: list[Value] = [tag for tag in _tags(fields) if tag not in common]
    return {name: own if name == "tags" else value for name, value in fields.items() if name != "tags" or own}


def _without(fields: Mapping[str, Value], name: str) -> dict[str, Value]:
    return {key: value for key, value in fields.items() if key != name}


def _is_empty(value: Value) -> bool:
    return not value.strip() if isinstance(value, str) else not value


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    else:
        for part in value:
            yield from _texts(part)


def _shown(value: Value | None) -> str:
    """A value in one line."""
    return value if isinstance(value, str) else " / ".join(_texts(value or ()))
