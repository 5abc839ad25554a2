"""What a word that no case has may have been meant for: a word that some case has, little different from it.

A slip of a Chinese input method is another character of the same reading; one of scanning or of drawing, a character
that looks alike. Others are told only of longer words, where what is left says enough. Candidates are made from the
typed word and looked up among the known ones (Norvig, How to write a spelling corrector), so that no table of all
words has to be kept in line with the library.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import combinations, product
from operator import ne
from pathlib import Path
from typing import NamedTuple

from library.lexicon import stop_words
from library.pinyin import blur, syllables
from library.text import is_han
from library.words import cut, domain_words

DATA = Path(__file__).parent / "data"

READ_ALIKE, LOOKS_ALIKE, READ_NEARLY_ALIKE, OTHER = range(4)
"""Kinds of slips, the likeliest first."""

LONGEST = 8  # characters of a word that is put right
LONGEST_THOROUGH = 5


class Slip(NamedTuple):
    """How one word differs from another; the smallest is the likeliest."""

    kind: int
    changed: int  # characters
    meant: str


class Spelling:
    def __init__(self, known: Collection[str]) -> None:
        """`known` are words of Han characters."""
        self._known = known

    def get_ready(self) -> None:
        """Work out the readings of all characters now."""
        _ = self._by_reading, self._by_blurred_reading, self._by_edge

    def near(self, word: str, thorough: bool = False) -> list[Slip]:
        """The known words that the typed one may have been meant for, the likeliest first. `thorough` tries what takes
        longer as well: two characters of the same reading, any other character wrong or missing.

        What consists of words of the dictionary may well be meant, and is put right only to a word of the domain that
        is read the same; a word of the domain is never put right.
        """
        if not 2 <= len(word) <= LONGEST or not all(map(is_han, word)) or word in domain_words():
            return []
        slips = {*self._read_alike(word, 1)}
        if not has_stray_characters(word):
            return sorted(slip for slip in slips if slip.meant in domain_words())
        slips |= {*self._one_like_it(word), *self._one_twice(word)}
        if thorough and len(word) <= LONGEST_THOROUGH:
            slips |= {*self._read_alike(word, 2), *self._one_wrong(word), *self._one_missing(word)}
        best: dict[str, Slip] = {}
        for slip in sorted(slips):
            best.setdefault(slip.meant, slip)
        return list(best.values())

    def _read_alike(self, word: str, changed: int) -> Iterator[Slip]:
        """So many characters changed for others of the same reading."""
        for places in combinations(range(len(word)), changed):
            letters = product(*(self._same_reading(word[place]) for place in places))
            yield from self._known_of(READ_ALIKE, changed, map(_blanked(word, places).__mod__, letters))

    def _one_like_it(self, word: str) -> Iterator[Slip]:
        for place, wrong in enumerate(word):
            fill = _blanked(word, (place,)).__mod__
            yield from self._known_of(LOOKS_ALIKE, 1, map(fill, lookalikes().get(wrong, ())))
            yield from self._known_of(READ_NEARLY_ALIKE, 1, map(fill, self._nearly_same_reading(wrong)))

    def _one_wrong(self, word: str) -> Iterator[Slip]:
        for known in self._with_an_edge_of(word, len(word)) if len(word) > 3 else ():
            if sum(map(ne, known, word)) == 1:
                yield Slip(OTHER, 1, known)

    def _one_missing(self, word: str) -> Iterator[Slip]:
        for known in self._with_an_edge_of(word, len(word) + 1):
            same = next((place for place, letter in enumerate(word) if known[place] != letter), len(word))
            if known[same + 1 :] == word[same:]:
                yield Slip(OTHER, 1, known)

    def _with_an_edge_of(self, word: str, length: int) -> Iterator[str]:
        """The known words of a length that begin or end as the word does: one slip leaves one of its edges as it is."""
        yield from self._by_edge.get((length, 0, word[0]), ())
        yield from self._by_edge.get((length, -1, word[-1]), ())

    @cached_property
    def _by_edge(self) -> Mapping[tuple[int, int, str], list[str]]:
        table: dict[tuple[int, int, str], list[str]] = {}
        for known in self._known:
            if len(known) <= LONGEST_THOROUGH + 1:
                for edge in (0, -1):
                    table.setdefault((len(known), edge, known[edge]), []).append(known)
        return table

    def _one_twice(self, word: str) -> Iterator[Slip]:
        once = (word[:place] + word[place + 1 :] for place in range(1, len(word)) if word[place] == word[place - 1])
        return self._known_of(READ_ALIKE, 1, once)

    def _known_of(self, kind: int, changed: int, words: Iterable[str]) -> Iterator[Slip]:
        return (Slip(kind, changed, word) for word in words if word in self._known)

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(letter for word in self._known for letter in word)

    @cached_property
    def _by_reading(self) -> Mapping[str, set[str]]:
        return _grouped(self._characters, blurred=False)

    @cached_property
    def _by_blurred_reading(self) -> Mapping[str, set[str]]:
        return _grouped(self._characters, blurred=True)

    def _same_reading(self, letter: str) -> set[str]:
        return {other for sound in readings(letter) for other in self._by_reading.get(sound, ())} - {letter}

    def _nearly_same_reading(self, letter: str) -> set[str]:
        sounds = map(blur, readings(letter))
        return {other for sound in sounds for other in self._by_blurred_reading.get(sound, ())} - {letter}


def _blanked(word: str, places: tuple[int, ...]) -> str:
    """The word with %s at some places; it has only Han characters, and none of them is a sign to Python."""
    return "".join("%s" if place in places else letter for place, letter in enumerate(word))


def _grouped(letters: Collection[str], blurred: bool) -> Mapping[str, set[str]]:
    table: dict[str, set[str]] = {}
    for letter in letters:
        for sound in readings(letter):
            table.setdefault(blur(sound) if blurred else sound, set()).add(letter)
    return table


def has_stray_characters(text: str) -> bool:
    """Whether the dictionary leaves single characters of a text, as it does where a word has a slip: 焊缝·气·空."""
    return any(len(word) == 1 and word not in stop_words() for word in cut(text))


@cache
def _readings_in_words() -> Mapping[str, frozenset[str]]:
    """Character -> how it is read in the domain's words: hang and xing for 行."""
    table: dict[str, frozenset[str]] = {}
    for word in domain_words():
        if all(map(is_han, word)):
            for letter, sound in zip(word, syllables(word), strict=True):
                table[letter] = table.get(letter, frozenset()) | {sound}
    return table


def readings(letter: str) -> frozenset[str]:
    """How a character is usually read. Not all ways of a large dictionary: by those 扶梯 could be read like 不是."""
    return _readings_in_words().get(letter, frozenset()) | {*syllables(letter)}


@cache
def lookalikes() -> Mapping[str, frozenset[str]]:
    """Character -> those that look like it, as `lookalikes.txt` has them: one group a line."""
    table: dict[str, frozenset[str]] = {}
    for line in (DATA / "lookalikes.txt").read_text(encoding="utf-8").splitlines():
        group = frozenset(re.sub(r"\s", "", line.partition("#")[0]))
        for letter in group:
            table[letter] = table.get(letter, frozenset()) | group - {letter}
    return table
