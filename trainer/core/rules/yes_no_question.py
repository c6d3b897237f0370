"""Questions to answer with yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen

_VERB = re.compile(
    r"(?!(?:can|could|will|would) you\b)(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|should|may|must)(?:n['’]t)?\b",
    re.I,
)
_ALSO_FOREIGN = re.compile(r"(?:Was|Will) [^\W\d_A-Z]")
_ENGLISH = re.compile(
    r"\b(?:the|an?|of|to|by|for|from|with|and|he|she|it|they|you|there|this|that|his|her|its|their|ever)\b",
    re.I,
)
_LAST_SENTENCE = re.compile(r".*[.!:]\s+(?=\S)", re.S)
_OR = re.compile(r"\bor\b", re.I)
_YES_NO = re.compile(r"(?:yes|no)\b(?! (?:more|less|longer|fewer|one|man|side|country|party))", re.I)


class YesNoQuestion(Rule):
    """The question can be answered with yes or no.

    A guess is right half of the time, and what is remembered is hardly more than a mood. Ask for the fact
    itself, or make a statement of it: the type `true-false` asks for no more than it can. `Was it A or B?` is
    no such question.

    Bad:

        - id: bucha-protest
          question: Did Moscow protest against the visit to Bucha?
          answer: Yes, in a note.
          source: ambassador-recall#8

    Good:

        - id: bucha-protest
          question: By which diplomatic step did Moscow protest against the visit to Bucha?
          answer: By a note.
          source: ambassador-recall#8
    """

    code: ClassVar[str] = "yes-no-question"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for a question that begins with its verb, or an answer that begins with yes or no."""
        question, answer = seen.fields.get("question"), seen.fields.get("answer")
        if not isinstance(question, str) or "answer" not in seen.fields:
            return
        asked = _LAST_SENTENCE.sub("", question.strip())
        hint = "ask for the fact, or use the type 'true-false'"
        if _VERB.match(asked) and not _OR.search(asked) and not _is_foreign(asked):
            yield Finding(message="the question asks for yes or no", where=("question",), hint=hint)
        elif isinstance(answer, str) and _YES_NO.match(answer) and seen.note.type != "number":
            yield Finding(message="the answer is yes or no", where=("answer",), hint=hint)


def _is_foreign(asked: str) -> bool:
    """Whether a question may be none in English: `Was heißt Fenster?` asks what something is."""
    return _ALSO_FOREIGN.match(asked) is not None and not _ENGLISH.search(asked)
