from __future__ import annotations

from trainer.deckfiles.report import MAX_PROBLEMS, TOO_MANY, Place, Report


def test_errors_are_told_however_many_warnings_there_are() -> None:
    report = Report("x.yaml")
    for line in range(1, MAX_PROBLEMS + 10):
        report.warn(Place(line, 1), "no-source", "cites nothing")
    report.error(Place(5000, 1), "unknown-key", "unknown key")
    told = report.problems
    assert [problem.code for problem in told if problem.severity == "error"] == ["unknown-key"]
    assert (told[-1].code, told[-1].severity) == (TOO_MANY, "warning")
    assert told[-1].message == "10 more problems are not listed"


def test_errors_that_are_not_listed_are_an_error() -> None:
    report = Report("x.yaml")
    for line in range(1, MAX_PROBLEMS + 2):
        report.error(Place(line, 1), "unknown-key", "unknown key")
    assert report.problems[-1].severity == "error"
    assert len(report.problems) == MAX_PROBLEMS + 1
