"""What a results page can be narrowed by, each value with the query that taking or leaving it leads to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from library.case import CATEGORIES, TARGET_KINDS, TOPIC_TYPES
from library.query import DIMENSIONS, Query
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
MOST = 60
"""Values that are offered; the rarest of a long list are found by typing their name as a question."""


@dataclass(frozen=True)
class Value:
    value: str
    count: int
    state: State
    toggled: Query  # taken if it was not, else without it
    excluded: Query  # left out if it was not, else without it


@dataclass(frozen=True)
class Facet:
    name: str
    values: tuple[Value, ...]

    @property
    def used(self) -> bool:
        return any(value.state for value in self.values)

    @property
    def first(self) -> tuple[Value, ...]:
        return self.values[:SHOWN_FIRST]

    @property
    def rest(self) -> tuple[Value, ...]:
        return self.values[SHOWN_FIRST:MOST]

    @property
    def unlisted(self) -> int:
        return max(0, len(self.values) - MOST)


@dataclass(frozen=True)
class Chip:
    """One active filter, and the query without it."""

    name: str
    value: str
    excluded: bool
    without: Query


def facets(query: Query, counts: Mapping[str, Mapping[str, int]]) -> list[Facet]:
    """Every dimension that has values to choose from, in the usual order."""
    made = (_facet(query, name, counts.get(name, {})) for name in DIMENSIONS)
    return [facet for facet in made if facet.values]


def chips(query: Query) -> list[Chip]:
    return [
        Chip(name, value.removeprefix("-"), value.startswith("-"), _without(query, name, value))
        for name in DIMENSIONS
        for value in getattr(query, name)
    ]


def unfiltered(query: Query) -> Query:
    """The same words, narrowed by nothing."""
    return query.but(**dict.fromkeys(DIMENSIONS, ()))


def _facet(query: Query, name: str, counts: Mapping[str, int]) -> Facet:
    chosen: tuple[str, ...] = getattr(query, name)
    known = {**counts, **{value.removeprefix("-"): 0 for value in chosen if value.removeprefix("-") not in counts}}
    return Facet(
        name,
        tuple(
            _value(query, name, value, known[value])
            for value in _ordered(name, known, {value.removeprefix("-") for value in chosen})
        ),
    )


def _value(query: Query, name: str, value: str, count: int) -> Value:
    chosen: tuple[str, ...] = getattr(query, name)
    state: State = "taken" if value in chosen else "left out" if f"-{value}" in chosen else ""
    others = tuple(v for v in chosen if v.removeprefix("-") != value)
    toggled = others if state == "taken" else (*others, value)
    excluded = others if state == "left out" else (*others, f"-{value}")
    return Value(value, count, state, query.but(**{name: toggled}), query.but(**{name: excluded}))


def _without(query: Query, name: str, value: str) -> Query:
    chosen: tuple[str, ...] = getattr(query, name)
    return query.but(**{name: tuple(v for v in chosen if v != value)})


def _ordered(name: str, counts: Mapping[str, int], chosen: Collection[str]) -> list[str]:
    if name == "step":
        return [key for key in all_steps() if key in counts]
    if name == "year":
        return sorted(counts, reverse=True)
    if name in ORDERS:
        return [value for value in ORDERS[name] if value in counts]
    return sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
