"""Searching: the results page and its JSON twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from library.case import Case
from library.charts import TargetBar, target_bar
from library.facets import chips, facets, unfiltered
from library.pages.shared import asked, corpus, engine
from library.query import Query
from library.reading import Cell, strip
from library.scopes import scopes
from library.search import Results
from library.snippets import Piece, Snippet, mark, snippets
from library.ways_out import ways_out

bp = Blueprint("search", __name__)

SNIPPETS = 3
MOST_TYPED = 40


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
    return render_template(
        "search.html",
        query=query,
        results=found,
        hits=hits(query, found),
        facets=facets(query, found.facets),
        chips=chips(query),
        scopes=scopes(query),
        unfiltered=unfiltered(query),
        ways_out=[] if found.total else ways_out(query, engine()),
    )


@bp.get("/search.json")
def results_json() -> ResponseReturnValue:
    query = asked()
    found = engine().search(query)
    scores = dict(zip(found.case_ids, found.scores, strict=False))
    return jsonify(
        total=found.total,
        took_ms=round(found.took_ms, 1),
        hits=[
            {
                "id": case.id,
                "title": case.title,
                "unit": case.unit,
                "year": case.year,
                "categories": case.categories,
                "award": case.best_award.text if case.best_award else None,
                "score": scores.get(case.id, 0.0),
                "snippets": [{"step": s.step, "text": s.text} for s in snippets(case, query, SNIPPETS)],
            }
            for case in corpus().get_many(found.case_ids)
        ],
        facets={name: dict(counts) for name, counts in found.facets.items()},
        suggestion=found.suggestion,
    )


@bp.get("/complete.json")
def complete() -> ResponseReturnValue:
    """What the library knows that begins as typed."""
    names = engine().complete(request.args.get("q", "")[:MOST_TYPED])
    return jsonify(names=[name._asdict() for name in names])


def hits(query: Query, found: Results) -> list[Hit]:
    """The cases of this page with what the query finds in them."""
    step_hits = dict(zip(found.case_ids, found.step_hits, strict=False))
    return [hit(case, query, step_hits.get(case.id)) for case in corpus().get_many(found.case_ids)]


def hit(case: Case, query: Query, step_hits: Mapping[str, int] | None = None) -> Hit:
    return Hit(
        case,
        mark(case.title, query, "title"),
        snippets(case, query, SNIPPETS),
        strip(case, step_hits),
        target_bar(case.target, width=250),
    )
