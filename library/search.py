"""What pages know about searching: a query goes in, ids and counts come out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from library.errors import LibraryError
from library.query import Query
from library.vocabulary import Name

Facets = Mapping[str, Mapping[str, int]]
"""Name -> value -> number of cases. Years, ranks and keys as in `Query`; each counted without its own filter."""


class Place(NamedTuple):
    """A passage of a case: how well it shows what was looked for, and where it stands, both counted from 0."""

    score: float
    section: int
    passage: int


@dataclass(frozen=True)
class Results:
    """Which cases, not what is in them: that is for the corpus to say."""

    case_ids: tuple[str, ...]  # of this page, best first
    total: int
    scores: tuple[float, ...] = ()  # beside case_ids
    step_hits: tuple[Mapping[str, int], ...] = ()  # beside case_ids: step -> matches in it
    places: tuple[Sequence[Place], ...] = ()  # beside case_ids: the best passages, best first
    facets: Facets = field(default_factory=dict)
    partial: bool = False  # no case has all the words; these have most of them
    nearly: Results | None = None  # where few cases have all the words: more that have most of them, not in `total`
    suggestion: str | None = None  # another spelling that has hits
    took_ms: float = 0.0


@dataclass(frozen=True)
class Likeness:
    """A case that says words of a text. `score` tells how well, by all that the case says."""

    case_id: str
    score: float
    in_title: frozenset[str]  # of the words that were asked for
    inside: frozenset[str]  # in the steps that were asked for; anywhere where none were
    place: Place | None  # of the passage there that has most of them


class SearchEngine(Protocol):
    """All that pages need. Raises `SearchUnavailable` when the index cannot be read."""

    def __hash__(self) -> int:
        """What is counted for an engine may be kept beside it."""
        ...

    def search(self, query: Query) -> Results: ...

    def state(self) -> str:
        """Another one whenever an answer may be another; as long as it is the same, answers may be kept."""
        ...

    def found_in(self, words: Collection[str]) -> Mapping[str, int]:
        """In about how many cases each word occurs, words as `cut_for_index` cuts them."""
        ...

    def like(
        self, words: Mapping[str, float], count: int, steps: Sequence[str] = (), also: Collection[str] = ()
    ) -> list[Likeness]:
        """The cases that say most of some words, by the weight of each; words as `cut_for_index` cuts them, or names
        as `strays` finds them. With `steps`, those come first that say them in these steps and in the title. `also`
        are ids of cases that are looked at in any case."""
        ...

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        """Names and words of the library that begin as typed, in characters or in pinyin."""
        ...

    def get_ready(self) -> None:
        """Work out what completion and spelling need. Searches meanwhile offer no other spelling."""
        ...


def get_ready(engine: SearchEngine, turn: Callable[[], object] = lambda: None) -> None:
    """Ask once what takes long only the first time, so that no reader waits: first what every page needs (opening the
    index), then, after `turn` has been called and has returned, pinyin and spelling."""
    with suppress(LibraryError):  # no index yet: the first question tells
        engine.search(Query(size=1))
        turn()
        engine.get_ready()
