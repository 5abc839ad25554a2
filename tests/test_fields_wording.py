"""The ways in which reports word their fields: each line is one that a report may have."""

from __future__ import annotations

import pytest

from indexer.categories import read_categories
from indexer.draft import Draft, Table, Text
from indexer.fields import benefits, organisation, people, registration, title, types, when
from indexer.fields.labels import label_field, read_labels
from indexer.fields.target import as_target, read_target
from indexer.splitter import split
from tests.drafts import passages, report


def parts_of(*cover, group=None, **texts):
    draft = report(cover, group=group, **texts)
    found = split(draft)
    return read_labels(found), found, draft


def value(found):
    return found.value if found else None


@pytest.mark.parametrize(("cover", "year"), [
    (("二〇二二年十月",), 2022), (("二○二二年十月",), 2022), (("二零二二年十月",), 2022), (("2022年10月18日",), 2022),
    (("2022.10",), 2022), (("2022-10-18",), 2022), (("2022/10",), 2022), (("编制时间：2022年10月",), 2022),
    (("汇报时间：2022.10.18",), 2022), (("完成日期：2022年10月",), 2022), (("二O二二年十月",), 2022),
    (("2022年度QC成果",), 2022), (("2022年优秀质量管理小组成果",), 2022), (("（2022年）",), 2022), (("2022年",), 2022),
    (("汇报人：安某　2022.10",), 2022), (("编制人：安某　璟岚冶建公司　2022-10-18",), 2022),
    (("上传者：小李　时间：2024-08-19　浏览：2731　下载：64", "2022年10月"), 2022),
    (("中国·曜州  2022年10月",), 2022), (("2022 年 10 月",), 2022), (("日期：2022年10月",), 2022),
    (("提交日期 2022.10.18",), 2022), (("报送时间：2022年10月",), 2022), (("2022年第3季度",), 2022),
])  # fmt: skip
def test_the_year_of_the_cover(cover, year):
    labels, parts, draft = parts_of("降低除尘风机振动值", *cover)
    assert value(when.year(when.period(labels, parts, draft), labels, parts, draft)) == year


@pytest.mark.parametrize("written", ["2069年3月", "编号20690001", "2199年", "1953年成立"])
def test_a_year_that_no_result_can_be_of_is_not_read(written):
    labels, parts, draft = parts_of("降低除尘风机振动值", written)
    assert when.year(None, labels, parts, draft) is None


@pytest.mark.parametrize(("said", "iso"), [
    ("小组于2021年3月4日开展活动，2021年12月20日结束。", "2021-03-04/2021-12-20"),
    ("活动从2021年2月开始到2021年11月结束。", "2021-02/2021-11"),
    ("活动时间为2021年3月～2021年11月，共12次。", "2021-03/2021-11"),
    ("活动自2021年3月启动，至2021年11月结束。", "2021-03/2021-11"),
    ("本次活动自2021年3月1日起至11月30日止。", "2021-03-01/2021-11-30"),
    ("活动时间：2021.03.01—2021.11.30", "2021-03-01/2021-11-30"),
    ("活动起止时间：2021年3月1日至2021年11月30日", "2021-03-01/2021-11-30"),
    ("活动日期：2021/3/1-2021/11/30", "2021-03-01/2021-11-30"),
    ("课题活动时间：2021年3月—11月", "2021-03/2021-11"),
    ("活动周期：2021年3月-2021年11月（9个月）", "2021-03/2021-11"),
    ("活动时间：二〇二一年三月至二〇二一年十一月", "2021-03/2021-11"),
    ("活动时间:2021-03-01 ~ 2021-11-30", "2021-03-01/2021-11-30"),
    ("活动时间 2021年3月1日——2021年11月30日", "2021-03-01/2021-11-30"),
    ("小组自2021年3月1日开始活动，到2021年11月30日完成了全部活动。", "2021-03-01/2021-11-30"),
    ("活动时间：21年3月～21年11月", "2021-03/2021-11"),
    ("组长水某，7人，2021年3月1日至11月30日，人均QC教育32小时。", "2021-03-01/2021-11-30"),
])  # fmt: skip
def test_the_time_of_the_activity(said, iso):
    assert value(when.period(*parts_of("降低除尘风机振动值", 小组概况=said))) == iso


