"""One question to the shelf: which cases match, how they can be narrowed, and which come first.

What matches is decided by the text alone. Where more cases match than can be ordered by their text, an engine that
counts words names the candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

import numpy as np

from indexer.ordering import (
    FEW,
    Scored,
    enough,
    importance,
    lists_nearly,
    newest_first,
    order,
    ranks_by_words,
    shown,
    sort_key,
    wanted,
)
from indexer.ranking import Known, Weights, pairs_of
from indexer.shelf import Bits, Numbers, Shelf, array_of, bits_of, counted, marked, numbers_of
from indexer.suggesting import suggestion
from library.query import DIMENSIONS, Query
from library.search import Results
from library.terms import Condition, Term
from library.vocabulary import Vocabulary

CANDIDATES = 200
"""So many of the matching cases are ordered by their text; the others follow, newest first."""

CLOSEST = 25
"""So many of the cases that lack some words are ordered by their text."""

STEP_COUNTS_UP_TO = 500
"""With more results than this the counts by step are left out: they cost a look into every result."""


class Words(Protocol):
    """An engine that knows which cases have which words, and how often."""

    def best(self, asked: Query, weights: Weights, among: Bits, count: int) -> Bits:
        """Of some cases those that rank highest by words."""
        ...

    def times(self, word: str, among: Numbers) -> Numbers:
        """How much a word counts in each of some cases; 0 where the engine does not know."""
        ...


class Search:
    """One query on one view of the cases."""

    def __init__(self, shelf: Shelf, words: Words, known: Callable[[], Vocabulary | None], asked: Query) -> None:
        """`known` gives the names of the cases there are, for another spelling; nothing while they are not ready."""
        self.shelf = shelf
        self.view = shelf.view
        self.words = words
        self.known = known
        self.query = asked

    def results(self) -> Results:
        found, partial = self.found(self.query)
        narrowed = self.narrowed(found, self.query.filters)
        return replace(
            shown(self.page(narrowed), self.query),
            total=narrowed.bit_count(),
            facets={name: self.facet(name, found, narrowed) for name in DIMENSIONS},
            partial=partial,
            nearly=self.nearly(narrowed) if lists_nearly(self.query, narrowed.bit_count(), partial) else None,
            suggestion=self.suggestion() if partial or not found else None,
        )

    def nearly(self, whole: Bits) -> Results:
        """So many of the cases with most of the terms as fill up a list of few that have all."""
        bits, sets = self.allowed(self.query)
        bits = self.narrowed(bits & ~whole, self.query.filters)
        bits, _ = self.having_most(bits, sets, self.query)
        if bits.bit_count() > CLOSEST:
            bits = self.words.best(self.query, self.weights, bits, CLOSEST)
        return shown(self.ordered(bits)[: FEW - whole.bit_count()], self.query)

    def suggestion(self) -> str | None:
        known = self.known()
        if known is None:
            return None

        def has_all(other: Query) -> bool:
            found, partial = self.found(other)
            return bool(found) and not partial

        return suggestion(self.query, known, has_all)

    def found(self, asked: Query) -> tuple[Bits, bool]:
        """The cases that the typed text names, and whether they lack some of its terms."""
        if asked.reading.nothing:
            return 0, False
        bits, sets = self.allowed(asked)
        if not asked.reading.most:
            whole = bits
            for those in sets:
                whole &= those
            if whole or not sets:
                return whole, False
        return self.having_most(bits, sets, asked)

    def allowed(self, asked: Query) -> tuple[Bits, list[Bits]]:
        """The cases with all that must be and nothing that must not be; and for each of the other terms, who has it."""
        bits = self.meeting(asked)
        for term in asked.terms:
            if term.excluded:
                bits &= ~self.having(term, asked.steps)
            elif term.required:
                bits &= self.having(term, asked.steps)
        return bits, [self.having(term, asked.steps) for term in wanted(asked) if not term.required]

    def having_most(self, bits: Bits, sets: Sequence[Bits], asked: Query) -> tuple[Bits, bool]:
        """Of some cases those that have most of the terms, given who has each; and whether all of them lack some."""
        counts = [importance(those.bit_count(), self.view.count) for those in sets]
        levels = counted([those & bits for those, n in zip(sets, counts, strict=True) for _ in range(n)])
        least, partial = enough(len(levels), sum(counts), asked)
        return (levels[least - 1] if levels else 0), partial

    def meeting(self, asked: Query) -> Bits:
        """The cases that meet the typed conditions."""
        bits = self.view.live
        for condition in asked.conditions:
            bits &= self.shelf.matching_condition(condition, self.view)
        for bounds in asked.ranges:
            bits &= self.shelf.in_range(bounds, self.view)
        return bits

    def having(self, term: Term, steps: tuple[str, ...]) -> Bits:
        """The cases with the term as a whole word; where no case has that, inside longer words and numbers."""
        return self.shelf.having(term, self.view, steps, self.is_loose(term))

    def is_loose(self, term: Term) -> bool:
        return not term.excluded and not self.shelf.having(term, self.view, (), loose=False)

    def narrowed(self, bits: Bits, filters: Mapping[str, tuple[str, ...]]) -> Bits:
        for name, chosen in filters.items():
            bits &= self.shelf.matching_condition(Condition(name, chosen), self.view)
        return bits

    def facet(self, name: str, found: Bits, narrowed: Bits) -> dict[str, int]:
        """Counts by value of one dimension among the cases that all the other dimensions leave."""
        if name == "step":
            return self.steps()
        others = {n: chosen for n, chosen in self.query.filters.items() if n != name}
        left = self.narrowed(found, others) if name in self.query.filters else narrowed
        counts = {value: (left & those).bit_count() for value, those in self.view.facets[name].items()}
        return {value: count for value, count in counts.items() if count}

    def steps(self) -> dict[str, int]:
        """How many cases a search inside each of the steps would find; nothing where that takes too long, or for
        a question, of which a case may lack words."""
        asked = self.query.but(step=())
        if not asked.terms:
            bits = self.narrowed(self.found(asked)[0], asked.filters)
            steps = self.view.facets["step"].items()
            return {step: n for step, those in steps if (n := (bits & those).bit_count())}
        bits = self.narrowed(self.meeting(asked), asked.filters)
        for term in wanted(asked):
            bits &= self.having(term, ())
        if asked.reading.most or bits.bit_count() > STEP_COUNTS_UP_TO:
            return {}
        numbers = array_of(bits)
        loosely = [(term, self.is_loose(term)) for term in asked.terms]
        terms = [(term, loose, self.forms_in(numbers, term, loose)) for term, loose in loosely]
        counts: Counter[str] = Counter()
        for place, number in enumerate(numbers):
            one = self.shelf.entries[number]
            inside = set(one.facets["step"])
            for term, loose, forms in terms:
                found = one.steps_with(term, loose, [text for text, has in forms if has[place]])
                inside = inside - found if term.excluded else inside & found
            counts.update(inside)
        return dict(counts)

    def forms_in(self, numbers: Numbers, term: Term, loose: bool) -> list[tuple[str, Numbers]]:
        """The forms of a term, and of each in which of some cases it occurs."""
        texts = [form.text for form in term.forms]
        return [(text, marked(self.shelf.having_word(text, self.view, loose=loose), numbers)) for text in texts]

    def page(self, bits: Bits) -> list[Scored]:
        """The cases of the page that was asked for, each with its score."""
        first, last = (self.query.page - 1) * self.query.size, self.query.page * self.query.size
        if not ranks_by_words(self.query):
            those = self.shelf.first(bits, sort_key(self.query), last)
            return [(0.0, one) for one in those[first:]]
        best = self.candidates(bits) if bits.bit_count() > CANDIDATES else bits
        ranked = self.ordered(best)
        if last > len(ranked):
            others = self.shelf.first(bits & ~best, newest_first, last - len(ranked))
            ranked += [(0.0, one) for one in others]
        return ranked[first:last]

    def ordered(self, bits: Bits) -> list[Scored]:
        """The cases, best first."""
        entries = [self.shelf.entries[number] for number in numbers_of(bits)]
        return order(entries, self.query, self.weights, self.known_of(bits))

    def known_of(self, among: Bits) -> Known:
        """How much each form counts in the cases: none where it does not occur, else what the engine knows; and
        which of them have each pair of characters."""
        numbers = array_of(among)
        times = {}
        for form in {form.text for term in wanted(self.query) for form in term.forms}:
            has = marked(self.shelf.having_word(form, self.view), numbers)
            known = self.words.times(form, numbers)
            times[form] = np.where(has, np.where(known > 0, known, np.nan), 0.0)
        pairs = {pair: self.shelf.having_word(pair, self.view, loose=True) for pair in pairs_of(self.query)}
        return Known(times, {pair: marked(bits, numbers) for pair, bits in pairs.items()})

    def candidates(self, bits: Bits) -> Bits:
        """Of many matching cases those that may rank high: Whoosh's best, and the newest with a word in the title."""
        best = self.words.best(self.query, self.weights, bits, CANDIDATES)
        if best.bit_count() < CANDIDATES:
            titled = 0
            for text in {form.text for term in wanted(self.query) for form in term.forms}:
                titled |= self.shelf.having_word(text, self.view, "title", loose=True)
            titled &= bits & ~best
            best |= bits_of([self.view.numbers[one.id] for one in self.shelf.first(titled, newest_first, CANDIDATES)])
        return best

    @cached_property
    def weights(self) -> Weights:
        asked = self.query
        found_in = {
            form.text: self.shelf.having_word(form.text, self.view).bit_count()
            for term in asked.terms
            for form in term.forms
        }
        for pair in pairs_of(asked):
            if pair not in found_in:
                found_in[pair] = self.shelf.about(pair, self.view)
        return Weights(self.view.count, self.view.average_length, found_in)
