"""The results page: what was understood, what was found, how to narrow it, what to do when nothing is found."""

from __future__ import annotations

from urllib.parse import quote, unquote

import lxml.html
import pytest

from library.case import Award, Target
from library.query import DIMENSIONS
from tests.sample_site import Site


def links(page: str) -> list[str]:
    return [unquote(part.split('"')[0]).replace("&amp;", "&") for part in page.split('href="')[1:]]


def test_finds_a_case_and_marks_the_words(site: Site) -> None:
    site.add()
    page = site.page("/search?q=气孔")
    assert "提高高炉炉壳环缝焊接一次合格率" in page
    assert "<mark>气孔</mark>" in page


def test_a_snippet_says_its_step_and_page_and_leads_there(site: Site) -> None:
    case_id = site.add()
    page = site.page("/search?q=夹渣")
    assert "第 5 页" in page
    assert f"/cases/{case_id}?q=夹渣#current-state" in links(page)


def test_says_how_the_question_was_understood_and_how_to_switch_synonyms_off(site: Site) -> None:
    site.add()
    page = site.page("/search?q=焊缝 -夹渣")
    assert "理解为" in page
    assert '不含 <span lang="zh-CN">夹渣</span>' in page
    assert "/search?q=焊缝+-夹渣&off=synonyms:焊缝" in links(page)


def test_says_that_the_other_script_means_the_same(site: Site) -> None:
    site.add()
    said = lxml.html.fromstring(site.page("/search?q=氣孔")).xpath("string(//p[@class='understood'])")
    assert "繁体 氣孔 = 气孔" in " ".join(said.split())
    assert "繁体" not in site.page("/search?q=气孔 C30")


def test_what_was_switched_off_is_said_and_can_be_used_again(site: Site) -> None:
    site.add()
    page = site.page("/search?q=焊缝&off=synonyms:焊缝")
    assert "未用 同义词" in page
    assert "≈" not in page
    assert "/search?q=焊缝" in links(page)


def test_each_facet_value_leads_to_the_narrowed_and_the_excluding_search(site: Site) -> None:
    site.add(categories=("metallurgical", "smart-construction"))
    found = links(site.page("/search?q=焊接"))
    assert "/search?q=焊接&category=smart-construction" in found
    assert "/search?q=焊接&category=-smart-construction" in found


def test_a_taken_facet_value_leads_back(site: Site) -> None:
    site.add()
    page = site.page("/search?q=焊接&year=2021")
    assert "/search?q=焊接" in links(page)
    assert 'aria-current="true">2021' in page


def test_an_excluded_value_is_a_chip_that_can_be_taken_away(site: Site) -> None:
    site.add(year=2021)
    site.add(year=2022)
    page = site.page("/search?year=-2022")
    assert "年份：不含 <span>2022</span>" in page
    assert "共 1 条" in page


def test_the_strip_shows_where_the_hits_are_and_what_is_missing(site: Site) -> None:
    case_id = site.add()
    page = site.page("/search?q=夹渣")
    assert f"/cases/{case_id}?q=夹渣#current-state" in links(page)
    assert 'class="act missing"' in page  # 巩固措施 is not in this report


def test_the_target_bar_tells_before_goal_and_after(site: Site) -> None:
    site.add()
    assert "活动前 91.2 目标 96 活动后 97.4" in " ".join(site.page("/search").split())


def test_a_case_without_a_target_has_no_bar(site: Site) -> None:
    site.add(target=Target())
    assert 'class="target' not in site.page("/search")


def test_results_come_on_pages(site: Site) -> None:
    for number in range(3):
        site.add(title=f"提高焊接一次合格率之{number}")
    page = site.page("/search?size=2")
    assert "第 1–2 条，共 3 条" in page
    assert {"/search?page=2&size=2", "/search?size=2&page=2"} & set(links(page))


def test_cases_that_lack_a_word_come_after_the_whole_ones_and_are_not_counted(site: Site) -> None:
    site.add()
    lacking = site.add(title="防止预埋件焊接气孔", sections=(), figures=())
    page = site.page("/search?q=气孔 夹渣")
    assert "第 1–1 条，共 1 条" in page
    before, after = page.split("另有 1 条含有其中大部分")
    assert "提高高炉炉壳环缝焊接一次合格率" in before
    assert f"/cases/{lacking}?q=气孔+夹渣" in links(after)
    answer = site.get("/search.json?q=气孔 夹渣").get_json()
    assert (answer["total"], answer["partial"]) == (1, False)
    assert [hit["id"] for hit in answer["nearly"]] == [lacking]


