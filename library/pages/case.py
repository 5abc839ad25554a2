"""One case: the report by step, its summary, its original, how to cite it."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from library.case import Case
from library.chain import chain
from library.charts import target_bar
from library.citing import citation
from library.interface import FIELD_NAMES, RESPECT_NAMES
from library.pages.shared import asked, corpus, engine, shown_figures, words
from library.reading import read
from library.similar import similar
from library.snippets import marker
from library.steps import required_steps

bp = Blueprint("case", __name__)


@bp.get("/cases/<case_id>")
def case(case_id: str) -> str:
    found = corpus().get(case_id)
    query = asked()
    figures = shown_figures(found)
    return render_template(
        "case.html",
        case=found,
        query=query,
        reading=read(found, figures, marker(query), words()),
        figures=figures,
        bar=target_bar(found.target, width=260),
        chain=chain(found),
        citation=citation(found),
        digits={key: (place + 1) % 10 for place, key in enumerate(required_steps(found))},
        twins=corpus().get_many(found.duplicates),
        similar=similar(found, corpus(), engine()),
        respects=RESPECT_NAMES,
        field_names=FIELD_NAMES,
    )


@bp.get("/cases/<case_id>.json")
def case_json(case_id: str) -> ResponseReturnValue:
    return jsonify(as_json(corpus().get(case_id)))


def as_json(case: Case) -> dict[str, object]:
    """The fields that programs may rely on."""
    source = case.sources[0] if case.sources else None
    return {
        "id": case.id,
        "title": case.title,
        "group": case.group,
        "unit": case.unit,
        "year": case.year,
        "categories": case.categories,
        "topic_type": case.topic_type,
        "target_kind": case.target_kind,
        "legacy_type": case.legacy_type,
        "period": case.period,
        "leader": case.leader,
        "members_count": case.members_count,
        "target": {
            "measure": case.target.measure,
            "unit": case.target.unit,
            "before": case.target.before,
            "goal": case.target.goal,
            "after": case.target.after,
        },
        "benefit_cny": case.benefit_cny,
        "tools": case.tools,
        "sections": [
            {"step": section.step, "heading": section.heading, "text": section.text} for section in case.sections
        ],
        "figures": [{"caption": figure.caption, "step": figure.step, "tool": figure.tool} for figure in case.figures],
        "awards": [
            {
                "event": award.event,
                "issuer": award.issuer,
                "year": award.year,
                "rank": award.rank,
                "text": award.text,
            }
            for award in case.awards
        ],
        "source": {"file": source.file, "sha256": source.sha256} if source else None,
        "duplicates": case.duplicates,
    }