@pytest.mark.parametrize(("lines", "unit"), [
    (("璟岚冶金建设有限公司", "完成单位：气体工程分公司"), "璟岚冶金建设有限公司气体工程分公司"),
    (("璟岚冶金建设有限公司", "炼铁作业部“顺风”QC小组"), "璟岚冶金建设有限公司炼铁作业部"),
    (("编制人：安某　璟岚冶建集团华南分公司云栖里二期项目部　2022-11-18",), "璟岚冶建集团华南分公司云栖里二期项目部"),
    (("申报单位：璟岚冶金建设有限公司",), "璟岚冶金建设有限公司"), (("单 位：璟岚冶金建设有限公司",),
    "璟岚冶金建设有限公司"),
    (("璟岚冶金建设有限公司　清风QC小组",), "璟岚冶金建设有限公司"),
    (("璟岚冶金建设有限公司清风QC小组",), "璟岚冶金建设有限公司"),
    (("——璟岚冶金建设有限公司清风QC小组",), "璟岚冶金建设有限公司"),
    (("单位名称（盖章）：璟岚冶金建设有限公司",), "璟岚冶金建设有限公司"),
    (("发布单位：璟岚冶金建设有限公司炼钢项目部",), "璟岚冶金建设有限公司炼钢项目部"),
    (("璟岚冶金建设有限公司", "炼钢项目部", "清风QC小组"), "璟岚冶金建设有限公司炼钢项目部"),
    (("中国第八冶金建设集团有限公司",), "中国第八冶金建设集团有限公司"),
    (("璟岚钢铁（集团）有限责任公司炼钢厂",), "璟岚钢铁（集团）有限责任公司炼钢厂"),
    (("璟岚冶金建设有限公司|清风QC小组|2021年11月",), "璟岚冶金建设有限公司"),
    (("推荐单位：璟岚省冶金建设协会", "申报单位：曜州冶建有限公司"), "曜州冶建有限公司"),
    (("璟岚冶金建设有限公司2021年度QC成果",), "璟岚冶金建设有限公司"),
    (("单位：璟岚冶金建设有限公司  小组：清风QC小组",), "璟岚冶金建设有限公司"),
    (("璟岚市政工程有限公司第二项目经理部",), "璟岚市政工程有限公司第二项目经理部"),
])  # fmt: skip
def test_the_unit_of_the_cover(lines, unit):
    labels, parts, draft = parts_of("降低除尘风机振动值", *lines)
    assert value(organisation.unit(labels, draft, parts)) == unit


@pytest.mark.parametrize(("said", "unit"), [
    ("璟岚第二建筑有限责任公司实验中学项目部承建的实验楼由三栋楼组成。", "璟岚第二建筑有限责任公司实验中学项目部"),
    ("我矿年处理650万吨，曜州铁矿有限公司选矿厂尾矿车间负责把尾矿送到尾矿库。", "曜州铁矿有限公司选矿厂尾矿车间"),
    ("本工程由璟岚冶金建设有限公司施工。", "璟岚冶金建设有限公司"),
    ("清风QC小组隶属于璟岚冶金建设有限公司。", "璟岚冶金建设有限公司"),
    ("工程由璟岚冶金建设有限公司第三分公司负责施工。", "璟岚冶金建设有限公司第三分公司"),
    ("施工总承包单位为璟岚冶金建设有限公司。", "璟岚冶金建设有限公司"),
    ("建设单位：曜州钢铁公司，施工单位：璟岚冶金建设有限公司。", "璟岚冶金建设有限公司"),
])  # fmt: skip
def test_the_unit_that_is_only_said(said, unit):
    labels, parts, draft = parts_of("降低除尘风机振动值", 工程概况=said)
    assert value(organisation.unit(labels, draft, parts)) == unit


