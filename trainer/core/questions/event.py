"""`event`: what happened, told once, and asked from every side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from trainer.core.answers import MOST, as_choice, expected_text, fits, part_faults, same_kind, unfit
from trainer.core.asked_date import DATE_HINT, asked_date, iso_of, one_date, wrong_date
from trainer.core.event_order import FEWEST, chain, groups, neighbours, span
from trainer.core.event_wording import ROLES, Told
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.partial_date import Days, in_words
from trainer.core.prompt import SEPARATOR, AnswerForm, Arrange, Choose, Items, Prompt, Reveal, TypeIn
from trainer.core.question import Draft, Fault, Happening, Note, OneOrMany, many

_IN_TIME = "order"
"""What to skip for an event that is not to be compared with others in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Note):
    """Something that happened, told once. A card for each role given, and cards shared with other events.

    - `what`: the event in one line, as a timeline would have it, without its date.
    - `who`: who did it, one or several.
    - `did`: what they did, in the past tense, so that it goes on after `who`: `recalled`, `was charged`.
    - `whom`: to whom or to what, one or several, so that it goes on after `did`.
    - `when`: the date, as exact as it is known: `2024-06-13`, `2024-06`, `2024`.
    - `where`: the place; `in` is put before it, unless it begins with such a word.
    - `why`: the reason, or a list of up to nine key points, each worth its part of the credit.
    - `answers`: the id of the event, of this deck, that this one was the answer to.
    - `according_to`: whose account it is, where accounts differ; the questions say so.
    - `ask`: your own wording, a question for each role where the made one will not do.
    - `skip`: roles that are not asked, one or several; `order` if it is not to be compared in time.

    Either `what` or `who` and `did` must be there. The roles are `what`, `who`, `whom`, `when`, `where`,
    `why` and `reply` (what was done in answer to the other event). Each card tells the other roles, never
    its answer: `What did Armenia do on 13 June 2024?` Names in `names.yaml` are typed, or in a quiz chosen
    among names of their kind; a date is typed, as exactly as it is told; everything else is revealed, and
    key points are ticked. What was done is asked only where a place or a date says which deed is meant.

    Dated events of a deck are also put in order, three to six at a time, or two of them compared: only such
    as don't overlap (a month is all of its days), whose line does not name a year, and that are told by the
    same account.

        - id: minsk-ambassador
          type: event
          what: Armenia recalls its ambassador from Belarus
          who: Armenia
          did: recalled
          whom: its ambassador in Minsk
          when: 2024-06-13
          why: Belarus had been arming Azerbaijan, as Politico reported
          source: [ambassador-recall#2, ambassador-recall#4]
    """

    type: ClassVar[str] = "event"

    what: str = ""
    who: OneOrMany = ()
    did: str = ""
    whom: OneOrMany = ()
    when: str = ""
    where: str = ""
    why: OneOrMany = ()
    answers: str = ""
    according_to: str = ""
    ask: dict[str, str] = field(default_factory=dict)
    skip: OneOrMany = ()

    def faults(self, names: Names) -> Iterator[Fault]:
        """An event must be told in a line, its roles must fit, and no question may tell its answer."""
        faults = [*self._faults_of_fields(names)]
        yield from faults
        if not any(fault.severity == "error" for fault in faults):
            yield from self._faults_of_questions(self._told(names))

    def drafts(self, names: Names) -> Iterator[Draft]:
        """A card for each role."""
        told = self._told(names)
        for role in self._roles():
            question = self.ask.get(role) or told.question(role)
            if question:
                form, also = self._form(role, question, told)
                yield Draft(key=role, aspect=role, prompt=Prompt(question=question, form=form), also=also)

    def happening(self, names: Names) -> Happening:
        """The event, with the full names of those who did it."""
        told = self._told(names)
        entries = [(one, names.find(one)) for one in told.who]
        return Happening(
            what=told.label,
            who=tuple(entry.name if entry else one for one, entry in entries),
            when=told.when,
            where=told.where,
            why=told.why,
            answers=self.answers,
            according_to=self.according_to,
        )

    def answering(self, current: Callable[[str], str]) -> Event:
        """The event as an answer to what has taken the place of the one that it answered."""
        return replace(self, answers=current(self.answers)) if self.answers else self

    @classmethod
    def faults_across(cls, notes: Mapping[str, Event]) -> Iterator[tuple[str, Fault]]:
        """What an event answers must be another event, earlier, and not in a circle."""
        for name, note in notes.items():
            if not note.answers:
                continue
            if note.answers not in notes:
                message = f"there is no event {note.answers!r} in this deck"
                yield name, Fault(field="answers", message=message, given=note.answers)
            elif name in _answered(name, notes):
                yield name, Fault(field="answers", message="events answer each other in a circle")
            elif (
                note._dated
                and notes[note.answers]._dated
                and note._span.last < notes[note.answers]._span.first
            ):
                message = "the event is earlier than the one it answers"
                yield (
                    name,
                    Fault(field="answers", message=message, severity="warning", code="answers-later-event"),
                )

    @classmethod
    def drafts_across(cls, notes: Mapping[str, Event], names: Names) -> Iterator[tuple[str, Draft]]:
        """What was done in answer to what; what came first; what is the order."""
        told = {name: note._told(names) for name, note in notes.items()}
        for name, note in notes.items():
            if note.answers in notes.keys() - {name} and "reply" not in many(note.skip):
                other = told[note.answers]
                question = note.ask.get("reply") or told[name].reply_to(other)
                if question:
                    form = Reveal(answer=told[name].label)
                    cited = (*notes[name].cited(), *notes[note.answers].cited())
                    prompt = Prompt(question=question, form=form)
                    yield name, Draft(key="reply", aspect="reply", prompt=prompt, source=cited)
        for by in dict.fromkeys(note.according_to for note in notes.values()):
            comparable = {
                name: note
                for name, note in notes.items()
                if note.according_to == by and note._compares(told[name])
            }
            yield from _in_time(comparable, told)

    def _compares(self, told: Told) -> bool:
        """Whether the event can be compared with others in time, without telling it."""
        return self._dated and _IN_TIME not in many(self.skip) and not told.tells_time and fits(told.label)

    @property
    def _dated(self) -> bool:
        return bool(self.when)

    @property
    def _span(self) -> Days:
        return span(iso_of(one_date(self.when)))

    def _told(self, names: Names) -> Told:
        return Told(
            what=self.what,
            who=many(self.who),
            did=self.did,
            whom=many(self.whom),
            when=iso_of(one_date(self.when)) if self.when else "",
            where=self.where,
            why=many(self.why),
            by=self.according_to,
            names=names,
        )

    def _roles(self) -> Iterator[str]:
        """The roles that are given and not left out, but for the reply, which takes two events."""
        skipped = many(self.skip)
        given = {"who": self.who, "whom": self.whom, "when": self.when, "where": self.where, "why": self.why}
        for role in ROLES[:-1]:
            if role not in skipped and (role == "what" or given[role]):
                yield role

    def _form(self, role: str, question: str, told: Told) -> tuple[AnswerForm, tuple[Choose, ...]]:
        if role == "what":
            return Reveal(answer=told.label), ()
        if role == "when":
            return asked_date(question, self.when)
        if role == "why":
            points = told.why if len(told.why) > 1 else ()
            return Reveal(answer=SEPARATOR.join(told.why), points=points), ()
        things = {"who": told.who, "whom": told.whom, "where": (told.where,)}[role]
        if not all(map(told.names.is_name, things)):
            return Reveal(answer=SEPARATOR.join(things)), ()
        texts = tuple(expected_text((thing,), told.names) for thing in things)
        if len(texts) > 1:
            return TypeIn(expected=Items(items=texts)), ()
        around = "\n".join(
            (question, told.label, told.deed, told.where, self.explanation, *told.who, *told.why)
        )
        return TypeIn(expected=texts[0]), as_choice(
            things[0], same_kind(things, told.names, unless_in=around)
        )

    def _faults_of_fields(self, names: Names) -> Iterator[Fault]:
        if not self.what and not (self.who and self.did):
            yield Fault(field="what", message="nothing is told: give what, or who and did")
        if self.whom and not self.did:
            yield Fault(field="whom", message="whom without did: say what was done")
        if self.when and (message := wrong_date(self.when)):
            yield Fault(field="when", message=message, hint=DATE_HINT)
        for role in ("who", "whom", "why"):
            parts = many(getattr(self, role))
            if len(parts) > 1:
                yield from part_faults(role, [(part,) for part in parts], names, what="part")
            if len(parts) > MOST:
                yield Fault(field=role, message=f"more than {MOST} parts")
            if not all(part.strip() for part in parts):
                yield Fault(field=role, message=f"{role} has an empty part")
        if self.what:
            yield from unfit("what", self.what, what="line")
        if not self.answers and "reply" in self.ask:
            yield Fault(field="ask", message="a wording for reply, but the event answers none")
        yield from _unknown("ask", self.ask, ROLES)
        yield from _unknown("skip", many(self.skip), (*ROLES, _IN_TIME))

    def _faults_of_questions(self, told: Told) -> Iterator[Fault]:
        given = set(self._roles())
        for role in self.ask.keys() - given - {"reply"}:
            yield Fault(field="ask", message=f"a wording for {role}, but there is no {role} to ask for")
        for role in sorted(given, key=ROLES.index):
            if role in self.ask:
                if told.gives_away(role, self.ask[role]):
                    yield Fault(field="ask", message=f"the question for {role} tells its answer")
            elif role != "what" and not told.question(role):
                hint = f"word it in ask, or leave it out: `skip: {role}`"
                yield Fault(field=role, message=f"any question for {role} would tell its answer", hint=hint)


