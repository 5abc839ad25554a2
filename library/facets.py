"""What a results page can be narrowed by, each value with the query that taking or leaving it leads to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from library.asking import is_signed, split
from library.case import CATEGORIES, TARGET_KINDS, TOPIC_TYPES
from library.query import DIMENSIONS, Query
from library.search import Results
from library.steps import all_steps

State = Literal["", "taken", "left out"]

ORDERS: dict[str, tuple[str, ...]] = {
    "category": CATEGORIES,
    "type": TOPIC_TYPES,
    "goal": TARGET_KINDS,
    "award": ("0", "1", "2", "3", "9"),
}
SHOWN_FIRST = 8
"""Longer lists show this many values and fold the rest away."""
MOST = 30
"""Values that the results page offers; the rarer ones of a long list are on a page of their own."""

STEPS_OFFERED = (
    "topic-selection",
    "current-state",
    "goal",
    "causes",
    "root-causes",
    "options",
    "countermeasures",
    "implementation",
    "results",
    "consolidation",
)
"""Steps to search in where cases were not counted by step."""


@dataclass(frozen=True)
class Value:
    value: str
    count: int | None  # None where nobody counted
    state: State
    name: str
    query: Query  # what it would narrow

    @property
    def toggled(self) -> tuple[str, ...]:
        """The chosen values of its dimension when it is taken, or given up again."""
        return self._chosen(() if self.state == "taken" else (self.value,))

    @property
    def excluded(self) -> tuple[str, ...]:
        """The chosen values of its dimension when it is left out, or no longer so."""
        return self._chosen(() if self.state == "left out" else (f"-{self.value}",))

    def _chosen(self, as_well: tuple[str, ...]) -> tuple[str, ...]:
        others = tuple(v for v in getattr(self.query, self.name) if v.removeprefix("-") != self.value)
        return (*others, *as_well)


@dataclass(frozen=True)
class Facet:
    name: str
    values: tuple[Value, ...]
    unlisted: int = 0  # rarer values that are not among these

    @property
    def counted(self) -> bool:
        return all(value.count is not None for value in self.values)

    def like(self, names: Collection[str]) -> Facet:
        """The same with these values alone."""
        return replace(self, values=tuple(value for value in self.values if value.value in names))

    @property
    def first(self) -> tuple[Value, ...]:
        return self.values[:SHOWN_FIRST]

    @property
    def rest(self) -> tuple[Value, ...]:
        return self.values[SHOWN_FIRST:]


@dataclass(frozen=True)
class Chip:
    """One active filter, and the query without it. Its name is a dimension, or "within" for a word that was looked
    for within the results of another question."""

    name: str
    value: str
    excluded: bool
    without: Query


def facets(query: Query, results: Results) -> list[Facet]:
    """Every dimension that has values to choose from, in the usual order, each with so many as fit on the page."""
    found = (facet(query, name, _counts(name, results), MOST) for name in DIMENSIONS)
    return [one for one in found if one.values]


def _counts(name: str, results: Results) -> Mapping[str, int | None]:
    counts = results.facets.get(name, {})
    if name == "step" and results.total and not counts:
        return dict.fromkeys(STEPS_OFFERED)
    return counts


def chips(query: Query) -> list[Chip]:
    return [
        *_within(query),
        *(
            Chip(name, value.removeprefix("-"), value.startswith("-"), _without(query, name, value))
            for name in DIMENSIONS
            for value in getattr(query, name)
        ),
    ]


def unfiltered(query: Query) -> Query:
    """The same words, narrowed by nothing."""
    words = [piece for piece in split(query.q) if not _is_within(piece)]
    return query.but(q=" ".join(words), **dict.fromkeys(DIMENSIONS, ()))


def _within(query: Query) -> list[Chip]:
    """A chip for each word that must occur (+气孔), where something else was asked as well."""
    pieces = split(query.q)
    return [
        Chip("within", piece.removeprefix("+"), False, query.but(q=" ".join(pieces[:place] + pieces[place + 1 :])))
        for place, piece in enumerate(pieces)
        if _is_within(piece)
    ]


def _is_within(piece: str) -> bool:
    return piece.startswith("+") and is_signed(piece)


def facet(query: Query, name: str, counts: Mapping[str, int | None], most: int | None = None) -> Facet:
    """One dimension with its values: all of them, or the first `most`."""
    chosen: tuple[str, ...] = getattr(query, name)
    known = {**counts}
    for value in chosen:
        known.setdefault(value.removeprefix("-"), None if None in known.values() else 0)
    ordered = _ordered(name, known, {value.removeprefix("-") for value in chosen})
    listed = tuple(_value(query, name, value, known[value]) for value in ordered[:most])
    return Facet(name, listed, len(ordered) - len(listed))


def _value(query: Query, name: str, value: str, count: int | None) -> Value:
    chosen: tuple[str, ...] = getattr(query, name)
    state: State = "taken" if value in chosen else "left out" if f"-{value}" in chosen else ""
    return Value(value, count, state, name, query)


def _without(query: Query, name: str, value: str) -> Query:
    chosen: tuple[str, ...] = getattr(query, name)
    return query.but(**{name: tuple(v for v in chosen if v != value)})


def _ordered(name: str, counts: Mapping[str, int | None], chosen: Collection[str]) -> list[str]:
    if name == "step":
        return [key for key in all_steps() if key in counts]
    if name == "year":
        return sorted(counts, reverse=True)
    if name in ORDERS:
        return [value for value in ORDERS[name] if value in counts]
    return sorted(counts, key=lambda value: (value not in chosen, -(counts[value] or 0), value))