@pytest.mark.parametrize(("said", "name"), [
    ("静悄悄QC小组，6人，组长燕某，成员来自各班组。", "静悄悄QC小组"),
    ("小组昵称“向低处流”，全称向低处流QC小组，2021年2月20日成立。", "向低处流QC小组"),
    ("清风QC小组成立于2018年3月，现有成员8人。", "清风QC小组"),
    ("“清风”QC小组于2018年3月组建。", "“清风”QC小组"),
    ("小组名称：清风QC小组", "清风QC小组"), ("小组名称：“清风”质量管理小组", "“清风”质量管理小组"),
    ("QC小组名称：清风", "清风"), ("小组命名为清风QC小组，寓意风清气正。", "清风QC小组"),
    ("小 组 名：清风QC小组", "清风QC小组"), ("清风QC小组由8名成员组成。", "清风QC小组"),
    ("小组名称为“清风QC小组”，成立于2018年。", "清风QC小组"), ("清风QC活动小组成立于2018年。", "清风QC活动小组"),
])  # fmt: skip
def test_the_group_that_is_not_on_the_cover(said, name):
    labels, parts, draft = parts_of("降低除尘风机振动值", 小组概况=said)
    assert value(organisation.group(labels, draft, parts)) == name


@pytest.mark.parametrize(("said", "name"), [
    ("组长：安某某", "安某某"), ("尚某任组长，成员8名。", "尚某"), ("组长燕某，副组长解某。", "燕某"),
    ("小组组长 安某某（项目经理）", "安某某"), ("由安某某担任组长。", "安某某"),
    ("副组长：解某 组长：安某某", "安某某"),
    ("组 长：安某某", "安某某"), ("组长由项目总工安某某担任。", "安某某"), ("安某某同志任组长。", "安某某"),
    ("组长是安某某，工程师。", "安某某"), ("小组负责人：安某某", "安某某"), ("组长（安某某）负责策划。", "安某某"),
    ("组长为项目经理安某某，副组长为解某。", "安某某"), ("项目总工安某某任组长。", "安某某"),
])  # fmt: skip
def test_the_leader(said, name):
    labels, parts, _ = parts_of("降低除尘风机振动值", 小组概况=said)
    assert value(people.leader(labels, parts)) == name


@pytest.mark.parametrize(("said", "count"), [
    ("小组共有成员8人。", 8), ("静悄悄QC小组，6人，组长燕某。", 6), ("小组人数：8", 8), ("组员8名，平均年龄34岁。", 8),
    ("小组由8名职工组成。", 8), ("小组成员：8人（男6人，女2人）", 8), ("成员共八人。", 8), ("小组成员十二人。", 12),
    ("组员：甲某、乙某某、丙某、丁某\n组长：安某", 5), ("共8人，人均QC教育33学时。", 8), ("小组现有成员8名。", 8),
    ("小组人数：男6人、女2人", 8), ("小组总人数为8人。", 8), ("本小组8人，其中工程师3人。", 8),
    ("副组长谯某，组员5名，共7名。", 7), ("清风QC小组（JL-QC-03），组长水某，7人，2023年活动。", 7),
    ("小组有成员8人，其中高级工程师1人。", 8), ("暖心小组六个人，服务型。", 6),
    ("组长湛某，全组共有7人，人均培训28小时。", 7), ("由项目部工长、质检员等8人组成。", 8),
])  # fmt: skip
def test_the_number_of_members(said, count):
    labels, parts, _ = parts_of("降低除尘风机振动值", 小组概况=said)
    assert value(people.members_count(labels, parts)) == count


@pytest.mark.parametrize(("said", "hours"), [
    ("人均受QC教育48学时。", 48), ("TQC教育：人均48小时", 48), ("组员平均接受QC教育48小时。", 48), ("QC教育：48h", 48),
    ("QC基础知识培训48学时。", 48), ("TQC教育：40学时／人", 40), ("人均培训时间：48h", 48),
    ("受教育时间：48课时/人", 48),
    ("全员经过48小时TQC培训。", 48), ("每人接受质量管理培训不少于48学时。", 48), ("人均受教育：48h", 48),
    ("全面质量管理教育：48小时以上", 48), ("小组成员均参加过48学时的QC知识学习。", 48), ("QC教育 48 h/人", 48),
    ("成员人均接受全面质量管理知识培训达48小时。", 48), ("QC培训学时：平均48", 48),
])  # fmt: skip
def test_the_hours_of_training(said, hours):
    labels, parts, _ = parts_of("降低除尘风机振动值", 小组概况=said)
    assert value(people.training_hours(labels, parts)) == hours


