"""Two to four cases side by side, aligned by step."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from library.case import Case, Section
from library.charts import target_bar
from library.pages.shared import corpus, shown_figures, words
from library.reading import section_html
from library.steps import all_steps

bp = Blueprint("compare", __name__)

MOST = 4


@bp.get("/compare")
def compare() -> str:
    ids = list(dict.fromkeys(request.args.getlist("id")))[:MOST]
    cases = corpus().get_many(ids)
    return render_template(
        "compare.html",
        cases=cases,
        bars=[target_bar(case.target, width=220) for case in cases],
        shared=set.intersection(*({*case.tools} for case in cases)) if cases else set(),
        rows=[
            (key, [[_shown(case, section) for section in _sections(case, key)] for case in cases])
            for key in all_steps()
            if key != "preface" and any(_sections(case, key) for case in cases)
        ],
    )


def _sections(case: Case, key: str) -> list[Section]:
    return [section for section in case.sections if section.step == key]


def _shown(case: Case, section: Section) -> tuple[str, str]:
    return section.heading, section_html(section, shown_figures(case), words())
