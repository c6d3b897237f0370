"""The stop-watch of a test: how long it has taken in all, and each of its questions."""

from __future__ import annotations

from collections.abc import Callable

from trainer.core.quiz import Quiz


class Watch:
    """Goes on where an earlier sitting over the same test has stopped. All times in milliseconds."""

    def __init__(self, quiz: Quiz, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._limit = quiz.limit
        self._before = quiz.used
        self._begun_at = self._since = monotonic()
        self._spent = {question: answer.milliseconds for question, answer in quiz.answers.items()}
        self._question = ""

    @property
    def used(self) -> int:
        """What the test has taken so far, the limit at most."""
        used = self._before + round((self._monotonic() - self._begun_at) * 1000)
        return min(used, self._limit) if self._limit else used

    @property
    def left(self) -> int:
        """What is left of the limit."""
        return self._limit - self.used

    @property
    def is_over(self) -> bool:
        """Whether there is a limit, and it is reached."""
        return self._limit > 0 and self.left <= 0

    def turn_to(self, question: str) -> None:
        """Count for another question from now on; for none if it is empty."""
        now = self._monotonic()
        if self._question:
            self._spent[self._question] = self.spent(self._question, now=now)
        self._question, self._since = question, now

    def spent(self, question: str, *, now: float | None = None) -> int:
        """What a question has taken so far, each time that it was in front."""
        before = self._spent.get(question, 0)
        if question != self._question:
            return before
        return before + round(((self._monotonic() if now is None else now) - self._since) * 1000)
