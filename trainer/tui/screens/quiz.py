"""A test under way: one question in front, all of them in a strip; every answer is written as it is given."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.collection.editing import renewed_quiz
from trainer.core.prompt import AnswerForm, Choose, only_revealed
from trainer.core.quiz import SELF_JUDGED, Answer
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import TrainerError
from trainer.tui.messages import QuestionPicked
from trainer.tui.screens.asking import FORM_KEYS, AskingScreen
from trainer.tui.watch import Watch
from trainer.tui.widgets.page import rows, stacked, text
from trainer.tui.widgets.question_strip import QuestionStrip
from trainer.tui.widgets.recall import recall
from trainer.tui.widgets.told import mark_of, question_of, told

if TYPE_CHECKING:
    from trainer.core.grading import Verdict
    from trainer.core.quiz import Quiz

_LAST_MINUTE = 60_000
_HELD = 0.5
"""Seconds between two presses that are meant as two."""

_ANSWERING = 4
"""So many of the forms' keys give an answer; they are told first, then those that move on."""

_NOTHING = Answer(response="", milliseconds=0)

State = Literal["asked", "revealed", "locked"]
"""Of the question in front: to be answered; its answer shown, to be judged; not to be changed any more."""


class QuizScreen(AskingScreen):
    """The questions of a test, in any order, until it is handed in or its time is up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *FORM_KEYS[:_ANSWERING],
        Binding("space,enter", "go_on", "go on", id="go_on"),
        Binding("1", "judge('right')", "I was right"),
        Binding("2", "judge('partly')", "partly"),
        Binding("3", "judge('wrong')", "wrong"),
        Binding("tab,right", "go(1)", "next", tooltip="question", id="next_question"),
        Binding("f8,ctrl+s", "hand_in", "hand in", id="hand_in"),
        *FORM_KEYS[_ANSWERING:],
        Binding("shift+tab,left", "go(-1)", "back", tooltip="to the question before", id="previous_question"),
        Binding("f3,f", "flag", "flag", tooltip="to find the question again", id="flag_question"),
        Binding("s", "sources", "sources", id="sources"),
        Binding("e", "edit", "edit", tooltip="the card, in your editor", id="edit"),
        Binding("up,k", "scroll(-1)", "scroll up", show=False),
        Binding("down,j", "scroll(1)", "scroll down", show=False),
        Binding("pageup", "scroll_page(-1)", "scroll a page up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll a page down", show=False),
        Binding("escape,q", "leave", "leave", tooltip="for later", id="leave"),
    ]

    def __init__(self, quiz: Quiz) -> None:
        super().__init__()
        self.quiz = quiz
        self._state: State = "asked"
        self._verdict: Verdict | None = None
        self._untouched = self._asked_back = self._confirming = ""
        self._pressed_at = 0.0
        self._warned = self._left = False
        self._strip = QuestionStrip(quiz)

    def compose(self) -> ComposeResult:
        """The parts stay; each question fills them anew."""
        yield self.top
        yield self.foot
        yield self._strip
        yield self.page

    def on_mount(self) -> None:
        """Ask the first open question; with a limit, look at the time every second."""
        self._watch = Watch(self.quiz, self.trainer.monotonic)
        self._ask()
        if self.quiz.limit:
            self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        """However the program ends, what was typed and the time used are kept."""
        with suppress(TrainerError):
            if not self._left and self._keep():
                self.trainer.collection.quizzes.pause(self.quiz, used=self._watch.used)

    def on_screen_resume(self) -> None:
        """Time has gone on beneath a panel."""
        self.call_after_refresh(self.tick)

    # Time

    def tick(self) -> None:
        """Show the time that is left; when it is up, hand in."""
        if not self.quiz.limit or self.app.screen is not self or self._is_over():
            return
        if self._watch.left <= _LAST_MINUTE and not self._warned:
            self._warned = True
            self.foot.tell("Less than a minute is left; then the test is handed in as it is.")
        self._show_top()

    def _is_over(self) -> bool:
        """Whether the time is up; the test is handed in then."""
        if self._watch.is_over:
            self._hand_in(time_up=True)
            return True
        return False

    def _is_held(self) -> bool:
        """Whether the key to hand in is merely held: each press so soon puts the next one off."""
        return self.trainer.monotonic() - self._pressed_at < _HELD

    # Asking

    @property
    def _form(self) -> AnswerForm:
        return self.quiz.question.form

    @property
    def _drafts(self) -> dict[str, str]:
        """What was typed or moved but not given, where giving it shows the right answer at once."""
        return self.trainer.drafts.setdefault(self.quiz.id, {})

    def _ask(self) -> None:
        """Show the question in front, with the answer that it has so far."""
        asked = self.quiz.question
        seed = self.quiz.seed_of(asked)
        self._confirming = self._asked_back = ""
        view, line = self.open_form(self._form, seed=seed), self.page.answer_line
        if self.quiz.is_locked(asked.id):
            self._lock()
        else:
            response = self._drafts.get(asked.id, self.quiz.response)
            self._state, self._verdict = "asked", None
            if view.takes_text:
                line.value = response
                line.cursor_position = len(response)
            recall(view, self._form, response, seed=seed)
            self._untouched = self._given()
            self._watch.turn_to(asked.id)
        self._show()

    def _given(self) -> str:
        """What is typed, ticked or in order now; nothing where an answer is given at once."""
        assert self.view is not None
        if self.view.takes_text:
            return self.page.answer_line.value
        is_picked = isinstance(self._form, Choose) and not self._form.several
        return "" if is_picked else self.view.submit() or ""

    def _lock(self) -> None:
        """Show what the answer to the question in front was worth."""
        assert self.view is not None
        answer = self.quiz.answers[self.quiz.question.id]
        self._state = "locked"
        self._verdict = self.trainer.collection.quizzes.grade(self.quiz.question, answer)
        self.view.answered(answer.response, self._verdict)
        self.page.answer_line.close()
        self._watch.turn_to("")

    def _show(self) -> None:
        self._show_question()
        self._strip.show(self.quiz)
        self._show_top()
        self.foot.warn("")
        self.foot.advise(self._advice())
        self.shown_at = self.trainer.monotonic()
        self.refresh_bindings()

    def _advice(self) -> str:
        if self._state == "revealed":
            return "what did you say to yourself?"
        if self._state == "locked":
            return "" if self.quiz.open else "every question is answered: going on hands in"
        return self.view.advice if self.view else ""

    def _show_question(self) -> None:
        asked, view = self.quiz.question, self.view
        assert view is not None
        shown: list[tuple[str, Content]] = []
        if self._state == "asked":
            if self.quiz.response and (isinstance(self._form, Choose) or only_revealed(self._form)):
                shown.append(("So far", Content(one_line(self.quiz.response))))
        else:
            verdict = self._verdict or self.trainer.collection.quizzes.grade(asked, _NOTHING)
            height = self.app.size.height
            shown = told(asked.card, self.quiz.response, verdict, height=height, form=self._form)
            if self._state == "locked" and only_revealed(self._form):
                shown.insert(0, ("You", mark_of(verdict)))
        self.page.show(
            text(question_of(asked.card, with_hint=False)),
            stacked(view.lines, rows(shown)),
            reads_head=self._state == "asked",
            row=lambda: view.row,
        )

    def _show_top(self) -> None:
        quiz, card = self.quiz, self.quiz.question.card
        is_open = quiz.at in quiz.open
        flag = " · ⚑" if card.id in quiz.flagged else ""
        self.top.show(
            self.trainer.deck_title(card.deck),
            f"{quiz.at + 1} of {len(quiz.questions)}",
            *([self._time_left()] if quiz.limit else []),
            f"{'open' if is_open else 'answered'}{flag}",
            card.type + (f": {card.aspect}" if card.aspect else ""),
        )

    def _time_left(self) -> Content:
        left = max(0, -(-(self._watch.left) // 1000))
        if left * 1000 <= _LAST_MINUTE:
            return Content.styled(f"last minute: {left} s left", "bold $text-warning")
        return Content.styled(f"{left // 60}:{left % 60:02} left", "$muted")

    # Answering

    def respond(self, response: str) -> None:
        """Write the answer; then show what was right, or the next open question."""
        if self._state == "locked" or self.is_too_early() or self._is_over():
            return
        if self._state == "asked" and only_revealed(self._form):
            self._reveal()
            return
        if self._asks_back(response) or not self._write(response):
            return
        if self.quiz.request.feedback == "once":
            self._lock()
            self._show()
            return
        self.quiz = self.quiz.at_next_open()
        self._ask()
        if not self.quiz.open:
            self.foot.tell("Every question has an answer: change what you like, then hand in.")

    def _reveal(self) -> None:
        assert self.view is not None
        self._state = "revealed"
        self.view.answered("", self.trainer.collection.quizzes.grade(self.quiz.question, _NOTHING))
        self._show()

    def _asks_back(self, response: str) -> bool:
        """Ask what was meant, once for each response that could mean several things."""
        back = self.trainer.collection.unclear(self.quiz.question.card, response, form=self._form)
        if not back or response == self._asked_back:
            return False
        self._asked_back = response
        self.shown_at = self.trainer.monotonic()
        self.foot.tell(f"{capital(back)}. Enter once more takes it as it is.")
        return True

    def _write(self, response: str) -> bool:
        """Write the answer to the question in front; False if that failed, and said so."""
        question, quizzes = self.quiz.question.id, self.trainer.collection.quizzes
        spent, used = self._watch.spent(question), self._watch.used
        try:
            self.quiz = quizzes.answer(self.quiz, response, milliseconds=spent, used=used)
        except TrainerError as error:
            self.not_done(error, "The question stays; answer again to retry.")
            return False
        self._drafts.pop(question, None)
        return True

    def _keep(self) -> bool:
        """Keep what was typed or moved before the question goes; False if it could not be written."""
        given = self._given() if self._state == "asked" else self._untouched
        if given == self._untouched:
            return True
        if self.quiz.request.feedback == "end":
            return self._write(given)
        self._drafts[self.quiz.question.id] = given
        return True

    def _move_to(self, index: int) -> None:
        if not self._is_over() and self._keep():
            self.quiz = self.quiz.moved(index)
            self._ask()

    def _hand_in(self, *, time_up: bool = False) -> None:
        """End the test; what was typed but not given is given now."""
        if not self._keep():
            return
        quizzes, front = self.trainer.collection.quizzes, self.quiz.at
        places = {asked.id: index for index, asked in enumerate(self.quiz.questions)}
        try:
            for question, response in list(self._drafts.items()):
                quiz, spent = self.quiz.moved(places[question]), self._watch.spent(question)
                self.quiz = quizzes.answer(quiz, response, milliseconds=spent, used=self._watch.used)
                del self._drafts[question]
            result = quizzes.hand_in(replace(self.quiz, used=self._watch.used))
        except TrainerError as error:
            self.quiz = self.quiz.moved(front)
            self._ask()
            self.not_done(error, "Hand in once more to retry.")
            return
        self._left = True
        self.trainer.drafts.pop(self.quiz.id, None)
        self.trainer.show_result(result, time_up=time_up)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now: by the form, and by whether the right answer is shown."""
        offered = self.form_offers(action)
        if offered is not None:
            return offered
        if action == "go":
            (by,) = parameters
            return isinstance(by, int) and 0 <= self.quiz.at + by < len(self.quiz.questions)
        return {
            "judge": self._state == "revealed",
            "go_on": self._state == "locked",
            "edit": self._state == "locked",
            "sources": self._state != "asked" and bool(self.quiz.question.card.sources),
        }.get(action, True)

    def action_judge(self, judgement: str) -> None:
        """Answer with one's own judgement."""
        if judgement in SELF_JUDGED and self._state == "revealed":
            self.respond(judgement)

    def action_go(self, by: int) -> None:
        """Another question; what was typed is kept."""
        self._move_to(self.quiz.at + by)

    def on_question_picked(self, event: QuestionPicked) -> None:
        """A question was pressed in the strip."""
        self._move_to(event.index)

    def action_go_on(self) -> None:
        """The next open question; hand in after the last."""
        if self.is_too_early() or self._is_over():
            return
        if not self.quiz.open:
            self._hand_in()
            return
        self.quiz = self.quiz.at_next_open()
        self._ask()

    def action_flag(self) -> None:
        """Flag the question, or take its flag away."""
        try:
            self.quiz = self.trainer.collection.quizzes.flag(self.quiz)
        except TrainerError as error:
            self.not_done(error, "Nothing was changed.")
            return
        self._strip.show(self.quiz)
        self._show_top()

    def action_sources(self) -> None:
        """Show the sources in full."""
        self.trainer.show_sources(self.quiz.question.card)

    def action_edit(self) -> None:
        """Open the card whose answer is shown in the editor; the answer counts by what is right after it."""
        span = self.quiz.question.card.span
        self.trainer.edit(span, lambda: self._edited(span.path))

    def _edited(self, path: str) -> None:
        self.quiz = renewed_quiz(self.trainer.collection, self.quiz, path=path)
        self._ask()

    def action_hand_in(self) -> None:
        """Hand in; with open questions only after saying so."""
        if self._is_over() or not self._keep():
            return
        left = len({self.quiz.questions[index].id for index in self.quiz.open} - self._drafts.keys())
        if left and (self._confirming != "hand in" or self._is_held()):
            self._confirming = "hand in"
            self._pressed_at = self.trainer.monotonic()
            are = "is" if left == 1 else "are"
            self.foot.tell(f"{plural(left, 'question')} {are} open: press again to hand in all the same.")
            return
        self._hand_in()

    def action_leave(self) -> None:
        """To the decks; the test can be taken up from there."""
        try:
            kept = self._keep()
            if kept:
                self.trainer.collection.quizzes.pause(self.quiz, used=self._watch.used)
        except TrainerError as error:
            kept = False
            self.not_done(error, "Leave once more to go all the same.")
        if kept or self._confirming == "leave":
            self._left = True
            self.trainer.go_home()
        else:
            self._confirming = "leave"
