"""Manual pages of the problems that reading deck files can find, by their codes.

Each page is a text: what is wrong in a line, what to know of it, and where it can be shown a bad and a good
example, which are a whole deck, the notes of one, or several files that each begin with `# NAME.yaml`.
"""

from __future__ import annotations

from trainer.deckfiles.pages import citing, comments, fields, notes, syntax

PAGES: dict[str, str] = {
    code: page.strip()
    for module in (syntax, fields, notes, citing, comments)
    for code, page in module.PAGES.items()
}
"""The page of every code that is not a rule's."""
