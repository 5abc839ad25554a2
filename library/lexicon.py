"""The words that quality staff use: synonyms, and words that only carry a question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from library.text import fold

DATA = Path(__file__).parent / "data"

EQUAL = 0.8
"""Weight of a synonym beside 1 for the word as typed."""


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
