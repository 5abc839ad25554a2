"""The names and words that occur in a library: what is offered while typing, and instead of a slip of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from library.pinyin import blurred, initials, reading, syllables
from library.text import fold, is_han
from library.words import cut, cut_for_index, domain_words

DATA = Path(__file__).parent / "data"

Kind = Literal["word", "tool", "unit", "group", "title"]
KINDS: tuple[Kind, ...] = ("word", "tool", "unit", "group", "title")
"""In this order completions of equal standing are offered: short and general first."""


class Name(NamedTuple):
    text: str  # as shown
    kind: Kind
    cases: int = 1


class Vocabulary:
    """All names of a library. Made anew when the library changes; what takes time is worked out when first needed."""

    def __init__(self, names: Iterable[Name], occurs: Callable[[str], bool]) -> None:
        """`occurs` says whether a word is found in any case; domain words that are not are never offered."""
        self._occurs = occurs
        self._names = sorted(names, key=lambda name: (-name.cases, len(name.text), name.text))
        self._folded = [fold(name.text) for name in self._names]

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        """Names that begin with what was typed, or have a word that does; Latin letters are tried as pinyin too."""
        wanted = fold(typed)
        if not wanted:
            return ()
        found: dict[tuple[str, Kind], tuple[int, Name]] = {}
        for standing, name in self._matching(wanted):
            key = (name.text, name.kind)
            found[key] = min(found.get(key, (9, name)), (standing, name))
        best = sorted(found.values(), key=lambda pair: (pair[0], KINDS.index(pair[1].kind), -pair[1].cases))
        return tuple(name for _, name in best[:count])

    def _matching(self, wanted: str) -> Iterator[tuple[int, Name]]:
        """Standing (0 is best) and name."""
        for word in domain_words():
            if word.startswith(wanted) and word != wanted and self._occurs(word):
                yield 0, Name(word, "word")
        for name, folded in zip(self._names, self._folded, strict=True):
            if folded.startswith(wanted):
                yield 0, name
            elif wanted in folded:
                yield 1, name
        if wanted.isascii() and wanted.replace("'", "").isalpha():
            yield from self._read_as(wanted.replace("'", ""))

    def _read_as(self, letters: str) -> Iterator[tuple[int, Name]]:
        for name, (sounds, first_letters) in zip(self._names, self._sounds, strict=True):
            if first_letters.startswith(letters) or _begins(sounds, 0, letters):
                yield 2, name
            elif letters in first_letters or any(_begins(sounds, place, letters) for place in range(1, len(sounds))):
                yield 3, name
        for word in domain_words():
            sounds = syllables(word)
            if (initials(word) == letters or _begins(sounds, 0, letters)) and self._occurs(word):
                yield 2, Name(word, "word")

    @cached_property
    def _sounds(self) -> list[tuple[tuple[str, ...], str]]:
        """Syllables and initials of every name; word by word, since words are few and names are many."""
        found = []
        for folded in self._folded:
            words = [syllables(word) for word in cut(folded)]
            flat = tuple(syllable for word in words for syllable in word)
            found.append((flat, "".join(syllable[0] for syllable in flat if syllable)))
        return found

    def spellings(self, word: str) -> Iterator[str]:
        """Words that occur and that the typed one may have been meant for, the likeliest first."""
        near = {
            *self._by_reading.get(reading(word), ()),
            *self._by_blurred.get(blurred(word), ()),
            *self._one_away(word),
        }
        yield from sorted((other for other in near if other != word), key=lambda other: _slip(word, other))

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of two and more Han characters, of the domain and of the names."""
        named = (word for folded in self._folded for word in cut_for_index(folded))
        known = {
            *domain_words(),
            *named,
            *(f for n, f in zip(self._names, self._folded, strict=True) if n.kind != "title"),
        }
        return frozenset(word for word in known if len(word) > 1 and any(map(is_han, word)))

    @cached_property
    def _by_reading(self) -> Mapping[str, list[str]]:
        return _grouped(self.words, reading)

    @cached_property
    def _by_blurred(self) -> Mapping[str, list[str]]:
        return _grouped(self.words, blurred)

    @cached_property
    def _by_gap(self) -> Mapping[str, list[str]]:
        """Each word under what is left of it when one character is missing."""
        table: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            for place in range(len(word)):
                table[word[:place] + "\0" + word[place + 1 :]].append(word)
        return table

    def _one_away(self, word: str) -> Iterator[str]:
        """One character wrong, missing or too many. Of two characters one wrong leaves too little to go by,
        unless it looks like the right one."""
        for place in range(len(word)):
            for other in self._by_gap.get(word[:place] + "\0" + word[place + 1 :], ()):
                if len(word) > 2 or _look_alike(word[place], other[place]):
                    yield other
        if len(word) > 1:
            for place in range(len(word) + 1):
                yield from self._by_gap.get(word[:place] + "\0" + word[place:], ())
        if len(word) > 2:
            for place in range(len(word)):
                shorter = word[:place] + word[place + 1 :]
                if shorter in self.words:
                    yield shorter


def _begins(sounds: tuple[str, ...], place: int, letters: str) -> bool:
    """Whether letters are the beginning of the syllables from a place on: gaol of gao·lu."""
    for syllable in sounds[place:]:
        if len(letters) <= len(syllable):
            return syllable.startswith(letters)
        if not letters.startswith(syllable):
            return False
        letters = letters[len(syllable) :]
    return False


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> Mapping[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for word in words:
        table[key(word)].append(word)
    return table


def _slip(typed: str, meant: str) -> tuple[int, int, str]:
    """How likely one was written for the other, 0 first: read alike, looks alike, read nearly alike, other."""
    same_length = len(typed) == len(meant)
    different = sum(a != b for a, b in zip(typed, meant, strict=False)) + abs(len(typed) - len(meant))
    if same_length and reading(typed) == reading(meant):
        return 0, different, meant
    if same_length and all(a == b or _look_alike(a, b) for a, b in zip(typed, meant, strict=True)):
        return 1, different, meant
    if same_length and blurred(typed) == blurred(meant):
        return 2, different, meant
    return 3, different, meant


@cache
def _lookalikes() -> Mapping[str, frozenset[str]]:
    """Character -> those that look like it, as `lookalikes.txt` has them: one group a line."""
    table: dict[str, frozenset[str]] = {}
    for line in (DATA / "lookalikes.txt").read_text(encoding="utf-8").splitlines():
        group = frozenset(re.sub(r"\s", "", line.partition("#")[0]))
        for letter in group:
            table[letter] = table.get(letter, frozenset()) | group
    return table


def _look_alike(one: str, other: str) -> bool:
    return other in _lookalikes().get(one, ())
