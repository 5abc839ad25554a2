"""The numbers of the target: before, goal, after, with unit and measure, wherever they are said."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Table, Text
from indexer.fields.mentions import BACK, FORTH, MOST, read_mentions
from indexer.fields.target import as_target, read_target
from indexer.splitter import Passage, split
from tests.drafts import passages

TITLE = "提高炉壳环缝焊接一次合格率"


def numbers(title=TITLE, **texts):
    target = as_target(read_target(passages(**texts), title))
    return target.before, target.goal, target.after, target.unit


@pytest.mark.parametrize(
    "goal",
    [
        "将炉壳环缝焊接一次合格率由91.0%提高到96%。",
        "目标：炉壳环缝焊接一次合格率从91%提升至96%以上",
        "炉壳环缝焊接一次合格率：91.0% → 96%",
        "目标值：环缝焊接一次合格率≥96%。",
        "一次合格率达到95.6%即可满足合同要求，小组把一次合格率的目标定为96%。",
        "按症结解决80%测算，一次合格率＝（900－34）÷900＝96.2%。据此将目标定为96%。",
    ],
)
def test_a_goal_is_found_in_every_wording(goal):
    assert numbers(设定目标=goal) == (91.0, 96.0, 97.4, "%")


@pytest.mark.parametrize(
    "result",
    [
        "活动后一次合格率达到97.4%，比目标高1.4个百分点。",
        "一次合格率由活动前的91.0%提高到97.4%，目标实现。",
        "检测1120个单元，合格1091个，一次合格率＝1091÷1120＝97.4%，高于96%的目标。",
        "最高的一带为99.1%，最低95.2%，平均一次合格率97.4%，达到目标值96%。",
        "气孔占缺陷的比例由45.7%降到17.2%。环缝一次合格率为97.4%，完成课题目标。",
    ],
)
def test_a_result_is_found_among_other_numbers(result):
    assert numbers(效果检查=result) == (91.0, 96.0, 97.4, "%")


def test_a_measure_that_shall_fall_and_has_another_unit():
    got = numbers(
        "缩短牌坊垫板研磨时间",
        现状调查="记录20组垫板，总计1900min，平均95min/组，最长118min，精磨时间占44%。",
        设定目标="单组垫板研磨时间由95min缩短至60min。",
        效果检查="实施后统计168组，平均研磨时间54min，比目标值少6min。",
    )
    assert got == (95.0, 60.0, 54.0, "min")


def test_numbers_that_stand_only_in_tables():
    blocks = (
        Text("四、现状调查"), Text("停机记录如下表所示，飞剪故障占一半以上，是影响停机时间的症结。"),
        Text("五、设定目标"), Table((("项目", "现状", "目标"), ("月均停机时间(h)", "14.6", "9"))),
        Text("六、原因分析"), Text("针对飞剪故障画出因果图，找到末端原因九条，逐条列出。"),
        Text("七、效果检查"),
        Table((("项目", "活动前", "目标值", "6月", "活动后平均"), ("停机时间(h)", "14.6", "9", "8.6", "8.2"))),
    )  # fmt: skip
    target = as_target(read_target(split(Draft(blocks, "docx")), "降低棒材生产线停机时间"))
    assert (target.before, target.goal, target.after, target.unit) == (14.6, 9.0, 8.2, "h")


def test_of_several_targets_the_first_counts():
    got = numbers(
        "降低风机振动值",
        设定目标="目标1：轴承振动值由7.6mm/s降低到4.5mm/s；目标2：停机次数由5次降为0次。",
        效果检查="轴承振动值降至3.9mm/s，停机次数为0次，两项目标全部实现。",
    )
    assert got == (7.6, 4.5, 3.9, "mm/s")


def test_what_is_not_said_stays_unknown():
    words = {"设定目标": "进一步提高焊接质量。", "现状调查": "现场焊接质量不稳定。", "效果检查": "质量明显好转。"}
    assert numbers(**words) == (None, None, None, "")


def test_every_number_comes_with_its_sentence():
    found = read_target(passages(), TITLE)
    assert "由91.0%提高到96%" in found["goal"].quote and found["goal"].where == "五、设定目标"


@pytest.mark.parametrize(("title", "state", "goal", "result", "numbers_"), [
    ("缩短高炉冷却壁更换时间", "三次用时分别为27小时、26小时、25小时，平均26小时。", "由26小时缩短8小时到18小时。",
     "更换4块，平均每块用时16.5小时，比目标提前1.5小时。", (26, 18, 16.5, "小时")),
    ("缩短加热炉检修工期", "年修工期15天。", "缩短工期4天，由15天缩短到11天。", "实际用10天完成，比目标工期又提前1天。",
     (15, 11, 10, "天")),
    ("减小烧结皮带机跑偏量", "平均跑偏量68mm，超过规范。", "跑偏量从68mm降到30mm。理由：4号带精调后曾经达到29mm。",
     "空载平均跑偏24mm，负载平均22mm，达到30mm的目标。", (68, 30, 24, "mm")),
    ("降低吊装作业钢丝绳损耗", "上半年钢丝绳费用27.6万元，月均4.6万元。", "钢丝绳月均费用降到3万元以下。",
     "7月至10月钢丝绳费用10.8万元，月均2.7万元，目标达成。", (4.6, 3, 2.7, "万元")),
    ("减少储罐底板焊接变形", "首台储罐底板局部凹凸变形最大62mm，规范规定不大于50mm。", "底板局部凹凸变形≤40mm。",
     "后三台底板局部凹凸变形最大值为33mm，达到了预定目标。", (62, 40, 33, "mm")),
    ("降低盾构管片错台量", "前200环错台量平均11.3mm，规范允许10mm。", "平均错台量由11.3mm减小到6mm。",
     "300~600环错台量平均5.4mm，最大8mm，目标实现。", (11.3, 6, 5.4, "mm")),
    ("提高接头止水合格率", "上一标段合格率82%，国内同类工程最高98%。", "按指令，目标为96%。",
     "共200个，一次止水合格194个，合格率97%。", (82, 96, 97, "%")),
    ("提高电缆桥架优良率", "检查100段，优良率百分之七十八。", "优良率达到百分之九十。", "优良186段，优良率93％。",
     (78, 90, 93, "%")),
    ("降低墙面裂缝密度", "裂缝密度达到1.24条/平方米。", "把裂缝密度控制在0.3条/平方米以内。",
     "裂缝343条，裂缝密度0.26条/平方米，达到目标。", (1.24, 0.3, 0.26, "条/平方米")),
    ("降低风管漏风量", "漏风量2.86m³/h·m²。", "漏风量由2.86m³/h·m²降到1.5m³/h·m²。", "漏风量1.32m³/h·m²，目标实现。",
     (2.86, 1.5, 1.32, "m³/h·m²")),
    ("缩短竣工资料移交周期", "六项工程移交平均用了5个月。", "移交周期由5个月缩短到3个月。",
     "移交周期平均2.5个月，目标实现。", (5, 3, 2.5, "个月")),
    ("创建土方快速测算方法", "传统做法逐点采集断面，一期要6天。", "单期测算时间不超过1天，体积误差不超过2%。",
     "三期计量，单期平均0.8天，体积误差1.4%，两项都达标。", (6, 1, 0.8, "天")),
])  # fmt: skip
def test_numbers_in_the_words_of_many_reports(title, state, goal, result, numbers_):
    assert numbers(title, 选题理由="", 现状调查=state, 设定目标=goal, 效果检查=result) == numbers_


def test_a_goal_without_a_value_before_keeps_others_values_out():
    got = numbers(
        "研制炉壳整体旋转焊接胎架", 选题理由="", 现状调查="",
        设定目标="目标：环缝焊接变形量≤3mm。同行业某厂滚轮架变形量为4mm。",
        效果检查="焊接炉壳3节，环缝变形量平均2.2mm，小于3mm，达到目标。",
    )  # fmt: skip
    assert got == (None, 3.0, 2.2, "mm")


def target_of(title, *blocks):
    return as_target(read_target(split(Draft((*blocks, *_REST), "docx")), title))


_REST = (
    Text("九、巩固措施"), Text("把要求写进作业指导书，巩固期跟踪检查，效果稳定，没有反弹。"),
    Text("十、总结"), Text("小组成员质量意识有提高，下一步以其他难点为课题继续开展活动。"),
)  # fmt: skip


def test_a_table_that_sets_before_goal_and_after_side_by_side_is_believed():
    target = target_of(
        "减少旋流井井壁渗漏点数",
        Text("五、设定目标"), Text("按照业主指令，目标值就是井壁渗漏点数不多于5处。"),
        Text("八、效果检查"), Text("与1号井相比少堵漏20处，井壁渗漏情况明显好转。"),
        Table((("对比项目", "1号井（活动前）", "目标", "2号井（活动后）"), ("渗漏点数/处", "23", "5", "3"))),
    )  # fmt: skip
    assert (target.before, target.goal, target.after, target.unit) == (23, 5, 3, "处")


def test_a_table_with_one_row_for_each_stage():
    target = target_of(
        "提高混凝土道路平整度合格率",
        Text("五、确定目标"), Table((("阶段", "合格率"), ("现状", "82.6%"), ("目标", "92%"))),
        Text("八、效果检查"), Table((("阶段", "合格率"), ("活动前", "82.6%"), ("目标值", "92%"), ("活动后", "93.8%"))),
    )  # fmt: skip
    assert (target.before, target.goal, target.after, target.unit) == (82.6, 92, 93.8, "%")


def test_sums_of_tables_that_only_list_the_parts():
    target = target_of(
        "减少球磨机衬板更换时间",
        Text("四、现状调查"), Table((("序号", "工序", "用时(h)"), ("1", "拆除", "31"), ("", "合计", "72"))),
        Text("五、设定目标"), Text("把72h减少到48h。"),
        Text("八、效果检查"), Table((("序号", "工序", "用时(h)"), ("1", "拆除", "17"), ("", "合计", "45"))),
    )  # fmt: skip
    assert (target.before, target.goal, target.after, target.unit) == (72, 48, 45, "h")


def test_the_measure_of_the_title_decides_between_two_goals():
    got = numbers(
        "提高钢柱安装一次合格率",
        设定目标="目标一：工期由40天缩短到35天；目标二：一次合格率由91.0%提高到96%。",
    )
    assert got[1] == 96


@pytest.mark.parametrize("text", [
    "1 2 3 4 5 6 7 8 9 " * 7000, "12.5%," * 10000, "12.5%," * 10007, "合格率12.5%，" * 10003, "1" * 60000,
])  # fmt: skip
def test_a_paragraph_of_numbers_is_data_and_looked_at_in_little_windows(text):
    found = read_mentions(passages(现状调查=text))
    assert all(len(one.before) <= BACK and len(one.after) <= FORTH for one in found)
    assert not any(text[:40] in one.sentence for one in found)
    assert not any("current-state" in one.steps for one in found)


def test_a_report_has_only_so_many_numbers():
    blocks = tuple(Text(f"本次检查合格率{n % 100}.5%，不合格{n}处。") for n in range(MOST))
    assert len(read_mentions([Passage("current-state", (), "四、现状调查", blocks)])) <= MOST + 10


def test_boxes_of_a_slide_that_make_a_table():
    cells = ("指标名称", "现状", "目标", "清洁度一次达标率", "66.7%", "90%", "平均冲洗时间", "146h", "100h")
    target = target_of(
        "提高液压管道清洁度一次达标率", Text("五、设定目标"), *(Text(cell) for cell in cells),
        Text("八、效果检查"), Text("后15个系统首检达标14个，一次达标率93.3%，平均冲洗时间88h。"),
    )  # fmt: skip
    assert (target.before, target.goal, target.after, target.unit) == (66.7, 90, 93.3, "%")


def test_a_table_with_a_column_of_units():
    rows = (("项目", "单位", "现状值", "目标值"), ("返工面积", "㎡", "26", "10"), ("铺装合格率", "%", "82", "93"))
    target = target_of("提高透水砖铺装合格率", Text("五、设定目标"), Table(rows))
    assert (target.before, target.goal, target.unit) == (82, 93, "%")


def test_numbers_in_chinese_characters():
    got = numbers(
        "缩短传动装置安装调试天数", 选题理由="", 现状调查="上一座焦炉实际用了十二天。",
        设定目标="安装调试天数由十二天缩短到七天（其中安装不超过四天）。", 效果检查="安装调试共用六天半，目标实现。",
    )  # fmt: skip
    assert got == (12, 7, 6.5, "天")


@pytest.mark.parametrize(("title", "texts", "expected"), [
    ("降低施工图设计差错率", {
        "现状调查": "三个项目差错率为1.24个/张。", "设定目标": "差错率在现状1.24个/张的基础上降低一半。即：0.62个/张。",
        "效果检查": "412张图提出差错227个，差错率0.55个/张，目标0.62个/张，完成。",
    }, (1.24, 0.62, 0.55, "个/张")),
    ("提高管段组对效率", {
        "现状调查": "人工组对平均效率23.8寸口/工日。", "设定目标": "课题目标设定为：组对效率不低于40寸口/工日。",
        "效果检查": "组对效率达到43.5寸口/工日，实现目标。",
    }, (23.8, 40, 43.5, "寸口/工日")),
    ("减少井壁蜂窝麻面", {
        "设定目标": "每百米井壁蜂窝麻面由18.6处降到6处以内。",
        "效果检查": "每百米4.5处，比目标6处还少1.5处，实现目标。",
    }, (18.6, 6, 4.5, "处/百米")),
])  # fmt: skip
def test_rates_by_sheet_by_workday_and_by_a_hundred_metres(title, texts, expected):
    assert numbers(title, **texts) == expected


def test_what_a_goal_rests_on_is_not_the_goal():
    goal = Table((("", "加工周期（天/片）"), ("现状", "21.0"), ("目标", "14.0")))
    reason = Text("目标依据：装夹找正由11.7天压缩60%，节约7天，21-7=14天")
    target = target_of("缩短牌坊加工周期", Text("四、设定目标"), goal, reason)
    assert (target.before, target.goal, target.unit) == (21, 14, "天/片")


def test_the_parts_of_a_whole_without_a_sum_are_not_the_value_before():
    rows = (
        ("裂缝形态", "活动前(m/百m²)", "活动后(m/百m²)"), ("基层反射裂缝", "3.97", "0.52"),
        ("收缩裂缝", "0.94", "0.35"), ("边角应力裂缝", "0.48", "0.21"),
    )  # fmt: skip
    target = target_of(
        "降低环氧磨石地面裂缝率", Text("二、选题理由"), Text("样板段28天后裂缝累计84m，裂缝率5.6m/百m²。"),
        Text("五、设定目标"), Text("目标：裂缝率≤1.5m/百m²。"),
        Text("八、效果检查"), Text("检查24000㎡，裂缝累计288m，裂缝率1.2m/百m²，目标实现。"), Table(rows),
    )  # fmt: skip
    assert (target.before, target.goal, target.after) == (5.6, 1.5, 1.2)


def test_the_value_that_was_taken_of_several_readings():
    goal = "将轴系对中偏差由活动前平均0.085mm减小到0.04mm以下。"
    result = "对中偏差分别为0.027mm和0.031mm，取最大值0.031mm，比目标值还低0.009mm，实现了课题目标。"
    assert numbers("减小轴系对中偏差", 设定目标=goal, 效果检查=result) == (0.085, 0.04, 0.031, "mm")


@pytest.mark.parametrize(("title", "texts", "expected"), [
    ("降低格子砖砌筑破损率", {  # a share that two counts make is the result, those in brackets are its parts
        "选题理由": "进场190400块，破损4379块，破损率23‰。", "现状调查": "按环节登记破损砖。",
        "设定目标": "破损率降到10‰以下。",
        "效果检查": "两座共砌380600块，破损3197块，破损率8.4‰（2#为9.1‰、3#为7.7‰）。",
    }, (23, 10, 8.4, "‰")),
    ("减少铜电解槽槽面水平超差槽数", {  # what the title counts is a unit
        "现状调查": "360槽装完自检，超差31槽。", "设定目标": "超差槽数由31槽减到8槽以内。",
        "效果检查": "核查超差5槽，完成目标。接触压降抽测60点，平均由18mV降到11mV。",
    }, (31, 8, 5, "槽")),
    ("提高维保用户满意度评分", {  # a gain is not the value before, minutes are no points
        "选题理由": "四个季度依次为84.1、82.9、81.6、80.6分，平均82.3分。", "现状调查": "失分按条款拆开。",
        "设定目标": "失分减少七成，每季度平均可多得8.05分。目标：全年平均90分。",
        "效果检查": "全年平均92.6分，超过目标。到场时间由52min变为11min。",
    }, (82.3, 90, 92.6, "分")),
    ("研制背栓孔快速定位模具", {  # what was borrowed reached another goal
        "选题理由": "一块4孔打孔平均要9.4min。", "现状调查": "",
        "设定目标": "每块打孔时间控制在4min以内。木工模板法使合页孔由6min降到1.5min，比例为四分之一。",
        "效果检查": "随机记录120块，每块打孔时间3.5min。目标实现。",
    }, (9.4, 4, 3.5, "min")),
    ("减少报修单数", {  # 张/百户, as the sentence tells
        "现状调查": "接报修单366张，每百户31张。", "设定目标": "报修单数从每百户31张降到每百户12张以下。",
        "效果检查": "报修单115张，每百户10.5张，达到目标。",
    }, (31, 12, 10.5, "张/百户")),
    ("降低洁净风管漏风量", {
        "现状调查": "自测漏风量5.2m³/(h·m²)。", "设定目标": "漏风量由5.2m³/(h·m²)降到2.0m³/(h·m²)。",
        "效果检查": "漏风量1.7m³/(h·m²)，达到目标。",
    }, (5.2, 2, 1.7, "m³/(h·m²)")),
    ("提高精矿品位", {  # what lies far beyond the goal is another measure
        "现状调查": "精矿品位62.3%，回收率84.1%。", "设定目标": "精矿品位62.3%→64%。",
        "效果检查": "精矿品位64.4%，回收率84.5%。",
    }, (62.3, 64, 64.4, "%")),
])  # fmt: skip
def test_of_many_numbers_those_are_taken_that_agree(title, texts, expected):
    assert numbers(title, **texts) == expected
