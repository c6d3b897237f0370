"""What a note cites: paragraphs of sources, and words said in public."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trainer.core.deck import Citation, Source
from trainer.deckfiles.nodes import Items, Table, Text
from trainer.deckfiles.report import Report, quoted

_PARAGRAPH = re.compile(r"[1-9][0-9]{0,5}")


class Citations:
    """Finds the sources that the notes of one file cite, by what `sources.yaml` has."""

    def __init__(self, sources: Mapping[str, Source], report: Report, *, broken: bool) -> None:
        self._sources = sources
        self._broken = broken
        self._report = report

    def of(self, note: Table) -> dict[str, Citation]:
        """The sound citations of a note, its accounts included, by how they are written."""
        accounts = list(_accounts(note))
        cited = {text: found for table in (note, *accounts) for text, found in self._in(table)}
        given = note.get("source")
        if not accounts and (given is None or (isinstance(given, Items) and not given)):
            hint = "name one as article#paragraph"
            self._report.warn(given or note, "no-source", "the note cites no source", hint=hint)
        self._check_quote(note)
        return cited

    def _in(self, table: Table) -> Iterator[tuple[str, Citation]]:
        given = table.get("source")
        for text in given if isinstance(given, Items) else (given,):
            if isinstance(text, Text) and not text.missing:
                found = self._citation(text)
                if found is not None:
                    yield str(text), found

    def _citation(self, text: Text) -> Citation | None:
        """The paragraph that `article#paragraph` names, or the article that `article` does."""
        name, separator, paragraph = text.partition("#")
        source = self._sources.get(name)
        if source is None and self._broken:
            source = Source(id=name, title=name)
        if source is None:
            hint = self._report.did_you_mean(name, self._sources) or "add it to sources.yaml"
            self._report.error(text, "unknown-source", f"there is no source {quoted(name)}", hint=hint)
        if separator and not _PARAGRAPH.fullmatch(paragraph):
            hint = "paragraphs count from 1, as in article#4"
            message = f"{quoted(paragraph)} is not the number of a paragraph"
            self._report.error(text, "bad-paragraph", message, hint=hint)
            return None
        return Citation(source=source, paragraph=int(paragraph or 0)) if source else None

    def _check_quote(self, table: Table) -> None:
        quote, speaker = table.get("quote"), table.get("speaker")
        if quote is not None and speaker is None:
            self._report.warn(quote, "no-speaker", "a quote without its speaker")
        if speaker is not None and quote is None:
            self._report.warn(speaker, "no-quote", "a speaker without a quote")


def _accounts(note: Table) -> Iterator[Table]:
    """The accounts that a note sets side by side: each cites for itself."""
    given = note.get("accounts")
    for account in given if isinstance(given, Items) else ():
        if isinstance(account, Table):
            yield account
