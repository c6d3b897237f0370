"""What a note cites: paragraphs of sources, and words said in public."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from trainer.core.article import contains
from trainer.core.deck import Citation, Source
from trainer.deckfiles.articles import Copies
from trainer.deckfiles.nodes import Items, Node, Table, Text
from trainer.deckfiles.report import Report, listed, quoted

_MORE = frozenset(("accounts", "quote", "speaker"))
"""Fields of which a note that cites one paragraph mostly has none."""

_PARAGRAPH = re.compile(r"[1-9][0-9]{0,5}")


class Citations:
    """Finds the sources that the notes of one file cite, by what `sources.yaml` has.

    With `copies`, what is cited and quoted is looked up in the local copies of the articles.
    """

    def __init__(
        self, sources: Mapping[str, Source], report: Report, *, broken: bool, copies: Copies | None = None
    ) -> None:
        self._sources = sources
        self._broken = broken
        self._copies = copies
        self._report = report
        self._usual: dict[str, dict[str, Citation]] = {}

    def of(self, note: Table) -> Mapping[str, Citation]:
        """The sound citations of a note, its accounts included, by how they are written."""
        given = note.get("source")
        if not isinstance(given, Text) or self._copies is not None or _MORE & note.keys():
            return self._of_any(note)
        found = self._usual.get(given)
        if found is None:
            cited = None if given.missing else self._citation(given)
            if cited is None:  # Of one that is wrong something is to be said each time.
                return {}
            found = self._usual[str(given)] = {str(given): cited}
        return found

    def _of_any(self, note: Table) -> dict[str, Citation]:
        accounts = list(_accounts(note))
        cited = {text: found for table in (note, *accounts) for text, found in self._in(table)}
        given = note.get("source")
        if not accounts and (given is None or (isinstance(given, Items) and not given)):
            hint = "name one as article#paragraph"
            self._report.warn(given or note, "no-source", "the note cites no source", hint=hint)
        self._check_quote(note)
        self._check_words(note.get("quote"), cited.values())
        return cited

    def _in(self, table: Table) -> Iterator[tuple[str, Citation]]:
        given = table.get("source")
        for text in given if isinstance(given, Items) else (given,):
            if isinstance(text, Text) and not text.missing:
                found = self._citation(text)
                if found is not None:
                    self._check_paragraph(text, found)
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

    def _check_paragraph(self, at: Text, cited: Citation) -> None:
        """Report a paragraph that the copy does not have, and once of each source that it has no copy."""
        source, copies = cited.source, self._copies
        if copies is None:
            return
        copy = copies.of(source)
        if copy is None or copy.article is None:
            failure = f": {copy.path} {copy.failure}" if copy else ""
            if copies.is_news(source):
                message = f"there is no local copy of {quoted(source.id)} to look into{failure}"
                self._report.warn(at, "no-copy", message)
            return
        known = copy.article.paragraphs
        if cited.paragraph and cited.paragraph not in known:
            message = f"there is no paragraph {cited.paragraph}: {quoted(source.id)} has {len(known)}"
            self._report.error(at, "no-such-paragraph", message)

    def _check_words(self, quote: Node | None, cited: Collection[Citation]) -> None:
        """Report a quote that none of the paragraphs cited has; where a copy is missing, nobody can tell."""
        if self._copies is None or not isinstance(quote, Text) or quote.missing:
            return
        texts: list[str] = []
        elsewhere: dict[str, None] = {}
        for citation in cited:
            article = self._copies.article(citation.source)
            if article is None:
                return
            paragraph = article.paragraph(citation.paragraph)
            if not citation.paragraph:
                texts += [block.text for block in article.blocks]
            elif paragraph is not None:
                texts.append(paragraph)
            for number, text in article.paragraphs.items():
                if contains(text, quote):
                    elsewhere[f"{citation.source.id}#{number}"] = None
        if texts and not any(contains(text, quote) for text in texts):
            message = f"{quoted(quote)} does not stand word for word in what the note cites"
            hint = f"it stands in {listed(map(quoted, elsewhere), joined='and in')}" if elsewhere else ""
            self._report.error(quote, "quote-not-found", message, hint=hint)

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
