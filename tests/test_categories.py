"""Categories: the project decides, not the company (DOMAIN §8)."""

from __future__ import annotations

from indexer.categories import read_categories
from tests.drafts import passages


def categories(title, unit="", group="", **texts):
    return set(read_categories(passages(**texts), title, "", [unit, group])[0])


OFFICE = {"工程概况": "云帆写字楼地下室和屋面防水工程，建筑面积四万平方米，幕墙和门窗同步施工。"}
PLAIN = {
    "制定对策": "制定措施并落实负责人和完成时间。",
    "对策实施": "按措施逐条实施，质量员逐点检查签认，全部达到要求。",
}


def test_a_blast_furnace_is_metallurgical():
    assert categories("提高高炉炉壳焊接一次合格率") == {"metallurgical"}


def test_a_metallurgical_company_that_builds_an_office_is_not():
    title, unit = "降低地下室外墙渗漏率", "中陆冶金建设集团有限公司钢铁分公司"
    assert categories(title, unit, **OFFICE) == {"non-metallurgical"}


def test_a_nickname_does_not_count():
    assert categories("降低屋面渗漏率", group="钢铁战士QC小组", **OFFICE) == {"non-metallurgical"}


def test_an_appendix_and_a_summary_do_not_count():
    draft = dict(OFFICE, 总结="今后还将到高炉、转炉、连铸、焦炉工程推广。")
    assert categories("降低屋面渗漏率", **draft) == {"non-metallurgical"}


def test_equipment_of_a_steel_works_is_metallurgical_by_the_works():
    texts = {"工程概况": "本厂有三台240t起重机，啃轨故障频繁，影响生产组织。"}
    assert categories("降低大车啃轨故障次数", "汲川钢铁炼钢厂", **texts) == {"metallurgical"}


def test_smart_construction_comes_on_top_when_it_is_the_means():
    assert categories("基于BIM的高炉下降管模块化吊装方法研制") == {"metallurgical", "smart-construction"}


def test_a_passing_mention_is_not_smart_construction():
    texts = dict(PLAIN, 对策实施="运用BIM进行了技术交底，其余按常规组织施工，逐点检查签认，对策目标实现。")
    assert categories("提高高炉炉壳焊接一次合格率", **texts) == {"metallurgical"}


def test_abbreviations_count_only_as_whole_words():
    texts = dict(PLAIN, 对策实施="更换RAIL扣件和CHAIR支座，逐点检查，AIR管路吹扫合格，对策目标全部实现。")
    assert categories("提高高炉炉壳焊接一次合格率", **texts) == {"metallurgical"}


def test_the_words_that_decided_are_told():
    _, why = read_categories(passages(), "提高高炉炉壳焊接一次合格率", "", [])
    assert why and "高炉" in why.quote
