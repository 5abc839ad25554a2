"""The library in numbers: every chart with its table, every number with the search behind it."""

from __future__ import annotations

from flask import Blueprint, render_template

from library import overview
from library.charts import columns, lines, shade, shares
from library.guides import field_guides
from library.interface import MEASURE_NAMES
from library.pages.shared import corpus, engine
from library.query import Query, counts_of

bp = Blueprint("stats", __name__)

TREND = ("non-metallurgical", "smart-construction")
TOP = 12
CHART = {"width": 560, "height": 150, "gap": 24}


@bp.get("/stats")
def stats() -> str:
    everything = engine().search(Query(size=1))
    known = overview.overview(engine(), corpus())
    years = known.years
    totals = {year.year: year.total for year in years}
    units = counts_of(everything.facets.get("unit", {}))[:TOP]
    tools = counts_of(everything.facets.get("tool", {}))[:TOP]
    return render_template(
        "stats.html",
        total=everything.total,
        facets=everything.facets,
        years=years,
        columns=columns(totals, **CHART),
        awarded=columns({year.year: year.awarded for year in years}, **CHART, most=max(totals.values(), default=0)),
        middles=[(place + 0.5) * 560 / max(len(years), 1) for place in range(len(years))],
        trend=lines({name: [year.share(name) for year in years] for name in TREND}),
        fields=known.fields,
        field_names={key: guide.name for key, guide in field_guides().items()},
        measures=list(zip(known.measures, shares([group.total for group in known.measures]), strict=True)),
        measure_names=MEASURE_NAMES,
        sample=overview.SAMPLE,
        most=max((n for field in known.fields for n in field.years.values()), default=0),
        shade=shade,
        units=list(zip(units, shares([n for _, n in units]), strict=True)),
        tools=list(zip(tools, shares([n for _, n in tools]), strict=True)),
        improved=known.improved,
    )
