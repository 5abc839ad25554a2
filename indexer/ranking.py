"""How well a case answers a question, judged on its folded text. The same for every engine.

BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) over the words; for the best of them, half as
much over the pairs of neighbouring characters, and on top of it whole phrases and words that stand near each other.
Figures are in docs/search.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.entry import Entry
from library import matching
from library.query import Query
from library.terms import Form, Term
from library.text import is_han

Numbers = npt.NDArray[Any]

K1 = 1.2
B = 0.3
TITLE = 6.0  # one occurrence in the title counts as so many in the report
HEAD = 2.0  # in the group's name, the unit, the reviewers' comment and other facts
PAIRS = 0.5
WHOLE_PHRASE = 0.5
WINDOW = 30  # characters
NEAR = 1.5
AWARD = 0.02  # a tie-break: less than any difference that a reader would see


@dataclass(frozen=True)
class Weights:
    """What the whole collection says: how rare each form and pair is, and how long a case usually is."""

    cases: int
    average_length: float
    found_in: Mapping[str, int]  # form or pair -> number of cases

    def rarity(self, word: str) -> float:
        """Inverse document frequency, never negative: log(1 + (N - n + ½) / (n + ½))."""
        return self.rarity_of(self.found_in.get(word, 0))

    def rarity_of(self, n: int) -> float:
        n = min(n, self.cases)
        return math.log(1 + (self.cases - n + 0.5) / (n + 0.5))


@dataclass(frozen=True)
class Known:
    """What an engine knows of some cases without a look into their texts. Arrays are beside the cases."""

    times: Mapping[str, Numbers] = field(default_factory=dict)
    """How much a form counts in each, as `_times` would say; NaN where only the text can tell."""
    pairs: Mapping[str, Numbers] = field(default_factory=dict)
    """Whether each has a pair of characters."""


def pairs_of(query: Query) -> tuple[str, ...]:
    """Neighbouring Han characters of the runs as typed; those of Latin words would find them in other words."""
    return tuple(dict.fromkeys(pair for phrase in query.reading.phrases for pair in pairs_in(phrase)))


def pairs_in(phrase: str) -> Iterator[str]:
    pairs = (phrase[i : i + 2] for i in range(len(phrase) - 1))
    return (pair for pair in pairs if is_han(pair[0]) and is_han(pair[1]))


class Judge:
    """One question, ready to be held against some cases. The two parts add up to the score."""

    def __init__(self, query: Query, weights: Weights, entries: Sequence[Entry], known: Known) -> None:
        self._weights = weights
        self._entries = entries
        self._known = known
        lengths = np.array([len(entry.text) for entry in entries], dtype=float)
        average = weights.average_length
        self._norms = K1 * (1 - B + B * lengths / average) if average else np.full(len(entries), K1)
        self._terms = [term for term in query.terms if not term.excluded]
        self._steps = query.steps
        self._phrases = query.reading.phrases
        rarity = {word: weights.rarity(word) for word in weights.found_in}
        self._rarity = {f.text: rarity.get(f.text, 0.0) for t in self._terms for f in t.forms}
        rarities = ((self._rarity[term.text], [form.text for form in term.forms]) for term in self._terms)
        self._rarest_first = sorted(rarities, reverse=True)
        self._pairs = [(pair, PAIRS * rarity.get(pair, 0.0)) for pair in pairs_of(query)]

    def by_words(self) -> list[float]:
        """Of each case."""
        scores = np.array([_award(entry) for entry in self._entries])
        for term in self._terms:
            best = np.zeros(len(self._entries))  # the best form counts, each at its own weight
            for form in term.forms:
                times = self._times(term, form)
                found = form.weight * self._rarity[form.text] * (K1 + 1) * times / (times + self._norms)
                best = np.maximum(best, found)
            scores += best
        as_list: list[float] = scores.tolist()
        return as_list

    def most_by_places(self) -> list[float]:
        """For each case what `by_places` cannot exceed, told by what the engine knows to be missing in it."""
        count = len(self._entries)
        unknown = np.ones(count, dtype=bool)
        most = np.zeros(count)
        has_pair = {pair: self._known.pairs.get(pair, unknown) for pair, _ in self._pairs}
        for pair, weight in self._pairs:
            most += weight * (K1 + 1) * has_pair[pair]
        for phrase in self._phrases:
            has_all = np.ones(count, dtype=bool)
            for pair in pairs_in(phrase):
                has_all &= has_pair.get(pair, unknown)
            most += WHOLE_PHRASE * self._weights.rarity(phrase[:2]) * has_all
        for term in self._terms if len(self._terms) > 1 else ():
            times = (self._known.times.get(form.text, unknown) for form in term.forms)
            most += NEAR * self._rarity[term.text] * np.any([each != 0 for each in times], axis=0)
        as_list: list[float] = most.tolist()
        return as_list

    def by_places(self, number: int) -> float:
        """Pairs of characters, whole phrases and nearness in one of the cases; never negative."""
        entry, norm = self._entries[number], self._norms[number]
        body = _body(entry, entry.inside(self._steps)) if self._steps else entry.text
        pairs = sum(
            weight * _saturated(body.count(pair) + (TITLE - 1) * entry.title.count(pair), norm)
            for pair, weight in self._pairs
            if pair not in self._known.pairs or self._known.pairs[pair][number]  # counting nothing takes as long
        )
        phrases = sum(
            WHOLE_PHRASE * self._weights.rarity(phrase[:2])
            for phrase in self._phrases
            if phrase in body or phrase in entry.title
        )
        return pairs + phrases + NEAR * self._nearness(body)

    def _times(self, term: Term, form: Form) -> Numbers:
        known = None if term.field or self._steps else self._known.times.get(form.text)
        times = np.full(len(self._entries), np.nan) if known is None else known.copy()
        for number in np.flatnonzero(np.isnan(times)).tolist():
            entry = self._entries[number]
            times[number] = _times(entry, term, form, entry.inside(self._steps) if self._steps else ())
        return times

    def _nearness(self, text: str) -> float:
        """How rare the rarest term of the text is together with the others around it, where they are rarest."""
        if len(self._terms) < 2:
            return 0.0
        for place, (value, forms) in enumerate(self._rarest_first):
            others = self._rarest_first[place + 1 :]
            starts = [start for form in forms for start, _ in matching.spans(text, form)]
            if starts:
                return value + max(sum(v for v, those in others if _has_any(text, those, start)) for start in starts)
        return 0.0


def _has_any(text: str, forms: Sequence[str], around: int) -> bool:
    start, end = max(0, around - WINDOW), around + WINDOW
    return any(matching.contains(text, form, False, start, end) for form in forms)


def _times(entry: Entry, term: Term, form: Form, stretches: Sequence[tuple[int, int]]) -> float:
    """How often the form occurs, more for the title and the facts."""
    if term.field:
        return TITLE * matching.count(entry.fields[term.field], form.text)
    if stretches:
        in_title = matching.count(entry.title, form.text)
        inside = (matching.count(entry.text, form.text, start, end) for start, end in stretches)
        return sum(inside) + (TITLE - 1) * in_title
    return times(entry, form.text)


def times(entry: Entry, word: str) -> float:
    """How often a word occurs anywhere in the case, more for the title and the facts."""
    everywhere = matching.count(entry.text, word)
    if not everywhere:
        return 0.0
    in_head = matching.count(entry.text, word, 0, entry.head)
    return everywhere + (HEAD - 1) * in_head + (TITLE - HEAD) * matching.count(entry.title, word)


def _saturated(times: float, norm: float) -> float:
    return times * (K1 + 1) / (times + norm) if times else 0.0


def _body(entry: Entry, stretches: Sequence[tuple[int, int]]) -> str:
    return "".join(entry.text[start:end] for start, end in stretches)


def _award(entry: Entry) -> float:
    return AWARD * (9 - entry.numbers["rank"]) / 9 if "rank" in entry.numbers else 0.0
