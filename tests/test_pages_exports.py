"""What can be taken along: feeds, spreadsheets that hold no formulas, citations, codes."""

from __future__ import annotations

import csv
import io

import lxml.etree
import pytest
from python_calamine import CalamineWorkbook

from library.case import Award
from library.citing import citation
from library.query import Query
from library.scopes import scopes
from tests.sample_site import Site, full_case
from tests.test_pages_search import links

ATOM = "{http://www.w3.org/2005/Atom}"


def table(site: Site, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(site.get(address).data.decode("utf-8-sig"))))


def test_a_list_of_results_as_a_table(site: Site) -> None:
    case_id = site.add()
    site.add(title="别的课题", year=2019)
    head, *rows = table(site, "/search.csv?year=2021")
    assert len(rows) == 1
    row = dict(zip(head, rows[0], strict=True))
    assert row["编号"] == case_id
    assert row["活动后"] == "97.4"
    assert row["链接"] == f"http://localhost/cases/{case_id}"


def test_excel_sees_that_it_is_utf_8(site: Site) -> None:
    assert site.get("/search.csv").data.startswith(b"\xef\xbb\xbf")


def test_a_table_has_all_pages_of_the_results(site: Site) -> None:
    for number in range(5):
        site.add(title=f"课题{number}")
    assert len(table(site, "/search.csv?size=2&page=2")) == 1 + 5


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_title_becomes_a_formula(site: Site, begin: str) -> None:
    site.add(title=f"{begin.strip()}课题" if begin == "\t=1" else f"{begin}课题", unit=begin.strip())
    for cell in table(site, "/search.csv")[1]:
        assert not cell.lstrip().startswith(("=", "+", "@", "＝")) and not cell.startswith("-")


def test_the_same_table_for_excel(site: Site) -> None:
    site.add(title='=HYPERLINK("x")')
    rows = CalamineWorkbook.from_filelike(io.BytesIO(site.get("/search.xlsx").data)).get_sheet_by_index(0).to_python()
    assert rows[0][1] == "课题名称"
    assert rows[1][1] == '=HYPERLINK("x")'
    assert rows[1][12] == 97.4


def test_the_table_speaks_the_readers_language(site: Site) -> None:
    site.add()
    site.client.set_cookie("language", "en")
    assert table(site, "/search.csv")[0][1] == "Title"


def test_any_search_can_be_followed_as_a_feed(site: Site) -> None:
    case_id = site.add(title="<b>焊缝</b> & 气孔")
    feed = lxml.etree.fromstring(site.get("/search.atom?q=气孔").data)
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "<b>焊缝</b> & 气孔"
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == f"http://localhost/cases/{case_id}"
    assert feed.findtext(f"{ATOM}updated") == "2021-11-20T00:00:00Z"
    assert "/search.atom?q=气孔" in links(site.page("/search?q=气孔"))


def test_an_empty_feed_is_a_feed(site: Site) -> None:
    assert lxml.etree.fromstring(site.get("/search.atom").data).findall(f"{ATOM}entry") == []


def test_a_case_is_cited_for_reference_managers(site: Site) -> None:
    case_id = site.add(title="提高 100% {合格}率 & 其他")
    assert "title = {{提高 100\\% \\{合格\\}率 \\& 其他}}" in site.get(f"/cases/{case_id}.bib").text
    ris = site.get(f"/cases/{case_id}.ris").text.split("\n")
    assert ris[0] == "TY  - RPRT"
    assert ris[-1] == "ER  - "
    assert "PY  - 2021" in ris


@pytest.mark.parametrize(
    ("changes", "cited"),
    [
        ({}, "铸脊QC小组. 提高高炉炉壳环缝焊接一次合格率[R]. 璟岚冶金建设有限公司, 2021."),
        ({"group": ""}, "璟岚冶金建设有限公司. 提高高炉炉壳环缝焊接一次合格率[R]. 2021."),
        ({"group": "", "unit": "", "year": None}, "佚名. 提高高炉炉壳环缝焊接一次合格率[R]."),
    ],
)
def test_a_citation_has_what_is_known(changes: dict[str, object], cited: str) -> None:
    assert citation(full_case(**changes)).gbt7714 == cited


def test_the_code_of_a_case_is_a_picture_without_scripts(site: Site) -> None:
    answer = site.get(f"/cases/{site.add()}/code.svg")
    assert answer.mimetype == "image/svg+xml"
    assert b"<script" not in answer.data


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_a_citation_of_nothing_is_404(site: Site, ending: str) -> None:
    site.page(f"/cases/2021-0001.{ending}", status=404)


def test_scopes_lead_to_the_same_question_elsewhere() -> None:
    found = {scope.name: scope for scope in scopes(Query(q="焊缝 气孔", year=("2021",)))}
    assert found["全文"].chosen
    assert found["要因"].query == Query(q="焊缝 气孔", year=("2021",), step=("root-causes",))
    titled = found["课题名"].query
    assert titled.q == "课题:焊缝 课题:气孔"
    back = {scope.name: scope for scope in scopes(titled)}
    assert back["课题名"].chosen
    assert back["全文"].query.q == "焊缝 气孔"


def test_scopes_stand_under_the_search_box(site: Site) -> None:
    site.add()
    site.add(title="课题里没有那个词", awards=(Award("三等奖", rank=3),))
    page = site.page("/search?q=课题:炉壳")
    assert "共 1 条" in page
    assert 'aria-current="true">课题名' in page
