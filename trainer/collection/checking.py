"""Everything that is wrong with deck files, and what is poor about their notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.collection.results import Checked
from trainer.core.progress import Advance, parts, unseen
from trainer.deckfiles import folder

_SHARES = (1, 1)
"""How long it takes to read decks, beside the rules of the craft."""
_NEEDS_COPIES = frozenset({"no-copy", "no-such-paragraph", "quote-not-found"})


def check(paths: Sequence[Path], *, articles: Path | None = None, advance: Advance = unseen) -> Checked:
    """Read deck files anew and say everything that is wrong with them, the craft of their notes included.

    With a folder of local copies of articles, what is cited and quoted must stand there. What is used nowhere
    is told where no path is a single file.
    """
    from trainer.core.rules import RULES
    from trainer.deckfiles.articles import Copies
    from trainer.deckfiles.craft import examine
    from trainer.deckfiles.reader import read_decks
    from trainer.deckfiles.silence import silenced

    files = folder.find(paths)
    for_reading, for_rules = parts(advance, _SHARES)
    copies = Copies(articles) if articles else None
    readings = read_decks(files, copies=copies, keep=True, advance=for_reading)
    whole = all(path.is_dir() or path.name in (folder.SOURCES, folder.NAMES) for path in paths)
    found = dict.fromkeys(problem for reading in readings for problem in reading.problems)
    kept = [reading.kept for reading in readings if reading.kept]
    registries = {file.file.path: file for each in kept for file in each.registry.files}
    read = [(each.file.file, each.root) for each in kept]
    read += [(file.file, file.root) for file in registries.values()]
    unsure = set() if articles else {*_NEEDS_COPIES}
    if not whole or not all(reading.deck for reading in readings):
        unsure |= {code for code, rule in RULES.items() if rule.needs_all}
    by_rules = examine(readings, whole=whole, advance=for_rules)
    heard = silenced((*found, *by_rules), read, unsure=unsure)
    problems = (*heard.kept, *heard.of_comments)
    return Checked(
        files=len(files),
        cards=sum(len(reading.deck.cards) for reading in readings if reading.deck),
        problems=tuple(
            sorted(problems, key=lambda problem: (problem.span.path, problem.span.line, problem.span.column))
        ),
    )
