"""Learning from others: steps with examples by kind, tools, a path for a new group, numbers that are searches."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from library.case import Figure, Section, Target
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


def test_winners_come_before_others_who_wrote_the_step(site: Site) -> None:
    site.add(title="没有获奖的课题", awards=())
    page = site.page("/steps/causes")
    assert "没有获奖的课题" in page
    assert "还没有登记获奖的报告" in page
    site.add(title="得了奖的课题")
    page = site.page("/steps/causes").split('class="kinds"')[1]
    assert "得了奖的课题" in page
    assert "没有获奖的课题" not in page


def test_a_long_step_is_an_excerpt_that_ends_with_a_whole_paragraph(site: Site) -> None:
    paragraphs = [f"第{n}段：{'焊' * 300}。" for n in range(1, 9)]
    site.add(sections=(Section("causes", "原因分析", "\n\n".join(paragraphs)),))
    page = site.page("/steps/causes")
    assert paragraphs[1] in page
    assert "第3段" not in page
    assert "在报告中接着读" in page


def test_every_step_names_the_standard(site: Site) -> None:
    assert "T/CAQ 10201—2020《质量管理小组活动准则》" in site.page("/steps/root-causes").split("</h1>")[1]
    assert "第 4.1.3 条" in site.page("/steps/current-state")


def test_a_step_shows_the_figures_made_for_it(site: Site) -> None:
    case_id = site.add()
    assert f"/cases/{case_id}/figures/001.png" in site.page("/steps/current-state").split("这一步用到的图")[1]


def test_a_tool_says_what_it_is_for_and_leads_to_its_steps(site: Site) -> None:
    page = site.page(f"/tools/{quote('排列图')}")
    assert tool_guides()["排列图"].purpose.zh in page
    assert "/steps/current-state" in links(page)


def test_many_cases_of_a_tool_are_turned_page_by_page(site: Site) -> None:
    for number in range(30):
        site.add(title=f"课题之{number}")
    first, second = (site.page(f"/tools/{quote('排列图')}?page={page}") for page in (1, 2))
    assert first.count("<figure>") == 24
    assert second.count("<figure>") == 6
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_a_case_with_many_figures_does_not_hide_the_others(site: Site) -> None:
    many = tuple(Figure(f"{n:03}.png", f"图{n} 排列图", "current-state", "排列图", n) for n in range(1, 61))
    site.add(title="六十幅图的报告", figures=many)
    site.add(title="一幅图的报告")
    for address, shown in (("/tools/排列图", 4), ("/steps/current-state", 2)):
        gallery = site.page(address).split('<div class="gallery">')[1]
        assert gallery.count("<figure>") == shown + 1
        assert f"这个案例还有 {60 - shown} 幅这样的图" in gallery


def test_all_tools_say_what_they_are_for_the_seven_old_ones_first(site: Site) -> None:
    page = site.page("/tools")
    assert tool_guides()["排列图"].purpose.zh in page
    assert page.index("老七种工具") < page.index("新七种工具") < page.index("简易图表")


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


def test_an_innovation_is_read_for_its_own_steps(site: Site) -> None:
    site.add(title="某某装置的研制", topic_type="innovation", target_kind=None)
    stops = site.page("/start?kind=innovation").split('class="stops"')[1].split("</ol>")[0]
    assert "借鉴、方案" in stops
    assert "末端原因" not in stops


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


def test_what_was_improved_is_told_by_kind_of_measure_with_the_median(site: Site) -> None:
    site.add(title="提高焊缝一次合格率", target=Target("合格率", "%", 80, 90, 88))
    site.add(title="提高螺栓终拧合格率", target=Target("合格率", "%", 50, 60, 75))
    site.add(title="缩短轧机牌坊就位时间", target=Target("时间", "h", 40, 30, 20))
    rows = site.page("/stats").split("改进了什么，改进了多少")[-1].split("</table>")[0].split("<tr>")
    rate, time = (next(row for row in rows if name in row) for name in ("合格率与优良率", "时间与工效"))
    assert "1/2" in rate
    assert "45%" in rate  # 8 of 20 points that were missing, and 25 of 50
    assert "1/1" in time
    assert "50%" in time
    assert links(rate) == ['/search?q=课题:"合格率"+或+课题:"优良率"+或+课题:"达标率"+或+课题:"成优率"']


def test_the_map_tells_fields_by_the_title_and_shows_where_nothing_is(site: Site) -> None:
    site.add(title="提高大体积混凝土测温点一次合格率", year=2022)
    rows = site.page("/stats").split('class="map"')[1].split("</table>")[0].split("<tr>")
    concrete, furnaces = (next(row for row in rows if name in row) for name in ("混凝土与设备基础", "筑炉与耐材砌筑"))
    assert '<td class="number">1</td>' in concrete
    assert '<td class="number">0</td>' in furnaces  # its report speaks of 炉壳, but that is not its topic


def test_the_numbers_follow_the_library(site: Site) -> None:
    site.add()
    assert "库中有 1 个案例" in site.page("/stats")
    site.add()
    assert "库中有 2 个案例" in site.page("/stats")


def test_awards_are_drawn_over_the_cases_of_their_year(site: Site) -> None:
    site.add()
    site.add(awards=())
    page = site.page("/stats")
    assert page.count('class="part"') == page.count('class="column" x=')
    assert 'height="75.0"' in page.split('class="part"')[1]


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
    shared = page.split("共用的工具")[1].split("</tr>")[0]
    assert "排列图" in shared
    assert "树图" not in shared
    assert "改进幅度 70.5%" in page  # from 91.2 % to 97.4 %: 6.2 of the 8.8 that were missing
    assert "防风棚密封不严" in page.split("要因 → 对策 → 结果")[1].split("</tr>")[0]
    assert "制定巩固措施" in page.split("未见的步骤")[1].split("</tr>")[0]
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
