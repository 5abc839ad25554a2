"""A query is a value, equal to its URL: every link of a results page is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Protocol

Sort = Literal["relevance", "newest", "award", "improvement"]

DIMENSIONS = ("category", "year", "award", "type", "goal", "unit", "tool", "step", "specialty")
"""What results can be narrowed by. Several values of one dimension mean any of them; "-value" means without."""


class Args(Protocol):
    """The arguments of a request (werkzeug's MultiDict is one)."""

    def get(self, key: str, default: str = "") -> str: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Query:
    q: str = ""
    category: tuple[str, ...] = ()
    year: tuple[str, ...] = ()  # "2023" or "2021..2024", open ends allowed
    award: tuple[str, ...] = ()  # ranks "0".."3", "9"
    type: tuple[str, ...] = ()  # topic types
    goal: tuple[str, ...] = ()  # kinds of target
    unit: tuple[str, ...] = ()
    tool: tuple[str, ...] = ()
    step: tuple[str, ...] = ()  # search only inside these steps
    specialty: tuple[str, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20

    @classmethod
    def from_args(cls, args: Args) -> Query:
        """Read a URL's arguments; what makes no sense counts as not given."""
        raise NotImplementedError

    def to_args(self) -> dict[str, str | list[str] | int]:
        """Only what differs from the defaults, for `url_for(…, **query.to_args())`."""
        return {
            f.name: list(value) if isinstance(value, tuple) else value
            for f in fields(self)
            if (value := getattr(self, f.name)) != f.default
        }

    def but(self, **changes: Any) -> Query:
        """The same query with something else, from its first page."""
        return replace(self, **{"page": 1, **changes})


def counts_of(values: Mapping[str, int]) -> list[tuple[str, int]]:
    """Facet values, most frequent first."""
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))
