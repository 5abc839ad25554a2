"""Which cases are alike, and in what."""

from __future__ import annotations

from library.case import Section, Target
from library.similar import find, of_case, of_text, similar
from tests.sample_site import Site


def alike(site: Site, case_id: str) -> dict[str, dict[str, tuple[str, ...]]]:
    found = similar(site.corpus.get(case_id), site.corpus, site.app.extensions["engine"])
    return {other.case.title: dict(other.reasons) for other in found}


def others(site: Site) -> None:
    """Cases that have nothing to do with it, so that words can be rare."""
    for title in (
        "提高绿化乔木成活率",
        "降低卫生间渗漏率",
        "提高光伏支架安装精度",
        "降低路面平整度标准差",
        "提高叠合板平整度",
    ):
        site.add(title=title, sections=(), project="", target=Target())


def test_the_same_topic_is_alike_and_says_so(site: Site) -> None:
    others(site)
    first = site.add(title="提高高炉炉壳环缝焊接一次合格率", sections=())
    site.add(title="降低高炉炉壳焊接返修率", sections=())
    assert "高炉炉壳" in alike(site, first)["降低高炉炉壳焊接返修率"]["problem"]


def test_the_same_cause_is_alike(site: Site) -> None:
    others(site)
    first = site.add(title="提高气柜侧板成型质量")
    site.add(title="完全不同的题目")
    assert "causes" in alike(site, first)["完全不同的题目"]


def test_words_that_any_title_has_make_nothing_alike(site: Site) -> None:
    others(site)
    first = site.add(title="提高甲施工质量一次合格率", sections=(), target=Target())
    site.add(title="提高乙施工质量一次合格率", sections=(), target=Target())
    assert alike(site, first) == {}


def test_a_case_is_not_like_itself_and_near_copies_are_told_elsewhere(site: Site) -> None:
    others(site)
    copy = site.add(title="提高高炉炉壳焊接质量", sections=())
    first = site.add(title="提高高炉炉壳焊接质量", sections=(), duplicates=(copy,))
    assert alike(site, first) == {}


def test_the_case_page_shows_them(site: Site) -> None:
    others(site)
    first = site.add(title="提高高炉炉壳环缝焊接一次合格率", sections=())
    other = site.add(title="降低高炉炉壳焊接返修率", sections=())
    page = site.page(f"/cases/{first}").split("相似案例")[1]
    assert f"/cases/{other}" in page


def test_a_target_of_the_same_measure_is_the_same_problem(site: Site) -> None:
    others(site)
    first = site.add(title="提高甲施工质量", sections=(), target=Target(measure="渗水率"))
    site.add(title="提高乙施工质量", sections=(), target=Target(measure="墙面渗水率"))
    assert alike(site, first) == {"提高乙施工质量": {"problem": ("渗水",)}}


def test_a_word_that_most_cases_have_makes_nothing_alike_where_there_are_rarer_ones(site: Site) -> None:
    for number in range(8):
        site.add(title=f"提高高炉砌筑质量之{number}", sections=(), target=Target(), project="")
    first = site.add(title="提高高炉炉顶法兰密封质量", sections=(), target=Target(), project="")
    assert alike(site, first) == {}


def test_what_a_long_text_says_often_counts_more_than_rare_words_that_it_says_once(site: Site) -> None:
    others(site)
    once = ("无人机", "光缆", "钢绞线", "叠合板", "光伏支架", "电梯井", "沥青", "盾构")
    for word in once:
        site.add(title=f"提高{word}质量", sections=(), target=Target(), project="")
    about = [site.add(title=f"减少{number}号托圈间隙", sections=(), target=Target(), project="") for number in range(3)]
    text = "托圈间隙超差。" * 8 + "。".join(once)
    found = find(of_text(text), site.corpus, site.app.extensions["engine"])
    assert about[0] in [alike.case.id for group in found.groups for alike in group.cases]


def whole(site: Site, text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    found = find(of_text(text), site.corpus, site.app.extensions["engine"])
    return {one.case.title: dict(one.reasons) for one in found.whole}


def report(site: Site, title: str, text: str, step: str = "implementation") -> None:
    site.add(title=title, sections=(Section(step, "", text),), project="", target=Target())


def test_on_the_whole_the_report_comes_first_that_says_the_same_things_again_and_again(site: Site) -> None:
    others(site)
    report(site, "甲", "托圈吊装一次。" + "管道冲洗。" * 9)
    report(site, "乙", "托圈的间隙用楔块调整，托圈再焊。" * 4)
    text = "托圈间隙超差，楔块磨损。" * 3 + "管道没有冲洗。"
    assert next(iter(whole(site, text))) == "乙"


def test_a_report_that_is_alike_in_no_one_respect_says_which_words_it_mentions(site: Site) -> None:
    others(site)
    report(site, "甲", "托圈的间隙用楔块调整。" * 4, step="results")
    assert whole(site, "托圈间隙超差，楔块磨损。") == {"甲": {"content": ("托圈", "楔块", "间隙")}}


def test_a_report_is_like_others_by_all_that_it_says_and_not_like_itself(site: Site) -> None:
    others(site)
    for title in ("甲", "乙"):
        report(site, title, "托圈的间隙用楔块调整。" * 4, step="results")
    first, second = (site.corpus.get(id) for id in sorted(site.corpus.ids())[-2:])
    engine = site.app.extensions["engine"]
    assert [one.case.id for one in find(of_case(first), site.corpus, engine).whole] == [second.id]


def test_what_mentions_one_of_the_words_in_passing_is_not_alike_on_the_whole(site: Site) -> None:
    others(site)
    report(site, "甲", "防水层做完。" + "托圈用楔块调整。" * 30)
    assert whole(site, "卫生间渗漏，防水层破损，闭水试验不合格，间隙。" * 2).keys() == {"降低卫生间渗漏率"}
