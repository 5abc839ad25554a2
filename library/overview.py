"""What the whole library tells: years, shares, fields of work, gaps. Each number is a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from library.case import Case, Target
from library.charts import reached
from library.corpus import Corpus
from library.guides import Text, field_guides
from library.query import Query
from library.search import SearchEngine

YEARS = 12
SAMPLE = 50  # cases of a field whose targets are looked at


@dataclass(frozen=True)
class Year:
    year: str
    total: int
    category: Mapping[str, int]
    award: Mapping[str, int]

    def share(self, category: str) -> float | None:
        """Percent of the year's cases whose category is known."""
        known = sum(self.category.get(name, 0) for name in ("metallurgical", "non-metallurgical"))
        return round(100 * self.category.get(category, 0) / known, 1) if known else None

    @property
    def awarded(self) -> int:
        return sum(self.award.get(rank, 0) for rank in ("0", "1", "2", "3"))


@dataclass(frozen=True)
class Field:
    """A field of work: its cases by year, and what they achieved."""

    key: str
    name: Text
    query: Query
    total: int
    years: Mapping[str, int]
    judged: int  # cases that tell before, goal and after
    reached: int
    gain: float | None  # median change against the value before, in percent


def by_year(counts: Mapping[str, int], most: int = 12) -> dict[str, int]:
    """Cases of each year without gaps, the last years only where there are many."""
    known = sorted(int(year) for year in counts)
    span = range(max(known[0], known[-1] - most + 1), known[-1] + 1) if known else ()
    return {str(year): counts.get(str(year), 0) for year in span}


def years(engine: SearchEngine) -> list[Year]:
    """Oldest first."""
    known = engine.search(Query(size=1)).facets.get("year", {})
    return [_year(engine, year) for year in by_year(known, YEARS)]


def fields(engine: SearchEngine, corpus: Corpus) -> list[Field]:
    """Fields of work that have cases, most cases first."""
    found = (_field(engine, corpus, key) for key in field_guides())
    return sorted((field for field in found if field.total), key=lambda field: -field.total)


def _year(engine: SearchEngine, year: str) -> Year:
    found = engine.search(Query(year=(year,), size=1))
    return Year(year, found.total, found.facets.get("category", {}), found.facets.get("award", {}))


def _field(engine: SearchEngine, corpus: Corpus, key: str) -> Field:
    guide = field_guides()[key]
    query = Query(q=" 或 ".join(word.zh for word in guide.words))
    found = engine.search(query.but(size=SAMPLE))
    targets = [case.target for case in corpus.get_many(found.case_ids)]
    told = [told for target in targets if (told := reached(target)) is not None]
    gains = [gain for target in targets if (gain := _gain(target)) is not None]
    return Field(
        key,
        guide.name,
        query,
        found.total,
        found.facets.get("year", {}),
        len(told),
        sum(told),
        round(median(gains), 1) if gains else None,
    )


def _gain(target: Target) -> float | None:
    if not target.before or target.after is None:
        return None
    return 100 * abs(target.after - target.before) / abs(target.before)


def best_improvements(engine: SearchEngine, corpus: Corpus, count: int = 10) -> list[Case]:
    found = engine.search(Query(sort="improvement", size=count))
    return [case for case in corpus.get_many(found.case_ids) if case.target.improvement]
