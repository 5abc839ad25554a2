"""The draft check: a file or a pasted text is looked over and forgotten."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from indexer.draft_check import DraftCheck, check_draft
from indexer.sketches import Sketches
from library.errors import LibraryError, Refused
from library.guides import step_guides
from library.interface import RESPECT_NAMES
from library.pages.shared import corpus, engine, words

bp = Blueprint("check", __name__)

PASTED = "粘贴的稿件.md"
TURN = threading.Lock()  # one draft after the other: reading a file may take a core for a minute
PATIENCE = 30  # seconds to wait for one's turn


class NothingGiven(Refused):
    message = "请选择一个文件，或在文本框中粘贴稿件。"


class AllBusy(LibraryError):
    status = 503
    message = "正在检查其他稿件，请过一会儿再试；您粘贴的文字仍在下面。"


@bp.get("/check")
def form() -> str:
    return render_template("check.html", found=None, text="", error=None, guides=step_guides(), respects=RESPECT_NAMES)


@bp.post("/check")
def check() -> ResponseReturnValue:
    text = request.form.get("text", "")
    try:
        found = _checked(text)
    except LibraryError as error:  # said on the form itself, so that what was pasted is not lost
        said = error.sentence(words())
        page = render_template(
            "check.html", found=None, text=text, error=said, guides=step_guides(), respects=RESPECT_NAMES
        )
        return page, error.status
    return render_template(
        "check.html", found=found, text=text, error=None, guides=step_guides(), respects=RESPECT_NAMES
    )


def _checked(text: str) -> DraftCheck:
    upload = request.files.get("file")
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder) / "draft"
        if upload and upload.filename:
            upload.save(path)
            name = upload.filename
        elif text.strip():
            path.write_text(text, encoding="utf-8", errors="replace")
            name = PASTED
        else:
            raise NothingGiven
        if not TURN.acquire(timeout=PATIENCE):
            raise AllBusy
        try:
            return check_draft(path, name, corpus(), engine(), _sketches())
        finally:
            TURN.release()


def _sketches() -> Sketches:
    return cast(Sketches, current_app.extensions["sketches"])
