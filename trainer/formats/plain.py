"""HTML in a field as plain text: line breaks and lists stay, media are told apart."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from trainer.formats.model import comments, tidy

_BREAKING = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "hr", "dl", "dt", "dd"),
    *("blockquote", "pre", "section", "article", "details", "summary"),
}
_DRESS = {
    *(
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "del",
        "ins",
        "span",
        "font",
        "small",
        "big",
        "mark",
        "code",
        "kbd",
    ),
    *("tbody", "thead", "center", "label", "html", "body", "head", "abbr", "cite", "q", "var", "wbr", "tt"),
}
_MEDIA = {"img": "image", "audio": "sound", "video": "video", "object": "object", "embed": "object"}
_MEDIA |= {"iframe": "page", "svg": "image", "source": "sound"}
_LOOKED_AT = 2_000
_UNSEEN = ("style", "script")
_SOUND = re.compile(r"\[sound:([^\[\]]*)\]")
# Neither goes past the next tag, so that tags which are never closed cost no more than others.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_DRESSING = re.compile(rf"</?(?:{'|'.join(sorted(_DRESS))})(?![A-Za-z0-9])[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_HIGH = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_MANY_BREAKS = re.compile(r"\n{3,}")


class Plain(NamedTuple):
    """A field as plain text, and the media that it had, each in words."""

    text: str
    media: list[str]


def plain(text: str, *, html: bool = True) -> Plain:
    """A field without markup; tags that HTML does not have stay as they are written."""
    media: list[str] = []

    def sound(found: re.Match[str]) -> str:
        media.append(f"sound {found[1]}")
        return ""

    if "[sound:" in text:
        text = _SOUND.sub(sound, text)
    if html and ("<" in text or "&" in text):
        bare = _DRESSING.sub("", text)
        text = _Reader(media).read(text) if "<" in bare else unescape(bare.replace("\n", " "))
    return Plain(tidy(text.replace("\xa0", " ")), media)


class _Reader:
    """Collects text; what stands in superscripts and subscripts is written with such digits."""

    def __init__(self, media: list[str]) -> None:
        self._media = media
        self._parts: list[str] = []
        self._shift: list[str] = []
        self._unseen = ""
        self._link = ""

    def read(self, markup: str) -> str:
        """The text of a field."""
        at = 0
        for start, end in comments(markup):
            self._tags(markup[at:start])
            at = end
        self._tags(markup[at:])
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return _MANY_BREAKS.sub("\n\n", "\n".join(lines))

    def _tags(self, markup: str) -> None:
        at = 0
        for found in _TAG.finditer(markup):
            self._data(markup[at : found.start()])
            self._tag(found[0], found[2].casefold(), found[3], closes=bool(found[1]))
            at = found.end()
        self._data(markup[at:])

    def _tag(self, written: str, name: str, attributes: str, *, closes: bool) -> None:
        if self._unseen:
            self._unseen = "" if closes and name == self._unseen else self._unseen
        elif name in _UNSEEN:
            self._unseen = "" if closes else name
        elif name in ("sup", "sub"):
            self._shift = self._shift[:-1] if closes else [*self._shift, name]
        elif name == "br":
            self._parts.append("\n")
        elif name in _BREAKING or name == "li":
            self._break()
            self._parts += ["- "] * (name == "li" and not closes)
        elif name in ("td", "th"):
            self._parts += [" | "] * (not closes and not self._at_break())
        elif name in _MEDIA:
            self._media += [f"{_MEDIA[name]} {_attribute(attributes, 'src', 'data')}".strip()] * (not closes)
        elif name == "a":
            self._anchor(attributes, closes=closes)
        elif name not in _DRESS:
            self._parts.append(unescape(written))

    def _anchor(self, attributes: str, *, closes: bool) -> None:
        """The address of a link stands after its text, unless it is that."""
        if closes and self._link and (not self._parts or self._parts[-1] != self._link):
            self._parts.append(f" ({self._link})")
        self._link = "" if closes else _attribute(attributes, "href")

    def _data(self, data: str) -> None:
        if self._unseen or not data:
            return
        text = unescape(data).replace("\n", " ")
        if self._shift and text.strip():
            signs, mark = (_HIGH, "^") if self._shift[-1] == "sup" else (_LOW, "_")
            if all(sign in signs for sign in text):
                text = "".join(signs[sign] for sign in text)
            else:
                text = mark + (text if len(text) == 1 else f"({text})")
        self._parts.append(text)

    def _at_break(self) -> bool:
        return not self._parts or self._parts[-1].endswith("\n")

    def _break(self) -> None:
        if not self._at_break():
            self._parts.append("\n")


def _attribute(attributes: str, *names: str) -> str:
    """The value of the first attribute of one of these names, empty if there is none."""
    for name, *values in _ATTRIBUTE.findall(attributes[:_LOOKED_AT]):
        if name.casefold() in names:
            return unescape("".join(values))
    return ""
