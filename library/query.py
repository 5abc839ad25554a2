"""A query is a value, equal to its URL: every link of a results page is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol, cast, get_args

from library import asking, values
from library.terms import Condition, Range, Reading, Term, Understood

Sort = Literal["relevance", "newest", "award", "improvement"]

DIMENSIONS = ("category", "year", "award", "type", "goal", "unit", "tool", "step", "specialty")
"""What results can be narrowed by. Several values of one dimension mean any of them; "-value" means without."""

EXPANSIONS = ("synonyms", "pinyin", "spelling")
"""What we add to the words as typed; `Query.off` names those that are switched off, or of which word: synonyms:焊缝."""

MAX_SIZE = 100
MAX_PAGE = 1_000
MAX_VALUES = 30
MAX_TYPED = 2_000
MAX_SWITCH = 60  # characters of what is switched off


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
    off: tuple[str, ...] = ()  # expansions that are switched off, see EXPANSIONS
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20

    @classmethod
    def from_args(cls, args: Args) -> Query:
        """Read a URL's arguments; what makes no sense counts as not given."""
        sort = args.get("sort", "")
        return cls(
            q=_typed(args.get("q", ""), args.get("within", "")),
            **{name: _given(name, args.getlist(name)) for name in DIMENSIONS},
            off=_switched_off(args.getlist("off")),
            sort=cast(Sort, sort) if sort in get_args(Sort) else "relevance",
            page=_whole(args.get("page", ""), 1, MAX_PAGE),
            size=_whole(args.get("size", ""), cls.size, MAX_SIZE),
        )

    def to_args(self) -> dict[str, str | list[str] | int]:
        """Only what differs from the defaults, for `url_for(…, **query.to_args())`."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
            if value != _DEFAULTS[name]
        }

    def but(self, **changes: Any) -> Query:
        """The same query with something else, from its first page."""
        return Query(**{**vars(self), "page": 1, **changes})  # a page asks for dozens, and `replace` takes long

    @property
    def reading(self) -> Reading:
        return asking.read(self.q, self.off)

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.reading.terms

    @property
    def understood(self) -> tuple[Understood, ...]:
        """How the typed text was read, for the line "理解为…"."""
        return self.reading.understood

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The dimensions narrowed by the URL's arguments, with their values."""
        return {name: chosen for name in DIMENSIONS if (chosen := getattr(self, name))}

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The dimensions narrowed in the typed text (年份:2020)."""
        return self.reading.conditions

    @property
    def ranges(self) -> tuple[Range, ...]:
        return self.reading.ranges

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps inside which to look, from the URL or else from the typed text; empty means anywhere."""
        typed = (value for c in self.conditions if c.dimension == "step" for value in c.values)
        return _without_minus(self.step) or _without_minus(typed)


_DEFAULTS = {field.name: field.default for field in fields(Query)}


def _typed(q: str, within: str) -> str:
    """The question; what is to be looked for within its results is added as words that must occur."""
    parts = (q[:MAX_TYPED], asking.required(within[:MAX_TYPED]))
    return " ".join(" ".join(parts).split())


def _switched_off(given: Iterable[str]) -> tuple[str, ...]:
    known = (text[:MAX_SWITCH] for text in given if text.partition(":")[0] in EXPANSIONS)
    return tuple(dict.fromkeys(known))[:MAX_VALUES]


def _without_minus(chosen: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in chosen if not value.startswith("-"))


def _given(name: str, written: Iterable[str]) -> tuple[str, ...]:
    """Known values in canonical form; "-value" excludes."""
    found: dict[str, None] = {}
    for text in list(written)[:MAX_VALUES]:
        minus = "-" if text.startswith("-") else ""
        for value in values.read_one(name, text.removeprefix("-")):
            found[minus + value] = None
    return tuple(found)


def _whole(text: str, default: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
    return min(number, most) if number >= 1 else default


def counts_of(values: Mapping[str, int]) -> list[tuple[str, int]]:
    """Facet values, most frequent first."""
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))
