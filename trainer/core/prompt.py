"""What is shown, and in which form the answer is given.

Question types are many and answer forms few: a type words a question and picks a form; a form has one
grader (`grading`) and one widget (`tui/widgets`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """The learner answers in mind, sees the answer and judges for themselves."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIn:
    """The learner types. `answers` are right, the first is shown; `aliases` are other spellings of them."""

    answers: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The answer as shown."""
        return self.answers[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """The learner picks among the answer and `draw` of the distractors, in an order drawn each time."""

    answer: str
    distractors: tuple[str, ...]
    draw: int


AnswerForm = Reveal | TypeIn | Choose

FORMS: tuple[type[AnswerForm], ...] = (Reveal, TypeIn, Choose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question and the form of its answer."""

    question: str
    form: AnswerForm


def accepted(form: AnswerForm) -> tuple[str, ...]:
    """Every answer that counts as right, the shown one first, without mere respellings of a name."""
    return form.answers if isinstance(form, TypeIn) else (form.answer,)
