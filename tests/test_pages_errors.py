"""When something does not work: a sentence that helps, in the form that was asked for."""

from __future__ import annotations

import pytest

from library.errors import SearchUnavailable
from library.query import Query
from library.search import Results
from tests.sample_site import Site


class BrokenEngine:
    """An engine whose index cannot be read."""

    def search(self, query: Query) -> Results:
        raise SearchUnavailable(reason="索引无法读取")


class FaultyEngine:
    """An engine with a mistake in it."""

    def search(self, query: Query) -> Results:
        raise ZeroDivisionError


def test_a_page_that_is_not_there_helps_on(site: Site) -> None:
    page = site.page("/nothing/here", status=404)
    assert "没有这个页面" in page
    assert 'action="/search"' in page


def test_json_is_answered_in_json(site: Site) -> None:
    answer = site.client.get("/cases/2021-9999.json")
    assert answer.status_code == 404
    assert answer.get_json() == {"error": {"status": 404, "message": "库中没有编号为 2021-9999 的案例。"}}


def test_the_wrong_way_of_asking_is_405(site: Site) -> None:
    answer = site.client.post("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_too_much_is_413(site: Site) -> None:
    site.app.config["MAX_CONTENT_LENGTH"] = 10
    answer = site.client.post("/preferences", data={"back": "/" * 100})
    assert answer.status_code == 413
    assert "过大" in answer.text


@pytest.mark.parametrize("address", ["/", "/search", "/search.json", "/steps/goal"])
def test_without_an_index_the_page_says_so(site: Site, address: str) -> None:
    site.app.extensions["engine"] = BrokenEngine()
    answer = site.client.get(address)
    assert answer.status_code == 503
    assert "检索暂时不可用（索引无法读取）" in answer.text


def test_cases_can_be_read_without_an_index(site: Site) -> None:
    case_id = site.add()
    site.app.extensions["engine"] = BrokenEngine()
    site.page(f"/cases/{case_id}")


def test_a_mistake_of_ours_is_logged_and_told_without_details(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.app.extensions["engine"] = FaultyEngine()
    answer = site.client.get("/search")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_broken_case_file_says_what_is_wrong(site: Site) -> None:
    case_id = site.add()
    (site.folder / "2021" / case_id / "case.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    assert "titel" in site.page(f"/cases/{case_id}", status=422)


def test_alive_and_ready(site: Site) -> None:
    assert site.client.get("/healthz").get_json() == {"status": "ok"}
    assert site.client.get("/readyz").get_json() == {"status": "ready", "problems": []}


def test_not_ready_says_what_is_wrong(site: Site) -> None:
    site.app.extensions["engine"] = BrokenEngine()
    answer = site.client.get("/readyz")
    assert answer.status_code == 503
    assert "索引无法读取" in answer.get_json()["problems"][0]
    assert site.client.get("/healthz").status_code == 200


def test_not_ready_without_a_corpus(site: Site) -> None:
    site.folder.rmdir()
    assert site.client.get("/readyz").status_code == 503


@pytest.mark.parametrize("address", ["/", "/search.json", "/search.atom", "/static/site.css", "/nothing"])
def test_names_that_are_not_the_sites_get_one_sentence(site: Site, address: str) -> None:
    answer = site.client.get(address, headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "LIBRARY_HOSTS" in answer.text
    assert "elsewhere" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:41999"])
def test_local_names_are_answered_on_any_port(site: Site, host: str) -> None:
    assert f"http://{host}/search.atom" in site.client.get("/search.atom", headers={"Host": host}).text


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "没有编号为 2099-none 的交流会"), ("en", "no meeting or contest")]
)
def test_an_event_that_is_not_there_is_called_an_event(site: Site, language: str, sentence: str) -> None:
    site.client.set_cookie("language", language)
    answer = site.client.get("/events/2099-none")
    assert answer.status_code == 404
    assert sentence in answer.text
