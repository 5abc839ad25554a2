"""The QC tools: what each is called, which cases used it, and every figure made with it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from library.guides import tool_guides
from library.pages.shared import corpus, engine, shown_figures
from library.query import Query
from library.tools import all_tools

bp = Blueprint("tools", __name__)

CASES = 60


@bp.get("/tools")
def index() -> str:
    counts = engine().search(Query(size=1)).facets.get("tool", {})
    return render_template("tools.html", tools=all_tools(), counts=counts)


@bp.get("/tools/<path:name>")
def tool(name: str) -> str:
    found = all_tools().get(name) or abort(404)
    results = engine().search(Query(tool=(name,), sort="award", size=CASES))
    cases = corpus().get_many(results.case_ids)
    return render_template(
        "tool.html",
        tool=found,
        guide=tool_guides().get(name),
        total=results.total,
        cases=cases,
        gallery=[
            (case, figure, shown[figure.file])
            for case in cases
            if any(figure.tool == name for figure in case.figures)
            for shown in [shown_figures(case)]
            for figure in case.figures
            if figure.tool == name and figure.file in shown
        ],
    )
