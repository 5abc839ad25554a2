"""Language and theme: kept in a cookie, set by a button, back to the page it was pressed on."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from library.interface import LANGUAGES
from library.pages.shared import THEMES

bp = Blueprint("preferences", __name__)

YEAR = 365 * 24 * 3600
CHOICES = {"language": tuple(LANGUAGES), "theme": THEMES}


@bp.post("/preferences")
def choose() -> Response:
    back = request.form.get("back", "")
    # "//host" and "/\host" would lead to another site
    local = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = redirect(back if local else url_for("home.home"), 303)
    for name, choices in CHOICES.items():
        value = request.form.get(name)
        if value in choices:
            answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True)
    return answer
