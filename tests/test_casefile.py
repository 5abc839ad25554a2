"""The case file is read strictly: nothing that is wrong in it passes silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.case import Award, Case, Evidence, Figure, Section, Source, Target
from library.casefile import dump_case, parse_case
from library.errors import InvalidCase

FULL = Case(
    id="2021-0001",
    title="提高3#高炉炉壳环缝焊接一次合格率: 第一稿",
    year=2021,
    group="“铸脊”QC小组",
    unit="no",
    categories=("metallurgical", "smart-construction"),
    topic_type="problem-solving",
    target_kind="self-set",
    legacy_type="攻关型",
    period="2021-03-01/2021-11",
    members_count=9,
    training_hours=48.5,
    target=Target("一次合格率", "%", 91.2, 96.0, 97.4),
    benefit_cny=186500.0,
    tools=("排列图", "因果图"),
    awards=(Award("一等奖", "2021年度交流会", "协会", 2021, 1),),
    comment="选题明确。\n数据充分。",
    sections=(
        Section(
            "current-state",
            "二、现状调查/设定目标",
            "<!-- page 3 -->\n\n正文 \\# 一\n\n### 表1\n\n| a | b |",
            ("goal",),
        ),
        Section("causes", "", "没有标题的一节"),
    ),
    figures=(Figure("001.png", "图1 排列图", "current-state", "排列图", 3),),
    sources=(Source("成果 报告.docx", "original.docx", "0" * 64),),
    evidence={"title": Evidence("封面", "提高\n3#高炉", 0.9), "target.goal": Evidence("三、设定目标")},
    confirmed=("title",),
    warnings=("缺少步骤：设定目标。",),
    illustrative=True,
)


def test_what_is_written_is_read_back_the_same() -> None:
    assert parse_case(FULL.id, dump_case(FULL)) == FULL


def test_windows_line_ends_do_not_matter() -> None:
    assert parse_case(FULL.id, dump_case(FULL).replace(b"\n", b"\r\n")).title == FULL.title


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_title_survives(title: str) -> None:
    case = Case(id="2021-0001", title=title)
    try:
        content = dump_case(case)
    except InvalidCase:
        return  # refused aloud is not lost silently
    assert parse_case(case.id, content).title == title


def case_file(matter: str, body: str = "") -> bytes:
    return f"---\n{matter}\n---\n{body}".encode()


def complaints(content: bytes) -> list[str]:
    with pytest.raises(InvalidCase) as caught:
        parse_case("2021-0001", content, "2021/2021-0001/case.md")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("matter", "line", "field", "todo"),
    [
        ("title: A\ntitel: B", 3, "titel", "没有这个字段"),
        ("title: A\ntitle: B", 3, "title", "字段重复"),
        ("title: A\ntarget: {unit: a, unit: b}", 3, "target.unit", "字段重复"),
        ("title: &x A\nunit: *x", 2, "unit", "别名"),
        ("year: 2021", 2, "title", "缺少"),
        ("title: 2021", 2, "title", "加引号"),
        ("title: ''", 2, "title", "不能为空"),
        ("title: A\nyear: '2021'", 3, "year", "整数"),
        ("title: A\nyear: 2021.5", 3, "year", "整数"),
        ("title: A\nillustrative: yes", 3, "illustrative", "true 或 false"),
        ("title: A\nawards: no", 3, "awards", "列表"),
        ("title: A\nawards:\n- text: 一等奖\n  rank: 4", 5, "awards.0.rank", "只能是"),
        ("title: A\ntools: [排列图, 魔法图]", 3, "tools.1", "规范名称"),
        ("title: A\ncategories: [metallurgical, non-metallurgical]", 3, "categories", "请只留一个"),
        ("title: A\ntarget: {goal: .inf}", 3, "target.goal", "数字"),
        ("title: A\nperiod: 2021年3月", 3, "period", "写法不对"),
        ("title: A\nfigures:\n- file: ../../etc/passwd", 4, "figures.0.file", "写法不对"),
        ("title: A\nunit: !!python/object:os.system x", 3, "unit", "类型标记"),
    ],
)
def test_says_line_field_and_what_to_do(matter: str, line: int, field: str, todo: str) -> None:
    told = complaints(case_file(matter))
    assert any(t.startswith(f"第 {line} 行 {field}：") and todo in t for t in told), told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xef\xbb\xbf" + case_file("title: A"), "BOM"),
        (case_file("title: A").replace(b"A", b"\xb8\xdf"), "UTF-8"),
        (case_file("title: A\0"), "控制字符"),
        (b"title: A", "---"),
        (case_file("title: [A"), "YAML"),
        (case_file("- title"), "字段: 值"),
        (case_file("title: A", "前面的话\n## 一 {goal}"), "之前不能有正文"),
        (case_file("title: A", "## 一、设定目标"), "花括号"),
        (case_file("title: A", "## 一、设定目标 {aim}"), "花括号"),
        (case_file("title: A\nunit: " + "[" * 5000), "YAML"),
    ],
)
def test_refuses_what_cannot_be_a_case_file(content: bytes, told: str) -> None:
    assert told in " ".join(complaints(content))


def test_tells_all_problems_at_once() -> None:
    told = complaints(case_file("titel: A\nyear: x\nyear: 3", "## 一 {aim}"))
    assert len(told) == 5  # unknown field, title missing, year twice, year no number, unknown step


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "title: A\na0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    assert any("别名" in told for told in complaints(case_file(bomb)))


def test_a_section_that_would_read_back_as_two_is_not_written() -> None:
    with pytest.raises(InvalidCase):
        dump_case(Case(id="2021-0001", title="A", sections=(Section("goal", "一", "x\n## 二 {causes}"),)))
