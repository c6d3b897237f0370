"""Pages on the fields of notes, decks and registries."""

from __future__ import annotations

PAGES = {
    "missing-key": """
A field is missing that is needed.

`trainer help TYPE` lists the fields of a question type. A deck needs `title`, a source `title`, a name `name`
and `kind`.

Bad:

    - {id: recall, question: Whom did Armenia recall?, source: ambassador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "unknown-key": """
There is no field of this name here.

It is misspelt, indented wrongly, or belongs to another question type. The hint says which may have been
meant.

Bad:

    - {id: recall, qestion: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "unknown-type": """
There is no question type of this name. `trainer help` lists the types.

Bad:

    - {id: recall, type: single, question: Whom did it recall?, answer: Its ambassador.,
       source: ambassador-recall#2}

Good:

    - {id: recall, type: basic, question: Whom did it recall?, answer: Its ambassador.,
       source: ambassador-recall#2}
""",
    "wrong-shape": """
The value has another shape than this field: a list where one text belongs, a text where a list does, or a
word where there should be a number or `true`.

Bad:

    - {id: recall, question: [Whom, did, it, recall?], answer: Its ambassador., source: ambassador-recall#2}

Good:

    - {id: recall, question: "Whom did it recall?", answer: Its ambassador., source: ambassador-recall#2}
""",
    "no-value": """
A field is there without a value, or with nothing but blanks.

Write it out, or delete the line. A text that begins on the next line needs `>-` after its key.

Bad:

    - id: recall
      question: Whom did Armenia recall?
      answer:
      source: ambassador-recall#2

Good:

    - id: recall
      question: Whom did Armenia recall?
      answer: Its ambassador.
      source: ambassador-recall#2
""",
    "bad-date": """
The value is no date, or none of the calendar: dates of notes and sources look like `2024`, `2024-06` or
`2024-06-13`.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2,
       as_of: 2024-13}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2,
       as_of: 2024-06}
""",
    "bad-id": """
An id is empty, or has a blank or another character in it that ids cannot have.

Ids are part of the names of cards (`deck/note/key`) and of citations (`article#4`): they have no blanks
and no `/`, and those of sources no `#`.

Bad:

    - {id: the recall, question: Whom did it recall?, answer: Its ambassador., source: ambassador-recall#2}

Good:

    - {id: the-recall, question: Whom did it recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "bad-url": """
The address of a source does not begin with `http://` or `https://`: it is shown, but not opened.

Bad:

    # sources.yaml
    report: {title: A report, url: www.example.org/report}
    # deck.yaml
    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: report#2}

Good:

    # sources.yaml
    report: {title: A report, url: "https://www.example.org/report"}
    # deck.yaml
    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: report#2}
""",
}
"""Pages by code."""
