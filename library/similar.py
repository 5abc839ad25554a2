"""Cases like this one, and in what: the same problem, the same causes, the same countermeasures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log

from library.case import Case
from library.chain import chain
from library.corpus import Corpus
from library.errors import SearchUnavailable
from library.query import Query
from library.search import SearchEngine
from library.steps import DATA
from library.text import fold
from library.words import cut_for_index

MOST = 4
TERMS = 6  # words looked for in each respect
RARE_ENOUGH = 0.4  # a word in a larger share of the library tells nothing
LIKE = 1.5  # less in common than this is chance


@dataclass(frozen=True)
class Respect:
    """In what two cases can be alike, where that stands in a report, and how much it counts."""

    name: str
    query: Query
    weight: float

    def asked(self, word: str) -> Query:
        return self.query.but(q=self.query.q + word)


PROBLEM = Respect("problem", Query(q="课题:", size=40), 1.5)
MENTIONED = Respect("content", Query(size=40), 0.4)
CAUSE = Respect("causes", Query(step=("causes", "root-causes"), size=40), 0.8)
COUNTERMEASURE = Respect("countermeasures", Query(step=("countermeasures", "options"), size=40), 0.6)


@dataclass(frozen=True)
class Similar:
    case: Case
    reasons: tuple[tuple[str, tuple[str, ...]], ...]  # name of the respect, words in common


def similar(case: Case, corpus: Corpus, engine: SearchEngine) -> list[Similar]:
    """The most alike first; near copies are told elsewhere and left out. None while the index is away."""
    try:
        return _similar(case, corpus, engine)
    except SearchUnavailable:
        return []  # the case itself can be read all the same


def _similar(case: Case, corpus: Corpus, engine: SearchEngine) -> list[Similar]:
    total = engine.search(Query(size=1)).total
    scores: dict[str, float] = defaultdict(float)
    shared: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for respect, words in _aspects(case):
        for word in words:
            found = engine.search(respect.asked(word))
            if not found.total or found.partial or found.total > RARE_ENOUGH * total:
                continue
            for case_id in found.case_ids:
                scores[case_id] += respect.weight * log(total / found.total)
                shared[case_id][respect.name].append(word)
    for own in (case.id, *case.duplicates):
        scores.pop(own, None)
    best = sorted((i for i in scores if scores[i] >= LIKE), key=lambda i: (-scores[i], i))[:MOST]
    return [Similar(other, _reasons(shared[other.id])) for other in corpus.get_many(best)]


def _reasons(shared: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each word once, under what says most about it; no part of a longer one."""
    said: set[str] = set()
    reasons = []
    for name, words in shared.items():
        new = [word for word in words if not any(word in longer for longer in said | {*words} - {word})]
        if new:
            reasons.append((name, tuple(new)))
            said.update(new)
    return tuple(reasons)


def _aspects(case: Case) -> list[tuple[Respect, list[str]]]:
    links = chain(case).links
    return [
        (PROBLEM, _words([case.title])),
        (MENTIONED, _words([case.title])),
        (CAUSE, _words(link.cause for link in links)),
        (COUNTERMEASURE, _words(link.countermeasure for link in links)),
    ]


@cache
def _says_little() -> frozenset[str]:
    lines = (DATA / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _words(texts: Iterable[str]) -> list[str]:
    """The content words of some short texts, longest first: they say most."""
    found = {word for text in texts for word in cut_for_index(fold(text)) if not word.isascii()}
    telling = (word for word in found if len(word) > 1 and word not in _says_little() and not word.endswith("合格率"))
    return sorted(telling, key=lambda w: (-len(w), w))[:TERMS]
