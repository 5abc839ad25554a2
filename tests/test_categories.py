"""Categories: the project decides, not the company."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(("title", "overview"), [
    ("提高线管预埋一次合格率", "翠湖花园住宅小区，电气线管采用焊接钢管暗敷。"),
    ("提高热轧带肋钢筋机械连接合格率", "城南医院门诊楼，冷轧带肋钢筋网片用于楼板。"),
    ("提高烧结多孔砖砌体垂直度合格率", "希望小学教学楼，填充墙采用烧结多孔砖。"),
    ("提高钢柱防火涂料厚度合格率", "云端大厦写字楼钢结构，耐火极限三小时。"),
    ("提高大体积混凝土测温数据准确率", "跨江大桥主墩承台混凝土掺粒化高炉矿渣粉。"),
    ("提高预应力精轧螺纹钢张拉合格率", "高速公路连续梁桥，竖向预应力采用精轧螺纹钢筋。"),
    ("降低装置加热炉炉管焊口返修率", "某炼化一体化项目常减压装置，管道焊口八百道。"),
    ("降低高层住宅外墙渗漏率", "公司长期从事高炉、转炉、轧机安装，近年承接房建。本工程为高层住宅。"),
    ("提高风雨操场网架拧入深度合格率", "某小学扩建项目。公司以高炉、转炉、轧机等冶金工程安装见长。"),
])  # fmt: skip
def test_words_that_only_sound_metallurgical_do_not_count(title, overview):
    assert categories(title, 工程概况=overview) == {"non-metallurgical"}


@pytest.mark.parametrize(("title", "overview"), [
    ("提高主厂房屋面压型钢板安装一次合格率", "某钢厂1780冷轧工程主厂房，屋面面积六万平方米。"),
    ("降低电缆隧道渗漏点数", "某钢铁公司炼钢连铸工程电缆隧道，地下室和隧道结构防水等级二级。"),
    ("提高混凝土路面平整度合格率", "某钢厂原料场改造配套道路工程，厂区道路三公里。"),
    ("提高球磨机大齿圈安装精度合格率", "某铁矿选矿厂新建磨矿车间，球磨机六台。"),
])  # fmt: skip
def test_roads_and_roofs_of_a_steel_works_are_metallurgical(title, overview):
    assert categories(title, 工程概况=overview) == {"metallurgical"}


def test_the_trade_called_intelligent_systems_is_not_smart_construction():
    assert categories("提高弱电智能化工程线缆标识合格率", 工程概况="办公楼弱电智能化工程。") == {"non-metallurgical"}


@pytest.mark.parametrize(("title", "overview"), [
    ("提高钢箱梁环缝探伤一次合格率", "跨河大桥主桥为连续钢箱梁。所用钢板由三家钢铁企业供货，曾在热轧厂驻厂监造。"),
    ("降低变电站GIS气室年漏气率", "本期建设主变2组。投运后主要向下游钢铁工业园（含电弧炉炼钢企业两家）及城区供电。"),
    ("提高PE燃气管热熔焊口一次合格率", "城区中压管线38km。原由焦化厂供应焦炉煤气，本次随焦化厂搬迁一并改用天然气。"),
])  # fmt: skip
def test_who_supplies_or_is_supplied_does_not_count(title, overview):
    assert categories(title, 工程概况=overview) == {"non-metallurgical"}


def test_a_steel_works_that_moves_is_still_what_is_built():
    assert categories("提高混凝土基础合格率", 工程概况="某钢厂环保搬迁项目，新建高炉和转炉各一座。") == {
        "metallurgical"
    }


def test_a_shaft_of_an_ore_mine_is_metallurgical():
    texts = {"工程概况": "副井井筒净直径6.5m，井深782m，采用短段掘砌。"}
    assert categories("减少副井混凝土井壁蜂窝麻面", "青石岭铁矿工程处", **texts) == {"metallurgical"}


def test_an_unmanned_crane_and_face_recognition_are_smart_construction():
    assert "smart-construction" in categories("提高板坯库无人天车一次吊运成功率")
    work = {"制定对策": "升级人脸识别算法；镜头由PLC定时清洁。"}
    assert "smart-construction" in categories("降低钢厂改造项目实名制考勤异常率", **work)


def test_a_register_of_names_alone_is_not_smart_construction():
    assert "smart-construction" not in categories("降低实名制登记差错率", **OFFICE, **PLAIN)
