"""Where to look: the chips under the search box, from the full text to single steps."""

from __future__ import annotations

from dataclasses import dataclass

from library.query import Query

TITLE = "课题:"
STEPS = {
    "现状": "current-state",
    "原因": "causes",
    "要因": "root-causes",
    "对策": "countermeasures",
    "效果": "results",
    "巩固": "consolidation",
}


@dataclass(frozen=True)
class Scope:
    name: str
    query: Query
    chosen: bool


def scopes(query: Query) -> list[Scope]:
    """The same question in the full text, in titles, in one step."""
    words = [word.removeprefix(TITLE) for word in query.q.split()]
    anywhere = query.but(q=" ".join(words), step=())
    titled = query.but(q=" ".join(f"{TITLE}{word}" for word in words), step=())
    in_title = bool(words) and titled.q == query.q
    found = [Scope("全文", anywhere, not in_title and not query.step)]
    if words:
        found.append(Scope("课题名", titled, in_title))
    for name, step in STEPS.items():
        found.append(Scope(name, anywhere.but(step=(step,)), query.step == (step,)))
    return found
