"""The QC tools: what each is for, which cases used it, and every figure made with it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from library.guides import tool_guides
from library.interface import TOOL_GROUP_NAMES
from library.pages.gallery import gallery
from library.pages.shared import asked, corpus, engine
from library.query import Query
from library.tools import all_tools

bp = Blueprint("tools", __name__)

CASES = 24  # of one page of the gallery
OF_A_CASE = 4  # figures


@bp.get("/tools")
def index() -> str:
    counts = engine().search(Query(size=1)).facets.get("tool", {})
    groups = {group: [tool for tool in all_tools().values() if tool.group == group] for group in TOOL_GROUP_NAMES}
    return render_template("tools.html", groups=groups, counts=counts, guides=tool_guides())


@bp.get("/tools/<path:name>")
def tool(name: str) -> str:
    """Cases by award, some a page, with their figures of this tool."""
    found = all_tools().get(name) or abort(404)
    query = Query(tool=(name,), sort="award", size=CASES, page=asked().page)
    results = engine().search(query)
    cases = corpus().get_many(results.case_ids)
    return render_template(
        "tool.html",
        tool=found,
        guide=tool_guides().get(name),
        query=query,
        results=results,
        cases=cases,
        gallery=list(gallery(cases, lambda figure: figure.tool == name, OF_A_CASE)),
    )
