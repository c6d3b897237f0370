"""`sources.yaml` and `names.yaml`: what the decks of a folder share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from trainer.core.deck import Name, Problem, Source
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.deckfiles.folder import File
from trainer.deckfiles.model import read_name, read_root, read_source
from trainer.deckfiles.nodes import Items, Table, Text
from trainer.deckfiles.report import Report, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """The sources and names that serve a deck, from the outermost folder to its own.

    Where a file is broken, its sound entries are here all the same; the flag says that others may be missing.
    """

    sources: Mapping[str, Source]
    names: Names
    sources_broken: bool = False
    names_broken: bool = False
    problems: tuple[Problem, ...] = ()
    files: tuple[ReadFile, ...] = ()


class ReadFile(NamedTuple):
    """A registry file and its entries with their places, None where it is no mapping."""

    file: File
    root: Table | None
    is_sources: bool


def read_registries(sources: Sequence[File], names: Sequence[File]) -> Registry:
    """Read and merge registry files, outermost first: an entry replaces one of the same id further out."""
    source_reports = [Report(file.path) for file in sources]
    name_reports = [Report(file.path) for file in names]
    found: dict[str, Source] = {}
    files: list[ReadFile] = []
    for file, report in zip(sources, source_reports, strict=True):
        files.append(ReadFile(file, read_root(file, report, what="the file of sources"), True))
        found.update(_sources(files[-1], report))
    merged = _Merged()
    for file, report in zip(names, name_reports, strict=True):
        files.append(ReadFile(file, read_root(file, report, what="the file of names"), False))
        _read_names(files[-1].root, report, merged)
    return Registry(
        sources=found,
        names=Names(merged.entries.values(), sources=found.values()),
        sources_broken=any(report.errors for report in source_reports),
        names_broken=any(report.errors for report in name_reports),
        problems=tuple(problem for report in (*source_reports, *name_reports) for problem in report.problems),
        files=tuple(files),
    )


def _sources(read: ReadFile, report: Report) -> Iterator[tuple[str, Source]]:
    file, table, _ = read
    if table is None:
        return
    for key, node in table.items():
        source = read_source(table.key(key), node, report)
        if source is not None:
            copy = str((Path(file.path).parent / source.file).absolute()) if source.file else ""
            yield source.id, replace(source, file=copy)


class _Merged:
    """The names so far, and which entry each spelling belongs to."""

    def __init__(self) -> None:
        self.entries: dict[str, Name] = {}
        self._owners: dict[str, str] = {}

    def put(self, name: Name) -> None:
        """Add an entry, in place of the one of its id."""
        if name.id in self.entries:
            self._owners = {spelling: owner for spelling, owner in self._owners.items() if owner != name.id}
        self.entries[name.id] = name
        for spelling in name.spellings:
            self._owners.setdefault(normalise(spelling), name.id)

    def other_owner(self, spelling: str, entry: str) -> str | None:
        """The id of the entry that a spelling belongs to, unless it is `entry`."""
        owner = self._owners.get(normalise(spelling))
        return None if owner == entry else owner


def _read_names(table: Table | None, report: Report, merged: _Merged) -> None:
    if table is None:
        return
    for key, node in table.items():
        name = read_name(table.key(key), node, report)
        if name is None or not isinstance(node, Table):
            continue
        for spelling in _spellings(node):
            owner = merged.other_owner(spelling, name.id)
            if owner is not None:
                message = f"{quoted(spelling)} is already a spelling of {quoted(owner)}"
                hint = "a spelling belongs to one entry only"
                report.error(spelling, "ambiguous-name", message, hint=hint)
        merged.put(name)


def _spellings(entry: Table) -> Iterator[Text]:
    for node in (entry.get("name"), entry.get("aliases")):
        for spelling in node if isinstance(node, Items) else (node,):
            if isinstance(spelling, Text):
                yield spelling
