"""An award list finds its cases however it is laid out; what is doubtful is left to people; twice changes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
import xlsxwriter
from rich.console import Console

from indexer.award_rows import AwardRow, Given, NoAwardList, rank_of, read_award_list
from indexer.awards import Catalogue, entry_of, judge, take_awards
from indexer.cli import Commands
from indexer.same_result import same_group, same_unit, title_key
from library.case import Award, Case
from library.corpus import Corpus
from library.query import Query
from library.settings import Settings

SHELL = Case(
    id="",
    title="提高3#高炉炉壳环缝焊接一次合格率",
    year=2023,
    group="铸脊QC小组",
    unit="璟岚冶金建设集团第二工程有限公司",
)
COKE = Case(id="", title="降低焦炉炉门冒烟率", year=2023, group="炉火纯青QC小组", unit="汲川钢铁焦化厂")
LIST = Path(__file__).parent.parent / "corpus" / "lists" / "2025-collected-titles.csv"


def csv_list(folder: Path, text: str, name: str = "名单.csv", encoding: str = "utf-8-sig") -> list[AwardRow]:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return read_award_list(file, name)


def docx_list(folder: Path, *parts: str | list[list[str]]) -> list[AwardRow]:
    """Paragraphs and tables; `|` is merged with the cell above, `<` with the one before."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for r, row in enumerate(part):
            for c, text in enumerate(row):
                if text == "|":
                    table.cell(r - 1, c).merge(table.cell(r, c))
                elif text == "<":
                    table.cell(r, c - 1).merge(table.cell(r, c))
                else:
                    table.cell(r, c).text = text
    document.save(str(folder / "名单.docx"))
    return read_award_list(folder / "名单.docx", "名单.docx")


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("特等奖", 0),
        ("一 等 奖", 1),
        ("Ⅰ类成果", 1),
        ("I类", 1),
        ("中施企协 一等成果", 1),
        ("Ⅱ类成果", 2),
        ("公司二等", 2),
        ("III类成果", 3),
        ("二/三等奖", 3),  # the list leaves it open
        ("鼓励奖", 9),
        ("优秀QC小组", 9),
        ("A组第一", 9),  # a place, no grade
    ],
)
def test_awards_of_different_bodies_are_ranked_alike(text: str, rank: int) -> None:
    assert rank_of(text) == rank


@pytest.mark.parametrize(
    "heading",
    ["序号,单位,小组名称,课题名称,奖项", "编号,申报单位,QC小组,成果名称,获奖等级", "No.,企业名称,小 组,课题,等级"],
)
def test_columns_are_found_whatever_their_headings(tmp_path: Path, heading: str) -> None:
    (row,) = csv_list(tmp_path, f"{heading}\n1,汲川钢铁焦化厂,炉火纯青,降低焦炉炉门冒烟率,一等奖\n")
    assert (row.unit, row.group, row.title, row.awards[0].rank) == ("汲川钢铁焦化厂", "炉火纯青", COKE.title, 1)


def test_columns_are_found_in_any_order_and_tabs_and_gbk_are_fine(tmp_path: Path) -> None:
    text = "获奖等级\t课题名称\t单位名称\n二等奖\t降低焦炉炉门冒烟率\t汲川钢铁焦化厂\n"
    (row,) = csv_list(tmp_path, text, encoding="gb18030")
    assert (row.title, row.unit, row.awards[0].text) == (COKE.title, "汲川钢铁焦化厂", "二等奖")


def test_a_title_row_gives_event_issuer_and_year(tmp_path: Path) -> None:
    title = "附件1：中国冶金建设协会2023年度优秀QC小组名单,,,"
    text = f"{title}\n序号,课题名称,小组名称,奖项\n1,降低焦炉炉门冒烟率,炉火纯青,一等奖\n"
    (row,) = csv_list(tmp_path, text)
    event = "中国冶金建设协会2023年度优秀QC小组"
    assert row.awards == (Award("一等奖", event, "中国冶金建设协会", 2023, 1),)
    assert row.source == event


def test_what_a_person_says_of_the_list_goes_before_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("2022年QC名单,\n课题名称,小组\n降低焦炉炉门冒烟率,炉火纯青\n", encoding="utf-8")
    (row,) = read_award_list(tmp_path / "a.csv", "a.csv", Given("某赛", "某协会", 2024))
    assert (row.year, row.source) == (2024, "某赛")


