"""Exchange meetings and contests: the published facts, and the cases that won there."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from library.case import Award, Case, Event
from library.pages.shared import corpus, engine
from library.query import Query
from library.render import render

bp = Blueprint("events", __name__)

MOST = 100
RANKS = ("0", "1", "2", "3", "9")


@bp.get("/events")
def index() -> str:
    return render_template("events.html", events=corpus().events())


@bp.get("/events/<event_id>")
def event(event_id: str) -> str:
    found = corpus().event(event_id)
    won = _winners(found)
    ranks = Counter(str(award.rank) for _, award in won)
    return render_template(
        "event.html",
        event=found,
        text=render(found.text),
        cases=won,
        ranks=sorted(ranks.items()),
        others=[other for other in corpus().events() if other.id != found.id],
    )


def _winners(event: Event) -> list[tuple[Case, Award]]:
    """Cases with an award of this event, best first."""
    if not event.award_event:
        return []
    words = event.award_event.replace('"', " ")
    held = int(event.start[:4])
    found = engine().search(Query(q=f'"{words}"', year=(f"{held - 2}..{held}",), award=RANKS, sort="award", size=MOST))
    won = [
        (case, award)
        for case in corpus().get_many(found.case_ids)
        for award in case.awards
        if award.event == event.award_event
    ]
    return sorted(won, key=lambda pair: pair[1].rank)
