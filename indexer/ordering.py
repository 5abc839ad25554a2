"""Which of the matching cases come first, and how many of the words a case may lack."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from indexer.entry import Entry
from indexer.ranking import Judge, Weights
from library import matching
from library.query import Query
from library.terms import Term

MOST = 0.6
"""Where a case may lack words, it must have this share of as many as the best case has."""

REFINED = 60
"""So many of the best by words are judged by places as well: three pages of twenty."""

Scored = tuple[float, Entry]


def wanted(query: Query) -> list[Term]:
    return [term for term in query.terms if not term.excluded]


def least_terms(held: Iterable[int], query: Query) -> tuple[int, bool]:
    """How many of the terms a case must have, given how many each case has; and whether that is partial."""
    all_of_them = len(wanted(query))
    best = max(held, default=0)
    if best == all_of_them and not query.reading.most:
        return all_of_them, False
    return max(1, math.ceil(best * MOST)), best < all_of_them


def order(entries: Sequence[Entry], query: Query, weights: Weights) -> list[Scored]:
    """Best first, each with its score. All are judged by their words, the best of them by their places too."""
    judge = Judge(query, weights)
    scored = sorted(((judge.by_words(e), e) for e in entries), key=_best_first)
    refined = [(score + judge.by_places(e), e) for score, e in scored[:REFINED]]
    return sorted(refined, key=_best_first) + scored[REFINED:]


def _best_first(scored: Scored) -> tuple[float | str, ...]:
    return (-scored[0], *newest_first(scored[1]))


def ranks_by_words(query: Query) -> bool:
    """Whether words decide the order; else `sort_key` does."""
    return query.sort == "relevance" and bool(wanted(query))


def sort_key(query: Query) -> Callable[[Entry], tuple[float | str, ...]]:
    keys = {"award": best_award_first, "improvement": most_improved_first}
    return keys.get(query.sort, newest_first)


def newest_first(entry: Entry) -> tuple[float | str, ...]:
    return (-entry.numbers.get("year", 0), entry.numbers.get("rank", math.inf), entry.id)


def best_award_first(entry: Entry) -> tuple[float | str, ...]:
    return (entry.numbers.get("rank", math.inf), *newest_first(entry))


def most_improved_first(entry: Entry) -> tuple[float | str, ...]:
    return (-entry.numbers.get("improvement", -math.inf), *newest_first(entry))


def step_hits(entry: Entry, query: Query) -> dict[str, int]:
    """How often the terms occur in each step of the case, for the strip of steps."""
    words = {form.text for term in wanted(query) if not term.field for form in term.forms}
    hits: dict[str, int] = {}
    for steps, start, end in entry.stretches:
        if found := sum(matching.count(entry.text, word, start, end) for word in words):
            for step in steps:
                hits[step] = hits.get(step, 0) + found
    return hits