def test_grades_above_their_winners_hold_until_the_next_grade(tmp_path: Path) -> None:
    rows = docx_list(
        tmp_path,
        "2024年全国冶金建设行业优秀QC小组名单",
        [
            ["序号", "课题名称", "小组名称", "单位"],
            ["一、一等奖（2个）", "<", "<", "<"],
            ["1", "降低焦炉炉门冒烟率", "炉火纯青QC小组", "汲川钢铁焦化厂"],
            ["2", "提高冷却壁安装一次合格率", "铁流QC小组", "中陆冶建"],
            ["二等奖（1个）", "<", "<", "<"],
            ["3", "缩短轧机牌坊吊装时间", "巨臂QC小组", "翊峰冶建"],
        ],
    )
    assert [row.awards[0].text for row in rows] == ["一等奖", "一等奖", "二等奖"]
    assert {row.awards[0].event for row in rows} == {"2024年全国冶金建设行业优秀QC小组"}
    assert {row.year for row in rows} == {2024}


def test_a_heading_in_two_rows_and_cells_merged_downwards(tmp_path: Path) -> None:
    rows = docx_list(
        tmp_path,
        [
            ["序号", "单位", "成果", "<", "奖项"],
            ["|", "|", "小组名称", "课题名称", "|"],
            ["1", "汲川钢铁焦化厂", "炉火纯青", "降低焦炉炉门冒烟率", "一等奖"],
            ["2", "|", "清风", "降低除尘风机振动值", "|"],
            ["3", "中陆冶建", "铁流", "提高冷却壁安装一次合格率", "二等奖"],
        ],
    )
    assert [(row.unit, row.group, row.awards[0].text) for row in rows] == [
        ("汲川钢铁焦化厂", "炉火纯青", "一等奖"),
        ("汲川钢铁焦化厂", "清风", "一等奖"),
        ("中陆冶建", "铁流", "二等奖"),
    ]


def test_a_spreadsheet_with_merged_title_grade_and_unit(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "名单.xlsx") as book:
        sheet = book.add_worksheet("名单")
        sheet.merge_range("A1:D1", "2024年全国冶金建设行业优秀QC小组名单")
        sheet.write_row("A2", ["序号", "单位", "小组名称", "课题名称"])
        sheet.merge_range("A3:D3", "一等奖（2个）")
        sheet.merge_range("B4:B5", "汲川钢铁焦化厂")
        for row, cells in ((3, ["炉火纯青", "降低焦炉炉门冒烟率"]), (4, ["清风", "降低除尘风机振动值"])):
            sheet.write(row, 0, row - 2)
            sheet.write_row(row, 2, cells)
    rows = read_award_list(tmp_path / "名单.xlsx", "名单.xlsx")
    assert [(row.group, row.unit, row.awards[0].rank, row.year) for row in rows] == [
        ("炉火纯青", "汲川钢铁焦化厂", 1, 2024),
        ("清风", "汲川钢铁焦化厂", 1, 2024),
    ]


def test_an_empty_cell_of_a_csv_stays_unknown(tmp_path: Path) -> None:
    text = "课题名称,单位,奖项\n降低焦炉炉门冒烟率,汲川钢铁焦化厂,一等奖\n降低除尘风机振动值,,\n"
    assert csv_list(tmp_path, text)[1] == AwardRow(3, "降低除尘风机振动值")


def test_several_tables_and_one_that_goes_on_without_its_heading(tmp_path: Path) -> None:
    rows = docx_list(
        tmp_path,
        "一等奖",
        [["序号", "课题名称", "小组名称"], ["1", "降低焦炉炉门冒烟率", "炉火纯青"]],
        "二等奖",
        [["2", "降低除尘风机振动值", "清风"], ["3", "提高冷却壁安装一次合格率", "铁流"]],
    )
    assert [row.awards[0].text for row in rows] == ["一等奖", "二等奖", "二等奖"]


def test_a_table_without_any_heading_is_told_by_its_looks(tmp_path: Path) -> None:
    (row,) = docx_list(tmp_path, "二等奖", [["1", "提高冷却壁安装一次合格率", "铁流QC小组", "中陆冶建有限公司"]])
    assert (row.title, row.group, row.unit) == ("提高冷却壁安装一次合格率", "铁流QC小组", "中陆冶建有限公司")


