"""Companies: which there are, and what each has achieved."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from library.charts import columns
from library.overview import achievements, by_year
from library.pages.search import hits
from library.pages.shared import asked, corpus, engine
from library.query import Query, counts_of
from library.text import fold

bp = Blueprint("units", __name__)

ON_A_PAGE = 120


@bp.get("/units")
def index() -> str:
    """All units, most cases first; `q` narrows them by name."""
    wanted = request.args.get("q", "").strip()[:100]
    counts = counts_of(engine().search(Query(size=1)).facets.get("unit", {}))
    found = [(name, count) for name, count in counts if fold(wanted) in fold(name)] if wanted else counts
    last = max(1, -(-len(found) // ON_A_PAGE))
    page = min(asked().page, last)
    return render_template(
        "units.html",
        wanted=wanted,
        total=len(counts),
        found=len(found),
        units=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        page=page,
        last=last,
    )


@bp.get("/units/<path:name>")
def unit(name: str) -> str:
    query = Query(unit=(name,), sort="newest", page=asked().page)
    results = engine().search(query)
    if not results.total:
        abort(404)
    return render_template(
        "unit.html",
        name=name,
        query=query,
        results=results,
        hits=hits(query, results),
        years=columns(by_year(results.facets.get("year", {})), width=560, height=100, gap=24),
        achieved=achievements(query, engine(), corpus()),
        tools=counts_of(results.facets.get("tool", {}))[:8],
    )
