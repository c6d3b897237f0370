"""How a verdict is put in words: quotations of bounded length, and what differs."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.core.normalise import normalise

_LONGEST_QUOTE = 60
_MOST_WORDS = 200

_ARTICLES = ("the", "a", "an")

NOT_AS_WRITTEN = "not the answer as written"


def on_one_line(text: str) -> str:
    """`text` with every run of blanks, of any kind, as one."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """`text` in quotation marks, on one line, cut where it is long."""
    line = on_one_line(text[: 4 * _LONGEST_QUOTE])
    return f"“{line}”" if len(line) <= _LONGEST_QUOTE else f"“{line[: _LONGEST_QUOTE - 1]}…”"


def joined(words: Sequence[str]) -> str:
    """`day`, `day and month`, `day, month and year`; nothing of nothing."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def far_too_long(response: str, answers: tuple[str, ...]) -> bool:
    """Whether a response is so much longer than any of the answers that no closer look is needed."""
    return len(response) > 4 * max(map(len, answers), default=0) + 1000


def difference(given: str, answer: str) -> str:
    """In words, what sets a response apart from the answer: the words that differ, lack or are too many."""
    from difflib import SequenceMatcher

    ours, theirs = given.split(maxsplit=_MOST_WORDS), answer.split(maxsplit=_MOST_WORDS)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return NOT_AS_WRITTEN
    ours, theirs = _without_articles(ours), _without_articles(theirs)
    plain_ours, plain_theirs = [normalise(word) for word in ours], [normalise(word) for word in theirs]
    parts: list[str] = []
    same = False
    matcher = SequenceMatcher(None, plain_ours, plain_theirs, autojunk=False)
    for tag, start, end, answer_start, answer_end in matcher.get_opcodes():
        extra, lacking = quoted(" ".join(ours[start:end])), quoted(" ".join(theirs[answer_start:answer_end]))
        if tag == "replace":
            parts.append(f"{extra} instead of {lacking}")
        elif tag == "delete":
            parts.append(f"{extra} is too much")
        elif tag == "insert":
            parts.append(f"{lacking} is missing")
        else:
            same = True
    return ", ".join(parts) if same and parts else NOT_AS_WRITTEN


def _without_articles(words: list[str]) -> list[str]:
    """The words without the articles, which make no difference; all of them where nothing else is there."""
    return [word for word in words if word.casefold() not in _ARTICLES] or words
