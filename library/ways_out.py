"""When nothing is found: what to leave out so that something is, computed and not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from library.asking import split
from library.facets import chips
from library.query import Query
from library.search import SearchEngine

MOST = 8


@dataclass(frozen=True)
class WayOut:
    """A changed query that has hits. `what` is what it leaves out: a word, or a value of `dimension`."""

    kind: Literal["word", "filter", "anywhere"]
    what: str
    dimension: str
    query: Query
    total: int


def ways_out(query: Query, engine: SearchEngine) -> list[WayOut]:
    """Those that lead to something, the narrowest first."""
    found = []
    for kind, what, dimension, changed in list(_changes(query))[:MOST]:
        total = engine.search(changed.but(size=1)).total
        if total:
            found.append(WayOut(kind, what, dimension, changed, total))
    return sorted(found, key=lambda way: way.total)


def _changes(
    query: Query,
) -> Iterator[tuple[Literal["word", "filter", "anywhere"], str, str, Query]]:
    if query.step:
        yield "anywhere", "", "step", query.but(step=())
    for chip in chips(query):
        if chip.name != "step":
            yield "filter", chip.value, chip.name, chip.without
    written = split(query.q)
    if len(written) == 1:  # one run of characters: the words that it was cut into
        written = [term.text for term in query.terms if not term.excluded and term.field is None]
    if len(written) > 1:
        for place, word in enumerate(written):
            rest = " ".join(written[:place] + written[place + 1 :])
            yield "word", word, "", query.but(q=rest)