def test_a_page_beyond_the_last_says_so_and_leads_back(site: Site) -> None:
    site.add()
    page = site.page("/search?q=焊接&page=9")
    assert "没有第 9 页" in page
    assert "/search?q=焊接" in links(page)


def test_results_can_be_searched_within_and_each_word_taken_away_again(site: Site) -> None:
    site.add()
    site.add(title="提高焊接外观质量", sections=(), figures=())
    assert 'name="within"' in site.page("/search?q=焊接&year=2021&sort=newest")
    page = site.page("/search?q=焊接&within=气孔&year=2021&sort=newest")
    assert "共 1 条" in page
    assert '结果中：<span lang="zh-CN">气孔</span>' in page
    assert "/search?q=焊接&year=2021&sort=newest" in links(page)
    assert 'value="焊接 +气孔"' in page


def test_a_sentence_searched_within_finds_only_cases_that_have_the_word(site: Site) -> None:
    site.add()
    other = site.add(title="提高焊接一次合格率", sections=(), figures=())
    sentence = "怎样提高环缝焊接的一次合格率？"
    assert other in site.page(f"/search?q={sentence}")
    page = site.page(f"/search?q={sentence}&within=气孔")
    assert "共 1 条" in page and other not in page


def test_all_words_taken_away_leave_the_first_question(site: Site) -> None:
    site.add()
    assert "/search?q=焊缝" in links(site.page("/search?q=焊缝&within=气孔&year=2021"))


def test_sorting_keeps_the_question(site: Site) -> None:
    site.add()
    assert "/search?q=焊接&year=2021&sort=award" in links(site.page("/search?q=焊接&year=2021"))


def test_a_new_question_keeps_the_filters(site: Site) -> None:
    site.add()
    assert '<input type="hidden" name="year" value="2021">' in site.page("/search?year=2021")


def test_nothing_found_offers_what_would_find_something(site: Site) -> None:
    site.add(year=2021)
    page = site.page("/search?q=气孔 琉璃瓦&year=2019")
    assert "没有找到" in page
    page = site.page("/search?q=气孔&year=2019")
    assert "去掉条件“2019”" in page
    assert "/search?q=气孔" in links(page)


def test_nothing_found_inside_a_step_offers_the_full_text(site: Site) -> None:
    site.add()
    page = site.page("/search?q=夹渣&step=summary")
    assert "在全文中查找" in page


def test_illustrative_and_title_only_entries_say_so(site: Site) -> None:
    site.add(illustrative=True)
    site.add(title="降低外墙渗水率", sections=(), figures=(), title_only=True, reference="公开名单")
    page = site.page("/search")
    assert "演示用虚构案例" in page
    assert "仅有题名，无全文" in page
    assert '来源：<span lang="zh-CN">公开名单' in page


def test_the_best_award_is_on_the_card(site: Site) -> None:
    site.add(awards=(Award("三等奖", rank=3), Award("Ⅰ类成果", rank=1)))
    assert ">Ⅰ类成果</span>" in site.page("/search")


def test_strange_arguments_are_no_error(site: Site) -> None:
    site.add()
    for query in ("page=0", "page=999999", "size=-1", "sort=x", "year=abc", f"q={quote('(((')}", "q=%00", "category=x"):
        site.page(f"/search?{query}")


def test_the_json_twin_has_the_fields_programs_rely_on(site: Site) -> None:
    case_id = site.add()
    found = site.client.get("/search.json?q=气孔").get_json()
    assert set(found) == {"total", "partial", "took_ms", "hits", "nearly", "facets", "suggestion"}
    assert found["total"] == 1
    hit = found["hits"][0]
    assert set(hit) == {"id", "title", "unit", "year", "categories", "award", "score", "snippets"}
    assert hit["id"] == case_id
    assert hit["award"] == "一等奖"
    assert {"current-state"} <= {snippet["step"] for snippet in hit["snippets"]}
    assert set(hit["snippets"][0]) == {"step", "text"}
    assert found["facets"]["year"] == {"2021": 1}


def test_json_is_read_as_written(site: Site) -> None:
    site.add()
    assert "提高高炉" in site.client.get("/search.json").text


def test_offers_what_the_library_knows_while_one_types(site: Site) -> None:
    site.add()
    names = site.get("/complete.json?q=璟岚").get_json()["names"]
    assert {"text": "璟岚冶金建设有限公司", "kind": "unit", "cases": 1} in names
    assert site.get("/complete.json?q=").get_json() == {"names": []}


def many_units(site: Site, count: int) -> None:
    for number in range(count):
        site.add(title=f"课题{number}", unit=f"第{number}冶金公司", sections=(), figures=())


