"""The files of a case: originals to keep, figures to look at. Both are strangers' files."""

from __future__ import annotations

import mimetypes
import re

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from library.errors import FileMissing
from library.pages.shared import corpus, page_pictures
from library.pictures import MEDIA_TYPES

bp = Blueprint("files", __name__)

UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a file may do when it is opened by itself: be seen."""


@bp.get("/cases/<case_id>/files/<stored>")
def original(case_id: str, stored: str) -> Response:
    """Byte for byte, under the name it was submitted with; never opened in the browser."""
    path = corpus().original_path(case_id, stored)
    source = next(s for s in corpus().get(case_id).sources if s.stored == stored)
    media_type = mimetypes.guess_type(stored)[0] or "application/octet-stream"
    answer = send_file(
        path.resolve(),
        mimetype="application/octet-stream" if media_type.startswith("text/") else media_type,
        as_attachment=True,
        download_name=safe_name(source.file) or stored,
        etag=source.sha256,
    )
    return _alone(answer)


@bp.get("/cases/<case_id>/figures/<file>")
def figure(case_id: str, file: str) -> Response:
    path = corpus().figure_path(case_id, file)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise FileMissing(case_id=case_id, name=file)
    return _alone(send_file(path.resolve(), mimetype=media_type, max_age=3600))


@bp.get("/cases/<case_id>/pages/<stored>/<int:number>.webp")
def page_picture(case_id: str, stored: str, number: int) -> Response:
    """One page of an original; the first to ask waits while it is drawn."""
    case = corpus().get(case_id)
    source = next((s for s in page_pictures().sources(case) if s.stored == stored), None)
    if source is None:
        raise FileMissing(case_id=case_id, name=stored)
    path = page_pictures().picture(case, source, number)
    return _alone(send_file(path.resolve(), mimetype="image/webp", max_age=3600))


def safe_name(name: str) -> str:
    """A file name without what systems or readers could take for something else."""
    return UNSAFE.sub("_", name).strip(" .")


def _alone(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
