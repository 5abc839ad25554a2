"""Where to look: the chips under the search box, from the full text to single steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.asking import split
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


_SIGN = re.compile(r"[+-]?")


def scopes(query: Query) -> list[Scope]:
    """The same question in the full text, in titles, in one step."""
    words = split(query.q)
    anywhere = query.but(q=" ".join(map(_untitled, words)), step=())
    titled = query.but(q=" ".join(map(_titled, words)), step=())
    in_title = bool(words) and titled.q == query.q
    found = [Scope("全文", anywhere, not in_title and not query.step)]
    if words:
        found.append(Scope("课题名", titled, in_title))
    for name, step in STEPS.items():
        found.append(Scope(name, anywhere.but(step=(step,)), query.step == (step,)))
    return found


def _titled(piece: str) -> str:
    """+焊缝 -> +课题:焊缝; what names its own field stays."""
    return piece if ":" in piece else _SIGN.sub(lambda sign: sign[0] + TITLE, piece, count=1)


def _untitled(piece: str) -> str:
    return piece.replace(TITLE, "", 1)
