"""All values of one dimension of a search, to look through and choose from: what a results page is too small for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flask import Blueprint, abort, render_template, request

from library.completing import Names
from library.facets import Facet, facet
from library.pages.shared import asked, engine, words
from library.query import DIMENSIONS

bp = Blueprint("facets", __name__)

ON_A_PAGE = 300
MOST_TYPED = 40


@bp.get("/facets/<name>")
def values(name: str) -> str:
    if name not in DIMENSIONS:
        abort(404)
    query = asked()
    everything = facet(query, name, engine().search(query.but(size=1)).facets.get(name, {}))
    typed = request.args.get("find", "")[:MOST_TYPED].strip()
    found = _named(everything, typed) if typed else everything
    return render_template(
        "facet.html", query=query, facet=found, typed=typed, total=len(everything.values), most=ON_A_PAGE
    )


def _named(everything: Facet, typed: str) -> Facet:
    """The values whose name has all that was typed, in characters or in pinyin."""
    say = words()
    names = _names(tuple(say.value(everything.name, value.value) for value in everything.values))
    sets = [{number for _, number in names.find(word, len(everything.values))} for word in typed.split()]
    return everything.like({everything.values[number].value for number in set.intersection(*sets)})


@lru_cache(maxsize=4)
def _names(labels: Sequence[str]) -> Names:
    return Names(labels)
