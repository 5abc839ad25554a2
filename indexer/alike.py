"""Which cases say the words of a text, and where. The same for every engine; `library/similar.py` chooses the words.

BM25 that lets a word count nearly in proportion to how often it is said: of two reports that name a thing, the one is
about it that names it again and again. Figures are in docs/search.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from indexer.entry import BREAK, Entry
from indexer.shelf import Numbers
from library.matching import contains
from library.search import Likeness, Place

K1 = 8.0  # a question's words count by 1.0, see indexer/ranking.py
B = 0.75

LOOKED_AT = 40
"""So many of the cases that say the words best are looked at for where they say them."""

Times = TypeVar("Times", float, Numbers)


def said(times: Times, length: Times) -> Times:
    """How much a word counts that a case says so many times; `length` of its text, 1 for the usual one."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length))


def likenesses(
    scored: Iterable[tuple[float, Entry]],
    words: Mapping[str, float],
    count: int,
    steps: Sequence[str],
    also: Collection[str],
) -> list[Likeness]:
    """The first `count` of the cases and those of `also`, as `library.search.SearchEngine.like` tells them."""
    best = sorted(scored, key=lambda one: (-one[0], one[1].id))
    enough = LOOKED_AT if steps else count
    looked_at = [one for place, one in enumerate(best) if place < enough or one[1].id in also]
    found = [_likeness(entry, score, words, steps) for score, entry in looked_at]
    if steps:
        found.sort(key=lambda like: -sum(words[word] for word in like.in_title | like.inside))
    return [like for place, like in enumerate(found) if place < count or like.case_id in also]


def _likeness(entry: Entry, score: float, words: Mapping[str, float], steps: Sequence[str]) -> Likeness:
    common = [word for word in words if contains(entry.text, word)]
    in_title = frozenset(word for word in common if contains(entry.title, word))
    if not steps:
        return Likeness(entry.id, score, in_title, frozenset(common), None)
    sections = list(_sections(entry, common, steps))
    inside = frozenset(word for _, _, has in sections for word in has)
    places = (
        Place(sum(words[word] for word in has if contains(line, word)), section, number)
        for section, lines, has in sections
        for number, line in enumerate(lines[1:])  # the first is the heading
    )
    best = max(places, default=None, key=lambda place: place.score)
    return Likeness(entry.id, score, in_title, inside, best if best and best.score else None)


def _sections(entry: Entry, words: Sequence[str], steps: Sequence[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Number, lines and words of each section of some steps that has any of the words."""
    wanted = set(steps)
    for number, (own, start, end) in enumerate(entry.stretches):
        if wanted.intersection(own):
            has = [word for word in words if contains(entry.text, word, start=start, end=end)]
            if has:
                yield number, entry.text[start : end - len(BREAK)].split(BREAK), has
