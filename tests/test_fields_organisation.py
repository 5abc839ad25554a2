"""Group, unit, title and year: on covers, in labels, run together, in page headers and in sentences."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Table, Text
from indexer.fields import organisation, title, when
from indexer.fields.labels import read_labels
from indexer.fields.organisation_words import group_in, is_unit, unit_and_group, unit_in
from indexer.splitter import split
from tests.drafts import report


def read(*cover: str, group=None, **texts):
    """Title, unit, group and year of a report with this cover."""
    return read_draft(report(cover, group=group, **texts))


def read_draft(draft):
    parts = split(draft)
    labels = read_labels(parts)
    found = (
        title.title(labels, parts, draft),
        organisation.unit(labels, draft, parts),
        organisation.group(labels, draft, parts),
        when.year(when.period(labels, parts, draft), labels, parts, draft),
    )
    return tuple(one.value if one else None for one in found)


@pytest.mark.parametrize(("line", "unit", "group"), [
    ("湘北三建集团有限公司芙蓉里项目QC小组", "湘北三建集团有限公司", "芙蓉里项目QC小组"),
    ("中陇冶建集团钢构公司旋风QC小组", "中陇冶建集团钢构公司", "旋风QC小组"),
    ("川南冶金安装工程处战鹰QC小组", "川南冶金安装工程处", "战鹰QC小组"),
    ("晋阳路桥建设集团第七工程处坦途QC小组", "晋阳路桥建设集团第七工程处", "坦途QC小组"),
    ("齐鲁一建公司第三分公司  一帆QC小组", "齐鲁一建公司第三分公司", "一帆QC小组"),
    ("鞍山北冶建设工程有限公司冷轧项目部“平行线”QC小组", "鞍山北冶建设工程有限公司冷轧项目部", "“平行线”QC小组"),
    ("鲁东轨道交通工程公司盾构二队穿越者QC小组", "鲁东轨道交通工程公司盾构二队", "穿越者QC小组"),
    ("焊接分公司平如镜QC小组    2019.11", "焊接分公司", "平如镜QC小组"),
    ("廣盛建築總公司第五項目部 直上雲霄QC小組", "廣盛建築總公司第五項目部", "直上雲霄QC小組"),
])  # fmt: skip
def test_unit_and_group_on_one_line_are_cut_behind_the_last_department(line, unit, group):
    assert unit_and_group(line) == (unit, group)


@pytest.mark.parametrize(("line", "group"), [
    ("桐溪冶金建设公司教学楼项目部QC小组", "教学楼项目部QC小组"),
    ("天元建设集团709项目QC小组", "709项目QC小组"),
    ("金陵建工有限公司攻坚队QC小组", "攻坚队QC小组"),
    ("金陵建工有限公司一站到底QC小组", "一站到底QC小组"),
    ("越州二建公司七部曲QC小组", "七部曲QC小组"),
    ("华冶建设公司质量先锋QC小组", "质量先锋QC小组"),
])  # fmt: skip
def test_a_group_keeps_a_name_even_if_it_sounds_like_a_department(line, group):
    assert unit_and_group(line)[1] == group


@pytest.mark.parametrize("line", [
    "滨海热电厂二期扩建工程钢结构QC小组", "芷江医院后勤楼项目QC小组", "检修车间QC小组", "金陵建工有限公司QC小组",
])  # fmt: skip
def test_a_group_named_after_its_project_or_workshop_is_no_unit_and_group(line):
    assert unit_and_group(line) is None


@pytest.mark.parametrize("unit", [
    "宁远检修工程有限公司轧钢检修部", "江淮路桥第八工程处", "丰泽公路工程局二分局", "棒线材厂设备科",
    "新宁工务段桥隧车间", "临港市政工程公司道路二处", "南岭冶建安装公司机电一处", "秦岭宏达建设（集团）有限公司",
    "楚阳市政工程集团有限公司第五项目管理部", "青原钢铁有限公司设备检修中心",
])  # fmt: skip
def test_units_with_their_departments_are_units(unit):
    assert is_unit(unit)


@pytest.mark.parametrize(("line", "name"), [
    ("无缝对接QC小组成果发布材料", "无缝对接QC小组"), ("——争分夺秒QC小组", "争分夺秒QC小组"),
    ("金钻头QC小组（注册编号：MJSD-2022-11）", "金钻头QC小组"), ("编制：守护者QC小组", "守护者QC小组"),
    ("未来工匠QC小组", "未来工匠QC小组"), ("安徽省交通建设QC小组成果交流材料", ""), ("QC小组活动成果报告", ""),
    ("优秀质量管理小组", ""),
])  # fmt: skip
def test_a_group_is_told_from_what_stands_around_it(line, name):
    assert group_in(line) == name


@pytest.mark.parametrize(("line", "name"), [
    ("皖南冶金工程建设有限公司2018年QC成果", "皖南冶金工程建设有限公司"),
    ("闽江隧道股份有限公司质量管理小组成果", "闽江隧道股份有限公司"),
    ("沧海冶建机电公司（盖章）", "沧海冶建机电公司"), ("2021年度质量管理小组活动成果报告", ""),
])  # fmt: skip
def test_a_unit_is_told_from_what_stands_around_it(line, name):
    assert unit_in(line) == name


def test_a_cover_as_one_line_with_strokes():
    assert read("创建土方快速算量方法", "丰泽公路工程局二分局 / 鹰眼QC小组 / 2023-11") == (
        "创建土方快速算量方法", "丰泽公路工程局二分局", "鹰眼QC小组", 2023,
    )  # fmt: skip


def test_a_unit_on_two_lines_is_whole():
    cover = ("降低除尘风机振动值", "璟岚冶金建设有限公司", "第三工程公司", "清风QC小组")
    assert read(*cover)[1] == "璟岚冶金建设有限公司第三工程公司"


def test_the_fuller_of_label_and_cover_is_the_unit():
    table = Table((("小组名称", "清风QC小组"), ("单位名称", "璟岚冶金建设有限公司"), ("组长", "安某")))
    assert (
        read("降低除尘风机振动值", "璟岚冶金建设有限公司炉窑分公司", group=table)[1] == "璟岚冶金建设有限公司炉窑分公司"
    )


def test_who_builds_the_project_is_asked_only_where_nothing_else_tells_the_unit():
    overview = "工程名称：曜州钢厂高炉工程\n施工单位：曜州冶建有限公司\n建设单位：曜州钢铁有限公司"
    assert read("降低除尘风机振动值", 工程概况=overview)[1] == "曜州冶建有限公司"
    assert read("降低除尘风机振动值", "璟岚冶金建设有限公司", 工程概况=overview)[1] == "璟岚冶金建设有限公司"


def test_a_unit_that_is_only_said_or_in_the_page_header():
    said = "曜州钢厂2号高炉由璟岚冶金建设有限公司第二分公司承建，炉壳环缝全部在高空横焊位置施焊，板厚六十毫米。"
    assert read("降低除尘风机振动值", 工程概况=said)[1] == "璟岚冶金建设有限公司第二分公司"
    draft = report(("降低除尘风机振动值",), group=None)
    header = Text("璟岚冶金建设有限公司QC成果", role="header")
    assert read_draft(Draft((header, *draft.blocks), "docx"))[1] == "璟岚冶金建设有限公司"


def test_boxes_of_a_slide_with_label_and_value_apart():
    boxes = (
        "小组名称",
        "铁轨尖兵QC小组",
        "小组注册号",
        "HT-22-05",
        "活动时间",
        "2022年3月～2022年10月",
        "组长",
        "鄢某某",
    )
    draft = Draft((Text("一、小组概况"), *(Text(words) for words in boxes)), "docx")
    assert read_draft(draft)[2:] == ("铁轨尖兵QC小组", 2022)


@pytest.mark.parametrize("cover", [
    ("提高棒材轧机主电机联轴器", "找正一次合格率"),
    ("提高棒材轧机主电机联轴器找正一次合格率", "（创新型课题）"),
    ("提高棒材轧机主电机联轴器找正一次合格率（阶段性成果）",),
    ("提高棒材轧机主电机联轴器找正一次合格率", "宁远检修工程有限公司轧钢检修部"),
])  # fmt: skip
def test_a_title_is_whole_and_nothing_more(cover):
    assert read(*cover)[0] == "提高棒材轧机主电机联轴器找正一次合格率"


def test_a_title_on_two_lines_of_different_size_is_joined_if_it_is_told_again():
    draft = report(group=None, 选题理由="差距明显，因此选定课题：提高棒材轧机主电机联轴器找正一次合格率")
    cover = (Text("提高棒材轧机主电机联轴器", size=30.0), Text("找正一次合格率", size=14.0))
    assert read_draft(Draft((*cover, *draft.blocks), "docx"))[0] == "提高棒材轧机主电机联轴器找正一次合格率"


@pytest.mark.parametrize(("line", "year"), [
    ("二〇二三年一月", 2023), ("2023/1/5", 2023), ("编制日期：2023年1月", 2023), ("璟岚冶建公司 2023年1月", 2023),
    ("上传时间：2024-05-14", 2022), ("小组成立于2019年元月，成员九人。", 2022),
])  # fmt: skip
def test_the_year_is_that_of_the_cover_else_of_the_activitys_end(line, year):
    period = Table((("小组名称", "清风QC小组"), ("活动时间", "2022年2月～2022年12月"), ("组长", "安某")))
    assert read("降低除尘风机振动值", line, group=period)[3] == year


@pytest.mark.parametrize(("line", "unit", "group"), [
    ("沱江冶金建设公司机装处 冷静QC小组", "沱江冶金建设公司机装处", "冷静QC小组"),
    ("铜官冶金设备技术服务公司热轧维保部 随叫随到QC小组", "铜官冶金设备技术服务公司热轧维保部", "随叫随到QC小组"),
    ("钱塘钢铁能源中心煤气防护站 稳压QC小组 2015年12月", "钱塘钢铁能源中心煤气防护站", "稳压QC小组"),
])  # fmt: skip
def test_a_blank_parts_unit_and_group(line, unit, group):
    assert unit_and_group(line) == (unit, group)


@pytest.mark.parametrize("unit", [
    "澜冶设计研究总院钢轧所", "北疆检修公司液压中心润滑班", "曜州热电厂汽机分场", "陇原工程局二处桥梁队",
    "恒信项目管理公司监理一部", "江左供电局配电所", "东湖冶建集团西南区域公司", "璟岚钢铁炼铁事业部烧结分厂",
    "曜州机场集团动力能源部", "璟岚职业技术学院实训中心", "曜州城投公司工程管理部", "陇中铝业电解二车间",
    "中国十九冶集团（北疆）建设公司", "江右高速公路养护公司路面大队", "晋塬监理咨询公司钢厂项目监理部",
    "渤海重工钢构分厂装焊一班", "桂北铁路建设指挥部第三项目分部", "天山有色冶金安装公司铜业项目经理部",
])  # fmt: skip
@pytest.mark.parametrize("cover", [("{unit}", "磐石QC小组"), ("{unit} 磐石QC小组",), ("{unit}磐石QC小组",)])
def test_units_of_every_kind_are_told_from_title_and_group(unit, cover):
    draft = report(
        ("降低除尘风机振动值", *(line.format(unit=unit) for line in cover)), group=None, 小组概况="活动多次。"
    )
    parts = split(draft)
    labels = read_labels(parts)
    found = (
        title.title(labels, parts, draft),
        organisation.unit(labels, draft, parts),
        organisation.group(labels, draft, parts),
    )
    assert [one.value for one in found if one] == ["降低除尘风机振动值", unit, "磐石QC小组"]
