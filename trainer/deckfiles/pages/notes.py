"""Pages on notes, and on what they are to each other."""

from __future__ import annotations

PAGES = {
    "fault": """
The fields of a note are all there, but do not make a question of its type.

An answer that is no number, a distractor that is right, a cloze without a hole, an event that is told
nowhere: `trainer help TYPE` says what each type needs. Where `names.yaml` has problems of its own, some of
these are mere warnings.

Bad:

    - {id: dues, type: number, question: How much is due?, answer: a lot, source: ambassador-recall#10}

Good:

    - {id: dues, type: number, question: How much is due?, answer: "598,000", unit: dollars,
       source: ambassador-recall#10}
""",
    "no-correction": """
A false statement comes without a `correction`: the learner is left with what is wrong.

Say what would be true; it is told after the answer.

Bad:

    - {id: member, type: true-false, statement: Azerbaijan belongs to the CSTO., answer: false,
       source: de-facto-frozen#8}

Good:

    - {id: member, type: true-false, statement: Azerbaijan belongs to the CSTO., answer: false,
       correction: "It is no member, though close to Moscow.", source: de-facto-frozen#8}
""",
    "answers-later-event": """
An event is earlier than the one that it answers.

One of the two dates is wrong, or `answers` stands in the wrong one of the two notes.

Bad:

    - {id: vow, type: event, who: Ann, did: vowed to stay away, when: 2024-05, answers: talk,
       source: ambassador-recall#3}
    - {id: talk, type: event, who: Bob, did: spoke of a war, when: 2024-06, source: ambassador-recall#3}

Good:

    - {id: vow, type: event, who: Ann, did: vowed to stay away, when: 2024-06, answers: talk,
       source: ambassador-recall#3}
    - {id: talk, type: event, who: Bob, did: spoke of a war, when: 2024-05, source: ambassador-recall#3}
""",
    "no-id": """
The note has no `id`.

Its history hangs on what it says, and an edit makes a new note of it. Give it a short name that stays.

Bad:

    - {question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "duplicate-id": """
Two notes of a deck have one id, or two without an id say the same.

An id names a note in the history of your reviews. Give the newer one another.

Bad:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
    - {id: recall, question: Who visited Bucha?, answer: Two officials., source: ambassador-recall#7}

Good:

    - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
    - {id: visit, question: Who visited Bucha?, answer: Two officials., source: ambassador-recall#7}
""",
    "no-notes": """
The deck has no notes yet.

Bad:

    title: A deck
    notes: []

Good:

    title: A deck
    notes:
      - {id: recall, question: Whom did Armenia recall?, answer: Its ambassador., source: ambassador-recall#2}
""",
    "unknown-note": """
`superseded_by` names a note that is not in this deck.

Bad:

    - {id: recall, question: Whom did it recall?, answer: Its ambassador., source: ambassador-recall#2,
       superseded_by: the-recall}

Good:

    - {id: recall, question: Whom did it recall?, answer: Its ambassador., source: ambassador-recall#2,
       superseded_by: the-recall}
    - {id: the-recall, question: Whom did Armenia recall from Minsk?, answer: Its ambassador.,
       source: ambassador-recall#2}
""",
    "circle": """
Notes supersede each other in a circle, so that none of them would be asked.

Bad:

    - {id: old, question: Whom did it recall?, answer: An envoy.,
       source: ambassador-recall#2, superseded_by: new}
    - {id: new, question: Who was called home?, answer: An envoy.,
       source: ambassador-recall#2, superseded_by: old}

Good:

    - {id: old, question: Whom did it recall?, answer: An envoy.,
       source: ambassador-recall#2, superseded_by: new}
    - {id: new, question: Who was called home?, answer: An envoy., source: ambassador-recall#2}
""",
    "same-question": """
Two events of a deck are asked about in the same words and have different answers: the question does not
say which of them is meant.

Word it in `ask`, or leave that role out with `skip`.

Bad:

    - {id: one, type: event, who: Armenia, did: recalled, whom: its ambassador, skip: who,
       source: ambassador-recall#2}
    - {id: two, type: event, who: Armenia, did: recalled, whom: its permanent representative, skip: who,
       source: de-facto-frozen#23}

Good:

    - {id: one, type: event, who: Armenia, did: recalled, whom: its ambassador, skip: who, when: 2024-06-13,
       source: ambassador-recall#2}
    - {id: two, type: event, who: Armenia, did: recalled, whom: its permanent representative, skip: who,
       when: 2023-09, source: de-facto-frozen#23}
""",
    "ambiguous-name": """
Two entries of `names.yaml` have one spelling in common, so that nobody can tell whom it means.

Delete the spelling from one of them: what two people share is no alias of either.

Bad:

    # names.yaml
    joe: {name: Joe Smith, kind: person, aliases: [Smith]}
    ann: {name: Ann Smith, kind: person, aliases: [Smith]}
    # deck.yaml
    title: A deck
    notes:
      - {id: name, type: typed, question: Who spoke first at the meeting?, answer: Joe Smith, source: s#1}
    # sources.yaml
    s: {title: A report}

Good:

    # names.yaml
    joe: {name: Joe Smith, kind: person}
    ann: {name: Ann Smith, kind: person}
    # deck.yaml
    title: A deck
    notes:
      - {id: name, type: typed, question: Who spoke first at the meeting?, answer: Joe Smith, source: s#1}
    # sources.yaml
    s: {title: A report}
""",
}
"""Pages by code."""
