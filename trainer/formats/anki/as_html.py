"""Plain text -> the HTML of a field in Anki, in which nothing of it means anything.

What Anki would take for a sound, for LaTeX to be run, or for a hole is written with character references.
MathJax, `\\(x\\)`, is text in our decks and stays what it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.core.deck import Account, Citation, Source
from trainer.core.wording import cited_sources

_MARKS = re.compile(r"[&<>\"{}\n\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]|\[(?=(?i:sound:|anki:|latex\]|\$))")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "<br>"}
_WEB = ("http://", "https://")


def html(text: str) -> str:
    """A text as HTML; its lines stay lines, and control characters are left out."""
    return text if text.isalnum() else _MARKS.sub(_safe, text)


def _safe(found: re.Match[str]) -> str:
    sign = found[0]
    return _REFERENCES.get(sign) or (f"&#{ord(sign)};" if sign in "{}[" else "")


def in_hole(text: str) -> str:
    """A text as HTML that can stand in a hole, where `::` would begin a hint."""
    return html(text).replace("::", "&#58;&#58;")


def listed(texts: Iterable[str], *, numbered: bool = False) -> str:
    """Texts as a list."""
    kind = "ol" if numbered else "ul"
    return f"<{kind}>{''.join(f'<li>{html(text)}</li>' for text in texts)}</{kind}>"


def table_of(accounts: Iterable[Account]) -> str:
    """Who says what, a row each."""
    rows = (f"<tr><th>{html(each.by)}</th><td>{html(each.says)}</td></tr>" for each in accounts)
    return f"<table>{''.join(rows)}</table>"


def sources(cited: Iterable[Citation]) -> str:
    """Sources, a line each, with a link where there is an address: title, publisher, date and paragraphs."""
    by_source: dict[Source, list[Citation]] = {}
    for each in cited:
        by_source.setdefault(each.source, []).append(each)
    return "<br>".join(_source(source, own) for source, own in by_source.items())


def _source(source: Source, cited: Iterable[Citation]) -> str:
    (line,) = cited_sources(cited)
    if not source.url.startswith(_WEB):
        return html(line)
    return f'<a href="{html(source.url)}">{html(line)}</a>'
