"""What the whole library tells: years, shares, fields of work, gaps. Each number is a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from library.case import Case
from library.charts import reached
from library.corpus import Corpus
from library.guides import field_guides
from library.query import MAX_SIZE, Query
from library.search import SearchEngine

YEARS = 12
SAMPLE = 30
"""Cases of a field or of a kind of measure whose targets are looked at: the newest."""

MEASURES = {
    "rate": ("合格率", "优良率", "达标率", "成优率"),
    "accuracy": ("精度", "偏差", "平整度", "垂直度"),
    "defects": ("缺陷", "渗漏", "裂缝", "不合格", "返修", "返工"),
    "time": ("时间", "工期", "工效", "效率"),
    "cost": ("成本", "费用", "损耗", "能耗"),
    "new": ("研制", "研发", "开发", "新方法"),
}
"""What groups want to improve, told by words of the title."""


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
class Group:
    """Cases that a search finds, by year, and what the newest of them achieved."""

    key: str
    query: Query
    total: int
    years: Mapping[str, int]
    judged: int  # cases that tell before, goal and after
    reached: int
    gain: float | None  # median improvement in percent, see `Target.improvement`


def by_year(counts: Mapping[str, int], most: int = 12) -> dict[str, int]:
    """Cases of each year without gaps, the last years only where there are many."""
    known = sorted(int(year) for year in counts)
    span = range(max(known[0], known[-1] - most + 1), known[-1] + 1) if known else ()
    return {str(year): counts.get(str(year), 0) for year in span}


@dataclass(frozen=True)
class Overview:
    """`years` oldest first; fields of work and kinds of measures most cases first."""

    years: Sequence[Year]
    fields: Sequence[Group]
    measures: Sequence[Group]
    improved: Sequence[Case]


def overview(engine: SearchEngine, corpus: Corpus) -> Overview:
    """The numbers of the whole library. Counting them takes a third of a second at 10,000 cases, so they are kept."""
    return _overview(engine, corpus, engine.state())


@lru_cache(maxsize=1)
def _overview(engine: SearchEngine, corpus: Corpus, state: str) -> Overview:
    return Overview(
        _years(engine), _fields(engine, corpus), _measures(engine, corpus), _best_improvements(engine, corpus)
    )


def _years(engine: SearchEngine) -> list[Year]:
    known = engine.search(Query(size=1)).facets.get("year", {})
    return [_year(engine, year) for year in by_year(known, YEARS)]


def _fields(engine: SearchEngine, corpus: Corpus) -> list[Group]:
    words = {key: [f"课题:{word.zh}" for word in guide.words] for key, guide in field_guides().items()}
    return _groups(engine, corpus, words)


def _measures(engine: SearchEngine, corpus: Corpus) -> list[Group]:
    return _groups(engine, corpus, {key: [f'课题:"{word}"' for word in found] for key, found in MEASURES.items()})


def _year(engine: SearchEngine, year: str) -> Year:
    found = engine.search(Query(year=(year,), size=1))
    return Year(year, found.total, found.facets.get("category", {}), found.facets.get("award", {}))


def _groups(engine: SearchEngine, corpus: Corpus, asked: Mapping[str, Sequence[str]]) -> list[Group]:
    """A group for each key, of the cases that have any of its words, most cases first. One without cases is a gap."""
    found = (_group(engine, corpus, key, Query(q=" 或 ".join(words))) for key, words in asked.items())
    return sorted(found, key=lambda group: -group.total)


def _group(engine: SearchEngine, corpus: Corpus, key: str, query: Query) -> Group:
    found = engine.search(query.but(size=SAMPLE, sort="newest"))
    targets = [case.target for case in corpus.get_many(found.case_ids)]
    told = [told for target in targets if (told := reached(target)) is not None]
    gains = [gain for target in targets if (gain := target.improvement) is not None]
    return Group(
        key,
        query,
        found.total,
        found.facets.get("year", {}),
        len(told),
        sum(told),
        round(median(gains), 1) if gains else None,
    )


@dataclass(frozen=True)
class Achievements:
    """What cases achieved together, as their reports tell; `looked_at` is how many cases were looked at."""

    looked_at: int
    judged: int  # cases that tell before, goal and after
    reached: int
    benefit: float  # CNY


def achievements(query: Query, engine: SearchEngine, corpus: Corpus) -> Achievements:
    """Of the first cases of a query, at most `MAX_SIZE`."""
    cases = corpus.get_many(engine.search(query.but(size=MAX_SIZE)).case_ids)
    told = [told for case in cases if (told := reached(case.target)) is not None]
    return Achievements(len(cases), len(told), sum(told), sum(case.benefit_cny or 0 for case in cases))


def _best_improvements(engine: SearchEngine, corpus: Corpus, count: int = 10) -> list[Case]:
    found = engine.search(Query(sort="improvement", size=count))
    return [case for case in corpus.get_many(found.case_ids) if (case.target.improvement or 0) > 0]