@pytest.mark.parametrize("label", [
    "人均受教育", "组员接受QC知识培训学时", "TQC教育学时", "平均受QC培训时间", "人均QC学习时间", "全员受教育课时",
])  # fmt: skip
def test_every_label_of_training_is_known(label):
    assert label_field(label)[0] == "qc_education"


@pytest.mark.parametrize(("said", "group", "topic"), [
    ("注册号TLK-QC-2013-08，本次课题的注册号为TLK-KT-2017-03。", "TLK-QC-2013-08", "TLK-KT-2017-03"),
    ("小组注册号：JL-QC-03  课题注册号：JL-KT-03", "JL-QC-03", "JL-KT-03"),
    ("归口登记号JL-QC-2014-1，课题登记编号JL-2019-Z-03。", "JL-QC-2014-1", "JL-2019-Z-03"),
    ("小组注册编号：JLQC〔2021〕03", "JLQC〔2021〕03", None), ("小组注册号 JLQC2021-03号", "JLQC2021-03号", None),
    ("小组于2018年3月注册，注册号为JL/QC-03。", "JL/QC-03", None), ("课题注册编号：JL-KT-03", None, "JL-KT-03"),
    ("小组编号JL-03，课题编号JL-KT-03。", "JL-03", "JL-KT-03"),
    ("清风QC小组（JLXNY-QC23-5），组长水某。", "JLXNY-QC23-5", None),
    ("暖心小组六个人，编号SLRL-FW-1103，服务型。", "SLRL-FW-1103", None), ("编号 JL-QC-9，组长水某。", "JL-QC-9", None),
])  # fmt: skip
def test_the_numbers_of_registration(said, group, topic):
    labels, parts, _ = parts_of("降低除尘风机振动值", 小组概况=said)
    numbers = (registration.group_number(labels, parts), registration.topic_number(labels, parts))
    assert tuple(map(value, numbers)) == (group, topic)


@pytest.mark.parametrize(("said", "yuan"), [
    ("减少压浆修补费5.7万元。", 57000), ("减少打磨剔凿15.8万元。", 158000), ("共节约成本12.3万元。", 123000),
    ("节约人工费3万元，减去投入1万元，净节约2万元。", 20000), ("直接经济效益为12.3万元。", 123000),
    ("合计创效123000元。", 123000), ("节约费用：5+7-2=10（万元）。", 100000), ("产生经济效益约12.3万元/年。", 123000),
    ("扣除活动费用0.8万元，实际节约11.5万元。", 115000), ("经财务部门核算，创造效益壹拾万元，即10万元。", 100000),
    ("为项目节省资金12.3万元。", 123000), ("避免返工损失8.6万元。", 86000), ("综合效益12.3万元。", 123000),
    ("省下返工费14.1万元，扣除托架及图纸费2.8万元，实得11.3万元。", 113000), ("降低施工成本12.3万元。", 123000),
    ("节约断面测量人工17.3万元、避免争议多结4.9万元，减吊舱摊销3.7万元，得18.5万元。", 185000),
    ("少用枕木折15.2万元，扣导轨制作2.2万元，得13万元。", 130000),
])  # fmt: skip
def test_the_benefit(said, yuan):
    assert value(benefits.benefit(passages(效果检查=f"一次合格率为97.4%。{said}"))) == yuan


