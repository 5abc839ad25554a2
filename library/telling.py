"""The words of a text that tell what it is about, and how much each of them tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from library.lexicon import stop_words
from library.steps import DATA
from library.text import fold
from library.words import cut_for_index, domain_words, strays

RARE_ENOUGH = 0.4  # a word in a larger share of the library tells little; where there is no other,
FEW = 3  # of these are taken
OUTSIDE = 0.6  # weight of a word that is none of the domain, beside 1


def content_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word is said that is not one of those that any report has; also names and the like that no
    dictionary has."""
    times: Counter[str] = Counter()
    for text in map(fold, texts):
        times.update(cut_for_index(text))
        for stray, count in strays(text).items():
            times.setdefault(stray, count)
    return Counter({word: count for word, count in times.items() if _has_content(word)})


def _has_content(word: str) -> bool:
    is_number = word.isascii() and not word.isalpha()
    return len(word) > 1 and not is_number and word not in _says_little() and not word.endswith("合格率")


def domain_first(times: Counter[str]) -> list[str]:
    """Words of the domain first, then the most frequent and the longest."""
    return sorted(times, key=lambda word: (word not in _domain(), -times[word], -len(word), word))


@dataclass(frozen=True)
class Counted:
    """In how many of the cases of a library each of some words is."""

    cases: int
    found_in: Mapping[str, int]

    def rarity(self, word: str) -> float:
        return log(1 + self.cases / self.found_in[word])

    def value(self, word: str) -> float:
        """The rarity of a word, less for one that is none of the domain."""
        return self.rarity(word) * (1.0 if word in _domain() else OUTSIDE)

    def rare(self, words: Iterable[str], most: int) -> list[str]:
        """So many of some words that are not in a large share of the library; where all are, the first few."""
        words = list(words)
        found = [word for word in words if self.found_in[word] <= max(2, RARE_ENOUGH * self.cases)]
        return found[:most] or words[:FEW]


def telling(words: Collection[str], said: Collection[str] = ()) -> set[str]:
    """The words that are no part of a longer one, nor of one that was said before."""
    return {word for word in words if not any(word in longer for longer in {*words, *said} - {word})} - {*said}


@cache
def _domain() -> frozenset[str]:
    return frozenset(domain_words())


@cache
def _says_little() -> frozenset[str]:
    lines = (DATA / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return stop_words() | frozenset(line for line in lines if not line.startswith("#"))
