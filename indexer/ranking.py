"""How well a case answers a question, judged on its folded text. The same for every engine.

BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) over the words, half as much over the pairs
of neighbouring characters, and on top of it whole phrases and words that stand near each other. Measured on known-item
questions (docs/search.md): words alone .951 MRR@10, with pairs .961, with nearness .963.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
WINDOW = 100  # characters
NEAR = 0.5
AWARD = 0.02  # a tie-break: less than any difference that a reader would see


@dataclass(frozen=True)
class Weights:
    """What the whole collection says: how rare each form and pair is, and how long a case usually is."""

    cases: int
    average_length: float
    found_in: Mapping[str, int]  # form or pair -> number of cases

    def rarity(self, word: str) -> float:
        """Inverse document frequency, never negative: log(1 + (N - n + ½) / (n + ½))."""
        n = min(self.found_in.get(word, 0), self.cases)
        return math.log(1 + (self.cases - n + 0.5) / (n + 0.5))


def score(entry: Entry, query: Query, weights: Weights) -> float:
    """Higher is better; 0 for a query without words."""
    wanted = [term for term in query.terms if not term.excluded]
    if not wanted:
        return 0.0
    steps = query.steps
    stretches = entry.inside(steps) if steps else ()
    words = sum(_term(entry, term, weights, stretches) for term in wanted)
    body = _body(entry, stretches)
    pairs = sum(
        _saturated(_in_body_and_title(entry, body, pair), entry, weights) * weights.rarity(pair)
        for pair in pairs_of(query)
    )
    phrases = sum(
        weights.rarity(phrase[:2]) * WHOLE_PHRASE
        for phrase in query.reading.phrases
        if phrase in body or phrase in entry.title
    )
    near = NEAR * _nearness(body, wanted, weights)
    return words + PAIRS * pairs + phrases + near + _award(entry)


def pairs_of(query: Query) -> tuple[str, ...]:
    """Neighbouring Han characters of the runs as typed; those of Latin words would find them in other words."""
    pairs = (phrase[i : i + 2] for phrase in query.reading.phrases for i in range(len(phrase) - 1))
    return tuple(dict.fromkeys(pair for pair in pairs if is_han(pair[0]) and is_han(pair[1])))


def _term(entry: Entry, term: Term, weights: Weights, stretches: Sequence[tuple[int, int]]) -> float:
    """The best form counts, each at its own weight."""
    return max(_form(entry, term, form, weights, stretches) for form in term.forms)


def _form(
    entry: Entry,
    term: Term,
    form: Form,
    weights: Weights,
    stretches: Sequence[tuple[int, int]],
) -> float:
    if term.field:
        times = TITLE * matching.count(entry.fields[term.field], form.text)
    elif stretches:
        times = sum(matching.count(entry.text[start:end], form.text) for start, end in stretches) + (TITLE - 1) * (
            form.text in entry.title
        )
    else:
        times = float(matching.count(entry.text, form.text))
        if times:
            times += (HEAD - 1) * matching.count(entry.text[: entry.head], form.text)
            times += (TITLE - HEAD) * matching.count(entry.title, form.text)
    return form.weight * weights.rarity(form.text) * _saturated(times, entry, weights)


def _saturated(times: float, entry: Entry, weights: Weights) -> float:
    length = len(entry.text) / weights.average_length if weights.average_length else 1.0
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length)) if times else 0.0


def _body(entry: Entry, stretches: Sequence[tuple[int, int]]) -> str:
    if not stretches:
        return entry.text
    return "".join(entry.text[start:end] for start, end in stretches)


def _in_body_and_title(entry: Entry, body: str, pair: str) -> float:
    return body.count(pair) + (TITLE - 1) * entry.title.count(pair)


def _nearness(text: str, wanted: Sequence[Term], weights: Weights) -> float:
    """The best window's share of the question: the rarity of the different terms that stand in it together."""
    if len(wanted) < 2:
        return 0.0
    places = sorted(
        (start, number)
        for number, term in enumerate(wanted)
        for form in term.forms
        for start, _ in matching.spans(text, form.text)
    )
    value = [weights.rarity(term.text) for term in wanted]
    inside = [0] * len(wanted)
    best = total = 0.0
    first = 0
    for start, number in places:
        if not inside[number]:
            total += value[number]
        inside[number] += 1
        while places[first][0] < start - WINDOW:
            left = places[first][1]
            inside[left] -= 1
            if not inside[left]:
                total -= value[left]
            first += 1
        best = max(best, total)
    return best


def _award(entry: Entry) -> float:
    return AWARD * (9 - entry.numbers["rank"]) / 9 if "rank" in entry.numbers else 0.0
