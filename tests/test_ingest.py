"""A submitted file becomes a case that can be found, or is refused with a reason; the others go on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from indexer.cli import Commands
from indexer.reading import sandbox
from indexer.reading.limits import Limits
from library.case import Award, Case
from library.errors import LibraryError, Refused
from library.query import Query
from library.settings import Settings
from tests.reading import png
from tests.report import MARKDOWN, TITLE

ROOT = Path(__file__).parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path / "instance"))


@pytest.fixture
def commands(settings: Settings) -> Commands:
    return Commands(settings, Console(file=io.StringIO(), width=200))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "in" / "成果 报告.md"
    file.parent.mkdir()
    file.write_text(MARKDOWN, encoding="utf-8")
    return file


def said(commands: Commands) -> str:
    assert isinstance(commands.console.file, io.StringIO)
    return commands.console.file.getvalue()


def found(commands: Commands, question: str) -> tuple[str, ...]:
    return commands.index.search(Query(q=question)).case_ids


def as_page(text: str) -> str:
    """The same words as a web page."""
    return f"<!doctype html><meta charset=utf-8><body>{MarkdownIt().enable('table').render(text)}</body>"


ONE_TOPIC = ("高炉", "试铸", "炉壳", "焊接", "焊丝", "环缝", "烘干", "风速", "气孔")
ANOTHER = ("转炉", "试炼", "托圈", "装配", "垫片", "接缝", "研磨", "压力", "间隙")


def other_result(text: str) -> str:
    """A report on another topic, by another group, in other words."""
    for old, new in zip(ONE_TOPIC, ANOTHER, strict=True):
        text = text.replace(old, new)
    return text


def test_a_report_goes_in_and_is_found(commands: Commands, report: Path) -> None:
    assert commands.add([report], as_json=False) == 0
    (case_id,) = commands.corpus.ids()
    case = commands.corpus.get(case_id)
    assert case_id == "2021-0001"
    assert case.title == TITLE
    assert case.group == "试铸QC小组"
    assert (case.target.before, case.target.goal, case.target.after) == (91.2, 96, 97.4)
    assert commands.corpus.original_path(case_id, case.sources[0].stored).read_bytes() == report.read_bytes()
    assert found(commands, "防风棚 密封") == (case_id,)
    line = said(commands).splitlines()[0]
    assert all(part in line for part in ("成果 报告.md", case_id, TITLE, "冶金", "现状调查"))


def test_the_same_file_twice_is_recognised_and_said_so(commands: Commands, report: Path) -> None:
    commands.add([report], as_json=False)
    assert commands.add([report], as_json=False) == 0
    assert len(commands.corpus.ids()) == 1
    assert "已在库中" in said(commands)


def test_one_json_object_a_file_for_machines(commands: Commands, report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "in" / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 no zip at all")
    assert commands.add([report.parent], as_json=True) == 1
    records = {record["file"]: record for record in map(json.loads, said(commands).splitlines())}
    assert records["成果 报告.md"]["status"] == "added"
    assert records["成果 报告.md"]["categories"] == ["metallurgical"]
    assert "root-causes" in records["成果 报告.md"]["steps"]
    assert records["broken.docx"]["status"] == "refused"
    assert records["broken.docx"]["reason"]


def test_a_file_that_fails_changes_nothing_and_is_kept_aside(commands: Commands, tmp_path: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing more")
    assert commands.add([bad], as_json=False) == 1
    assert commands.corpus.ids() == []
    (entry,) = commands.refused_files
    assert entry.name == "坏.pdf"
    assert entry.reason in said(commands)
    assert commands.refused_files.content(entry.sha256).read_bytes() == bad.read_bytes()


def test_a_text_made_to_keep_our_patterns_busy_hits_a_limit_and_not_us(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "LIMITS", Limits(cpu=2, wall=4))
    busy = tmp_path / "忙.md"
    busy.write_text(MARKDOWN + "\n" + "由1" * 200_000 + "\n## 十三、设定目标\n" + "由1" * 200_000, encoding="utf-8")
    assert commands.add([busy, tmp_path / "没有.docx"], as_json=False) == 1
    assert "秒还没有完成，已停止" in said(commands) or "2021-0001" in said(commands)
    assert "没有这个文件" in said(commands)  # the next one was looked at


def test_a_path_that_is_not_there_is_said(commands: Commands, tmp_path: Path) -> None:
    assert commands.add([tmp_path / "没有.docx"], as_json=False) == 1
    assert "没有这个文件" in said(commands)


def test_a_zip_gives_its_members_one_by_one(commands: Commands, tmp_path: Path) -> None:
    packed = tmp_path / "全部.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一组/报告.md", MARKDOWN)
        archive.writestr("二组/报告.md", MARKDOWN.replace("高炉", "转炉").replace("试铸", "试炼"))
        archive.writestr("二组/空.txt", "")
    assert commands.add([packed], as_json=False) == 1  # the empty one is refused
    assert len(commands.corpus.ids()) == 2
    assert said(commands).count("报告.md") == 2


PHOTO = b"\x89PNG\r\n\x1a\n" + b"pixels of a building site"


def test_a_folder_of_one_result_becomes_one_case_with_all_its_files(commands: Commands, report: Path) -> None:
    folder = report.parent
    (folder / "汇报.html").write_text(as_page(MARKDOWN), encoding="utf-8")
    (folder / "申报表.txt").write_text(f"质量管理小组申报表\n课题名称：{TITLE}\n推荐意见：同意", encoding="utf-8")
    (folder / "照片").mkdir()
    (folder / "照片" / "现场.png").write_bytes(PHOTO)
    assert commands.add([folder], as_json=True) == 0
    records = {record["file"]: record for record in map(json.loads, said(commands).splitlines())}
    assert {name: record["status"] for name, record in records.items()} == {
        "成果 报告.md": "added", "汇报.html": "attached", "申报表.txt": "attached", "现场.png": "attached",
    }  # fmt: skip
    assert {record["id"] for record in records.values()} == {"2021-0001"}
    assert len(commands.corpus.get("2021-0001").sources) == 4
    assert list(commands.refused_files) == []
    assert list(commands.corpus.problems()) == []


def test_a_zip_with_folders_keeps_the_files_of_each_submission_together(commands: Commands, tmp_path: Path) -> None:
    packed = tmp_path / "全部.zip"
    other = other_result(MARKDOWN)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一组/报告.md", MARKDOWN)
        archive.writestr("一组/照片.png", PHOTO + b"1")
        archive.writestr("二组/报告.md", other)
        archive.writestr("二组/照片/照片.png", PHOTO + b"2")
    assert commands.add([packed], as_json=False) == 0
    assert [[s.stored for s in case.sources] for case in commands.corpus.get_many(commands.corpus.ids())] == [
        ["original.md", "original-2.png"]
    ] * 2


WITH_PICTURES = MARKDOWN.replace("## 六", "![图9 缺陷排列图](pic/排列图.png)\n\n![](../secret.png)\n\n## 六", 1)


@pytest.mark.parametrize("packed", [False, True])
def test_pictures_beside_a_report_are_its_figures_and_stay_so(commands: Commands, tmp_path: Path, packed: bool) -> None:
    (tmp_path / "secret.png").write_bytes(PHOTO)
    files = {"报告.md": WITH_PICTURES.encode(), "pic/排列图.png": png()}
    folder = tmp_path / "成果"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    if packed:
        with zipfile.ZipFile(tmp_path / "成果.zip", "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    assert commands.add([tmp_path / "成果.zip" if packed else folder], as_json=False) == 0
    for _ in range(2):
        case = commands.corpus.get("2021-0001")
        assert [(figure.caption, figure.tool) for figure in case.figures] == [("图9 缺陷排列图", "排列图")]
        assert commands.corpus.figure_path(case.id, case.figures[0].file).read_bytes() == png()
        assert any("没有一起提交" in warning for warning in case.warnings)
        commands.reread([case.id], every=False)


def test_a_photo_among_several_results_belongs_to_none_of_them(commands: Commands, report: Path) -> None:
    (report.parent / "二.md").write_text(other_result(MARKDOWN), encoding="utf-8")
    (report.parent / "照片.png").write_bytes(PHOTO)
    assert commands.add([report.parent], as_json=False) == 1
    assert [len(case.sources) for case in commands.corpus.get_many(commands.corpus.ids())] == [1, 1]
    assert [entry.name for entry in commands.refused_files] == ["照片.png"]


def test_a_letter_among_several_results_joins_the_one_it_names(commands: Commands, report: Path) -> None:
    (report.parent / "二.md").write_text(other_result(MARKDOWN), encoding="utf-8")
    (report.parent / "推荐信.txt").write_text(f"兹推荐“{TITLE}”参加评选。", encoding="utf-8")
    assert commands.add([report.parent], as_json=False) == 0
    (named,) = [case for case in commands.corpus.get_many(commands.corpus.ids()) if case.title == TITLE]
    assert [source.file for source in named.sources] == ["成果 报告.md", "推荐信.txt"]


def test_what_is_not_about_the_result_is_refused_as_ever(commands: Commands, report: Path) -> None:
    (report.parent / "菜单.txt").write_text("今日午餐：红烧肉，青菜，米饭。", encoding="utf-8")
    assert commands.add([report.parent], as_json=False) == 1
    assert [entry.name for entry in commands.refused_files] == ["菜单.txt"]


def test_a_folder_offered_twice_is_known(commands: Commands, report: Path) -> None:
    (report.parent / "照片.png").write_bytes(PHOTO)
    commands.add([report.parent], as_json=False)
    before = commands.corpus.fingerprints()
    assert commands.add([report.parent], as_json=False) == 0
    assert commands.corpus.fingerprints() == before


def test_a_correction_is_marked_found_and_survives_reading_again(commands: Commands, report: Path) -> None:
    commands.add([report], as_json=False)
    assert commands.set("2021-0001", ["unit=更正后的单位", "target.goal=95.5"]) == 0
    assert commands.reread([], every=True) == 0
    case = commands.corpus.get("2021-0001")
    assert case.unit == "更正后的单位"
    assert case.target.goal == 95.5
    assert case.target.before == 91.2
    assert set(case.confirmed) >= {"unit", "target.goal"}
    assert found(commands, "更正后的单位") == ("2021-0001",)


def test_two_cases_that_are_one_result_are_merged(commands: Commands, report: Path, tmp_path: Path) -> None:
    commands.add([report], as_json=False)
    near = tmp_path / "另稿.md"
    near.write_text(MARKDOWN.replace("环缝", "纵缝").replace("91.2", "90.2"), encoding="utf-8")
    commands.add([near], as_json=False)
    corpus = commands.corpus
    first, second = "2021-0001", "2021-0002"
    assert corpus.get(first).duplicates == (second,)
    for case_id, award in ((first, "一等奖"), (second, "二等奖")):
        case = corpus.get(case_id)
        corpus.replace(replace(case, awards=(Award(award),)), corpus.fingerprint(case_id))
    assert commands.merge(first, second) == 0
    case = corpus.get(first)
    assert [award.text for award in case.awards] == ["一等奖", "二等奖"]
    assert [source.file for source in case.sources] == [report.name, near.name]
    assert case.duplicates == ()
    assert not any(second in warning for warning in case.warnings)
    assert found(commands, "纵缝") == ()
    assert commands.check() == 0
    commands.add([near], as_json=False)
    assert corpus.ids() == [first], "what was merged is known when it is offered again"


def test_a_title_alone_does_not_take_over_a_report(commands: Commands, report: Path) -> None:
    commands.add([report], as_json=False)
    entry = commands.corpus.add(Case(id="", title=TITLE, year=2021, title_only=True, reference="名单"))
    with pytest.raises(Refused, match="只有题名"):
        commands.merge(entry.id, "2021-0001")
    with pytest.raises(Refused, match="它自己"):
        commands.merge("2021-0001", "2021-0001")
    assert commands.merge("2021-0001", entry.id) == 0
    assert commands.corpus.ids() == ["2021-0001"]


def test_an_award_from_a_list_survives_reading_again(commands: Commands, report: Path, tmp_path: Path) -> None:
    commands.add([report], as_json=False)
    winners = tmp_path / "名单.csv"
    winners.write_text(f"2021年行业QC成果名单\n课题名称,小组,奖项\n{TITLE},试铸,一等奖\n", encoding="utf-8")
    commands.awards(winners, "", "", None, [], as_json=False)
    commands.reread([], every=True)
    (award,) = commands.corpus.get("2021-0001").awards
    assert (award.text, award.event, award.year, award.rank) == ("一等奖", "2021年行业QC成果", 2021, 1)


def test_a_correction_made_in_an_editor_survives_reading_again(commands: Commands, report: Path) -> None:
    commands.add([report], as_json=False)
    file = commands.corpus.folder / "2021" / "2021-0001" / "case.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(f"title: {TITLE}", "title: 手工改过的课题名").replace("购置烘箱两台", "购置烘箱三台"),
        encoding="utf-8",
    )
    commands.reread(["2021-0001"], every=False)
    case = commands.corpus.get("2021-0001")
    assert case.title == "手工改过的课题名"
    assert any("购置烘箱三台" in section.text for section in case.sections)
    assert "title" in case.confirmed


def test_what_no_person_set_follows_the_rules_when_read_again(commands: Commands, report: Path) -> None:
    commands.add([report], as_json=False)
    corpus = commands.corpus
    case = corpus.get("2021-0001")
    older = replace(case, group="旧规则读出的组名")
    stale = {**case.machine, "group": _digest_of(older, "group")}
    corpus.replace(replace(older, machine=stale), corpus.fingerprint(case.id))
    commands.reread(["2021-0001"], every=False)
    assert corpus.get("2021-0001").group == "试铸QC小组"


def _digest_of(case: object, field: str) -> str:
    from indexer.revise import stamped

    return stamped(case).machine[field]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("titel=A", "没有可改的字段"),
        ("target.goal=很高", "应为数字"),
        ("members_count=9.5", "应为整数"),
        ("categories=metal", "categories"),
        ("tools=魔法图", "魔法图"),
        ("sections.99.step=goal", "sections"),
        ("sections.1.step=aim", "花括号"),
        ("year=20", "year"),
    ],
)
def test_a_wrong_correction_is_refused_and_changes_nothing(
    commands: Commands, report: Path, wrong: str, told: str
) -> None:
    commands.add([report], as_json=False)
    before = commands.corpus.fingerprint("2021-0001")
    with pytest.raises(LibraryError, match=told):
        commands.set("2021-0001", [wrong])
    assert commands.corpus.fingerprint("2021-0001") == before


def test_the_command_line_runs_as_the_readme_says(settings: Settings, report: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "indexer", "add", str(report)],
        cwd=ROOT,
        env={
            "LIBRARY_CORPUS": settings.CORPUS,
            "LIBRARY_DATA": settings.DATA,
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("✓ 成果 报告.md  2021-0001")


def test_a_terminal_gets_a_bar_and_a_pipe_plain_lines(settings: Settings, report: Path) -> None:
    terminal, pipe = io.StringIO(), io.StringIO()
    Commands(settings, Console(file=terminal, force_terminal=True, width=120)).add([report], as_json=False)
    Commands(settings, Console(file=pipe, width=120)).add([report], as_json=False)
    assert "\x1b[" in terminal.getvalue()
    assert "1/1" in terminal.getvalue() or "0/1" in terminal.getvalue()
    assert "\x1b[" not in pipe.getvalue()
