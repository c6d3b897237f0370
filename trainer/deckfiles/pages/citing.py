"""Pages on sources and quotes."""

from __future__ import annotations

PAGES = {
    "no-source": """
The note cites no source.

A fact without a source cannot be looked up when somebody doubts it. Name the paragraph as
`article#paragraph`, with the article in `sources.yaml`.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador.}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "unknown-source": """
The note cites an article that is not in `sources.yaml`.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambasador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "bad-paragraph": """
What follows the `#` of a citation is not the number of a paragraph. They count from 1; without a number
the whole article is meant.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#two}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "no-speaker": """
The note has a `quote` and does not say whose words they are.

Bad:

    - {id: leave, question: What did Moscow call Armenia?, answer: Free to leave.,
       source: ambassador-recall#10,
       quote: free to leave}

Good:

    - {id: leave, question: What did Moscow call Armenia?, answer: Free to leave.,
       source: ambassador-recall#10,
       quote: free to leave, speaker: Moscow}
""",
    "no-quote": """
The note has a `speaker` and no `quote`: it is not told to anybody.

Bad:

    - {id: leave, question: What did Moscow call Armenia?, answer: Free to leave.,
       source: ambassador-recall#10,
       speaker: Moscow}

Good:

    - {id: leave, question: What did Moscow call Armenia?, answer: Free to leave.,
       source: ambassador-recall#10,
       quote: free to leave, speaker: Moscow}
""",
    "no-copy": """
There is no local copy of an article to look into, or it cannot be read.

Only told where local copies are looked at: with `--articles`, or the setting `articles`. What is cited
and quoted from this article is not checked. Told once an article.
""",
    "no-such-paragraph": """
The local copy of the article has no paragraph of this number.

Only told where local copies are looked at. For `check` alone this is an error: the deck can be studied.

Bad:

    # articles/report.txt
    title: A report

    [1] Armenia recalled its ambassador.
    # sources.yaml
    report: {title: A report}
    # deck.yaml
    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: report#2}

Good:

    # articles/report.txt
    title: A report

    [1] Armenia recalled its ambassador.
    # sources.yaml
    report: {title: A report}
    # deck.yaml
    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: report#1}
""",
    "quote-not-found": """
The words of a `quote` do not stand in any of the paragraphs that the note cites.

Only told where local copies are looked at, and an error for `check` alone. Quote word for word, with `…`
for words left out, and cite the paragraph where the words stand.

Bad:

    # articles/report.txt
    title: A report

    [1] “You are free to leave,” the spokesman said.
    # sources.yaml
    report: {title: A report}
    # deck.yaml
    title: A deck
    notes:
      - {id: leave, question: What did the spokesman say?, answer: That they might leave., source: report#1,
         quote: you may leave, speaker: the spokesman}

Good:

    # articles/report.txt
    title: A report

    [1] “You are free to leave,” the spokesman said.
    # sources.yaml
    report: {title: A report}
    # deck.yaml
    title: A deck
    notes:
      - {id: leave, question: What did the spokesman say?, answer: That they might leave., source: report#1,
         quote: free to leave, speaker: the spokesman}
""",
}
"""Pages by code."""
