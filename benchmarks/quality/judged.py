"""What a judged set consists of, and how a list of results is judged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from library.case import Case, Section

DEPTH = 10


@dataclass(frozen=True)
class Page:
    """A text that can be found."""

    id: str
    title: str
    text: str
    entries: tuple[str, ...] = ()  # of the index that its authors made
    case: Case | None = None  # where it is a report

    def as_case(self) -> Case:
        return self.case or Case(self.id, self.title, sections=(Section("results", "", self.text),))


@dataclass(frozen=True)
class Judged:
    """A question with the ids of the pages that answer it; or a whole page (`of`), for which others are looked for."""

    question: str
    answers: frozenset[str]
    of: str = ""


@dataclass(frozen=True)
class JudgedSet:
    name: str
    pages: Sequence[Page]
    asked: Sequence[Judged]


class Figures(NamedTuple):
    mrr: float
    recall: float
    ndcg: float


def figures(found: Sequence[str], answers: frozenset[str]) -> Figures:
    """Of one question, for its first ten results."""
    places = [place for place, id in enumerate(found[:DEPTH]) if id in answers]
    best = sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(answers))))
    gained = sum(1 / math.log2(place + 2) for place in places)
    return Figures(1 / (places[0] + 1) if places else 0.0, len(places) / len(answers), gained / best)
