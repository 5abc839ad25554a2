"""Award lists: rows in any order and wording, and the cases they belong to."""

from __future__ import annotations

import pytest

from indexer.awards import AwardRow, award_rows, has_award, match_awards, rank_of
from indexer.draft import Table, Text
from library.case import Award, Case

CASES = [
    Case("2021-0001", "提高高炉炉壳环缝焊接一次合格率", 2021, "铸脊QC小组", "璟岚冶金建设有限公司"),
    Case("2021-0002", "提高高炉冷却壁安装一次合格率", 2021, "铁流QC小组", "中陆冶金建设集团有限公司"),
    Case("2022-0001", "降低焦炉炉门冒烟率", 2022, "炉火纯青QC小组", "汲川钢铁焦化厂"),
]


@pytest.mark.parametrize(
    ("text", "rank"),
    [("特等奖", 0), ("一等奖", 1), ("Ⅰ类成果", 1), ("二 等 奖", 2), ("II类", 2), ("III类成果", 3), ("鼓励奖", 9)],
)
def test_awards_of_different_bodies_are_ranked_alike(text, rank):
    assert rank_of(text) == rank


def test_columns_are_found_in_any_order_and_wording():
    table = Table((("获奖等级", "课题名称", "单位名称", "序号", "QC小组名称"),
                   ("一等奖", "降低焦炉炉门冒烟率", "汲川钢铁焦化厂", "1", "炉火纯青")))  # fmt: skip
    (row,) = award_rows([table])
    assert (row.title, row.unit, row.group, row.rank) == ("降低焦炉炉门冒烟率", "汲川钢铁焦化厂", "炉火纯青", 1)


def test_title_rows_and_rows_that_only_name_an_award_hold_for_what_follows():
    table = Table((
        ("2022年度冶金建设行业QC小组活动成果获奖名单", "", "", ""),
        ("序号", "成果名称", "小组名称", "申报单位"),
        ("一等奖（1项）", "", "", ""),
        ("1", "降低焦炉炉门冒烟率", "炉火纯青QC小组", "汲川钢铁焦化厂"),
        ("二等奖", "", "", ""),
        ("2", "提高高炉冷却壁安装一次合格率", "铁流", "中陆冶建"),
    ))  # fmt: skip
    rows = award_rows([table])
    assert [(row.text, row.rank, row.year) for row in rows] == [("一等奖", 1, 2022), ("二等奖", 2, 2022)]
    assert {row.event for row in rows} == {"2022年度冶金建设行业QC小组活动成果获奖名单"}


def test_a_header_of_two_rows_and_cells_merged_downwards_are_understood():
    table = Table((
        ("序号", "单位", "成果", "", "奖项"),
        ("", "", "小组名称", "课题名称", ""),
        ("1", "汲川钢铁焦化厂", "炉火纯青", "降低焦炉炉门冒烟率", "一等奖"),
        ("2", "", "清风", "降低除尘风机振动值", ""),
    ))  # fmt: skip
    rows = award_rows([table])
    assert [(row.unit, row.group, row.title, row.text) for row in rows] == [
        ("汲川钢铁焦化厂", "炉火纯青", "降低焦炉炉门冒烟率", "一等奖"),
        ("汲川钢铁焦化厂", "清风", "降低除尘风机振动值", "一等奖"),
    ]


def test_a_heading_above_a_table_without_header_names_the_award():
    table = Table((("1", "提高高炉冷却壁安装一次合格率", "铁流QC小组", "中陆冶金建设集团有限公司"),))
    (row,) = award_rows([Text("二等奖"), table])
    assert (row.title, row.group, row.text) == ("提高高炉冷却壁安装一次合格率", "铁流QC小组", "二等奖")


@pytest.mark.parametrize(
    "row",
    [
        AwardRow("提高 高炉炉壳环缝 焊接一次合格率", "铸脊", "璟岚冶金建设"),
        AwardRow("提高高爐爐殼環縫焊接一次合格率", "鑄脊QC小組", ""),
        AwardRow("提高高炉炉壳环缝焊接一次合格率", "", ""),
        AwardRow("提高高炉炉壳环缝焊接的一次合格率", "“铸脊”ＱＣ小组", "璟岚冶金建设有限公司第一分公司"),
    ],
    ids=["spaces", "script", "title alone", "wording"],
)
def test_a_row_finds_its_case_in_spite_of_its_writing(row):
    (match,) = match_awards([row], CASES)
    assert (match.kind, match.case_id) == ("matched", "2021-0001")


def test_the_same_title_from_another_group_and_unit_is_doubtful():
    (match,) = match_awards([AwardRow("降低焦炉炉门冒烟率", "蓝天", "北岭焦化公司")], CASES)
    assert match.kind == "doubtful" and match.others == ("2022-0001",)


def test_a_title_that_two_cases_have_is_doubtful():
    twin = Case("2023-0001", CASES[2].title, 2022)
    (match,) = match_awards([AwardRow(CASES[2].title)], [*CASES, twin])
    assert match.kind == "doubtful" and set(match.others) == {"2022-0001", "2023-0001"}


def test_a_row_without_a_case_is_missing():
    (match,) = match_awards([AwardRow("提高钢管混凝土一次浇筑合格率", "", "市政分公司")], CASES)
    assert match.kind == "missing"


def test_an_award_that_the_case_has_already_is_known():
    row = AwardRow("降低焦炉炉门冒烟率", text="一等奖", rank=1, event="2022年会", year=2022)
    case = Case("1", row.title, awards=(Award("一等奖", "2022年会", "", 2022, 1),))
    assert has_award(case, row) and not has_award(CASES[2], row)
