"""For a new group: which kind of topic, five cases to read in order, a checklist to tick and print."""

from __future__ import annotations

from typing import cast, get_args

from flask import Blueprint, render_template, request

from library.guides import KINDS, Kind, choices, field_guides, start_guides, step_guides
from library.pages.shared import corpus, engine
from library.path import reading_path
from library.steps import REQUIRED

bp = Blueprint("start", __name__)


@bp.get("/start")
def start() -> str:
    kind = cast(Kind, request.args.get("kind", ""))
    field = request.args.get("field", "")
    wish = request.args.get("wish", "")[:200].strip()
    field = field if field in field_guides() else ""
    chosen = kind in get_args(Kind)
    return render_template(
        "start.html",
        kind=kind,
        field=field,
        wish=wish,
        kinds=start_guides(),
        fields=field_guides(),
        choices=choices(),
        guides=step_guides(),
        guide=start_guides()[kind] if chosen else None,
        required=REQUIRED[KINDS[kind]] if chosen else (),
        stops=reading_path(kind, field, wish, corpus(), engine()) if chosen else [],
    )
