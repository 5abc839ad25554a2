"""Originals and figures: strangers' files that never run anything."""

from __future__ import annotations

import pytest

from library.case import Figure
from library.pages.files import safe_name
from tests.sample_site import Site


def test_the_original_comes_back_byte_for_byte_under_its_own_name(site: Site) -> None:
    case_id = site.add(original="关于“炉壳”焊接 2021.docx", data=b"PK\x03\x04 bytes")
    answer = site.get(f"/cases/{case_id}/files/original.docx")
    assert answer.data == b"PK\x03\x04 bytes"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E5%85%B3%E4%BA%8E" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["报告.html", "x.svg", "x.htm", "说明.txt", "x.pdf", "x"])
def test_no_original_opens_in_the_browser(site: Site, name: str) -> None:
    case_id = site.add(original=name, data=b"<script>alert(1)</script>")
    stored = site.corpus.get(case_id).sources[0].stored
    answer = site.get(f"/cases/{case_id}/files/{stored}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert not answer.mimetype.startswith("text/")


def test_names_lose_what_systems_could_take_for_something_else() -> None:
    assert safe_name('..\\a/b:"c"\r\nX: y\u202e.docx') == "_a_b__c___X_ y_.docx"


@pytest.mark.parametrize("file", ["case.md", "..%2Fcase.md", "figures", "original.pdf", "%2e%2e"])
def test_only_the_originals_of_the_case_can_be_had(site: Site, file: str) -> None:
    assert site.get(f"/cases/{site.add()}/files/{file}").status_code == 404


def test_a_figure_is_shown_as_a_picture(site: Site) -> None:
    answer = site.get(f"/cases/{site.add()}/figures/001.png")
    assert answer.mimetype == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_figure_that_could_hold_scripts_is_not_shown(site: Site) -> None:
    case_id = site.add(figures=(Figure("001.svg", "图"),))
    assert site.get(f"/cases/{case_id}/figures/001.svg").status_code == 404


def test_a_figure_that_the_case_does_not_list_is_not_there(site: Site) -> None:
    assert site.get(f"/cases/{site.add()}/figures/999.png").status_code == 404


def test_every_page_is_protected(site: Site) -> None:
    site.add()
    for address in ("/", "/search", "/search.json", "/nothing", "/static/site.css", "/healthz"):
        headers = site.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
