"""One case: the report by step, its summary, its original, how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from library.case import Case, Source
from library.chain import chain
from library.charts import target_bar
from library.citing import citation
from library.feedback import KINDS, Said
from library.interface import FIELD_NAMES, RESPECT_NAMES
from library.page_pictures import BeingPrepared, NoPreview, Places, Preview, places
from library.pages.shared import asked, corpus, engine, page_pictures, settings, shown_figures, words
from library.query import Query
from library.reading import read
from library.similar import similar
from library.snippets import marker
from library.steps import required_steps

bp = Blueprint("case", __name__)


@dataclass(frozen=True)
class Originals:
    """The pages of an original beside the report; `problem` says why there are none, `waiting` that there soon will."""

    sources: tuple[Source, ...]  # of which one can be chosen
    preview: Preview | None = None
    places: Places | None = None
    problem: str = ""
    waiting: bool = False

    def of_section(self, position: int) -> int | None:
        """The picture that shows the beginning of a section."""
        return self.places.sections[position] if self.places else None

    def beginning_on(self, picture: int) -> tuple[int, ...]:
        """Positions of the sections that begin on a picture."""
        begins = self.places.sections if self.places else ()
        return tuple(position for position, number in enumerate(begins) if number == picture)

    def marks_on(self, picture: int) -> tuple[int, ...]:
        """The pages of the report that begin on a picture."""
        marks = self.places.marks if self.places else {}
        return tuple(page for page, number in marks.items() if number == picture)


@bp.get("/cases/<case_id>")
def case(case_id: str) -> str:
    return _shown(corpus().get(case_id), None)


@bp.get("/cases/<case_id>/pages")
def pages(case_id: str) -> str:
    """The report with the pages of its original beside it."""
    found = corpus().get(case_id)
    return _shown(found, _originals(found, request.args.get("original", "")))


@bp.get("/cases/<case_id>/pages.json")
def pages_json(case_id: str) -> ResponseReturnValue:
    """Whether the pages are still being prepared, for a script that waits for them."""
    originals = _originals(corpus().get(case_id), request.args.get("original", ""))
    return jsonify(waiting=originals.waiting, pages=len(originals.preview.pages) if originals.preview else 0)


def _shown(found: Case, originals: Originals | None) -> str:
    query = asked()
    figures = shown_figures(found)
    return render_template(
        "case.html",
        case=found,
        query=query,
        originals=originals,
        reading=read(found, figures, marker(query), words(), _page_address(found, query, originals)),
        figures=figures,
        bar=target_bar(found.target, width=260),
        chain=chain(found),
        citation=citation(found),
        digits={key: (place + 1) % 10 for place, key in enumerate(required_steps(found))},
        twins=corpus().get_many(found.duplicates),
        similar=[] if originals else similar(found, corpus(), engine()),
        respects=RESPECT_NAMES,
        field_names=FIELD_NAMES,
        feedback=settings().FEEDBACK == "on",
        kinds=KINDS,
        said=Said("wrong"),
    )


def _originals(case: Case, wanted: str) -> Originals:
    sources = page_pictures().sources(case)
    if not sources:
        return Originals((), problem=words()(page_pictures().why_none(case)))
    source = next((source for source in sources if source.stored == wanted), sources[0])
    try:
        preview = page_pictures().preview(case, source)
    except NoPreview as error:
        return Originals(sources, problem=error.sentence(words()), waiting=isinstance(error, BeingPrepared))
    return Originals(sources, preview, places(case, preview))


def _page_address(case: Case, query: Query, originals: Originals | None) -> Callable[[int], str]:
    """From a page label in the report to the picture of that page."""
    if originals is None:
        address = url_for("case.pages", case_id=case.id, q=query.q or None)
        return lambda page: f"{address}#original-{page}" if case.sources else ""
    marks = originals.places.marks if originals.places else {}
    return lambda page: f"#original-{page}" if page in marks else ""


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
