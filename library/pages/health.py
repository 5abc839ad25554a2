"""For whoever watches over the installation: is it alive, is it ready."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from library.errors import LibraryError
from library.pages.shared import corpus, engine, words
from library.query import Query

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 with what is wrong while the corpus or the index cannot be read."""
    problems = []
    if not corpus().folder.is_dir():
        problems.append(words()("找不到案例文件夹 {folder}。").format(folder=corpus().folder))
    try:  # the only page whose job is to tell what fails
        engine().search(Query(size=1))
    except LibraryError as error:
        problems.append(error.sentence(words()))
    answer = jsonify(status="unready" if problems else "ready", problems=problems)
    return answer, 503 if problems else 200
