"""The numbers of the target: before, goal, after, with unit and measure, wherever they are said."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Table, Text
from indexer.fields.target import as_target, read_target
from indexer.splitter import split
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
