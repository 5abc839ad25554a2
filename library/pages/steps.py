"""The steps of a QC activity: what each must show, and how award winners wrote it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from library.pages.shared import corpus, engine, shown_figures, words
from library.query import Query
from library.reading import section_html
from library.steps import REQUIRED, all_steps

bp = Blueprint("steps", __name__)

EXAMPLES = 6


@bp.get("/steps")
def index() -> str:
    counts = engine().search(Query(size=1)).facets.get("step", {})
    return render_template("steps.html", required=REQUIRED, counts=counts)


@bp.get("/steps/<key>")
def step(key: str) -> str:
    found = all_steps().get(key) or abort(404)
    results = engine().search(Query(step=(key,), sort="award", size=EXAMPLES))
    return render_template(
        "step.html",
        step=found,
        total=results.total,
        examples=[
            (case, section, section_html(section, shown_figures(case), words()))
            for case in corpus().get_many(results.case_ids)
            if (section := next((s for s in case.sections if key in s.steps and s.text), None))
        ],
    )
