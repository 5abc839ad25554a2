"""The steps of a QC activity: what each must show, common faults, and how award winners wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, abort, render_template

from library.case import Case, Figure
from library.guides import KINDS, Kind, step_guides
from library.pages.shared import corpus, engine, shown_figures, words
from library.query import Query
from library.reading import section_html
from library.render import Shown
from library.steps import REQUIRED, all_steps

bp = Blueprint("steps", __name__)

EXAMPLES = 3  # of each kind of report
FIGURES = 12


@dataclass(frozen=True)
class Example:
    """How one case wrote the step."""

    case: Case
    heading: str
    html: str


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
        examples={kind: list(islice(_examples(cases, key, kind), EXAMPLES)) for kind in KINDS},
        gallery=list(islice(_figures(cases, key), FIGURES)),
    )


def _examples(cases: list[Case], key: str, kind: Kind) -> Iterator[Example]:
    for case in cases:
        if (case.topic_type, case.target_kind) != KINDS[kind]:
            continue
        for section in case.sections:
            if key in section.steps and section.text:
                html = section_html(section, shown_figures(case), words())
                yield Example(case, section.heading, html)
                break


def _figures(cases: list[Case], key: str) -> Iterator[tuple[Case, Figure, Shown]]:
    for case in cases:
        shown = shown_figures(case)
        for figure in case.figures:
            if figure.step == key and figure.file in shown:
                yield case, figure, shown[figure.file]
