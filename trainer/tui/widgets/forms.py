"""Which view asks in which answer form."""

from __future__ import annotations

from trainer.core.prompt import AnswerForm, Arrange, Choose, Pair, Reveal, TypeIn
from trainer.tui.widgets.answer_form import AnswerView
from trainer.tui.widgets.arrange import ArrangeView
from trainer.tui.widgets.choose import ChooseView
from trainer.tui.widgets.pair import PairView
from trainer.tui.widgets.reveal import RevealView
from trainer.tui.widgets.type_in import TypeInView

FORM_VIEWS: dict[type[AnswerForm], type[AnswerView]] = {  # type: ignore[type-arg]
    Reveal: RevealView,
    TypeIn: TypeInView,
    Choose: ChooseView,
    Arrange: ArrangeView,
    Pair: PairView,
}
"""One view for each answer form."""
