"""Near copies: how much of one report stands in another, and which passages.

A sketch (the smallest hashes of a text's three-character pieces) finds candidates among thousands of reports without
keeping their texts; only those are then compared sentence by sentence. Pure functions.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from indexer.wording import squeeze

SIZE = 200
"""Hashes in a sketch: the resemblance is then right within about 0.07, and a sketch is 200 numbers."""
LIKELY = 0.3
"""Resemblance from which two reports are worth comparing: a copy with 5 % edits keeps about .68 (INGEST)."""
_PIECE = 3
_SENTENCE = re.compile(r"[^。；;！？!?\n|]+")
_LEAST = 12  # characters; shorter sentences are alike by chance
_ALIKE = 85.0

Sketch = tuple[int, ...]


@dataclass(frozen=True)
class Likeness:
    """`share` of the first text's sentences, by characters, that stand in the second; `passages` the longest pairs."""

    share: float
    passages: tuple[tuple[str, str], ...]


def sketch(text: str) -> Sketch:
    """The smallest hashes of the pieces of `text`, ascending. The same for any spacing, width and script."""
    words = re.sub(r"[^\w\u4e00-\u9fff]", "", squeeze(text))
    pieces = {words[n : n + _PIECE] for n in range(len(words) - _PIECE + 1)}
    return tuple(heapq.nsmallest(SIZE, {zlib.crc32(piece.encode("utf-8")) for piece in pieces}))


def resemblance(one: Sketch, other: Sketch) -> float:
    """Estimated share of common pieces among all pieces of both (Jaccard), 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = heapq.nsmallest(SIZE, set(one) | set(other))
    common = set(one) & set(other)
    return sum(value in common for value in smallest) / len(smallest)


def compare(text: str, other: str, most: int = 5) -> Likeness:
    """How much of `text` stands in `other`, word for word or nearly."""
    mine, theirs = _sentences(text), _sentences(other)
    total = sum(len(words) for words in mine)
    if not total or not theirs:
        return Likeness(0.0, ())
    exact = set(theirs)
    pairs: list[tuple[str, str]] = []
    for words in mine:
        if words in exact:
            pairs.append((words, words))
        elif best := process.extractOne(words, theirs, scorer=fuzz.ratio, score_cutoff=_ALIKE):
            pairs.append((words, best[0]))
    share = sum(len(words) for words, _ in pairs) / total
    longest = sorted(pairs, key=lambda pair: -len(pair[0]))[:most]
    return Likeness(round(share, 3), tuple(longest))


def _sentences(text: str) -> Sequence[str]:
    found = (squeeze(match[0]) for match in _SENTENCE.finditer(text))
    return [words for words in dict.fromkeys(found) if len(words) >= _LEAST]
