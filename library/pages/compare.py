"""Two to four cases side by side: what differs in targets, tools and the thread first, then step by step."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from library.case import Case, Section
from library.chain import Chain, chain
from library.charts import TargetBar, target_bar
from library.pages.shared import corpus, shown_figures, words
from library.reading import section_html
from library.steps import all_steps, missing_steps

bp = Blueprint("compare", __name__)

MOST = 4


@dataclass(frozen=True)
class Column:
    """What is shown of one case above its steps."""

    case: Case
    bar: TargetBar | None
    own_tools: tuple[str, ...]  # that not every other case uses
    missing: tuple[str, ...]  # steps that this kind of report should have
    chain: Chain


@bp.get("/compare")
def compare() -> str:
    ids = list(dict.fromkeys(request.args.getlist("id")))[:MOST]
    cases = corpus().get_many(ids)
    shared = [tool for tool in cases[0].tools if all(tool in case.tools for case in cases)] if cases else []
    return render_template(
        "compare.html",
        cases=cases,
        columns=[_column(case, shared) for case in cases],
        shared=shared,
        rows=[
            (key, [[_shown(case, section) for section in _sections(case, key)] for case in cases])
            for key in all_steps()
            if key != "preface" and any(_sections(case, key) for case in cases)
        ],
    )


def _column(case: Case, shared: list[str]) -> Column:
    return Column(
        case=case,
        bar=target_bar(case.target, width=220),
        own_tools=tuple(tool for tool in case.tools if tool not in shared),
        missing=missing_steps(case),
        chain=chain(case),
    )


def _sections(case: Case, key: str) -> list[Section]:
    return [section for section in case.sections if section.step == key]


def _shown(case: Case, section: Section) -> tuple[str, str]:
    return section.heading, section_html(section, shown_figures(case), words())
