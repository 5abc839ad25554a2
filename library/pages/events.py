"""Exchange meetings and contests: the published facts, and the cases that won there."""

from __future__ import annotations

from flask import Blueprint, render_template

from library.case import Award, Case, Event
from library.pages.shared import corpus, engine
from library.query import Query
from library.render import render

bp = Blueprint("events", __name__)

MOST = 500


@bp.get("/events")
def index() -> str:
    return render_template("events.html", events=corpus().events())


@bp.get("/events/<event_id>")
def event(event_id: str) -> str:
    found = corpus().event(event_id)
    return render_template("event.html", event=found, text=render(found.text), cases=_winners(found))


def _winners(event: Event) -> list[tuple[Case, Award]]:
    """Cases with an award of this event, best first."""
    if not event.award_event:
        return []
    year = (event.start[:4], str(int(event.start[:4]) - 1))
    ids = engine().search(Query(year=year, award=("0", "1", "2", "3", "9"), sort="award", size=MOST))
    won = [
        (case, award)
        for case in corpus().get_many(ids.case_ids)
        for award in case.awards
        if award.event == event.award_event
    ]
    return sorted(won, key=lambda pair: pair[1].rank)
