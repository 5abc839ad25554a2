"""Fields beside the target: labels, dates, people, numbers of registration, types, benefits, title."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Table, Text
from indexer.fields import benefits, organisation, people, registration, title, types, when
from indexer.fields.dates import read_date, read_period
from indexer.fields.labels import first, label_field, read_labels
from indexer.fields.numbers import money, quantities, shown_unit
from indexer.fields.title_words import clean_title
from indexer.splitter import split
from indexer.wording import fold
from tests.drafts import passages, report


def labels_of(*lines: str | Table):
    blocks = tuple(Text(line) if isinstance(line, str) else line for line in lines)
    return read_labels(split(Draft((Text("一、小组概况"), *blocks), "docx")))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2018.8.31", "2018-08-31"), ("2015年8月26日", "2015-08-26"), ("二0一五年二月", "2015-02"),
        ("二00五年六月", "2005-06"), ("二一六年三月", "2016-03"), ("二〇二一年十二月", "2021-12"),
        ("20210301", "2021-03-01"),
    ],
)  # fmt: skip
def test_dates_in_every_style(written, iso):
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2016.5.4-2016.9.26", "2016-05-04/2016-09-26"),
        ("2020.6-2020.10", "2020-06/2020-10"),
        ("2015年9月15日~10月15日", "2015-09-15/2015-10-15"),
        ("2024.01—2025.12", "2024-01/2025-12"),
        ("2021年3月至11月", "2021-03/2021-11"),
        ("自2021-03-01起至2021-11-20", "2021-03-01/2021-11-20"),
        ("二0一三年三月至二0一三年十一月", "2013-03/2013-11"),
        ("2021.2.22～2021.11.5", "2021-02-22/2021-11-05"),
    ],
)
def test_periods_in_every_style(written, iso):
    assert read_period(written) == iso


@pytest.mark.parametrize("text", ["2018.8.31", "2021年", "3.2-4.5mm", "2021.11-2021.3"])
def test_what_is_no_period_is_none(text):
    assert read_period(text) is None


@pytest.mark.parametrize(("cell", "field"), [
    ("小组 名称：", "group_name"), ("课题類型", "topic_type"), ("课即类型", "topic_type"),
    ("小粗登记号", "group_reg_no"),
    ("QC教育(h)", "qc_education"),
])  # fmt: skip
def test_labels_are_known_in_spite_of_blanks_script_and_one_misread_character(cell, field):
    assert label_field(cell) and label_field(cell)[0] == field


def test_a_table_of_labels_and_values_side_by_side():
    labels = labels_of(Table((("小组名称", "匠心小组", "组长", "鲁某某"), ("活动时间", "", "2019.2—2019.11", ""))))
    assert first(labels, "group_name").value == "匠心小组"
    assert first(labels, "activity_period").value == "2019.2—2019.11"


def test_a_table_with_labels_as_its_header():
    labels = labels_of(Table((("小组名称", "课题名称", "课题类型"), ("匠心小组", "快换接头的研制", "创新型"))))
    assert first(labels, "topic_title").value == "快换接头的研制"


def test_several_labels_on_one_line():
    labels = labels_of("小组名称：匠心小组  组长：鲁某某  小组人数：6人")
    assert [first(labels, field).value for field in ("group_name", "leader", "members_count")] == [
        "匠心小组",
        "鲁某某",
        "6人",
    ]


def test_a_column_of_data_is_no_label():
    draft = report(现状调查="缺陷统计如下。")
    data = Table((("检查项目", "单位", "数量", "类别"), ("气孔", "个", "37", "焊接")))
    blocks = (*draft.blocks[:8], data, *draft.blocks[8:])
    labels = read_labels(split(Draft(blocks, "docx")))
    assert first(labels, "unit").value == "璟岚冶金建设有限公司"


def test_a_recognisers_letters_in_numbers_become_digits():
    labels = labels_of(Table((("课题注册号", "SJ-HNJC-O1-2O21-O1"), ("小组登记号", "SJ-XZ-08"))))
    assert registration.topic_number(labels).value == "SJ-HNJC-01-2021-01"


def test_people_of_the_group_table():
    draft = report()
    parts = split(draft)
    labels = read_labels(parts)
    assert people.leader(labels, parts).value == "陆某某"
    assert people.members_count(labels, parts).value == 9
    assert people.training_hours(labels, parts).value == 48


def test_people_of_a_member_table():
    table = Table((
        ("序号", "姓名", "性别", "职务", "组内分工", "受培训时间(h)"),
        ("1", "季某某", "男", "项目经理", "副组长", "40"),
        ("2", "安某", "男", "总工", "组长，全面策划", "50"),
        ("3", "喻某某", "女", "质检员", "组员", "60"),
    ))  # fmt: skip
    parts = split(Draft((Text("一、小组概况"), table), "docx"))
    assert people.leader([], parts).value == "安某"
    assert people.members_count([], parts).value == 3
    assert people.training_hours([], parts).value == 50


def test_the_duty_of_a_member_is_no_label():
    table = Table((
        ("小组名称", "晨光QC小组", "小组注册号", "CG-QC-06", "小组人数", "3"),
        ("QC教育", "44课时", "类型", "现场型", "", ""),
        ("序号", "姓名", "文化程度", "职务/工种", "组内职务", "分工"),
        ("1", "万某", "本科", "项目副经理", "组长", "全面"), ("2", "濮某某", "大专", "技术负责人", "副组长", "方案"),
        ("3", "赫某", "本科", "质检员", "组员", "检测"),
    ))  # fmt: skip
    parts = split(Draft((Text("一、小组概况"), table), "docx"))
    assert people.leader(read_labels(parts), parts).value == "万某"


def test_members_and_hours_where_the_group_shares_its_section():
    parts = split(Draft((
        Text("一、概况与小组"), Text("浓密池2座，池底为1:8倒锥面，坡面高低不平刮板就碰底。"),
        Text("组长蔺某，5人，2023年3月10日至10月20日活动。"),
        Table((("组长", "蔺某", "教育", "48h"), ("活动时间", "2023年", "次数", "12"))),
        Text("二、现状调查"), Text("1号池底第一扇区100点，合格79点，合格率79%。"),
    ), "docx"))  # fmt: skip
    assert people.members_count([], parts).value == 5
    assert people.training_hours(read_labels(parts), parts).value == 48


@pytest.mark.parametrize(
    ("written", "topic", "legacy", "kind"),
    [
        ("攻关型", "problem-solving", "攻关型", "self-set"),
        ("问题解决型（指令性目标）", "problem-solving", None, "mandated"),
        ("创新型", "innovation", None, "self-set"),
        ("问SS解决型", "problem-solving", None, "self-set"),
    ],
)
def test_types_as_labelled(written, topic, legacy, kind):
    parts = passages()
    labels = labels_of(Table((("课题类型", written), ("小组名称", "匠心小组"))))
    found = types.legacy_type(labels, parts)
    assert types.topic_type(labels, parts, "").value == topic
    assert (found.value if found else None) == legacy
    assert types.target_kind(labels, parts).value == kind


def test_the_old_type_that_a_group_calls_itself():
    parts = passages(小组概况="蓝火苗小组是由技术人员和焊工组成的现场型QC小组，组长劳某某。")
    assert types.legacy_type([], parts).value == "现场型"


def test_a_report_that_does_not_name_its_type_is_told_by_its_steps():
    assert types.topic_type([], passages(), "").value == "problem-solving"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("净效益＝131350＋74400－42450＝163300元，已经财务部门核实。", 163300),
        ("节约人工费8.4万元、机械费5.6万元，扣除活动费用1.4万元，共创经济效益12.6万元。", 126000),
        ("人工节约62.3万元－租赁14.8万元＝47.5万元。", 475000),
        ("每处返工3800元，共节约60,800元，投入9600元，净效益51200元。", 51200),
        ("年创效0.0138亿元。", 1380000),
    ],
)
def test_benefits_are_the_net_sum_in_yuan(text, yuan):
    assert benefits.benefit(passages(效果检查=text)).value == yuan


def test_costs_alone_are_no_benefit():
    assert benefits.benefit(passages(效果检查="本次活动投入费用3.2万元，质量有所提高。")) is None


def test_a_table_of_benefits_with_its_unit_in_the_header():
    table = Table((("项目", "计算", "金额（万元）"), ("节约人工", "71760", "7.2"), ("合计", "—", "9.7")))
    parts = split(Draft((Text("一、效果检查"), Text("二、经济效益"), table), "docx"))
    assert benefits.benefit(parts).value == 97000


def test_the_title_is_the_label_and_else_the_line_of_the_cover_that_reads_like_one():
    cover = ("璟岚冶金建设有限公司", "QC小组活动成果报告", "降低除尘风机振动值", "清风QC小组", "2021年12月")
    draft = report(cover, group=None)
    parts = split(draft)
    assert title.title([], parts, draft).value == "降低除尘风机振动值"
    assert organisation.group([], draft, parts).value == "清风QC小组"
    assert organisation.unit([], draft, split(draft)).value == "璟岚冶金建设有限公司"
    assert when.year(None, [], parts, draft).value == 2021


def test_unit_and_group_on_one_line_of_the_cover_are_two():
    draft = report(("降低冒烟率", "汲川钢铁焦化厂 炉火纯青QC小组"), group=None)
    assert organisation.unit([], draft, split(draft)).value == "汲川钢铁焦化厂"
    assert organisation.group([], draft, split(draft)).value == "炉火纯青QC小组"


def test_a_title_that_ends_like_an_organisation_is_no_unit():
    draft = report(("研发钢筋笼智能绑扎工作站", "晋北冶建路桥有限公司", "钢筋侠QC小组"), group=None)
    assert organisation.unit([], draft, split(draft)).value == "晋北冶建路桥有限公司"
    assert title.title([], split(draft), draft).value == "研发钢筋笼智能绑扎工作站"


def test_a_group_named_after_its_workshop_keeps_its_name():
    draft = report(("信息管理平台", "贵阳南车辆段", "检修车间QC小组"), group=None)
    assert organisation.group([], draft, split(draft)).value == "检修车间QC小组"
    assert organisation.unit([], draft, split(draft)).value == "贵阳南车辆段"


@pytest.mark.parametrize("written", ["课题名称：降低冒烟率研究", "《降低冒烟率研究》", "降低冒烟率研究QC成果报告"])
def test_a_title_is_shown_without_its_wrapping(written):
    assert clean_title(written) == "降低冒烟率研究"


def test_the_result_is_of_the_year_in_which_the_activity_ended():
    draft = report()
    labels = labels_of("活动时间：2020年9月至2021年5月")
    period = when.period(labels, (), draft)
    assert when.year(period, labels, (), draft).value == 2021


def test_quantities_have_their_units():
    text = fold("由1,250mm/s降到3.5天，提高5个百分点，共18 m²")
    found = [(one.value, shown_unit(one.unit)) for one in quantities(text)]
    assert found == [(1250, "mm/s"), (3.5, "天"), (5, "个百分点"), (18, "m²")]


def test_a_rate_of_money_is_told_from_a_sum():
    assert [(one.yuan, one.per) for one in money("420元/工日，共1.2万元")] == [(420, True), (12000, False)]


@pytest.mark.parametrize(("text", "yuan"), [
    ("节约11.02万元，减去工装试验费1.42万元，得9.6万元。", 96000),
    ("节约电量57.2万kWh，扣除投入后节约41.2万元。", 412000),
    ("节约脚手架租赁、人工费17.6万元。", 176000),
    ("计财处确认增效86万元。", 860000),
    ("节约吊车租赁费52万元，装置制作费13.5万元，实际节约38.5万元。", 385000),
    ("减少维修及返喷赔偿11.97万元。", 119700),
    ("少外协4片，24.5×4=98.0万元；减去自制成本22.6万元、租费5.5万元，净58.2万元", 582000),
    ("效益：14.7×36=529.2万元；其中降价影响190万元。创造效益：529.2-190-127.2=212.0万元", 2120000),
])  # fmt: skip
def test_benefits_in_other_words(text, yuan):
    assert benefits.benefit(passages(效果检查=text)).value == yuan


def test_two_numbers_in_one_cell():
    labels = labels_of(
        Table((("小组名称", "蓝图QC小组"), ("注册号（小组/课题）", "BH-QC-02 / BH-KT-02"), ("组长/人数", "农某某/7人")))
    )
    assert registration.group_number(labels).value == "BH-QC-02"
    assert registration.topic_number(labels).value == "BH-KT-02"
    assert people.members_count(labels, ()).value == 7


def test_a_registration_number_that_is_only_said():
    text = "追风QC小组由检修车间骨干组成，小组注册号FS-2021-QC-11，课题编号FS-KT-11，2021年1月~2021年9月开展活动。"
    parts = split(Draft((Text("一、小组概况"), Text(text)), "docx"))
    assert registration.group_number([], parts).value == "FS-2021-QC-11"
    assert registration.topic_number([], parts).value == "FS-KT-11"
