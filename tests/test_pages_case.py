"""The case page: the report by step, what stands out, what is missing, what the machine guessed."""

from __future__ import annotations

import pytest
from lxml import html

from library.case import Award, Evidence, Figure, Section, Target
from tests.sample_site import Site


def test_shows_the_report_by_step_with_permanent_anchors(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}")
    assert '<section id="root-causes"' in page
    assert 'href="#root-causes"' in page
    assert "六、要因确认" in page


def test_the_address_of_a_merged_case_leads_to_the_one_that_has_it_now(site: Site) -> None:
    keep, other = site.add(), site.add()
    site.corpus.merge(site.corpus.get(keep), other)
    answer = site.client.get(f"/cases/{other}?q=夹渣")
    assert (answer.status_code, answer.location) == (302, f"/cases/{keep}?q=%E5%A4%B9%E6%B8%A3")
    assert site.client.get(f"/cases/{other}.json").location == f"/cases/{keep}.json"
    assert site.client.get(f"/cases/{other}/figures/001.png").status_code == 404


def test_two_sections_of_one_step_have_two_anchors(site: Site) -> None:
    case_id = site.add(sections=(Section("results", "效果一", "甲"), Section("results", "效果二", "乙")))
    page = site.page(f"/cases/{case_id}")
    assert '<section id="results"' in page
    assert '<section id="results-2"' in page


def test_missing_steps_are_said_plainly(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}")
    assert "按准则应有而报告中未见的步骤" in page
    assert '<li><a href="/steps/consolidation">制定巩固措施</a></li>' in page


def test_a_query_is_marked_counted_and_leads_to_its_first_hit(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}?q=夹渣")
    assert '<mark id="hit-1">夹渣</mark>' in page
    assert 'href="#hit-1"' in page
    assert "1 处命中" in page


def test_a_heading_that_has_the_words_is_a_hit_too(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}?q=要因确认")
    assert '六、<mark id="hit-1">要因确认</mark></a>' in page
    assert '<mark id="hit-2">要因确认</mark>一' in page


def test_what_stands_beside_no_countermeasure_is_listed(site: Site) -> None:
    sections = (
        Section("countermeasures", "对策", "| 要因 | 对策 | 目标 |\n|---|---|---|\n| 风大 | 围挡 | ≤2m/s |"),
        Section("implementation", "实施", "### 甲\n\n做了3次，达到目标。\n\n### 乙\n\n做了5次，达到目标。"),
    )
    page = site.page(f"/cases/{site.add(sections=sections)}")
    assert "另有 2 处效果检查" in page
    assert "<li>做了5次，达到目标。</li>" in page


def test_the_summary_tells_target_chain_benefit_and_comment(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}")
    assert "达到目标" in page
    assert "防风棚密封不严" in page.split('class="chain"')[1].split("</section>")[0]
    assert "实测风速最大1.1m/s" in page.split('class="chain"')[1].split("</section>")[0]
    assert "18.65 万元" in page
    assert "症结明确" in page


def test_figures_and_tables_are_shown(site: Site) -> None:
    case_id = site.add()
    page = site.page(f"/cases/{case_id}")
    assert f'src="/cases/{case_id}/figures/001.png"' in page
    assert "<td>气孔</td>" in page


def test_figures_that_the_text_does_not_show_come_at_the_end(site: Site) -> None:
    figures = (Figure("001.png", "图1"), Figure("002.png", "附图 现场照片"))
    page = site.page(f"/cases/{site.add(figures=figures)}")
    assert "附图 现场照片" in page.split('id="figures"')[1]


def test_machine_guesses_come_with_their_evidence(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}")
    assert "1 项由机器识别，附依据" in page
    assert "<q>一次合格率达到97.4%</q>" in page


def test_what_a_person_confirmed_is_no_guess(site: Site) -> None:
    evidence = {"title": Evidence("封面", "", 0.5)}
    page = site.page(f"/cases/{site.add(evidence=evidence, confirmed=('title',))}")
    assert "由机器识别" not in page


