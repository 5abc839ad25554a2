"""The first page: what this is, the search box, and every way to browse."""

from __future__ import annotations

from flask import Blueprint, render_template

from library.charts import columns
from library.interface import PHASES
from library.overview import by_year
from library.pages.shared import corpus, engine
from library.query import Query, counts_of
from library.steps import REQUIRED
from library.tools import all_tools

bp = Blueprint("home", __name__)

WINNERS = Query(award=("0", "1", "2", "3"), sort="newest", size=40)
SHOWN = 6
UNITS = 12


@bp.get("/")
def home() -> str:
    everything = engine().search(Query(size=1))
    winners = engine().search(WINNERS)
    facets = everything.facets
    tools = facets.get("tool", {})
    return render_template(
        "home.html",
        query=Query(),
        total=everything.total,
        facets=facets,
        years=columns(by_year(facets.get("year", {}))),
        units=counts_of(facets.get("unit", {}))[:UNITS],
        tools=[tool for tool in all_tools().values() if tools.get(tool.name)],
        tracks=[
            (name, [(key, PHASES[key]) for key in steps])
            for name, steps in (
                ("problem-solving", REQUIRED["problem-solving", "self-set"]),
                ("innovation", REQUIRED["innovation", None]),
            )
        ],
        # What can be read comes before mere titles.
        winners=sorted(corpus().get_many(winners.case_ids), key=lambda c: c.title_only)[:SHOWN],
        events=corpus().events()[:3],
    )
