"""The words that quality staff use: synonyms, and words that only carry a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from library.pinyin import reading
from library.text import fold, is_han
from library.words import domain_words

DATA = Path(__file__).parent / "data"

WEIGHTS = {"=": 0.8, ">": 0.6, "~": 0.4}
"""Of what is added, beside 1 for the word as typed: equal words, narrower words, near words."""

PINYIN = 0.5
"""Weight of a word that was typed as pinyin, beside the letters themselves."""


class Synonym(NamedTuple):
    text: str  # folded
    shown: str
    weight: float


ONE_CHARACTER_WORDS = frozenset("砼桩梁柱墙泵阀罐缸辊")
"""Single characters that mean something alone; others belong to their neighbours."""


@cache
def stop_words() -> frozenset[str]:
    """Words that only carry a sentence or a question; looked for only where there is nothing else."""
    return frozenset((DATA / "stopwords.txt").read_text(encoding="utf-8").split())


@cache
def synonyms() -> Mapping[str, tuple[Synonym, ...]]:
    """Folded word -> what else to look for, as `synonyms.txt` says; its head explains the three signs."""
    table: dict[str, dict[str, Synonym]] = {}
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            for word, other, weight in _pairs(line):
                of = table.setdefault(fold(word), {})
                if fold(other) not in of or of[fold(other)].weight < weight:
                    of[fold(other)] = Synonym(fold(other), other, weight)
    return {word: tuple(of.values()) for word, of in table.items()}


def _pairs(line: str) -> Iterator[tuple[str, str, float]]:
    """Each word of a line with each that is looked for in its place, and at what weight."""
    head, sign, rest = re.split(r"\s+([=~>])\s+", line, maxsplit=1)
    others = [word.strip() for word in re.split("[,，]", rest)]
    if sign == ">":
        yield from ((head, other, WEIGHTS[sign]) for other in others)
    else:
        yield from ((a, b, WEIGHTS[sign]) for a, b in permutations([head, *others], 2))


@cache
def typed_words() -> frozenset[str]:
    """Words that people begin to type: those of the domain, of the synonyms and of `everyday_words.txt`, folded."""
    lines = (DATA / "everyday_words.txt").read_text(encoding="utf-8").splitlines()
    everyday = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset({*domain_words(), *synonyms(), *map(fold, everyday)})


@cache
def _by_reading() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word in sorted(typed_words()):
        if len(word) > 1 and all(map(is_han, word)):
            table[reading(word)] = (*table.get(reading(word), ()), word)
    return table


def read_as(letters: str) -> tuple[str, ...]:
    """The words that are read so in pinyin: gaolu is 高炉."""
    return _by_reading().get(letters, ())