def test_warnings_ask_for_a_look(site: Site) -> None:
    assert "目标值有两种写法" in site.page(f"/cases/{site.add(warnings=('目标值有两种写法',))}")


def test_an_illustrative_case_says_that_it_is_fictional(site: Site) -> None:
    page = site.page(f"/cases/{site.add(illustrative=True)}")
    assert "演示用虚构案例：其中的单位、人员、工程与数据均为虚构。" in page


def test_a_title_only_entry_says_that_there_is_no_text_and_where_it_is_from(site: Site) -> None:
    case_id = site.add(sections=(), figures=(), title_only=True, reference="example.org/list")
    page = site.page(f"/cases/{case_id}")
    assert "库中没有报告全文" in page
    assert "example.org/list" in page
    assert "未见的步骤" not in page


def test_near_copies_are_linked(site: Site) -> None:
    first = site.add()
    page = site.page(f"/cases/{site.add(duplicates=(first,))}")
    assert f'href="/cases/{first}"' in page


def test_how_to_cite_it(site: Site) -> None:
    page = site.page(f"/cases/{site.add()}")
    assert "铸脊QC小组. 提高高炉炉壳环缝焊接一次合格率[R]. 璟岚冶金建设有限公司, 2021." in page


def test_the_json_twin_has_the_fields_programs_rely_on(site: Site) -> None:
    case_id = site.add()
    found = site.client.get(f"/cases/{case_id}.json").get_json()
    assert list(found) == [
        "id", "title", "group", "unit", "year", "categories", "topic_type", "target_kind", "legacy_type",
        "period", "leader", "members_count", "target", "benefit_cny", "tools", "sections", "figures",
        "awards", "source", "duplicates",
    ]  # fmt: skip
    assert found["target"] == {
        "measure": "炉壳环缝焊接一次合格率", "unit": "%", "before": 91.2, "goal": 96.0, "after": 97.4,
    }  # fmt: skip
    assert found["sections"][3] == {"step": "goal", "heading": "四、设定目标", "text": "将一次合格率由91.2%提高到96%。"}
    assert found["figures"] == [{"caption": "图1 环缝焊接缺陷排列图", "step": "current-state", "tool": "排列图"}]
    assert found["awards"][0] == {
        "event": "2021年度演示行业QC成果交流会", "issuer": "演示冶金建设协会（虚构）", "year": 2021, "rank": 1,
        "text": "一等奖",
    }  # fmt: skip
    assert found["source"]["file"] == "炉壳环缝焊接.docx"


def test_a_case_without_original_has_no_source(site: Site) -> None:
    case_id = site.add(sections=(), figures=(), title_only=True)
    assert site.client.get(f"/cases/{case_id}.json").get_json()["source"] is None


@pytest.mark.parametrize("address", ["/cases/2021-0001", "/cases/..", "/cases/2021-0001.json"])
def test_a_case_that_is_not_there_is_404(site: Site, address: str) -> None:
    site.page(address, status=404)


def test_awards_without_an_event_are_no_error(site: Site) -> None:
    site.page(f"/cases/{site.add(awards=(Award('优秀奖'),))}")


def test_an_empty_report_says_what_to_do(site: Site) -> None:
    assert "请下载原件查看" in site.page(f"/cases/{site.add(sections=(), figures=())}")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (Target("工作效率", "%", goal=80.0), "工作效率（%） 目标 80"),
        (Target("工作效率"), "工作效率 没有找到数值"),
    ],
)
def test_a_target_of_one_number_is_told_in_words(site: Site, target: Target, told: str) -> None:
    address = f"/cases/{site.add(target=target)}"
    said = html.document_fromstring(site.page(address)).find_class("target-told")
    assert [" ".join(one.text_content().split()) for one in said] == [told]
