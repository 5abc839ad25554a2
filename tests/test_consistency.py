"""Numbers that contradict each other are found, and sound reports are left in peace."""

from __future__ import annotations

import pytest

from library.case import Case, Section, Target
from library.consistency import contradictions

DEFECTS = """| 序号 | 缺陷 | 频数（处） | 频率（%） | 累计频率（%） |
|---|---|---|---|---|
| 1 | 气孔 | 41 | 50.0 | 50.0 |
| 2 | 夹渣 | 23 | 28.0 | 78.0 |
| 3 | 未熔合 | 18 | 22.0 | 100.0 |
| 合计 | | 82 | 100.0 | |"""

CHECKED = """| 部位 | 检查点 | 不合格点 | 不合格率（%） |
|---|---|---|---|
| A | 100 | 10 | 10.0 |
| B | 300 | 12 | 4.0 |
| 合计 | 400 | 22 | 5.5 |"""

MEMBERS = """| 序号 | 姓名 | 职务 |
|---|---|---|
| 1 | 陆某某 | 组长 |
| 2 | 周某某 | 组员 |"""


def report(step: str, text: str, members: int | None = None) -> Case:
    target = Target("一次合格率", "%", 91.2, 96, 97.4)
    section = Section(step, "某步骤", text)
    return Case(id="2021-0001", title="A", sections=(section,), members_count=members, target=target)


def told(case: Case) -> list[str]:
    return [found.message.format_map(found.values) for found in contradictions(case)]


@pytest.mark.parametrize("text", [DEFECTS, CHECKED, MEMBERS, "目标值96%，实际达到97.4%，超过了目标值。"])
def test_a_sound_report_has_none(text: str) -> None:
    assert told(report("results", text)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DEFECTS.replace("| 82 |", "| 83 |"), "“频数（处）”一列各行相加为 82，合计写的是 83。"),
        (DEFECTS.replace("| 22.0 |", "| 24.0 |"), "“频率（%）”一列各行相加为 102，合计写的是 100。"),
        (DEFECTS.replace("78.0", "87.0"), "“累计频率（%）”第 2 行应为 78，写的是 87。"),
        (CHECKED.replace("| 400 |", "| 380 |"), "“检查点”一列各行相加为 400，合计写的是 380。"),
        ("活动目标值为95%，现已达到97.4%。", "目标在“设定目标”里是 96，在这里写作 95。"),
    ],
)
def test_a_contradiction_is_told_with_both_numbers(text: str, message: str) -> None:
    assert message in told(report("results", text))


def test_members_are_counted() -> None:
    assert told(report("group", MEMBERS, members=2)) == []
    assert told(report("group", MEMBERS, members=9)) == ["概况写小组有 9 人，成员表列出 2 人。"]
