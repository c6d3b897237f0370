"""What is shown, and in which form the answer is given.

Question types are many and answer forms few: a type words a question and picks a form; a form has one
grader (`grading`) and one widget (`tui/widgets`).

A response is text in every form, so that it can be typed, kept in the log and read there. Where it consists
of several parts (`Reveal` of points, `TypeIn` of `Items`, `Choose` of several, `Arrange`, `Pair`) they are
joined by `; `, and the two sides of a pair by ` = `.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.core.partial_date import in_words

SEPARATOR = "; "
"""Between the parts of a response."""

PAIRED = " = "
"""Between the two sides of a pair in a response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """The learner answers in mind, sees the answer and judges for themselves.

    With `points`, two to nine of one line each and without `;`, the learner sees those instead and ticks the
    ones they had: the ticked points are the response, and each earns its share.
    """

    answer: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words. `answers` are right, the first is shown; `aliases` are other spellings of them.

    `name` says that the answer is a name: the order of its words and its transliteration make no difference.
    """

    answers: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    name: bool = False

    @property
    def answer(self) -> str:
        """The answer as shown."""
        return self.answers[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written, in `unit`; `tolerance` is how far off still counts: `5`, or a share, `5%`."""

    value: str
    unit: str = ""
    tolerance: str = ""

    @property
    def answer(self) -> str:
        """The answer as shown."""
        joined = "" if self.unit in ("%", "‰", "°") else " "
        return f"{self.value}{joined}{self.unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date of any precision: `2024`, `2024-06`, `2024-06-13`.

    `implied` is the part of it that the question tells already, `2024` or `2024-06`: it need not be typed.
    """

    value: str
    implied: str = ""

    @property
    def answer(self) -> str:
        """The answer as shown: `13 June 2024`."""
        return in_words(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Several things, in any order, with credit for each."""

    items: tuple[Text, ...]

    @property
    def answer(self) -> str:
        """The answer as shown."""
        return SEPARATOR.join(item.answer for item in self.items)


Expected = Text | Number | Date | Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What another source says to the same question; `by` is how that source is called."""

    by: str
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIn:
    """The learner types what is expected; `elsewhere` is what other sources say, which was not asked."""

    expected: Expected
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def answer(self) -> str:
        """The answer as shown."""
        return self.expected.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """The learner picks among the answers and `draw` of the distractors.

    `several` says that all `answers` are to be picked, else there is one. Options are shuffled each time,
    unless `order` names them all. `elsewhere` are those of them that other sources say.
    """

    answers: tuple[str, ...]
    distractors: tuple[str, ...]
    draw: int
    several: bool = False
    order: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def answer(self) -> str:
        """The answer as shown, and as a response."""
        return SEPARATOR.join(self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrange:
    """The learner puts items in order; here they stand in the right one."""

    items: tuple[str, ...]

    @property
    def answer(self) -> str:
        """The right order as a response."""
        return SEPARATOR.join(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The learner finds for each left side its right one; right sides may repeat."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def answer(self) -> str:
        """The right pairs as a response."""
        return SEPARATOR.join(f"{left}{PAIRED}{right}" for left, right in self.pairs)


AnswerForm = Reveal | TypeIn | Choose | Arrange | Pair

FORMS: tuple[type[AnswerForm], ...] = (Reveal, TypeIn, Choose, Arrange, Pair)
EXPECTED: tuple[type[Expected], ...] = (Text, Number, Date, Items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question and the form of its answer."""

    question: str
    form: AnswerForm


def accepted(form: AnswerForm) -> tuple[str, ...]:
    """Responses that count as right, the shown one first, without mere respellings of a name."""
    if isinstance(form, TypeIn) and isinstance(form.expected, Text):
        return form.expected.answers
    return (form.answer,)


def only_revealed(form: AnswerForm) -> bool:
    """Whether the answer is shown and nothing can be graded: only the learner can tell."""
    return isinstance(form, Reveal) and not form.points
