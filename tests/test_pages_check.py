"""The draft check: findings with their places, nothing stored, bad input told with the text kept."""

from __future__ import annotations

import io
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from app import create_app
from indexer.index import open_index
from indexer.ingest import Intake
from indexer.refused import RefusedFiles
from library.case import Award, Section, Target
from library.corpus import Corpus
from library.settings import Settings
from tests.drafts import PASTED
from tests.report import MARKDOWN, TITLE
from tests.sample_site import Site


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library that holds one report."""
    settings = Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path / "instance"))
    corpus = Corpus(settings.corpus, settings.parsed_cases)
    index = open_index(settings.index, settings.data)
    index.rebuild([])
    intake = Intake(corpus, index, RefusedFiles(tmp_path / "refused"))
    report = tmp_path / "报告.md"
    report.write_text(MARKDOWN, encoding="utf-8")
    outcome = intake.take(report, report.name)
    assert outcome.case
    intake.make_findable([outcome.case.id])
    return settings


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


DRAFT = (
    MARKDOWN.replace(TITLE, "提高热风炉炉壳焊缝一次合格率")
    .replace("试铸", "新手")
    .replace("| 1 | 气孔 | 41 | 50% |", "| 1 | 气孔 | 41 | 50% |\n| 合计 |  | 99 | 100% |")
    .partition("## 十一、巩固措施")[0]
)


def test_a_pasted_draft_is_looked_over_by_step_number_and_wording(client: FlaskClient) -> None:
    page = client.post("/check", data={"text": DRAFT}).text
    assert "提高热风炉炉壳焊缝一次合格率" in page
    assert "制定巩固措施" in page
    assert "没有找到" in page  # the step that was cut off
    assert "一列各行相加为 82，合计写的是 99" in page
    assert "棚内实测风速2.8m/s" in page  # a passage that stands in the library's report
    assert "/cases/2021-0001#root-causes" in page
    assert "不是评审意见" in page


def test_an_uploaded_draft_is_looked_over_as_well(client: FlaskClient) -> None:
    upload = (io.BytesIO(DRAFT.encode()), "初稿.md")
    page = client.post("/check", data={"file": upload}, content_type="multipart/form-data").text
    assert "合计写的是 99" in page


def test_nothing_of_a_draft_is_stored(client: FlaskClient, settings: Settings, tmp_path: Path) -> None:
    client.post("/check", data={"text": DRAFT})
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert all("新手".encode() not in file.read_bytes() for file in kept)
    assert Corpus(settings.corpus).ids() == ["2021-0001"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": "   "}, "请选择一个文件"),
        ({"text": "太短"}, "太短"),
        ({"file": (io.BytesIO(b"%PDF-1.4 broken"), "坏.pdf")}, "坏.pdf"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_the_text_stays(
    client: FlaskClient, data: dict[str, object], told: str
) -> None:
    answer = client.post("/check", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Traceback" not in answer.text
    if "text" in data:
        assert str(data["text"]) in answer.text or told in answer.text


def test_a_draft_cannot_put_script_into_the_page(client: FlaskClient) -> None:
    evil = DRAFT.replace("提高热风炉炉壳焊缝一次合格率", '提高"><img src=x onerror=alert(1)>合格率')
    assert "<img src=x" not in client.post("/check", data={"text": evil}).text


def test_the_form_is_there_without_a_draft(client: FlaskClient) -> None:
    assert "稿件自查" in client.get("/check").text


def test_a_passage_that_stands_elsewhere_is_told_with_its_place_in_the_draft(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.post("/check", data={"text": DRAFT}).text)
    found = [item for item in page.xpath("//li[q]") if "棚内实测风速2.8m/s" in item.text_content()]
    assert found[0].xpath("string(b)") == "确定主要原因"
    assert found[0].xpath(".//a/@href") == ["/cases/2021-0001#root-causes"]


def test_a_step_is_compared_with_the_award_winner_that_is_most_like_the_draft(site: Site) -> None:
    leaks = tuple(
        Section(step, "", "卫生间管根渗漏") for step in ("topic-selection", "current-state", "goal", "causes")
    )
    site.add(title="降低卫生间渗漏率", awards=(Award("特等奖", rank=0),), target=Target(), sections=leaks)
    site.add()
    page = lxml.html.fromstring(site.client.post("/check", data={"text": PASTED}).text)
    compared = page.xpath("//table[contains(@class, 'steps-found')]//td[2]/a/@href")
    assert "/cases/2021-0002#causes" in compared
    assert "/cases/2021-0001#causes" not in compared
