"""The steps of a QC activity: what each must show, common faults, and how award winners wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from flask import Blueprint, abort, render_template

from library.case import Case
from library.guides import KINDS, Kind, step_guides
from library.pages.gallery import gallery
from library.pages.shared import corpus, engine, shown_figures, words
from library.plain import beginning
from library.query import Query
from library.reading import section_html
from library.steps import REQUIRED, all_steps

bp = Blueprint("steps", __name__)

EXAMPLES = 3  # of each kind of report
FIGURES = 12
OF_A_CASE = 2
EXCERPT = 600  # characters; after the paragraph or table that passes it, the excerpt ends
WINNERS = ("0", "1", "2", "3")


@dataclass(frozen=True)
class Example:
    """How one case wrote the step; `whole` is false where only the beginning is shown."""

    case: Case
    heading: str
    html: str
    whole: bool


@bp.get("/steps")
def index() -> str:
    counts = engine().search(Query(size=1)).facets.get("step", {})
    return render_template("steps.html", required=REQUIRED, counts=counts, guides=step_guides())


@bp.get("/steps/<key>")
def step(key: str) -> str:
    found = all_steps().get(key) or abort(404)
    everyone = engine().search(Query(step=(key,), sort="award", size=40))
    cases = corpus().get_many(everyone.case_ids)
    return render_template(
        "step.html",
        step=found,
        guide=step_guides().get(key),
        kinds=KINDS,
        applies=[kind for kind, report in KINDS.items() if key in REQUIRED[report]],
        total=everyone.total,
        examples={kind: _examples(key, kind) for kind in KINDS},
        gallery=list(islice(gallery(cases, lambda figure: figure.step == key, OF_A_CASE), FIGURES)),
    )


def _examples(key: str, kind: Kind) -> list[Example]:
    """The step as the best of this kind of report wrote it: award winners, or others while none is known."""
    topic, goal = KINDS[kind]
    query = Query(step=(key,), type=(topic,), goal=(goal,) if goal else (), sort="award", size=EXAMPLES)
    found = engine().search(query.but(award=WINNERS))
    cases = corpus().get_many((found if found.total else engine().search(query)).case_ids)
    return [example for case in cases if (example := _example(case, key))]


def _example(case: Case, key: str) -> Example | None:
    section = next((section for section in case.sections if key in section.steps and section.text), None)
    if section is None:
        return None
    text = beginning(section.text, EXCERPT)
    html = section_html(replace(section, text=text), shown_figures(case), words())
    return Example(case, section.heading, html, whole=len(text) == len(section.text))
