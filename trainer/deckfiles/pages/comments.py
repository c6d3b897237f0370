"""Pages on the comments that silence."""

from __future__ import annotations

PAGES = {
    "unused-ignore": """
A comment `# trainer: ignore CODE` silences nothing.

The note has been mended, or the comment stands in the wrong place: at the end of a line it is for what
begins or ends in that line, on a line of its own above a note for that note, above the title for the
file. Errors cannot be silenced. What cannot be told from the files that are checked (whether cards of
other decks ask the same) is left alone.

Bad:

    - id: recall
      question: Whom did Armenia recall in June 2024?  # trainer: ignore vague-time
      answer: Its ambassador.
      source: ambassador-recall#2

Good:

    - id: recall
      question: Whom did Armenia recently recall?  # trainer: ignore vague-time (it is a quote)
      answer: Its ambassador.
      source: ambassador-recall#2
""",
    "unknown-code": """
A comment asks to ignore a code that `trainer check` never reports. `trainer help` lists the rules.

Bad:

    - id: recall
      question: Whom did Armenia recall in June 2024?  # trainer: ignore vage-time
      answer: Its ambassador.
      source: ambassador-recall#2

Good:

    - id: recall
      question: Whom did Armenia recently recall?  # trainer: ignore vague-time (it is a quote)
      answer: Its ambassador.
      source: ambassador-recall#2
""",
}
"""Pages by code."""
