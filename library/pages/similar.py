"""Cases like a pasted text or like a case of the library, in groups, each with its reason. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from library.case import Case
from library.errors import LibraryError, Refused
from library.interface import RESPECT_NAMES
from library.pages.shared import corpus, engine, words
from library.similar import Found, find, found_as_json, of_case, of_text

bp = Blueprint("similar", __name__)

SHORT = 200
"""Characters of a text that goes into the address, so that the page can be passed on."""

MOST = 20_000


class NothingPasted(Refused):
    message = "请粘贴课题名称或一段文字。"


class TooLong(Refused):
    message = "文字太长（{length} 字），最多 {most} 字；整份稿件请用“自查”。"


@bp.get("/similar")
def page() -> ResponseReturnValue:
    text, case = request.args.get("text", ""), _case()
    if not text and case is None:
        return _shown("", None, None)
    return _answer(text, case)


@bp.post("/similar")
def pasted() -> ResponseReturnValue:
    text = request.form.get("text", "").strip()
    if 0 < len(text) <= SHORT:
        return redirect(url_for("similar.page", text=text), 303)
    return _answer(text, None)


@bp.route("/similar.json", methods=["GET", "POST"])
def as_json() -> ResponseReturnValue:
    return jsonify(found_as_json(_found(request.values.get("text", ""), _case())))


def _answer(text: str, case: Case | None) -> ResponseReturnValue:
    try:
        return _shown(text, case, _found(text, case))
    except Refused as error:  # said on the form itself, so that what was pasted is not lost
        return _shown(text, case, None, error), error.status


def _found(text: str, case: Case | None) -> Found:
    if case is not None:
        return find(of_case(case), corpus(), engine())
    if not text.strip():
        raise NothingPasted
    if len(text) > MOST:
        raise TooLong(length=len(text), most=MOST)
    return find(of_text(text), corpus(), engine())


def _case() -> Case | None:
    case_id = request.args.get("id")
    return corpus().get(case_id) if case_id else None


def _shown(text: str, case: Case | None, found: Found | None, error: LibraryError | None = None) -> str:
    return render_template(
        "similar.html",
        text=text,
        case=case,
        found=found,
        error=error.sentence(words()) if error else None,
        respects=RESPECT_NAMES,
        most=MOST,
    )
