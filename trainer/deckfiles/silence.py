"""Comments that silence: `# trainer: ignore CODE[, CODE]`.

At the end of a line it is for what begins or ends there, on a line of its own right above a note (or an
entry) for all of that, above the title for the file; on any other line of its own, for the line that follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from trainer.core.deck import Problem
from trainer.core.rules import RULES
from trainer.deckfiles.folder import File
from trainer.deckfiles.nodes import Items, Table, Text, scalars
from trainer.deckfiles.pages import PAGES
from trainer.deckfiles.report import Report, quoted

_BREAK = re.compile("\r\n?|\n")
_COMMENT = re.compile(r"(?:(?<=[ \t\n\r])|\A)#[^\r\n]*")
_ASKED = re.compile(r"#+\s*trainer:\s*ignore\b\s*(?P<codes>[\w-]*(?:\s*,\s*[\w-]+)*)", re.I)
_BETWEEN = re.compile(r"\s*(?:#|-\s*$)")
_CODE = re.compile(r"[\w-]+")
_BLOCK = re.compile(r"[|>][-+0-9]*(?=[ \t]+#)")

UNUSED = "unused-ignore"
UNKNOWN = "unknown-code"


class Heard(NamedTuple):
    """The problems that no comment silences, and those of the comments themselves."""

    kept: tuple[Problem, ...]
    of_comments: tuple[Problem, ...]


class _Ignore(NamedTuple):
    """One code of one comment, the lines that it is for (0 to -1: all), and the place where it stands."""

    code: str
    first: int
    last: int
    line: int
    column: int


def silenced(
    problems: Iterable[Problem],
    files: Sequence[tuple[File, Table | None]],
    *,
    unsure: Collection[str] = (),
) -> Heard:
    """Leave out the warnings that comments in these files silence.

    Comments that silence nothing are reported, but for the codes `unsure`, which were perhaps not looked for.
    """
    given = {file.path: [*_ignores(file, root)] for file, root in files if root is not None}
    asked = _Asked(given)
    used: set[tuple[str, _Ignore]] = set()
    kept: list[Problem] = []
    broken: set[str] = set()
    for problem in problems:
        path = problem.span.path
        found = [] if problem.severity == "error" else asked.about(problem)
        used.update((path, each) for each in found)
        if not found:
            kept.append(problem)
        if problem.severity == "error":
            broken.add(path)
    reports = [
        _report(path, [each for each in found if (path, each) not in used], unsure)
        for path, found in given.items()
        if path not in broken
    ]
    return Heard(tuple(kept), tuple(problem for report in reports for problem in report.problems))


class _Asked:
    """Which comments are for a problem, without a look at each of them."""

    def __init__(self, given: Mapping[str, Iterable[_Ignore]]) -> None:
        self._of_files: dict[tuple[str, str], _Ignore] = {}
        self._of_lines: dict[tuple[str, str, int], _Ignore] = {}
        for path, ignores in given.items():
            for each in ignores:
                if not each.first:
                    self._of_files.setdefault((path, each.code), each)
                for line in range(each.first, each.last + 1):
                    self._of_lines.setdefault((path, each.code, line), each)

    def about(self, problem: Problem) -> list[_Ignore]:
        """The comments that silence a problem: none, one, or one for its line and one for its file."""
        path, code = problem.span.path, problem.code
        found = self._of_lines.get((path, code, problem.span.line)), self._of_files.get((path, code))
        return [each for each in found if each is not None]


def _report(path: str, unused: Iterable[_Ignore], unsure: Collection[str]) -> Report:
    report = Report(path)
    for each in unused:
        if each.code not in RULES and each.code not in PAGES:
            hint = report.did_you_mean(each.code, [*RULES, *PAGES])
            report.warn(each, UNKNOWN, f"there is no problem with the code {quoted(each.code)}", hint=hint)
        elif each.code not in unsure:
            report.warn(each, UNUSED, f"there is no {quoted(each.code)} here to ignore", hint="delete it")
    return report


def _ignores(file: File, root: Table) -> Iterator[_Ignore]:
    """The comments of a file that ask for silence, code by code."""
    if b"trainer:" not in file.content:
        return
    text = file.content.decode("utf-8-sig", errors="surrogateescape")
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    units = _units(root)
    texts = [*scalars(root)]
    hidden = sorted((each.start + _head(text, each), each.end) for each in texts if not each.plain)
    begins = [start for start, _ in hidden]
    ends = {
        bisect_right(starts, each.end): each.line for each in texts if each.plain and each.end > each.start
    }
    for comment in _COMMENT.finditer(text):
        before = bisect_right(begins, comment.start()) - 1
        asked = _ASKED.match(comment[0])
        if asked is None or (before >= 0 and comment.start() < hidden[before][1]):
            continue
        line = bisect_right(starts, comment.start())
        first, last = ends.get(line, line), line
        if lines[line - 1].lstrip().startswith("#"):
            first, last = _below(line, lines, root, units)
        for code in _CODE.finditer(
            text, comment.start() + asked.start("codes"), comment.start() + asked.end()
        ):
            yield _Ignore(code[0], first, last, line, code.start() - starts[line - 1] + 1)


def _below(line: int, lines: Sequence[str], root: Table, units: Sequence[int]) -> tuple[int, int]:
    """The lines that a comment on a line of its own is for."""
    following = line + 1
    while following <= len(lines) and _BETWEEN.match(lines[following - 1]):
        following += 1
    unit = bisect_right(units, following)
    if unit and units[unit - 1] == following:
        return following, units[unit] - 1 if unit < len(units) else len(lines)
    if line < root.line:
        return 0, -1
    return following, following


def _units(root: Table) -> list[int]:
    """The lines where notes begin, or entries of a registry."""
    notes = root.get("notes")
    if isinstance(notes, Items):
        return [each.line for each in notes]
    return [root.key(key).line for key in root]


def _head(text: str, scalar: Text) -> int:
    """The characters of a block's first line before a comment, which belongs to none of its text."""
    found = _BLOCK.match(text, scalar.start)
    if found is None:
        return 0
    end = _BREAK.search(text, scalar.start)
    return (end.start() if end else len(text)) - scalar.start