@pytest.mark.parametrize(("goal", "unit"), [
    ("炉口堵塞频次由14.5次/月降到6次/月以下。", "次/月"), ("每月堵塞次数由14.5次降到6次。", "次/月"),
    ("自2017年8月起，2号炉口堵塞频次由14.5次/月降到6次/月以下。", "次/月"),
    ("月均堵塞次数由14.5次/月降至6次/月。", "次/月"), ("将堵塞频次从14.5次/月减少为6次/月。", "次/月"),
])  # fmt: skip
def test_a_rate_is_told_in_many_ways(goal, unit):
    found = as_target(read_target(passages(
        现状调查="六个月共堵塞87次，月均14.5次，1号炉月均只有3.2次。", 设定目标=goal,
        效果检查="8月堵塞5次，9月堵塞4次，月均堵塞4.8次，低于6次/月的目标值。",
    ), "降低2号炉口堵塞频次"))  # fmt: skip
    assert (found.before, found.goal, found.after, found.unit) == (14.5, 6.0, 4.8, unit)
    assert found.measure.endswith(("堵塞频次", "堵塞次数"))


@pytest.mark.parametrize(("goal", "more"), [
    ("一次合格率不低于96%。", "若症结消除70%，合格率为93.5%。"), ("一次合格率达到96%以上。", "剩余81个，合格率93.2%。"),
    ("目标值：96%（现状91.0%）。", ""), ("一次合格率96%（现91.0%）。", ""),
    ("一次合格率目标96%，较现状提高5个百分点。", ""),
    ("确保炉壳环缝焊接一次合格率达96%。", "91.0%+5.2%=96.2%，目标可行。"), ("P≥96%，即一次合格率96%以上。", ""),
    ("焊接一次合格率：由活动前的91.0%提高至96%。", ""), ("把一次合格率从91.0%提到96%。", ""),
    ("一次合格率：91.0%→96%", ""), ("小组将目标值设定为96%。", ""), ("一次合格率要达到96%。", ""),
    ("目标：一次合格率达到百分之九十六。", ""), ("一次合格率≧96％。", ""), ("焊接一次合格率提升到96%及以上。", ""),
])  # fmt: skip
def test_the_goal_and_what_it_is_reckoned_with(goal, more):
    found = as_target(read_target(passages(设定目标=f"{goal}{more}"), "提高炉壳环缝焊接一次合格率"))
    assert (found.before, found.goal, found.after, found.unit) == (91.0, 96.0, 97.4, "%")


@pytest.mark.parametrize("result", [
    "月 6 7 8，结果见表，平均一次合格率97.4%。", "一次合格率达97.4%，目标完成。",
    "实测一次合格率97.4%＞96%，达到目标。",
    "一次合格率由91.0%上升到97.4%。", "目标值96%，实际达到97.4%。", "合格1091点，一次合格率为97.4%。",
    "一次合格率97.4%，比活动前提高6.4个百分点，超目标1.4个百分点。", "三个月分别为97.1%、97.5%、97.6%，平均97.4%。",
    "一次合格率：1091/1120×100%=97.4%。", "活动后一次合格率97.4%，目标96%，完成目标。",
])  # fmt: skip
def test_the_result(result):
    assert as_target(read_target(passages(效果检查=result), "提高炉壳环缝焊接一次合格率")).after == 97.4


def test_the_mean_of_a_row_is_the_result():
    rows = (
        ("月", "6", "7", "8", "平均"),
        ("漏风率（%）", "9.6", "9.1", "8.9", "9.2"),
        ("外壁温度（℃）", "142", "140", "133", "138"),
    )
    parts = split(Draft((
        Text("一、现状调查"), Text("1月测四次，平均漏风率18.5%，用排列图找到症结在搭接缝。"),
        Text("二、设定目标"), Text("窑头密封漏风率降到10%以下。"), Text("三、原因分析"),
        Text("用关联图找到末端原因七条。"),
        Text("四、效果检查"), Text("每月测四次，结果如下："), Table(rows), Text("五、巩固措施"), Text("写入规程。"),
    ), "docx"))  # fmt: skip
    found = as_target(read_target(parts, "降低回转窑窑头密封漏风率"))
    assert (found.before, found.goal, found.after) == (18.5, 10.0, 9.2)


