"""Home, steps, tools, events, units, comparison: the ways to browse."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from library.case import Award, Target
from tests.sample_site import Site
from tests.test_pages_search import links


def test_an_empty_library_says_how_to_begin(site: Site) -> None:
    page = site.page("/")
    assert "库里还没有案例" in page
    assert "python -m indexer add" in page
    assert "/steps" in links(page)


def test_home_counts_categories_and_leads_into_them(site: Site) -> None:
    site.add()
    page = site.page("/")
    assert "/search?category=metallurgical" in links(page)
    assert "<b>1</b>" in page.split("/search?category=metallurgical")[1]


def test_home_leads_to_years_units_awards_steps_and_tools(site: Site) -> None:
    site.add()
    found = links(site.page("/"))
    for address in (
        "/search?year=2021", "/units/璟岚冶金建设有限公司", "/search?award=1", "/steps/root-causes", "/tools/排列图",
    ):  # fmt: skip
        assert address in found


def test_home_shows_recent_winners(site: Site) -> None:
    site.add(title="没有获奖的课题", awards=())
    site.add(title="得了奖的课题")
    winners = site.page("/").split('class="winners"')[1].split("</section>")[0]
    assert "得了奖的课题" in winners
    assert "没有获奖的课题" not in winners


def test_steps_of_all_kinds_of_reports_are_listed(site: Site) -> None:
    found = links(site.page("/steps"))
    assert {"/steps/current-state", "/steps/feasibility", "/steps/options"} <= set(found)


def test_a_step_shows_how_winners_wrote_it(site: Site) -> None:
    case_id = site.add()
    page = site.page("/steps/root-causes")
    assert "棚内实测风速2.8m/s，是要因。" in page
    assert f"/cases/{case_id}#root-causes" in links(page)


def test_a_tool_shows_the_figures_made_with_it(site: Site) -> None:
    case_id = site.add()
    page = site.page(f"/tools/{quote('排列图')}")
    assert f"/cases/{case_id}/figures/001.png" in page
    assert "图1 环缝焊接缺陷排列图" in page


def test_every_tool_has_a_page_also_those_with_strange_names(site: Site) -> None:
    for address in links(site.page("/tools")):
        if address.startswith("/tools/"):
            site.page(quote(address))


@pytest.mark.parametrize("address", ["/steps/nothing", "/tools/nothing", "/units/nobody", "/events/nothing"])
def test_what_is_not_there_is_404(site: Site, address: str) -> None:
    site.page(address, status=404)


def test_an_event_shows_its_facts_its_source_and_its_winners(event: Site) -> None:
    case_id = event.add()
    page = event.page("/events/2021-meeting")
    assert "348" in page
    assert '来源：<span lang="zh-CN">协会报道' in page
    assert f"/cases/{case_id}" in links(page)


def test_winners_of_other_events_are_not_among_them(event: Site) -> None:
    case_id = event.add(awards=(Award("一等奖", "另一个会", rank=1),))
    page = event.page("/events/2021-meeting")
    assert "还没有登记在这次活动中获奖的案例" in page
    assert f"/cases/{case_id}" not in links(page)


def test_a_unit_shows_its_cases(site: Site) -> None:
    site.add()
    site.add(title="别家的课题", unit="另一家公司")
    page = site.page(f"/units/{quote('璟岚冶金建设有限公司')}")
    assert "提高高炉炉壳环缝焊接一次合格率" in page
    assert "别家的课题" not in page


def test_a_unit_tells_what_it_achieved(site: Site) -> None:
    site.add()
    site.add(target=Target("合格率", "%", 91, 96, 95), benefit_cny=13500.0, year=2022)
    page = site.page(f"/units/{quote('璟岚冶金建设有限公司')}")
    assert "<dd>1/2</dd>" in page
    assert "20 万元" in page
    assert "/search?unit=璟岚冶金建设有限公司&year=2021" in links(page)


def test_many_cases_of_a_unit_are_turned_page_by_page(site: Site) -> None:
    for number in range(23):
        site.add(title=f"课题之{number}")
    address = f"/units/{quote('璟岚冶金建设有限公司')}"
    assert site.page(address).count("data-hit") == 20
    assert site.page(f"{address}?page=2").count("data-hit") == 3


def test_units_are_found_by_a_part_of_their_name(site: Site) -> None:
    site.add()
    site.add(unit="另一家公司")
    assert {"/units/璟岚冶金建设有限公司", "/units/另一家公司"} <= set(links(site.page("/units")))
    found = links(site.page("/units?q=冶金"))
    assert "/units/璟岚冶金建设有限公司" in found
    assert "/units/另一家公司" not in found


def test_units_without_end_are_turned_page_by_page(site: Site) -> None:
    for number in range(125):
        site.add(unit=f"第{number}公司", sections=(), figures=(), title_only=True)
    assert site.page("/units").count('lang="zh-CN" href="/units/') == 120
    assert site.page("/units?page=2").count('lang="zh-CN" href="/units/') == 5
    assert site.page("/units?page=99").count('lang="zh-CN" href="/units/') == 5


def test_cases_are_compared_step_by_step(site: Site) -> None:
    first, second = site.add(), site.add(title="另一个课题", sections=())
    page = site.page(f"/compare?id={first}&id={second}")
    assert page.count("另一个课题") >= 1
    assert "报告中没有这一步" in page


def test_comparing_nothing_says_how_to_begin(site: Site) -> None:
    assert "勾选二到四个案例" in site.page("/compare")


def test_a_case_that_is_gone_is_left_out_of_the_comparison(site: Site) -> None:
    first = site.add()
    assert "案例对比" in site.page(f"/compare?id={first}&id=2021-9999&id=../x")