def test_a_list_printed_in_two_halves_side_by_side(tmp_path: Path) -> None:
    text = "序号,课题名称,小组,序号,课题名称,小组\n1,降低焦炉炉门冒烟率,炉火纯青,2,降低除尘风机振动值,清风\n"
    assert [row.group for row in csv_list(tmp_path, text)] == ["炉火纯青", "清风"]


def test_two_awards_in_one_cell_each_with_its_year(tmp_path: Path) -> None:
    (row,) = csv_list(tmp_path, "课题名称,年份,奖项\n降低焦炉炉门冒烟率,2020/2021,重庆Ⅱ类成果；中建协Ⅰ类成果\n")
    assert [(a.year, a.rank) for a in row.awards] == [(2020, 2), (2021, 1)]
    assert row.year == 2020


def test_a_row_whose_award_speaks_of_a_topic_is_no_heading(tmp_path: Path) -> None:
    odd = "降低精度偏差值,模型QC小组,某厂,第一名（指令性课题）"
    text = f"课题名称,小组名称,单位,奖项\n{odd}\n降低焦炉炉门冒烟率,甲,乙,一等奖\n"
    assert len(csv_list(tmp_path, text)) == 2


def test_a_file_that_is_no_award_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoAwardList, match="表头"):
        csv_list(tmp_path, "姓名,电话\n张三,123\n")


# --- matching -------------------------------------------------------------------------------------------------------


@pytest.fixture
def cases(corpus: Corpus) -> Corpus:
    corpus.add(SHELL)
    corpus.add(COKE)
    return corpus


def row(title: str, group: str = "", unit: str = "", year: int | None = 2023, text: str = "一等奖") -> AwardRow:
    awards = (Award(text, "行业交流会", year=year, rank=rank_of(text)),) if text else ()
    return AwardRow(1, title, group, unit, year, awards, source="行业交流会")


@pytest.mark.parametrize(
    "given",
    [
        row("提高 3# 高炉 炉壳环缝 焊接一次合格率", "铸脊"),
        row("提高３号高炉炉壳环缝焊接一次合格率", "“铸脊”ＱＣ小组"),
        row("《提高3#高炉炉壳环缝焊接的一次合格率》", "", "璟岚冶建二公司"),
        row("提高3#高爐爐殼環縫焊接一次合格率", "鑄脊QC小組"),
        row(SHELL.title, "3#高炉项目部“铸脊”小组", "璟岚冶金建设集团"),
    ],
    ids=["spaces", "widths", "unit abbreviated", "script", "project before nickname"],
)
def test_a_row_finds_its_case_in_spite_of_its_writing(cases: Corpus, given: AwardRow) -> None:
    (verdict,) = take_awards(cases, [given], {})
    assert (verdict.status, verdict.case and verdict.case.id) == ("added", "2023-0001")
    assert cases.get("2023-0001").awards == given.awards


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (row(SHELL.title, "飞虹QC小组", SHELL.unit), "小组名称不同"),
        (row(SHELL.title, "", "衡阙市政工程有限公司"), "单位不同"),
        (row(SHELL.title, "铸脊QC小组", SHELL.unit, 2031), "年份相差太远"),
        (row("提高4#高炉炉壳环缝焊接一次合格率", "铸脊QC小组", SHELL.unit), "相近但不相同"),
    ],
)
def test_a_doubtful_row_is_told_and_writes_nothing(cases: Corpus, given: AwardRow, reason: str) -> None:
    before = cases.fingerprints()
    (verdict,) = take_awards(cases, [given], {})
    assert verdict.status == "doubt"
    assert reason in verdict.reason
    assert [case.id for case in verdict.maybe] == ["2023-0001"]
    assert cases.fingerprints() == before


def test_two_grades_of_one_contest_are_a_doubt(cases: Corpus) -> None:
    take = [row(COKE.title, "炉火纯青", text="一等奖"), row(COKE.title, "炉火纯青", text="二等奖")]
    first, second = take_awards(cases, take, {})
    assert (first.status, second.status) == ("added", "doubt")


