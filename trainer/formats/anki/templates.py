"""What a card shows, by its template: fields put in their places, and nothing else done.

The language of templates is told in Anki's manual, under "Card Templates": `{{Field}}`, `{{filter:Field}}`,
parts that are there only if a field is filled, `{{#Field}}…{{/Field}}`, or empty, `{{^Field}}…{{/Field}}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from trainer.formats.plain import plain

MAX_PARTS = 400
"""Parts of a template; a longer one is refused."""

MAX_SHOWN = 200_000
"""Characters that a side may have as HTML."""

_TAG = re.compile(r"\{\{([^{}]*)\}\}")
_BACK = re.compile(r"""<hr\s+id\s*=\s*["']?answer["']?\s*/?>""", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BLANKS = re.compile(r"\s+")
_EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span)\b[^<>]*>)*", re.I)
_SPECIAL = {"frontside", "tags", "type", "deck", "subdeck", "card", "cardflag", "cardid"}
_SPOKEN = "tts"


class _Part(NamedTuple):
    """A piece of HTML, or a field with its filters; shown where every condition holds."""

    html: str
    field: str
    filters: tuple[str, ...]
    conditions: tuple[tuple[str, bool], ...]


class Side(NamedTuple):
    """A side of a template, read once."""

    parts: tuple[_Part, ...]
    only: str = ""
    """The field that the side is, where it is one field and nothing else."""

    def fields(self, named: str) -> tuple[str, ...]:
        """The fields with that filter, each once."""
        return tuple(dict.fromkeys(part.field for part in self.parts if named in part.filters))

    def repeats(self, other: Side) -> bool:
        """Whether all fields of another side are here as well."""
        here = {part.field for part in self.parts}
        return all(part.field in here for part in other.parts if part.field)


class TemplateError(ValueError):
    """A template, or what it shows, that is too long."""


def side(html: str) -> Side:
    """A side of a template. Of a back, what stands above its line is left out. Raises TemplateError."""
    parts: list[_Part] = []
    open_now: list[tuple[str, bool]] = []
    *_, html = _BACK.split(_BLANKS.sub(" ", _COMMENT.sub("", html)))
    at = 0
    for found in _TAG.finditer(html):
        parts.append(_Part(html[at : found.start()], "", (), tuple(open_now)))
        at = found.end()
        inner = found[1].strip()
        if inner[:1] in ("#", "^"):
            open_now.append((inner[1:].strip(), inner[0] == "#"))
        elif inner[:1] == "/":
            del open_now[-1:]
        else:
            *filters, field = (each.strip() for each in inner.split(":"))
            parts.append(_Part("", field, tuple(filters), tuple(open_now)))
        if len(parts) > MAX_PARTS:
            raise TemplateError("its template is too long")
    parts.append(_Part(html[at:], "", (), tuple(open_now)))
    left = _without_dress([part for part in parts if part.html or part.field])
    told = [part for part in left if part.field.casefold() not in _SPECIAL]
    is_one = len(told) == 1 and not (told[0].html or told[0].filters or told[0].conditions)
    return Side(left, told[0].field if is_one else "")


def shown(of: Side, fields: Mapping[str, str], *, without: tuple[str, ...] = ()) -> str:
    """The HTML of a side; fields with one of the filters `without` are left out. Raises TemplateError."""
    if of.only and len(text := fields.get(of.only, "")) <= MAX_SHOWN:
        return text
    texts: list[str] = []
    for part in of.parts:
        if part.conditions and not all(_is_filled(fields, name) is want for name, want in part.conditions):
            continue
        if not part.field:
            texts.append(part.html)
        elif not any(each in without or each.startswith(_SPOKEN) for each in part.filters):
            texts.append(fields.get(part.field, ""))
    if sum(map(len, texts)) > MAX_SHOWN:
        raise TemplateError(f"a text of more than {MAX_SHOWN:,} characters")
    return "".join(texts)


def _is_filled(fields: Mapping[str, str], name: str) -> bool:
    return not _EMPTY.fullmatch(fields.get(name, "")[:MAX_SHOWN])


def _without_dress(parts: list[_Part]) -> tuple[_Part, ...]:
    """Without pieces of HTML that say nothing where there is one field alone: most templates are so."""
    if len([part for part in parts if part.field and part.field.casefold() not in _SPECIAL]) != 1:
        return tuple(parts)
    return tuple(part for part in parts if part.field or plain(part.html).text)
