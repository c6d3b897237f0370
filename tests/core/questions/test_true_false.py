from __future__ import annotations

import pytest

from trainer.core.names import Names
from trainer.core.options import options
from trainer.core.prompt import Choose, Prompt
from trainer.core.questions.true_false import TrueFalse


@pytest.mark.parametrize(("answer", "right", "wrong"), [(True, "True", "False"), (False, "False", "True")])
def test_true_stands_before_false_whichever_is_right(answer: bool, right: str, wrong: str) -> None:
    (draft,) = TrueFalse(statement="It is so.", answer=answer).drafts(Names())
    form = Choose(answers=(right,), distractors=(wrong,), draw=1, order=("True", "False"))
    assert draft.prompt == Prompt(question="True or false? It is so.", form=form)
    assert options(form, seed="1") == ("True", "False")
    assert not draft.explanation


def test_a_correction_is_what_is_said_first_after_the_answer() -> None:
    (draft,) = TrueFalse(statement="It is so.", answer=False, correction="It is not.").drafts(Names())
    assert draft.explanation == "In fact: It is not."


@pytest.mark.parametrize(
    ("answer", "correction", "faults"),
    [
        (True, "", []),
        (False, "It is not.", []),
        (False, " ", [("warning", "statement", "a false statement without a correction")]),
        (True, "It is not.", [("error", "correction", "a true statement has nothing to correct")]),
    ],
)
def test_a_correction_belongs_to_what_is_false(
    answer: bool, correction: str, faults: list[tuple[str, str, str]]
) -> None:
    note = TrueFalse(statement="It is so.", answer=answer, correction=correction)
    found = [(fault.severity, fault.field, fault.message) for fault in note.faults(Names())]
    assert found == faults
