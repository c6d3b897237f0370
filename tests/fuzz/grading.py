"""The grader as a target: forms of every kind from sound notes and of any text, and any response to them."""

from __future__ import annotations

from fuzz import seeds
from trainer.core.grading import DateOrder, difference, grade, kept_score, unclear
from trainer.core.names import Names
from trainer.core.prompt import AnswerForm, Arrange, Choose, Elsewhere, Items, Pair, Reveal, Text, TypeIn
from trainer.core.responses import misread, read_response
from trainer.core.review import Rating
from trainer.core.visible import visible
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.reader import read_deck
from trainer.deckfiles.registries import Registry

_SPLIT = "\x1f"
_ORDERS: tuple[DateOrder, ...] = ("ask", "dmy", "mdy")


def _sound_forms() -> tuple[AnswerForm, ...]:
    """The forms of every question type's example."""
    registry = Registry(sources={}, names=Names(), sources_broken=True)
    decks = (
        read_deck(DeckFile("d", File("d.yaml", content), (), ()), registry).deck for content in seeds.DECKS
    )
    return tuple(card.prompt.form for deck in decks if deck for card in deck.cards)


_SOUND = _sound_forms()


def _form(number: int, texts: list[str]) -> AnswerForm:
    """A form: one of the sound ones, or one made of any texts that a deck may hold."""
    if number < len(_SOUND):
        return _SOUND[number]
    given = tuple(dict.fromkeys(text for text in texts if text.strip())) or ("x",)
    others = tuple(f"{text}'" for text in given)
    text = Text(answers=given[:1], aliases=given[1:])
    kinds: tuple[AnswerForm, ...] = (
        TypeIn(expected=text),
        TypeIn(expected=Text(answers=given, name=True)),
        TypeIn(expected=Items(items=tuple(Text(answers=(each,)) for each in given))),
        TypeIn(expected=text, elsewhere=(Elsewhere(by=given[-1], expected=Text(answers=others)),)),
        Choose(answers=given, distractors=others, draw=len(others), several=True),
        Choose(answers=given[:1], distractors=(*given[1:], *others), draw=9),
        Arrange(items=(*given, *others)),
        Pair(pairs=tuple(zip(given, others, strict=True))),
        Reveal(answer=given[0]),
    )
    return kinds[number % len(kinds)]


def _seeds() -> tuple[bytes, ...]:
    found = [bytes((32 + number,)) + f"0{form.answer}".encode() for number, form in enumerate(_SOUND)]
    found += (
        bytes((32 + number,)) + f"1{answer}{_SPLIT}Erevan{_SPLIT}{answer}".encode()
        for number in range(len(_SOUND), len(_SOUND) + 9)
        for answer in ("Yerevan", "the Treaty of 1783", "not a member", "Mikhail Gorbachev")
    )
    return tuple(found)


SEEDS = _seeds()


def graded(content: bytes) -> None:
    """Any response to any form has a score, or none where only the learner knows, and can be shown."""
    text = content.decode("utf-8", "replace")
    *texts, response = text[2:].split(_SPLIT)
    form = _form(max(0, ord(text[0]) - 32) if text else 0, texts)
    order = _ORDERS[len(text) % 3]
    shown = _shown(form)
    response = read_response(form, response, shown=shown)
    misread(form, response, shown=shown)
    asked = unclear(form, response, date_order=order)
    verdict = grade(form, response, milliseconds=len(content), date_order=order)
    assert verdict.score is None or 0 <= verdict.score <= 1, verdict
    assert verdict.score is not None or verdict.kind == "unknown", verdict
    assert (verdict.kind == "right") <= (verdict.score == 1), verdict
    assert isinstance(verdict.suggested, Rating)
    for rating in Rating:
        kept = kept_score(verdict, rating)
        assert kept is None or 0 <= kept <= 1
    for part in verdict.parts:
        assert 0 <= part.score <= 1
        visible(part.text + part.note)
    visible(asked + verdict.reason)
    if isinstance(form, TypeIn):
        difference(form.answer, response)


def _shown(form: AnswerForm) -> tuple[str, ...]:
    match form:
        case Choose():
            return form.order or (*form.answers, *form.distractors)
        case Arrange():
            return form.items
        case Pair():
            return tuple(right for _, right in form.pairs)
    return ()
