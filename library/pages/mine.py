"""What readers keep for themselves: favourites in their browser, reading lists as addresses. And how to search."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from library.pages.search import hit
from library.pages.shared import corpus
from library.query import Query

bp = Blueprint("mine", __name__)

MOST = 50


@bp.get("/mine")
def mine() -> str:
    return render_template("mine.html")


@bp.get("/list")
def reading_list() -> str:
    """The list is in the address: nothing is stored, and it can be passed on."""
    ids = list(dict.fromkeys(request.args.getlist("id")))[:MOST]
    cases = corpus().get_many(ids)
    return render_template("list.html", query=Query(), hits=[hit(case, Query()) for case in cases])


@bp.get("/help")
def help_page() -> str:
    return render_template("help.html")
