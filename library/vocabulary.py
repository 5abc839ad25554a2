"""The names and words that occur in a library: what is offered while typing, and instead of a slip of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple

from library.completing import Names
from library.pinyin import blurred, reading
from library.text import fold, is_han
from library.words import cut_for_index, domain_words

DATA = Path(__file__).parent / "data"

Kind = Literal["query", "word", "tool", "unit", "group", "title"]
KINDS: tuple[Kind, ...] = ("word", "tool", "unit", "group", "title")
"""Kinds of names of the library, in the order in which completions of equal standing are offered: short and general
first. Questions asked before ("query") are not names of the library, see `library/past_queries.py`."""

SHARE = 3
"""No kind gets more places than this among the completions while another kind has names to offer."""


class Name(NamedTuple):
    text: str  # as shown
    kind: Kind
    cases: int = 1


class Vocabulary:
    """All names of a library. Made anew when the library changes; what takes time is worked out when first needed."""

    def __init__(self, names: Iterable[Name], occurs: Callable[[str], bool]) -> None:
        """`occurs` says whether a word is found in any case; domain words that are not are never offered."""
        self._occurs = cache(occurs)
        words = (Name(word, "word") for word in domain_words())
        by_kind: dict[Kind, list[Name]] = {kind: [] for kind in KINDS}
        for name in sorted((*words, *names), key=lambda name: (-name.cases, len(name.text), name.text)):
            by_kind[name.kind].append(name)
        self._names = {kind: (known, Names([name.text for name in known])) for kind, known in by_kind.items() if known}

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        """Names that begin with what was typed, or have it in them; Latin letters are tried as pinyin too."""
        found: list[tuple[int, int, Name]] = []  # turn of its kind, standing, name
        for known, names in self._names.values():
            for place, (standing, number) in enumerate(names.find(typed, count, partial(self._offered, known, typed))):
                found.append((place // SHARE, standing, known[number]))
        best = sorted(found, key=lambda one: one[:2])[:count]
        return tuple(name for _, _, name in sorted(best, key=lambda one: one[1]))

    def _offered(self, known: Sequence[Name], typed: str, number: int) -> bool:
        name = known[number]
        return name.kind != "word" or (self._occurs(name.text) and name.text != fold(typed))

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
        folded = {kind: names.folded for kind, (_, names) in self._names.items()}
        named = (word for texts in folded.values() for text in texts for word in cut_for_index(text))
        whole = (text for kind, texts in folded.items() if kind != "title" for text in texts)
        known = {*named, *whole}
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
