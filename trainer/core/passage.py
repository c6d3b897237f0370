"""Words and sentences of a paragraph, and what is taken when some of its words are chosen."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_APART = "—―…。！？｡、，"
_TOKEN = re.compile(
    rf"[{_HAN}][\ufe00-\ufe0f\U000e0100-\U000e01ef]*|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    rf"|[^\s{_APART}{_HAN}{_HIRAGANA}{_KATAKANA}]+"
)
"""What stands between blanks or dashes; writing without blanks is taken character by character."""

_PART_OF_A_WORD = "%‰&#@§†‡°"
_AFTER_A_WORD = ",.;:…،؛、，；："
_ASKS = "?!‽⁉⁈؟？！"

_STOP = re.compile(r"(?:[.!?…‽؟۔।॥։]+|[。！？｡]+)[\"'”’»›)\]}」』）】]*")
_AT_ONCE = "。！？｡"
_OPENS_SENTENCE = re.compile(r"[\s\"'“”„«»‘‹(\[{¿¡–—―-]*")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_STOP = re.compile(r"[^\s\"'“„«‘‹(\[{—―]*$")
_LONGEST_SHORTENED = 24
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}|[^\W\d_]")

_TITLES = re.compile(
    "Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Maj|Col|Lt|Sgt|Capt|Cmdr|Adm|Brig|Sen|Rep|Gov|Amb|Rev|"
    "Fr|Hon|Pres|St|Mt|Ft|Messrs|Mme|Mlle|vs|cf|approx|ca|viz"
)
"""Shortened words that something always follows."""

_NUMBERED = re.compile("No|Nos|no|nos|Nr|Art|art|Sec|sec|Fig|fig|Vol|vol|Ch|ch|p|pp|para|paras")
"""Words that are shortened only before a number."""

_SHORTENED = re.compile(
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|"
    "Inc|Ltd|Co|Corp|Bros|Jr|Sr|Esq|Ave|Blvd|Rd|etc|al|Ph|dept|Dept|est|Est|Univ"
)
"""Shortened words that may end a sentence."""

_BEGINNERS = re.compile(
    "A|After|All|Also|Although|An|And|Another|Any|As|At|Because|Before|Both|But|By|"
    "Despite|During|Each|Even|For|From|He|Her|Here|His|How|However|I|If|In|Instead|It|"
    "Its|Last|Later|Many|Meanwhile|Most|My|Neither|Next|No|Nobody|Nor|Not|Now|On|Once|"
    "One|Only|Other|Our|Over|She|Since|So|Some|Still|Such|Than|That|The|Their|Then|There|"
    "These|They|This|Those|Though|Through|Thus|To|Today|Two|Under|Until|We|What|When|"
    "Where|Whether|Which|While|Who|Why|With|Without|Yet|You|Your"
)
"""Words with a capital that hardly follow a shortened word but where a sentence begins."""

_OPENERS = {"”": "“„", "“": "„“", "»": "«", "«": "»", "›": "‹", "’": "‘", "」": "「", "』": "『"}
_OPENERS |= {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", '"': '"', "'": "'"}
_MARK = re.compile(f"[{re.escape(''.join(dict.fromkeys(''.join(_OPENERS) + ''.join(_OPENERS.values()))))}]")
_OPENS_ONLY = frozenset("„«‹‘「『([{（【")


class Stretch(NamedTuple):
    """From one character of a text to before another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph with its words and sentences, in their order; `pairs` leads from each mark to its partner.

    Words leave out the punctuation around them. Sentences joined are the text.
    """

    text: str
    words: tuple[Stretch, ...]
    sentences: tuple[Stretch, ...]
    pairs: Mapping[int, int]

    def word_at(self, place: int) -> int:
        """The word that a character belongs to, or that comes before it; -1 if none begins so early."""
        return bisect_right(self.words, place, key=_start) - 1

    def sentence_of(self, word: int) -> int:
        """The sentence that a word belongs to."""
        return bisect_right(self.sentences, self.words[word].start, key=_start) - 1

    def words_of(self, sentence: int) -> range:
        """The words of a sentence; there may be none."""
        start, end = self.sentences[sentence]
        return range(self.word_at(start - 1) + 1, self.word_at(end - 1) + 1)

    def chosen(self, first: int, last: int) -> Stretch:
        """What is taken when the words from `first` to `last` are chosen.

        A mark whose partner is among them, or just beyond them, is taken as well: no pair is torn apart
        that could stay whole. A whole sentence keeps its question mark.
        """
        start, end = self.words[first].start, self.words[last].end
        whole = self.words_of(self.sentence_of(last))
        if first <= whole.start and last + 1 == whole.stop:
            end = self._past(_ASKS, end)
        while True:
            closing = self._past(_AFTER_A_WORD + _ASKS, end)
            if start <= self.pairs.get(closing, -1) < end:
                end = closing + 1
            elif start <= self.pairs.get(start - 1, -1) < end:
                start -= 1
            else:
                return Stretch(start, end)

    def around(self, stretch: Stretch) -> Stretch:
        """The sentence, or sentences, that a stretch lies in, without blanks around them."""
        first = bisect_right(self.sentences, stretch.start, key=_start) - 1
        last = bisect_right(self.sentences, stretch.end - 1, key=_start) - 1
        start, end = self.sentences[first].start, self.sentences[last].end
        whole = self.text[start:end]
        return Stretch(end - len(whole.lstrip()), start + len(whole.rstrip()))

    def _past(self, signs: str, place: int) -> int:
        while place < len(self.text) and self.text[place] in signs:
            place += 1
        return place


def read(text: str) -> Passage:
    """A paragraph, read for its words and sentences."""
    return Passage(
        text=text, words=tuple(_words(text)), sentences=tuple(_sentences(text)), pairs=_pairs(text)
    )


def _start(stretch: Stretch) -> int:
    return stretch.start


# Words


def _words(text: str) -> Iterator[Stretch]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        while start < end and _is_around(text, start, end):
            start += 1
        while start < end and _is_punctuation(text[end - 1]):
            end -= 1
        if start < end:
            yield Stretch(start, end + _keeps_point(text, start, end))


def _is_around(text: str, place: int, end: int) -> bool:
    """Whether a character is punctuation before a word, and not the sign of a number."""
    is_sign = text[place] in "-–" and place + 1 < end and text[place + 1].isdigit()
    return _is_punctuation(text[place]) and not is_sign


def _is_punctuation(character: str) -> bool:
    if character.isalnum() or character in _PART_OF_A_WORD:
        return False
    return unicodedata.category(character)[0] == "P" or character in "`´<>|~"


def _keeps_point(text: str, start: int, end: int) -> bool:
    """Whether the point after a word is a part of it."""
    return text.startswith(".", end) and end - start <= _LONGEST_SHORTENED and _is_shortened(text[start:end])


def _is_shortened(word: str) -> bool:
    if _TITLES.fullmatch(word) or _SHORTENED.fullmatch(word):
        return True
    return word != "I" and _INITIALS.fullmatch(word) is not None and (len(word) > 1 or word.isupper())


# Sentences


def _sentences(text: str) -> Iterator[Stretch]:
    start = 0
    for found in _STOP.finditer(text):
        end = found.end()
        if end < len(text) and (text[end].isspace() or found[0][0] in _AT_ONCE):
            after = _OPENS_SENTENCE.match(text, end)
            assert after is not None
            if after.end() < len(text) and _is_end(text, start, found, after.end()):
                end += len(text[end : after.end()]) - len(text[end : after.end()].lstrip())
                yield Stretch(start, end)
                start = end
    if start < len(text):
        yield Stretch(start, len(text))


def _is_end(text: str, start: int, stop: re.Match[str], after: int) -> bool:
    """Whether a sentence that begins at `start` ends at a stop; `after` is where the next word begins."""
    place = stop.start()
    before = text[place - 1] if place > start else " "
    if text[after].islower() or before in "([{":
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return not (before.isspace() and stop[0][0] in ".…")
    found = _BEFORE_STOP.search(text, max(start, place - _LONGEST_SHORTENED), place)
    assert found is not None
    word = found[0]
    if _TITLES.fullmatch(word):
        return False
    if word.isdigit() and found.start() == start + len(text[start:place]) - len(text[start:place].lstrip()):
        return False
    if _NUMBERED.fullmatch(word):
        return not text[after].isdigit()
    return not _is_shortened(word) or _begins(text, after)


def _begins(text: str, place: int) -> bool:
    """Whether the word there is one that begins sentences."""
    found = _WORD.match(text, place)
    return found is not None and _BEGINNERS.fullmatch(found[0]) is not None


# Marks in pairs


def _pairs(text: str) -> dict[int, int]:
    """Quotation marks and brackets that belong together; apostrophes belong to nothing."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    open_marks: Counter[str] = Counter()
    for found in _MARK.finditer(text):
        place, mark = found.start(), found[0]
        openers = _OPENERS.get(mark, "")
        if any(open_marks[opener] for opener in openers) and _may_close(text, place):
            while text[last := opened.pop()] not in openers:
                open_marks[text[last]] -= 1
            open_marks[text[last]] -= 1
            pairs[last], pairs[place] = place, last
        elif _may_open(text, place):
            opened.append(place)
            open_marks[mark] += 1
    return pairs


def _may_close(text: str, place: int) -> bool:
    """A mark that can open as well closes after a character; an apostrophe stands in a word."""
    if text[place] in "\"'“" and text[place - 1].isspace():
        return False
    return text[place] not in "'’“" or not text[place + 1 : place + 2].isalnum()


def _may_open(text: str, place: int) -> bool:
    mark = text[place]
    if mark in _OPENS_ONLY or mark == "“":
        return True
    if mark not in "\"'»":
        return False
    return not text[max(0, place - 1) : place].isalnum() and not text[place + 1 : place + 2].isspace()
