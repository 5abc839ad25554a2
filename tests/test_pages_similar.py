"""Similar cases of a pasted text: groups with their reasons, nothing stored, bad input told with the text kept."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from library.case import Case
from library.similar import of_text
from tests.sample_site import Site
from tests.test_similar import others

PARAGRAPH = (
    "炉壳环缝焊接一次合格率偏低，气孔多。主要原因是防风棚密封不严、焊丝未按要求烘干。"
    "采取的措施：加设双层帆布的防风棚，设专用烘箱。"
) * 4


@pytest.fixture
def library(site: Site) -> Site:
    """One full report among titles that have nothing to do with it."""
    others(site)
    site.add()
    return site


def groups(site: Site, text: str) -> dict[str, list[str]]:
    found = site.client.post("/similar.json", data={"text": text}).get_json()["groups"]
    return {group["respect"]: [case["title"] for case in group["cases"]] for group in found}


FULL = "提高高炉炉壳环缝焊接一次合格率"


def test_a_text_finds_cases_by_problem_cause_and_countermeasure(library: Site) -> None:
    assert groups(library, PARAGRAPH) == {"problem": [FULL], "causes": [FULL], "countermeasures": [FULL]}


def test_first_come_the_cases_that_are_alike_on_the_whole_each_with_its_reasons(library: Site) -> None:
    found = library.client.post("/similar.json", data={"text": PARAGRAPH}).get_json()["whole"]
    assert [case["title"] for case in found] == [FULL]
    assert found[0]["words"].keys() == {"problem", "causes", "countermeasures"}
    page = library.client.post("/similar", data={"text": PARAGRAPH}).text
    assert FULL in page.split("整体最相近")[1].split("<h2>")[0]
    assert page.index("整体最相近") < page.index("课题相近</h2>")


def test_the_reason_names_the_words_and_shows_the_passage(library: Site) -> None:
    page = " ".join(library.client.post("/similar", data={"text": PARAGRAPH}).text.split())
    assert "课题相近" in page and "原因相近" in page and "对策相近" in page
    assert "防风" in page.split("相同的词：")[2].split("</b>")[0]
    assert "<mark>" in page.split("原因相近")[1].split("<q")[1]


def test_a_short_text_goes_into_the_address_and_can_be_passed_on(library: Site) -> None:
    answer = library.client.post("/similar", data={"text": "炉壳环缝焊接，防风棚和焊丝烘干"})
    assert answer.status_code == 303
    page = library.page(answer.headers["Location"])
    assert FULL in page.replace("<mark>", "").replace("</mark>", "")
    assert "您的文字没有说到原因" in page


def test_a_case_finds_those_that_are_like_it_but_not_itself(library: Site) -> None:
    other = library.add(title="降低热风炉炉壳环缝焊接返修率")
    first = library.add(title="提高转炉炉壳环缝焊接质量")
    page = library.page(f"/similar?id={first}")
    assert f"/cases/{other}" in page
    assert f"/cases/{first}?q=" not in page


def test_results_cases_help_and_the_page_of_no_results_lead_there(library: Site) -> None:
    assert "/similar?id=" in library.page("/search?q=炉壳")
    assert "/similar?text=" in library.page(f"/search?q={'怎样提高高炉炉壳环缝焊接的一次合格率并减少返修？'}")
    assert "/similar?text=" in library.page("/search?q=量子纠缠")
    case_id = library.add(title="提高热风炉炉壳环缝焊接质量")
    assert f"/similar?id={case_id}" in library.page(f"/cases/{case_id}")
    for address in ("/", "/help"):
        assert 'href="/similar"' in library.page(address)


def test_nothing_alike_says_so_and_leads_on(library: Site) -> None:
    page = library.page("/similar?text=我们中午吃什么")
    assert "没有找到相似的案例" in page
    assert groups(library, "我们中午吃什么") == {}


@pytest.mark.parametrize(("text", "told"), [("", "请粘贴"), ("  \n ", "请粘贴"), ("高炉" * 15_000, "文字太长")])
def test_bad_input_is_told_in_a_sentence_and_the_text_stays(library: Site, text: str, told: str) -> None:
    answer = library.client.post("/similar", data={"text": text})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and told in answer.text
    assert text.strip() in answer.text
    error = library.client.post("/similar.json", data={"text": text})
    assert error.status_code == 422
    assert told in error.get_json()["error"]["message"]


def test_an_unknown_case_is_not_found(library: Site) -> None:
    library.page("/similar?id=2000-9999", status=404)
    assert library.get("/similar.json?id=2000-9999").status_code == 404


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>焊缝", "\x00焊缝\ud800"[:3], "((((", "？" * 50, "a" * 5000, "焊" * 5000]
)
def test_any_text_is_answered_and_stays_text(library: Site, text: str) -> None:
    answer = library.client.post("/similar", data={"text": text}, follow_redirects=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_nothing_of_a_text_is_stored(library: Site, tmp_path: Path) -> None:
    secret = "本厂某某车间的秘密焊缝"
    library.client.post("/similar", data={"text": secret + PARAGRAPH})
    library.get(f"/similar?text={quote(secret)}")
    assert all("秘密".encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_sentences_are_told_by_what_they_speak_of() -> None:
    texts = of_text("焊缝气孔多。由于风大；增设防风棚。一次合格率低").texts
    assert texts == {
        "problem": ("焊缝气孔多", "一次合格率低"),
        "causes": ("由于风大",),
        "countermeasures": ("增设防风棚",),
    }


def test_a_text_without_sentences_is_a_problem() -> None:
    assert of_text(Case(id="", title="提高焊缝合格率").title).texts["problem"] == ("提高焊缝合格率",)
