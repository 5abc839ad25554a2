"""A company: what it has achieved."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from library.charts import columns
from library.overview import by_year
from library.pages.search import hits
from library.pages.shared import engine
from library.query import Query

bp = Blueprint("units", __name__)


@bp.get("/units/<path:name>")
def unit(name: str) -> str:
    query = Query(unit=(name,), sort="newest")
    results = engine().search(query)
    if not results.total:
        abort(404)
    return render_template(
        "unit.html",
        name=name,
        query=query,
        results=results,
        hits=hits(query, results),
        years=columns(by_year(results.facets.get("year", {}))),
    )
