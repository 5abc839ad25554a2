"""Which of the matching cases come first, and how many of the words a case may lack."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from heapq import heappop, heappush

from indexer.entry import Entry
from indexer.ranking import Judge, Known, Weights
from library import matching
from library.query import Query
from library.search import Place, Results
from library.snippets import best_places
from library.terms import Term

MOST = 0.4
"""Where a case may lack words, those it has must count this share of what the best case has."""

REFINED = 60
"""So many of the best by words are judged by places as well: three pages of twenty."""

FEW = 10
"""Where fewer cases than this have all the terms, others that have most of them fill up the list."""

Scored = tuple[float, Entry]


def wanted(query: Query) -> list[Term]:
    return [term for term in query.terms if not term.excluded]


def importance(found_in: int, cases: int) -> int:
    """How much a term counts when some may be lacking: 1 for one that most cases have, 4 for a rare one."""
    return 1 + min(3, int(math.log(1 + cases / found_in))) if found_in else 4


def enough(best: int, everything: int, query: Query) -> tuple[int, bool]:
    """The importance of the terms that a case must have, given that of the case with most; and whether that is
    partial. `everything` is the importance of all terms."""
    if best == everything and not query.reading.most:
        return everything, False
    return max(1, math.ceil(best * MOST)), best < everything


def lists_nearly(query: Query, count: int, partial: bool) -> bool:
    """Whether cases that lack some terms are listed after `count` cases that have all: on the first page of a list
    by relevance that is short, but not empty, for then there are better ways out."""
    words_may_lack = not (partial or query.reading.most) and sum(not term.required for term in wanted(query)) > 1
    return words_may_lack and 0 < count < FEW and query.page == 1 and ranks_by_words(query)


def order(entries: Sequence[Entry], query: Query, weights: Weights, known: Known | None = None) -> list[Scored]:
    """Best first, each with its score. All are judged by their words, the best of them by their places too, but for
    those that cannot come onto the page by these."""
    judge = Judge(query, weights, entries, known or Known())
    by_words, most = judge.by_words(), judge.most_by_places()
    ranked = sorted(range(len(entries)), key=lambda number: _best_first((by_words[number], entries[number])))
    shown = max(query.page * query.size, FEW)
    best: list[float] = []  # a heap of so many as are shown
    refined, rest = [], []
    for place, number in enumerate(ranked):
        score = by_words[number]
        if place >= REFINED or (len(best) == shown and score + most[number] < best[0]):
            rest.append((score, entries[number]))
            continue
        score += judge.by_places(number)
        refined.append((score, entries[number]))
        heappush(best, score)
        if len(best) > shown:
            heappop(best)
    return sorted(refined, key=_best_first) + rest


def _best_first(scored: Scored) -> tuple[float | str, ...]:
    return (-scored[0], *newest_first(scored[1]))


def ranks_by_words(query: Query) -> bool:
    """Whether words decide the order; else `sort_key` does."""
    return query.sort == "relevance" and bool(wanted(query))


def sort_key(query: Query) -> Callable[[Entry], tuple[float | str, ...]]:
    keys = {"relevance": readable_first, "award": best_award_first, "improvement": most_improved_first}
    return keys.get(query.sort, newest_first)


def newest_first(entry: Entry) -> tuple[float | str, ...]:
    return (-entry.numbers.get("year", 0), entry.numbers.get("rank", math.inf), entry.id)


def readable_first(entry: Entry) -> tuple[float | str, ...]:
    """Where no word says what is relevant: reports before entries of which only the title is known."""
    return (not entry.stretches, *newest_first(entry))


def best_award_first(entry: Entry) -> tuple[float | str, ...]:
    return (entry.numbers.get("rank", math.inf), *newest_first(entry))


def most_improved_first(entry: Entry) -> tuple[float | str, ...]:
    return (-entry.numbers.get("improvement", -math.inf), *newest_first(entry))


def shown(ranked: Sequence[Scored], query: Query) -> Results:
    """A list of cases with what a page needs to know of each."""
    return Results(
        case_ids=tuple(e.id for _, e in ranked),
        total=len(ranked),
        scores=tuple(score for score, _ in ranked),
        step_hits=tuple(step_hits(e, query) for _, e in ranked),
        places=tuple(places(e, query) for _, e in ranked),
    )


def step_hits(entry: Entry, query: Query) -> dict[str, int]:
    """How often the terms occur in each step of the case, for the strip of steps."""
    words = {form.text for term in wanted(query) if not term.field for form in term.forms}
    hits: dict[str, int] = {}
    for steps, start, end in entry.stretches:
        if found := sum(matching.count(entry.text, word, start, end) for word in words):
            for step in steps:
                hits[step] = hits.get(step, 0) + found
    return hits


def places(entry: Entry, query: Query) -> Sequence[Place]:
    """The passages of the case that best show what was looked for."""
    texts = [form.text for term in wanted(query) if not term.field for form in term.forms]
    return best_places(entry.sections(texts), query) if texts else ()
