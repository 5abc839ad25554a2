"""A reading path for a new group: five cases of its kind and field, each with the step that is worth looking at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from library.case import Case
from library.corpus import Corpus
from library.guides import KINDS, Kind, field_guides
from library.query import Query
from library.search import SearchEngine
from library.steps import REQUIRED

CASES = 5
LEARNED_FROM = (
    "root-causes", "options", "goal-and-feasibility", "goal", "countermeasures", "results", "current-state",
    "feasibility", "implementation", "standardization", "consolidation",
)  # fmt: skip
"""What is hardest to write comes first."""


@dataclass(frozen=True)
class Stop:
    """A case to read; `step` is what to look at, empty for the first one, which is read as a whole."""

    case: Case
    step: str


def reading_path(kind: Kind, field: str, wish: str, corpus: Corpus, engine: SearchEngine) -> list[Stop]:
    """Best first: what the group wants to improve, then its field, then its kind of topic."""
    cases: dict[str, Case] = {}
    for query in _queries(kind, field, wish):
        found = corpus.get_many(engine.search(query).case_ids)
        cases |= {case.id: case for case in found if case.sections and case.id not in cases}
        if len(cases) >= CASES:
            break
    return _stops(kind, list(cases.values())[:CASES])


def _queries(kind: Kind, field: str, wish: str) -> Iterator[Query]:
    topic, goal = KINDS[kind]
    mine = Query(type=(topic,), goal=(goal,) if goal else (), size=CASES * 2)
    words = " 或 ".join(word.zh for word in field_guides()[field].words) if field else ""
    if wish:
        yield mine.but(q=wish)
    if words:
        yield mine.but(q=words)
    if wish:
        yield Query(q=wish, size=CASES * 2)
    yield mine.but(sort="award")


def _stops(kind: Kind, cases: list[Case]) -> list[Stop]:
    """The first case as a whole; each of the others for another step that it has."""
    wanted = [step for step in LEARNED_FROM if step in REQUIRED[KINDS[kind]]]
    stops = []
    for place, case in enumerate(cases):
        step = next((step for step in wanted if step in case.steps), "") if place else ""
        if step:
            wanted.remove(step)
        stops.append(Stop(case, step))
    return stops
