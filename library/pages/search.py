"""Searching: the results page and its JSON twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from library.case import Case
from library.charts import TargetBar, target_bar
from library.facets import chips, facets, unfiltered
from library.pages.shared import asked, corpus, engine, past_queries
from library.query import Query
from library.reading import Cell, strip
from library.scopes import scopes
from library.search import Place, Results
from library.snippets import Piece, Snippet, mark, snippets
from library.ways_out import ways_out

bp = Blueprint("search", __name__)

SNIPPETS = 3
MOST_TYPED = 40
OFFERED, PAST = 8, 3
"""Completions, and how many of them may be questions asked before."""


@dataclass(frozen=True)
class Hit:
    """A case as the list of results shows it."""

    case: Case
    title: tuple[Piece, ...]
    snippets: tuple[Snippet, ...]
    strip: tuple[Cell, ...]
    bar: TargetBar | None


@bp.get("/search")
def results() -> str:
    query = asked()
    found = engine().search(query)
    past_queries().keep(query, found, datetime.now(UTC).date())
    return render_template(
        "search.html",
        query=query,
        results=found,
        hits=hits(query, found),
        nearly=hits(query, found.nearly) if found.nearly else [],
        facets=facets(query, found),
        chips=chips(query),
        scopes=scopes(query),
        unfiltered=unfiltered(query),
        ways_out=[] if found.total else ways_out(query, engine()),
        empty=not (found.total or engine().search(Query(size=1)).total),
    )


@bp.get("/search.json")
def results_json() -> ResponseReturnValue:
    query = asked()
    found = engine().search(query)
    return jsonify(
        total=found.total,
        partial=found.partial,
        took_ms=round(found.took_ms, 1),
        hits=hits_json(query, found),
        nearly=hits_json(query, found.nearly) if found.nearly else [],
        facets={name: dict(counts) for name, counts in found.facets.items()},
        suggestion=found.suggestion,
    )


@bp.get("/complete.json")
def complete() -> ResponseReturnValue:
    """What others asked and what the library knows that begins as typed."""
    typed = request.args.get("q", "")[:MOST_TYPED]
    asked_before = past_queries().complete(typed, PAST)
    told = {name.text for name in asked_before}
    known = [name for name in engine().complete(typed, OFFERED) if name.text not in told]
    return jsonify(names=[name._asdict() for name in (*asked_before, *known)[:OFFERED]])


def hits(query: Query, found: Results) -> list[Hit]:
    """The cases of this page with what the query finds in them."""
    step_hits = dict(zip(found.case_ids, found.step_hits, strict=False))
    places = dict(zip(found.case_ids, found.places, strict=False))
    return [hit(case, query, step_hits.get(case.id), places.get(case.id)) for case in corpus().get_many(found.case_ids)]


def hits_json(query: Query, found: Results) -> list[dict[str, object]]:
    """The same for programs."""
    scores = dict(zip(found.case_ids, found.scores, strict=False))
    places = dict(zip(found.case_ids, found.places, strict=False))
    return [
        {
            "id": case.id,
            "title": case.title,
            "unit": case.unit,
            "year": case.year,
            "categories": case.categories,
            "award": case.best_award.text if case.best_award else None,
            "score": scores.get(case.id, 0.0),
            "snippets": [
                {"step": s.step, "text": s.text} for s in snippets(case, query, SNIPPETS, places.get(case.id))
            ],
        }
        for case in corpus().get_many(found.case_ids)
    ]


def hit(
    case: Case, query: Query, step_hits: Mapping[str, int] | None = None, places: Sequence[Place] | None = None
) -> Hit:
    return Hit(
        case,
        mark(case.title, query, "title"),
        snippets(case, query, SNIPPETS, places),
        strip(case, step_hits),
        target_bar(case.target, width=250),
    )