def _unknown(name: str, given: Iterable[str], known: tuple[str, ...]) -> Iterator[Fault]:
    for role in given:
        if role not in known:
            yield Fault(
                field=name, message=f"there is no role {role!r}", hint=f"there are {', '.join(known)}"
            )


def _answered(name: str, notes: Mapping[str, Event]) -> set[str]:
    """The events that one answers, directly or through others."""
    found: set[str] = set()
    after = notes[name].answers
    while after in notes and after not in found:
        found.add(after)
        after = notes[after].answers
    return found


def _in_time(notes: Mapping[str, Event], told: Mapping[str, Told]) -> Iterator[tuple[str, Draft]]:
    """The order of several events, and which of two came first; each under the first of them."""
    lines: dict[str, str] = {}
    for name in notes:
        lines.setdefault(normalise(told[name].label), name)
    grouped = groups(chain({name: told[name].when for name in lines.values()}))
    for group in grouped:
        if len(group) >= FEWEST:
            items = tuple(told[name].label for name in group)
            question = "In which order did this happen{}, from first to last?"
            yield group[0], _compared("order", question, Arrange(items=items), group, notes, told)
    for pair in neighbours(grouped):
        one, other = (told[name].label for name in pair)
        form = Choose(answers=(one,), distractors=(other,), draw=1)
        yield pair[0], _compared("first", "Which of the two came first{}?", form, pair, notes, told)


def _compared(
    key: str,
    question: str,
    form: AnswerForm,
    group: Sequence[str],
    notes: Mapping[str, Event],
    told: Mapping[str, Told],
) -> Draft:
    """A card that compares events of one account; `{}` in its question is where that is named."""
    by = f", according to {told[group[0]].by}" if told[group[0]].by else ""
    return Draft(
        key=key,
        aspect=key,
        prompt=Prompt(question=question.format(by), form=form),
        explanation="\n".join(f"{in_words(told[name].when)}: {told[name].label}" for name in group),
        source=tuple(dict.fromkeys(cited for name in group for cited in notes[name].cited())),
        shared=True,
    )
