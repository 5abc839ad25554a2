"""The words that quality staff use: synonyms, and words that only carry a question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from library.pinyin import reading
from library.text import fold, is_han
from library.words import domain_words

DATA = Path(__file__).parent / "data"

EQUAL = 0.8
"""Weight of a synonym beside 1 for the word as typed."""


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
    """Folded word -> the others of its group, as `synonyms.txt` has them: one group a line, commas between."""
    table: dict[str, tuple[Synonym, ...]] = {}
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        words = [word.strip() for word in line.split(",") if word.strip()]
        for word in words:
            others = tuple(Synonym(fold(other), other, EQUAL) for other in words if other != word)
            table[fold(word)] = table.get(fold(word), ()) + others
    return table


@cache
def _by_reading() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word in domain_words():
        if len(word) > 1 and all(map(is_han, word)):
            table[reading(word)] = (*table.get(reading(word), ()), word)
    return table


def read_as(letters: str) -> tuple[str, ...]:
    """The domain words that are read so in pinyin: gaolu is 高炉."""
    return _by_reading().get(letters, ())