def test_a_long_facet_offers_the_most_frequent_and_leads_to_all(site: Site) -> None:
    many_units(site, 62)
    page = site.page("/search?unit=第61冶金公司")
    assert "另有 32 项未列出" in page
    assert 'aria-current="true">第61冶金公司' in page
    assert "/facets/unit?unit=第61冶金公司" in links(page)


def test_all_values_of_a_dimension_can_be_looked_through_and_lead_back_narrowed(site: Site) -> None:
    many_units(site, 62)
    page = site.page("/facets/unit?q=课题&year=2021")
    assert "共 62 项" in page
    assert "/search?q=课题&year=2021&unit=第0冶金公司" in links(page)
    assert "/search?q=课题&year=2021&unit=-第0冶金公司" in links(page)
    assert "/search?q=课题&year=2021" in links(page)


@pytest.mark.parametrize(("typed", "found"), [("第61", 1), ("61 冶金", 1), ("yejin", 62), ("没有的", 0), ("<b>", 0)])
def test_values_are_found_by_a_part_of_their_name_or_in_pinyin(site: Site, typed: str, found: int) -> None:
    many_units(site, 62)
    page = site.page(f"/facets/unit?find={quote(typed)}")
    assert f"{found} 项，共 62 项" in page
    assert "<b>" not in page.split("<h1>")[1]


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_dimension_has_its_page(site: Site, name: str) -> None:
    site.add(specialty="焊接")
    page = site.page(f"/facets/{name}?q=焊接")
    assert f"/search?q=焊接&{name}=" in " ".join(links(page))


def test_a_dimension_that_is_none_has_no_page(site: Site) -> None:
    assert "没有这个页面" in site.page("/facets/nothing", status=404)


def test_every_dimension_narrows_excludes_and_takes_several_values(site: Site) -> None:
    values = {
        "category": ("metallurgical", "non-metallurgical"), "year": ("2021", "2022"), "award": ("1", "2"),
        "type": ("problem-solving", "innovation"), "goal": ("self-set", "mandated"), "unit": ("甲公司", "乙公司"),
        "tool": ("排列图", "直方图"), "specialty": ("焊接", "土建"),
    }  # fmt: skip
    for number in (0, 1):
        site.add(
            categories=(values["category"][number],), year=int(values["year"][number]),
            awards=(Award("奖", rank=int(values["award"][number])),), topic_type=values["type"][number],
            target_kind=values["goal"][number], unit=values["unit"][number], tools=(values["tool"][number],),
            specialty=values["specialty"][number],
        )  # fmt: skip
    for name, (first, second) in values.items():
        assert "共 1 条" in site.page(f"/search?{name}={first}"), name
        assert "共 1 条" in site.page(f"/search?{name}=-{first}"), name
        page = site.page(f"/search?{name}={first}&{name}={second}")
        assert "共 2 条" in page, name
        facets = site.get(f"/search.json?{name}={first}").get_json()["facets"]
        assert facets[name][second] == 1, "counted without its own choice"


def test_steps_that_were_not_counted_are_offered_all_the_same(site: Site) -> None:
    site.add()
    page = site.page("/search?q=怎样提高环缝焊接的一次合格率？")
    assert "不计各步骤的条数" in page
    assert "step=root-causes" in " ".join(links(page))


def test_sorting_by_improvement_says_what_that_is_and_how_much_each_case_improved(site: Site) -> None:
    site.add()
    page = site.page("/search?sort=improvement")
    assert "不好的部分去掉了百分之几" in page
    assert "改进幅度 70.5%" in page  # from 91.2 % to 97.4 %
    assert "不好的部分去掉了百分之几" not in site.page("/search")


@pytest.mark.parametrize("address", ["/search", "/search?q=焊缝", "/search?year=2021"])
def test_an_empty_library_says_that_it_is_empty_and_leads_to_what_can_be_read(site: Site, address: str) -> None:
    page = site.page(address)
    assert "库里还没有案例" in page
    assert "没有找到符合条件的案例" not in page
    assert ">全部案例</a>" not in page
    assert 'href="/steps">活动步骤' in page


def test_comparing_is_offered_where_there_are_two_reports_to_compare(site: Site) -> None:
    site.add()
    site.add(title="仅有题名", sections=(), figures=(), title_only=True)
    assert "对比所选案例" not in site.page("/search")
    site.add()
    assert "对比所选案例" in site.page("/search")


def test_the_address_to_pass_on_has_the_question_and_its_filters(site: Site) -> None:
    site.add()
    assert 'data-copy="http://localhost/search?q=%E6%B0%94%E5%AD%94&amp;year=2021"' in site.page(
        "/search?q=气孔&year=2021"
    )
    assert 'data-copy="http://localhost/cases/2021-0001"' in site.page("/cases/2021-0001?q=气孔")