def test_the_same_title_from_another_group_and_unit_is_another_result(cases: Corpus) -> None:
    (verdict,) = take_awards(cases, [row(COKE.title, "蓝天QC小组", "北岭能源公司")], {})
    assert verdict.status == "new"


def test_a_person_decides_a_doubt_for_a_case_or_for_a_new_entry(cases: Corpus) -> None:
    doubtful = row(SHELL.title, "飞虹QC小组", SHELL.unit)
    (verdict,) = take_awards(cases, [doubtful], {1: "2023-0001"})
    assert verdict.status == "added"
    (verdict,) = take_awards(cases, [doubtful], {1: "new"})
    assert verdict.case and verdict.case.title_only


def test_nicknames_of_groups_do_not_decide_categories() -> None:
    named = entry_of(row("提高检测数据一次有效率", "高炉烧结智能钢铁战士QC小组", ""))
    assert named.categories == ()
    assert entry_of(row("降低烧结机漏风率", "小青蛙QC小组", "首钢炼铁厂")).categories == ("metallurgical",)


def test_units_and_groups_are_the_same_or_not_or_unknown() -> None:
    assert same_unit("翊峰冶建二公司", "翊峰冶建集团第二工程有限公司") is True
    assert same_unit("翊峰冶建三公司", "翊峰冶建集团第二工程有限公司") is False
    assert same_unit("", "翊峰") is None
    assert same_group("腾飞QC小组", "数创园“腾飞”小组") is True
    assert same_group("腾飞QC小组", "飞腾QC小组") is False
    assert title_key("提高ＡＬＣ条板 一次安装“合格率”") == title_key("提高ALC条板一次安装的合格率")


def test_ten_thousand_titles_are_searched_in_no_time() -> None:
    catalogue = Catalogue.of(Case(id=f"2020-{n:04}", title=f"提高第{n}号构件安装一次合格率") for n in range(10_000))
    assert judge(row("提高第9999号构件安装一次合格率"), catalogue).status == "added"
    assert judge(row("降低完全另外一种东西的消耗量"), catalogue).status == "new"


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    settings = Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path / "instance"))
    return Commands(settings, Console(file=io.StringIO(), width=300))


def run(commands: Commands, file: Path, as_json: bool = False) -> str:
    assert isinstance(commands.console.file, io.StringIO)
    commands.console.file.truncate(0)
    assert commands.awards(file, "", "", None, [], as_json) == 0
    return commands.console.file.getvalue().lstrip("\0")


def test_the_collected_titles_become_entries_that_can_be_found(commands: Commands) -> None:
    assert "新建题名条目 62，存疑 0" in run(commands, LIST)
    (case_id,) = commands.index.search(Query(q="烧结机")).case_ids
    case = commands.corpus.get(case_id)
    assert case.title_only
    assert not case.illustrative
    assert case.awards == (Award("山西省质量管理小组 特等奖", year=2020, rank=0),)
    assert case.reference == "cnkyw.cn/qypd/gl/202011"
    assert case.categories == ("metallurgical",)


def test_a_list_read_twice_changes_nothing(commands: Commands) -> None:
    run(commands, LIST)
    before = commands.corpus.fingerprints()
    assert "已在库中 62，新建题名条目 0" in run(commands, LIST)
    assert commands.corpus.fingerprints() == before


def test_what_the_library_has_is_what_the_list_gives() -> None:
    """The sample library holds the list; whoever makes it again gets the same."""
    library = Corpus(LIST.parent.parent)
    verdicts = [
        judge(given, Catalogue.of(library.get_many(library.ids()))) for given in read_award_list(LIST, LIST.name)
    ]
    assert {verdict.status for verdict in verdicts} == {"known"}


def test_one_json_object_a_row_for_machines(commands: Commands, tmp_path: Path) -> None:
    commands.corpus.add(SHELL)
    file = tmp_path / "a.csv"
    file.write_text(f"课题名称,小组名称,奖项\n{SHELL.title},铸脊,一等奖\n{COKE.title},甲,二等奖\n", encoding="utf-8")
    first, second = map(json.loads, run(commands, file, as_json=True).splitlines())
    assert (first["row"], first["status"], first["id"]) == (2, "added", "2023-0001")
    assert (second["status"], second["awards"][0]["rank"]) == ("new", 2)
    assert commands.index.search(Query(q=COKE.title)).case_ids == (second["id"],)
