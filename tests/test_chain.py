"""From cause to countermeasure to result: what belongs together is set side by side, the rest is listed."""

from __future__ import annotations

import pytest

from library.case import Case, Section
from library.chain import chain

TABLE = """
| 序号 | 要因 | 对策 | 目标 | 措施 |
|---|---|---|---|---|
| 1 | 防风棚密封不严 | 改造防风棚 | 棚内风速≤2m/s | 双层帆布 |
| 2 | 焊丝未烘干 | 设专用烘箱 | 烘干率100% | 购置烘箱 |
"""


def report(countermeasures: str, implementation: str, *more: Section) -> Case:
    return Case(
        id="",
        title="",
        sections=(
            Section("countermeasures", "制定对策", countermeasures),
            Section("implementation", "八、对策实施", implementation),
            *more,
        ),
    )


def outcomes(case: Case) -> list[str]:
    return [link.outcome for link in chain(case).links]


def test_parts_and_rows_of_equal_number_belong_together_in_order() -> None:
    found = chain(report(TABLE, "### 实施一 围挡\n\n风速最大1.1m/s。\n\n### 实施二 干燥\n\n抽查60次，烘干率100%。"))
    assert [(link.cause, link.countermeasure, link.goal) for link in found.links] == [
        ("防风棚密封不严", "改造防风棚", "棚内风速≤2m/s"),
        ("焊丝未烘干", "设专用烘箱", "烘干率100%"),
    ]
    assert found.links[1].outcome == "抽查60次，烘干率100%。"
    assert found.outcomes == ()


def test_a_part_is_known_by_its_words_where_the_numbers_differ() -> None:
    case = report(TABLE, "### 设置专用烘箱\n\n抽查60次，烘干率100%，达到目标。")
    assert outcomes(case) == ["", "抽查60次，烘干率100%，达到目标。"]


def test_what_belongs_to_no_row_for_certain_is_listed_beside() -> None:
    said = "\n\n".join(f"### 其他工作{n}\n\n第{n}项完成{n}0次，达到目标。" for n in (1, 2, 3))
    found = chain(report(TABLE, said))
    assert [link.outcome for link in found.links] == ["", ""]
    assert found.outcomes == ("第1项完成10次，达到目标。", "第2项完成20次，达到目标。", "第3项完成30次，达到目标。")


def test_without_headings_checks_of_equal_number_are_taken_in_order() -> None:
    case = report(TABLE, "先改棚，风速1.1m/s。对策目标实现。\n\n再买箱，抽查60次合格。对策目标实现。")
    assert outcomes(case) == ["先改棚，风速1.1m/s。对策目标实现。", "再买箱，抽查60次合格。对策目标实现。"]


def test_a_line_that_only_names_a_countermeasure_begins_its_part() -> None:
    case = report(TABLE, "1. 改造防风棚\n\n风速1.1m/s，小于2m/s。\n\n2. 设专用烘箱\n\n抽查60次，烘干率100%。")
    assert outcomes(case) == ["风速1.1m/s，小于2m/s。", "抽查60次，烘干率100%。"]


def test_headings_inside_a_numbered_part_and_repeated_ones_begin_none() -> None:
    case = report(
        TABLE,
        "### 实施一 改造防风棚\n\n### 1、准备\n\n6月3日备料。\n\n### 八、对策实施（续）\n\n风速1.1m/s，小于2m/s。\n\n"
        "### 实施二 设烘箱\n\n烘干率100%，达到目标。",
    )
    assert outcomes(case) == ["风速1.1m/s，小于2m/s。", "烘干率100%，达到目标。"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("投入3人。风速由2.8m/s降到1.1m/s，小于2m/s。费用增加500元。", "风速由2.8m/s降到1.1m/s，小于2m/s。"),
        ("棚内风速实测1.1m/s。\n\n结论：对策目标实现。", "棚内风速实测1.1m/s。对策目标实现。"),
        ("要求棚内风速≤2m/s。实测1.1m/s，小于2m/s。", "实测1.1m/s，小于2m/s。"),
        ("棚内风速为1.5m/s。\n\n整改后棚内风速为1.1m/s。", "整改后棚内风速为1.1m/s。"),
        ("做了几件事，没有数字。", ""),
    ],
)
def test_the_outcome_is_the_sentence_that_answers_the_goal(told: str, found: str) -> None:
    case = report(TABLE, f"### 实施一 改造防风棚\n\n{told}\n\n### 实施二 设烘箱\n\n略")
    assert outcomes(case)[0] == found


def test_a_table_that_goes_on_on_the_next_page_is_one() -> None:
    again = TABLE.replace("| 1 |", "| 3 |").replace("| 2 |", "| 4 |")
    bare = "| 5 | 温度过低 | 增设电暖 | 温度≥5℃ | 布置 |\n|---|---|---|---|---|\n| 6 | 湿度大 | 除湿 | ≤60% | 布置 |"
    found = chain(report(f"{TABLE}\n<!-- page 9 -->\n{again}\n{bare}", ""))
    assert [link.countermeasure for link in found.links][3:] == ["设专用烘箱", "增设电暖", "除湿"]


def test_a_cause_over_several_rows_counts_for_each() -> None:
    merged = TABLE.replace("焊丝未烘干", "")
    assert [link.cause for link in chain(report(merged, "")).links] == ["防风棚密封不严", "防风棚密封不严"]


def test_goals_beside_countermeasures_are_no_causes() -> None:
    table = "| 对策（What） | 对策目标（Why） | 措施（How） |\n|---|---|---|\n| 改造防风棚 | 风速≤2m/s | 帆布 |"
    [link] = chain(report(table, "")).links
    assert (link.cause, link.countermeasure, link.goal) == ("", "改造防风棚", "风速≤2m/s")


def test_without_a_table_the_headings_of_the_implementation_and_the_confirmed_causes_are_listed() -> None:
    confirmed = Section(
        "root-causes",
        "要因确认",
        "### 要因确认一：焊丝未烘干\n\n20次有6次，是要因。\n\n### 要因确认二：技能不足\n\n均有证，非要因。",
    )
    found = chain(report("针对要因制定了对策。", "### 对策一：设专用烘箱\n\n烘干率100%，达到目标。", confirmed))
    assert [(link.countermeasure, link.outcome) for link in found.links] == [("设专用烘箱", "烘干率100%，达到目标。")]
    assert found.causes == ("焊丝未烘干",)


def test_a_report_without_all_this_has_no_thread() -> None:
    assert not chain(Case(id="", title="", sections=(Section("goal", "目标", "提高到96%。"),)))
