"""How well a case answers a question, judged on its folded text. The same for every engine.

BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) over the words; for the best of them, half as
much over the pairs of neighbouring characters, and on top of it whole phrases and words that stand near each other.
Figures are in docs/search.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.entry import Entry
from library import matching
from library.query import Query
from library.terms import Form, Term
from library.text import is_han

K1 = 1.0
B = 0.5
TITLE = 6.0  # one occurrence in the title counts as so many in the report
HEAD = 2.0  # in the group's name, the unit, the reviewers' comment and other facts
PAIRS = 0.5
WHOLE_PHRASE = 0.5
WINDOW = 60  # characters
NEAR = 1.0
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


Known = Callable[[str, Entry], float | None]
"""How much a form or pair counts in a case, as `_times` would say; None where only a look into the text can tell."""


def nothing_known(form: str, entry: Entry) -> None:
    """For engines that look into every text."""


def pairs_of(query: Query) -> tuple[str, ...]:
    """Neighbouring Han characters of the runs as typed; those of Latin words would find them in other words."""
    pairs = (phrase[i : i + 2] for phrase in query.reading.phrases for i in range(len(phrase) - 1))
    return tuple(dict.fromkeys(pair for pair in pairs if is_han(pair[0]) and is_han(pair[1])))


class Judge:
    """One question, ready to be held against many cases. The two parts add up to the score."""

    def __init__(self, query: Query, weights: Weights, known: Known = nothing_known) -> None:
        self._weights = weights
        self._known = known
        self._terms = [term for term in query.terms if not term.excluded]
        self._steps = query.steps
        self._phrases = query.reading.phrases
        rarity = {word: weights.rarity(word) for word in weights.found_in}
        self._rarity = {f.text: rarity.get(f.text, 0.0) for t in self._terms for f in t.forms}
        rarities = ((self._rarity[term.text], [form.text for form in term.forms]) for term in self._terms)
        self._rarest_first = sorted(rarities, reverse=True)
        self._pairs = [(pair, PAIRS * rarity.get(pair, 0.0)) for pair in pairs_of(query)]

    def by_words(self, entry: Entry) -> float:
        stretches = entry.inside(self._steps) if self._steps else ()
        norm = self._norm(entry)
        found = sum(self._term(entry, term, norm, stretches) for term in self._terms)
        return found + _award(entry)

    def by_places(self, entry: Entry) -> float:
        """Pairs of characters, whole phrases and nearness; never negative."""
        body = _body(entry, entry.inside(self._steps)) if self._steps else entry.text
        norm = self._norm(entry)
        pairs = sum(
            weight * _saturated(body.count(pair) + (TITLE - 1) * entry.title.count(pair), norm)
            for pair, weight in self._pairs
            if self._known(pair, entry) != 0  # counting what is not there takes as long
        )
        phrases = sum(
            WHOLE_PHRASE * self._weights.rarity(phrase[:2])
            for phrase in self._phrases
            if phrase in body or phrase in entry.title
        )
        return pairs + phrases + NEAR * self._nearness(body)

    def _term(self, entry: Entry, term: Term, norm: float, stretches: Sequence[tuple[int, int]]) -> float:
        """The best form counts, each at its own weight."""
        return max(
            form.weight * self._rarity[form.text] * _saturated(self._times(entry, term, form, stretches), norm)
            for form in term.forms
        )

    def _times(self, entry: Entry, term: Term, form: Form, stretches: Sequence[tuple[int, int]]) -> float:
        known = None if term.field or stretches else self._known(form.text, entry)
        return _times(entry, term, form, stretches) if known is None else known

    def _norm(self, entry: Entry) -> float:
        average = self._weights.average_length
        return K1 * (1 - B + B * len(entry.text) / average) if average else K1

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
