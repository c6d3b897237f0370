"""Pages on files and on YAML."""

from __future__ import annotations

PAGES = {
    "unreadable": """
The file cannot be read.

It is not a regular file, larger than 32 MB, or not yours to read. The message has what the system said. No
deck that the file serves can be studied until it can be read.
""",
    "encoding": """
The file is not UTF-8.

Editors call this the encoding of a file: save it as UTF-8. A byte order mark at its beginning is all right.
""",
    "control-character": r"""
The text has a character in it that steers a terminal and shows nothing, or an escape that stands for one.

Such characters can hide what a card says. Delete it; a tab or a line break in quotes is written `\t` or `\n`.

Bad:

    - {id: recall, question: Whom did Armenia recall in June 2024?, answer: "Its\x07 ambassador.",
       source: ambassador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall in June 2024?, answer: "Its ambassador.",
       source: ambassador-recall#2}
""",
    "syntax": """
This is not YAML: the file cannot be taken apart any further.

The message says what was expected. Most often a text that holds `: ` or begins with a sign of YAML's own
needs quotes, or a line is indented differently from its neighbours. What follows is not read.

Bad:

    title: A deck
    notes:
      - id: recall
        question: Whom did Armenia recall in June 2024: an envoy?
        answer: Its ambassador.

Good:

    title: A deck
    notes:
      - id: recall
        question: "Armenia, June 2024: whom did it recall?"
        answer: Its ambassador.
        source: ambassador-recall#2
""",
    "second-document": """
A line `---` begins a second document: a file is one deck.

Put the second deck into a file of its own, or quote the line if it belongs to a text.

Bad:

    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
    ---
    title: Another deck

Good:

    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "alias": """
Anchors (`&name`) and aliases (`*name`) are not allowed.

A few of them could make millions of values of a small file. Write the value out, and quote a text that begins
with such a sign.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: *anyone, source: ambassador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: "*anyone", source: ambassador-recall#2}
""",
    "tag": """
Tags of YAML (`!name`) are not allowed: every value is text as written.

Put a text that begins with an exclamation mark in quotes. Tags of notes are the field `tags`.

Bad:

    - {id: motto, question: What did the sign say?, answer: !important, source: ambassador-recall#2}

Good:

    - {id: motto, question: What did the sign say?, answer: "!important", source: ambassador-recall#2}
""",
    "merge-key": """
The merge key `<<` is not allowed: write the fields out.

Bad:

    - {id: recall, question: Whom did it recall?, answer: An envoy., <<: {source: ambassador-recall#2}}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "duplicate-key": """
A mapping has one key twice, so that one of the two values would be lost.

Delete or rename one of them. Between two notes, a `-` may be missing.

Bad:

    - id: recall
      question: Whom did Armenia recall?
      question: Which ambassador did Armenia recall?
      answer: That to Belarus.
      source: ambassador-recall#2

Good:

    - id: recall
      question: Which ambassador did Armenia recall?
      answer: That to Belarus.
      source: ambassador-recall#2
""",
    "cut-off": """
A text that stands without quotes ends before ` #`: the rest is a comment to YAML.

What was meant as text would be lost without a word. Put the text in quotes; a real comment has two blanks
before its `#` and one after.

Bad:

    - id: rank
      question: Which rank did the team take?
      answer: rank #1
      source: ambassador-recall#2

Good:

    - id: rank
      question: Which rank did the team take?
      answer: "rank #1"  # of nine
      source: ambassador-recall#2
""",
    "empty": """
The file is empty: a deck needs a title and notes.

Bad:

    # Nothing but a comment.

Good:

    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "too-deep": """
Values are nested deeper than 20 levels. No deck needs more than six: a bracket is not closed, or a text that
begins with one needs quotes.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: "[x]", source: ambassador-recall#2}
""",
    "too-large": """
The file has more than two million values. Make several decks of it.
""",
    "too-long": """
One text has more than 60,000 characters.

That is no card. Quotes may not be closed where they should be. Local copies of articles are files of
their own.
""",
    "too-many-problems": """
The file has more than 1,000 problems; the others are not listed.

They mostly have one cause, such as a field that does not exist or wrong indentation. Mend some and check
again.
""",
}
"""Pages by code."""
