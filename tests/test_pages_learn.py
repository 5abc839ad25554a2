"""Learning from others: steps with examples by kind, tools, a path for a new group, numbers that are searches."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from library.case import Section, Target
from library.charts import lines, shade, target_bar
from library.guides import step_guides, tool_guides
from library.steps import REQUIRED
from tests.sample_site import Site
from tests.test_pages_search import links


@pytest.mark.parametrize("step", sorted({key for steps in REQUIRED.values() for key in steps}))
def test_every_required_step_teaches(site: Site, step: str) -> None:
    page = site.page(f"/steps/{step}")
    assert step_guides()[step].purpose.zh in page
    assert "常见毛病" in page


def test_examples_stand_under_their_kind_of_report(site: Site) -> None:
    site.add()
    site.add(title="某某装置的研制", topic_type="innovation", target_kind=None)
    page = site.page("/steps/summary")
    kinds = page.split('class="kind"')[1:]
    assert "提高高炉炉壳环缝焊接一次合格率" in kinds[0]
    assert "创新型" in kinds[1]
    assert "某某装置的研制" in kinds[1]


def test_a_step_shows_the_figures_made_for_it(site: Site) -> None:
    case_id = site.add()
    assert f"/cases/{case_id}/figures/001.png" in site.page("/steps/current-state").split("这一步用到的图")[1]


def test_a_tool_says_what_it_is_for_and_leads_to_its_steps(site: Site) -> None:
    page = site.page(f"/tools/{quote('排列图')}")
    assert tool_guides()["排列图"].purpose.zh in page
    assert "/steps/current-state" in links(page)


def test_a_new_group_is_helped_to_choose(site: Site) -> None:
    page = site.page("/start")
    assert "拿不准是哪一类？" in page
    assert page.count('type="radio"') == 3


def test_a_new_group_gets_five_cases_in_order_with_what_to_look_at(site: Site) -> None:
    for number in range(7):
        site.add(title=f"提高焊缝一次合格率之{number}")
    page = site.page("/start?kind=self-set&field=steel-welding&wish=焊缝一次合格率")
    stops = page.split('class="stops"')[1].split("</ol>")[0]
    assert stops.count("<li>") == 5
    assert "先通读" in stops
    assert step_guides()["root-causes"].look_for.zh in stops


def test_a_wish_that_nobody_had_still_gets_cases(site: Site) -> None:
    site.add()
    assert "提高高炉炉壳" in site.page("/start?kind=self-set&wish=琉璃瓦")


def test_the_checklist_has_the_steps_of_the_kind(site: Site) -> None:
    page = site.page("/start?kind=innovation").split('class="checklist"')[1]
    assert "提出方案并确定最佳方案" in page
    assert "现状调查</a>" not in page


@pytest.mark.parametrize("arguments", ["kind=x", "kind=self-set&field=nothing", "kind=", f"wish={'长' * 900}"])
def test_strange_answers_are_no_error(site: Site, arguments: str) -> None:
    site.page(f"/start?{arguments}")


def test_numbers_lead_to_the_searches_behind_them(site: Site) -> None:
    site.add(year=2021)
    site.add(year=2023, categories=("non-metallurgical", "smart-construction"))
    page = site.page("/stats")
    found = links(page)
    assert "/search?year=2023&category=smart-construction" in found
    assert "/search?year=2021&award=1" in found
    assert "/search?tool=排列图" in found
    assert "100.0%" in page


def test_every_drawn_chart_has_a_table(site: Site) -> None:
    site.add()
    page = site.page("/stats")
    assert page.count("数据表</summary>") == page.count('class="columns"') + page.count('class="trend"')


def test_an_empty_library_has_no_numbers(site: Site) -> None:
    assert "库里还没有案例" in site.page("/stats")


def test_what_differs_between_compared_cases_stands_out(site: Site) -> None:
    first = site.add(tools=("排列图", "因果图"))
    second = site.add(tools=("排列图", "树图"))
    page = site.page(f"/compare?id={first}&id={second}")
    assert page.count('<li class="own">') == 2
    assert "18.65 万元" in page


def test_a_case_of_two_sections_in_a_step_shows_both_when_compared(site: Site) -> None:
    sections = (Section("results", "效果一", "甲甲甲"), Section("results", "效果二", "乙乙乙"))
    page = site.page(f"/compare?id={site.add(sections=sections)}&id={site.add()}")
    assert "甲甲甲" in page
    assert "乙乙乙" in page


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target("合格率", "%", 91, 96, 97), True),
        (Target("合格率", "%", 91, 96, 95), False),
        (Target("缺陷率", "%", 12, 5, 4.1), True),
        (Target("缺陷率", "%", 12, 5, 6), False),
        (Target("缺陷率", "%", 12, 5, None), None),
    ],
)
def test_a_goal_is_met_in_the_direction_it_was_set(target: Target, met: bool | None) -> None:
    bar = target_bar(target)
    assert bar is not None
    assert bar.reached is met


def test_labels_of_the_target_bar_stay_inside() -> None:
    bar = target_bar(Target("x", "", 1, 2, 3), width=300)
    assert bar is not None
    assert bar.before is not None and bar.after is not None
    assert (bar.before.anchor, bar.after.anchor) == ("start", "end")
    assert 0 < bar.before.x < bar.after.x < 300


def test_equal_numbers_are_no_division_by_zero() -> None:
    assert target_bar(Target("x", "", 5, 5, 5)) is not None


def test_lines_rise_with_their_values() -> None:
    (line,) = lines({"a": [0, 50, 100]}, width=300, height=100)
    assert [y for _, y, _ in line.dots] == [100, 50, 0]


def test_the_fullest_cell_is_darkest_and_an_empty_one_blank() -> None:
    assert (shade(0, 9), shade(1, 9), shade(9, 9), shade(1, 1)) == (0, 1, 5, 1)
