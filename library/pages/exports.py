"""Any list of results to take along: feed, spreadsheet; any case: citation files, a code for the phone."""

from __future__ import annotations

import io

from flask import Blueprint, Response, render_template, request, url_for

from library.case import Case
from library.citing import citation
from library.pages.shared import asked, corpus, engine, words
from library.query import Query
from library.sheets import as_csv, as_xlsx, rows

bp = Blueprint("exports", __name__)

MOST = 2_000  # rows of a spreadsheet
AT_ONCE = 100
ENTRIES = 50  # of a feed


@bp.get("/search.atom")
def feed() -> Response:
    """The newest cases of the library, or of a search."""
    query = asked()
    found = engine().search(query.but(sort="newest", size=ENTRIES))
    page = render_template("feed.xml", query=query, cases=corpus().get_many(found.case_ids))
    return Response(page, mimetype="application/atom+xml")


@bp.get("/search.csv")
def as_csv_file() -> Response:
    table = rows(_all(asked()), words(), _site())
    return _download(as_csv(table), "text/csv; charset=utf-8", "qc-cases.csv")


@bp.get("/search.xlsx")
def as_xlsx_file() -> Response:
    table = rows(_all(asked()), words(), _site())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(as_xlsx(table), kind, "qc-cases.xlsx")


@bp.get("/cases/<case_id>.bib")
def bibtex(case_id: str) -> Response:
    made = citation(corpus().get(case_id)).bibtex
    return _download(made.encode(), "application/x-bibtex; charset=utf-8", f"{case_id}.bib")


@bp.get("/cases/<case_id>.ris")
def ris(case_id: str) -> Response:
    made = citation(corpus().get(case_id)).ris
    kind = "application/x-research-info-systems; charset=utf-8"
    return _download(made.encode(), kind, f"{case_id}.ris")


@bp.get("/cases/<case_id>/code.svg")
def code(case_id: str) -> Response:
    """The address of the case as a QR code, for paper and phones."""
    import segno  # takes longer to load than all else here

    address = url_for("case.case", case_id=corpus().get(case_id).id, _external=True)
    made = io.BytesIO()
    segno.make(address, micro=False).save(made, kind="svg", scale=3, border=4, light="#ffffff")
    return Response(made.getvalue(), mimetype="image/svg+xml")


def _all(query: Query) -> list[Case]:
    """The cases of every page of a search."""
    cases: list[Case] = []
    for page in range(1, MOST // AT_ONCE + 1):
        found = engine().search(query.but(size=AT_ONCE, page=page))
        cases += corpus().get_many(found.case_ids)
        if page * AT_ONCE >= found.total:
            break
    return cases


def _site() -> str:
    return request.host_url.rstrip("/")


def _download(data: bytes, kind: str, name: str) -> Response:
    told = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(data, content_type=kind, headers=told)