def test_decibels_are_a_unit():
    found = as_target(read_target(passages(设定目标="场界噪声由74.3dB(A)降至65dB(A)以下。"), "降低施工噪声值"))
    assert (found.before, found.goal, found.unit) == (74.3, 65.0, "dB(A)")


@pytest.mark.parametrize(("said", "kind"), [
    ("本课题属于指令性目标课题。", "mandated"), ("课题类型：问题解决型（指令性目标）", "mandated"),
    ("自定目标课题。", "self-set"),
    ("课题类型：问题解决型（自定目标）", "self-set"), ("目标类型：自选目标", "self-set"),
    ("该目标为公司下达的指令目标。", "mandated"),
    ("课题目标为自定目标值。", "self-set"), ("目标来源：指令性", "mandated"), ("目标来源：自定", "self-set"),
    ("属问题解决型中的指令性目标。", "mandated"),
])  # fmt: skip
def test_the_kind_of_goal(said, kind):
    labels, parts, _ = parts_of("降低除尘风机振动值", 小组概况=said)
    assert value(types.target_kind(labels, parts)) == kind


@pytest.mark.parametrize("cover", [
    ("QC小组活动成果报告", "课题名称：提高炉壳焊接一次合格率"), ("课 题：提高炉壳焊接一次合格率",),
    ("“提高炉壳焊接一次合格率”",), ("——提高炉壳焊接一次合格率",), ("提高炉壳焊接一次合格率QC成果报告",),
    ("《提高炉壳焊接一次合格率》",), ("题目：提高炉壳焊接一次合格率",), ("成果名称：提高炉壳焊接一次合格率",),
    ("成 本 是 算 出 来 的", "——提高炉壳焊接一次合格率"), ("提高炉壳焊接", "一次合格率"),
    ("活动课题：提高炉壳焊接一次合格率",),
    ("提高炉壳焊接一次合格率（问题解决型）",), ("提高炉壳焊接一次合格率　清风QC小组",),
])  # fmt: skip
def test_the_title_of_the_cover(cover):
    labels, parts, draft = parts_of(*cover)
    assert value(title.title(labels, parts, draft)) == "提高炉壳焊接一次合格率"


def test_a_cover_that_is_a_table():
    rows = (
        ("璟岚冶金检修工程有限公司 QC小组活动成果", ""), ("课 题", "降低2号高炉喷煤支管堵塞频次"),
        ("小 组", "炼铁作业部“顺风”QC小组"), ("组 长", "支某某"), ("时 间", "二〇一八年一月"),
    )  # fmt: skip
    draft = Draft((Table(rows), *report(group=None).blocks), "docx")
    parts = split(draft)
    labels = read_labels(parts)
    period = Table((("活动时间", "2017.1.10～2017.12.31"), ("小组成员", "9人"), ("QC教育", "44学时")))
    later = when.period(read_labels(split(Draft((Text("一、小组概况"), period), "docx"))), (), draft)
    assert value(title.title(labels, parts, draft)) == "降低2号高炉喷煤支管堵塞频次"
    assert value(organisation.unit(labels, draft, parts)) == "璟岚冶金检修工程有限公司炼铁作业部"
    assert value(organisation.group(labels, draft, parts)) == "“顺风”QC小组"
    assert value(when.year(later, labels, parts, draft)) == 2018


@pytest.mark.parametrize(("answers", "smart"), [
    (("机器人全站仪投点放线", "AI图像识别量距"), True), (("运用BIM技术交底", "增加间距卡具", "更换垫块"), False),
    (("换自锁早拆头", "增加二维码标识"), False),
])  # fmt: skip
def test_smart_construction_is_what_most_answers_are(answers, smart):
    table = Table((("要因", "对策", "目标"), *(("放线不准", answer, "偏差≤2mm") for answer in answers)))
    blocks = (Text("一、对策实施"), Text("逐条实施。"), Text("二、制定对策"), table)
    parts = split(Draft(blocks, "docx"))
    assert ("smart-construction" in read_categories(parts, "提高钢筋间距一次合格率", "", ())[0]) is smart
