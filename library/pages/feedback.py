"""What readers say about a case: a small form without account. It can be switched off (`LIBRARY_FEEDBACK`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from library.case import Case
from library.errors import LibraryError
from library.feedback import KINDS, FeedbackBox, Said
from library.interface import FIELD_NAMES
from library.pages.shared import corpus, from_this_site, settings, words

bp = Blueprint("feedback", __name__)

TRAP = "website"
"""A box that people do not see and programs like to fill."""


class SwitchedOff(LibraryError):
    status = 404
    message = "本站没有开启反馈。"


class FromElsewhere(LibraryError):
    status = 403
    message = "这个表单是从别的网站提交的，没有采用。请从案例页面提交反馈。"


@bp.get("/cases/<case_id>/feedback")
def form(case_id: str) -> str:
    _must_be_on()
    said = Said("wrong", field=request.args.get("field", ""))
    return _page(corpus().get(case_id), said, thanks="thanks" in request.args)


@bp.post("/cases/<case_id>/feedback")
def send(case_id: str) -> ResponseReturnValue:
    _must_be_on()
    if not from_this_site():
        raise FromElsewhere
    case = corpus().get(case_id)
    said = Said(*(request.form.get(name, "") for name in ("kind", "text", "field", "proposed")))
    if not request.form.get(TRAP):
        try:
            _box().put(case.id, said, datetime.now(UTC))
        except LibraryError as error:  # said on the form itself, so that what was written is not lost
            return _page(case, said, problem=error.sentence(words())), error.status
    return redirect(url_for("feedback.form", case_id=case.id, thanks=1), 303)


def _page(case: Case, said: Said, problem: str = "", thanks: bool = False) -> str:
    return render_template(
        "feedback.html", case=case, said=said, problem=problem, thanks=thanks, kinds=KINDS, field_names=FIELD_NAMES
    )


def _must_be_on() -> None:
    if settings().FEEDBACK != "on":
        raise SwitchedOff


def _box() -> FeedbackBox:
    return cast(FeedbackBox, current_app.extensions["feedback"])
