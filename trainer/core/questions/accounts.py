"""`accounts`: what sources say that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from trainer.core.answers import MOST, as_choice, expected_text, identity, part_faults, unfit
from trainer.core.asked_date import iso_of, one_date, wrong_date
from trainer.core.deck import Account
from trainer.core.grading.telling import joined
from trainer.core.names import Names
from trainer.core.prompt import (
    PAIRED,
    SEPARATOR,
    Choose,
    Date,
    Elsewhere,
    Expected,
    Pair,
    Prompt,
    Reveal,
    Text,
    TypeIn,
)
from trainer.core.question import Draft, Fault, Note, OneOrMany, many
from trainer.core.wording import capital

_SKIPPED = ("who", "differ")
_SLUG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What one source says. `says` is shown; a list of it, the first shown, is typed."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    source: OneOrMany
    says: OneOrMany
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts(Note):
    """One question to which sources give different answers. A card an account, and cards that compare them.

    - `question`: what all of them answer, without naming any of them.
    - `accounts`: two to nine, each with `source` (one or several paragraphs of one article), `says` (its
      answer, in your own words) and, where it is not the article's own, `by`, whose account it is.
    - `because`: why they differ, where that is known; told after each answer.
    - `skip`: what is not asked besides what each says: `who`, who says what; `differ`, what all of them say.

    How a source is called comes from `sources.yaml`: its `short` name, else its publisher, its author or
    its title. A date (four digits are a year) or a name is typed; so is an answer that is a list, of which
    each item is right and the first is shown. Other answers are revealed. What is wrong for the source asked
    for, but is what another one says, is told apart from other wrong answers. Besides what each says, it is
    asked who says what, and what all of them say, with credit for each.

        - id: order-of-the-recall
          type: accounts
          question: Did Pashinyan rule out a visit to Belarus before or after Armenia recalled its ambassador?
          accounts:
            - source: [ambassador-recall#2, ambassador-recall#3]
              says: it does not say which came first
            - source: verge-of-leaving#8
              says: [after, afterwards, later]
          because: Only one of them puts the two in order.
    """

    type: ClassVar[str] = "accounts"

    question: str
    accounts: tuple[Says, ...]
    because: str = ""
    skip: OneOrMany = ()

    def faults(self, names: Names) -> Iterator[Fault]:
        """Two to nine accounts, each of another, that do not all say the same."""
        count = len(self.accounts)
        if count < 2:
            yield Fault(field="accounts", message="fewer than two accounts: there is nothing to compare")
        if count > MOST:
            yield Fault(field="accounts", message=f"more than {MOST} accounts")
        slugs: set[str] = set()
        for each in self.accounts:
            yield from self._faults_of(each, names)
            slug = _slug(each)
            if slug in slugs:
                message = f"two accounts of {_by(each, names)!r}"
                yield Fault(field="accounts", message=message, hint="say with by whose each is")
            slugs.add(slug)
        for part in many(self.skip):
            if part not in _SKIPPED:
                hint = f"there are {', '.join(_SKIPPED)}"
                yield Fault(field="skip", message=f"there is no card {part!r}", hint=hint)
        said = [many(each.says) for each in self.accounts]
        if count > 1 and all(said) and len({_same(each, names) for each in self.accounts}) == 1:
            yield Fault(field="accounts", message="all accounts say the same")

    def drafts(self, names: Names) -> Iterator[Draft]:
        """What does each say, who says what, and on what they disagree."""
        table = tuple(Account(by=_by(each, names), says=_shown(each)) for each in self.accounts)
        for each in self.accounts:
            yield self._what_it_says(each, names, table)
        if "who" not in many(self.skip):
            yield self._who_says(names, table)
        if "differ" not in many(self.skip):
            yield self._what_all_say(table)

    def _what_all_say(self, table: tuple[Account, ...]) -> Draft:
        labels = joined([account.by for account in table])
        points = tuple(f"{account.by}: {account.says}" for account in table)
        return Draft(
            key="differ",
            aspect="disagreement",
            prompt=Prompt(
                question=f"What do {labels} each say to this: {self.question}",
                form=Reveal(answer=SEPARATOR.join(points), points=points),
            ),
            explanation=self.because,
            accounts=table,
        )

    def cited(self) -> tuple[str, ...]:
        """What the note and its accounts cite."""
        own = (cited for each in self.accounts for cited in many(each.source))
        return tuple(dict.fromkeys((*many(self.source), *own)))

    def _what_it_says(self, each: Says, names: Names, table: tuple[Account, ...]) -> Draft:
        mine = _same(each, names)
        expected = _expected(each, names)
        others = [other for other in self.accounts if _same(other, names) != mine]
        also: tuple[Choose, ...] = ()
        form: Reveal | TypeIn = Reveal(answer=_shown(each))
        if expected is not None:
            elsewhere = tuple(
                Elsewhere(
                    by=_by(other, names), expected=_expected(other, names) or Text(answers=(_shown(other),))
                )
                for other in others
            )
            form = TypeIn(expected=expected, elsewhere=elsewhere)
            wrong = tuple(dict.fromkeys(other.expected.answer for other in elsewhere))
            also = tuple(
                replace(choice, elsewhere=elsewhere)
                for choice in as_choice(form.answer, wrong, draw=len(wrong))
            )
        return Draft(
            key=f"says-{_slug(each)}",
            aspect="account",
            prompt=Prompt(question=f"According to {_by(each, names)}: {capital(self.question)}", form=form),
            also=also,
            explanation=self.because,
            source=each.source,
            accounts=table,
        )

    def _who_says(self, names: Names, table: tuple[Account, ...]) -> Draft:
        """Whose account it is, where there are two; else a match of who says what."""
        said = [_same(each, names) for each in self.accounts]
        if len({*said}) > 2:
            question = f"Who says what to this: {self.question}"
            shown = {
                same: account.says for same, account in zip(reversed(said), reversed(table), strict=True)
            }
            pairs = tuple((account.by, shown[same]) for same, account in zip(said, table, strict=True))
            form: Pair | Choose = Pair(pairs=pairs)
        else:
            right = tuple(account.by for account, same in zip(table, said, strict=True) if same == said[0])
            wrong = tuple(account.by for account in table if account.by not in right)
            whose = "Whose account is this" if len(right) == 1 else "Whose accounts are this"
            question = f"{capital(self.question)}\n{whose}: “{table[0].says}”?"
            form = Choose(answers=right, distractors=wrong, draw=len(wrong), several=len(right) > 1)
        return Draft(
            key="who",
            aspect="who says so",
            prompt=Prompt(question=question, form=form),
            explanation=self.because,
            accounts=table,
        )

    def _faults_of(self, each: Says, names: Names) -> Iterator[Fault]:
        if not many(each.source) or not all(cited.strip() for cited in many(each.source)):
            yield Fault(field="accounts", message="an account cites no source")
        elif not each.by and len({cited.partition("#")[0] for cited in many(each.source)}) > 1:
            yield Fault(
                field="accounts", message="an account of several articles", hint="say with by whose it is"
            )
        yield from part_faults("accounts", [many(each.says)[:1]], names, what="answer")
        if not all(says.strip() for says in many(each.says)):
            yield Fault(field="accounts", message="an answer is empty")
        yield from unfit("accounts", _by(each, names), what="name")
        for side in (_by(each, names), *many(each.says)[:1]):
            if PAIRED in f" {side} ":
                yield Fault(field="accounts", message=f"{side!r} contains {PAIRED!r}")


def _by(each: Says, names: Names) -> str:
    """Whose account it is."""
    return each.by or next((names.called(cited) for cited in many(each.source)), "")


def _slug(each: Says) -> str:
    """What tells an account from the others of its note: the one it is by, else the article."""
    whose = each.by or next(iter(many(each.source)), "").partition("#")[0]
    return _SLUG.sub("-", whose.casefold()).strip("-")


def _shown(each: Says) -> str:
    """What a source says, as shown."""
    expected = _date(each)
    return expected.answer if expected else many(each.says)[0]


def _date(each: Says) -> Date | None:
    if not isinstance(each.says, str) or wrong_date(each.says):
        return None
    return Date(value=iso_of(one_date(each.says)))


def _expected(each: Says, names: Names) -> Expected | None:
    """What is typed; None for what can only be revealed."""
    if isinstance(each.says, str) and not names.is_name(each.says):
        return _date(each)
    return expected_text(many(each.says), names)


def _same(each: Says, names: Names) -> str:
    """The same for accounts that say the same."""
    return identity(_shown(each), names)
