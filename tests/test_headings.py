"""Headings: which words name a step, and which paragraphs are headings at all."""

from __future__ import annotations

import pytest

from indexer.contents_page import contents_blocks
from indexer.draft import Draft, Text
from indexer.headings import Heading, find_headings
from indexer.numbering import leading_number
from indexer.step_names import step_name
from indexer.wording import fold
from library.steps import all_steps

LONG = "本节说明现场的实际情况，数据来自施工记录，由质量员逐日统计并经监理工程师签认。" * 3


def headings_of(draft: Draft) -> tuple[Heading, ...]:
    return find_headings(draft, contents_blocks(draft.blocks))


def steps_of(*blocks: Text) -> list[str]:
    headings = headings_of(Draft(blocks, "docx"))
    return [heading.name.step for heading in headings if heading.depth == 1 and heading.name]


def report(*headings: str, **looks: object) -> list[Text]:
    return [block for heading in headings for block in (Text(heading, **looks), Text(LONG))]  # type: ignore[arg-type]


@pytest.mark.parametrize("step", all_steps().values(), ids=lambda step: step.key)
def test_every_heading_of_the_list_names_its_step(step):
    unlike = {variant: step_name(variant) for variant in step.variants}
    assert {variant for variant, name in unlike.items() if not name or name.step != step.key} == set()


@pytest.mark.parametrize(
    ("heading", "step"),
    [
        ("课题背景", "overview"),
        ("为何选这个题", "topic-selection"),
        ("收尾", "summary"),
        ("九、对策实旋", "implementation"),
        ("做了些什么", "implementation"),
        ("怎样保持", "consolidation"),
        ("主要问题点原因查找", "causes"),
        ("末端因素逐一确认", "root-causes"),
        ("目标值的设定及测算", "goal"),
        ("成果巩固与推广", "consolidation"),
        ("今后努力方向与打算", "summary"),
        ("圈员介绍", "group"),
        ("多方案比选与最佳方案确定", "options"),
        ("成效检验", "results"),
        ("對策實施", "implementation"),
        ("现 状 调 查", "current-state"),
        ("【选题理由】", "topic-selection"),
        ("现状凋查", "current-state"),
        ("一前言", "preface"),
        ("01选题理由", "topic-selection"),
        ("第五章　设定目标", "goal"),
        ("STEP 3 现状把握", "current-state"),
        ("对策实施（续）", "implementation"),
        ("Part 2 小组简介 Team Introduction", "group"),
    ],
)
def test_headings_outside_the_list_are_told_by_their_roots(heading, step):
    name = step_name(heading)
    assert name and name.step == step


@pytest.mark.parametrize(
    ("heading", "steps"),
    [
        ("现状调查/设定目标", ["current-state", "goal"]),
        ("原因分析及要因确认", ["causes", "root-causes"]),
        ("制定对策与对策实施", ["countermeasures", "implementation"]),
        ("效果检查和效益分析", ["results", "benefits"]),
        ("巩固措施、总结及下一步打算", ["consolidation", "summary"]),
        ("一．企业与小组", ["overview", "group"]),
        ("第一篇 工程及小组", ["overview", "group"]),
    ],
)
def test_a_merged_heading_names_all_its_steps(heading, steps):
    name = step_name(heading)
    assert name and [name.step, *name.also] == steps


@pytest.mark.parametrize(
    "heading", ["焊工技能不足", "施工准备", "混凝土浇筑", "3.2%", "张某某", "服务型QC小组成果", ""]
)
def test_other_words_name_no_step(heading):
    assert step_name(heading) is None


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("十二、总结", "han", 12),
        ("（三）选题理由", "han-paren", 3),
        ("第四章 现状调查", "chapter", 4),
        ("1.2 现状", "dotted2", 2),
        ("1.2 小组概况", "dotted2", 2),
        ("1.1 项目简介", "dotted2", 1),
        ("2 分析原因", "arabic", 2),
        ("3、对策", "arabic", 3),
        ("(2) 送丝软管磨损", "paren", 2),
        ("④测量误差大", "paren", 4),
        ("PART 6 制定对策", "chapter", 6),
        ("Ⅲ、原因分析", "han", 3),
        ("叁　为何选这个题", "han", 3),
        ("拾贰、下步", "han", 12),
        ("〇、背景", "han", 0),
    ],
)
def test_numbers_are_read_in_every_style(text, kind, value):
    number = leading_number(fold(text))
    assert number and (number.kind, number.value) == (kind, value)


@pytest.mark.parametrize(
    "text", ["3.2%的焊口不合格", "2021年3月开工", "5℃以下停焊", "12.5mm", "1.2万元", "24 小时内完成", "3 项不合格"]
)
def test_a_quantity_is_no_number_of_a_heading(text):
    assert leading_number(text) is None


def test_headings_are_found_by_words_alone():
    assert steps_of(*report("选择课题", "现状调查", "设定目标")) == ["topic-selection", "current-state", "goal"]


def test_a_heading_inside_a_step_begins_no_step():
    blocks = [
        *report("七、对策实施", "八、效果检查"),
        Text("1. 目标检查"), Text(LONG), Text("2. 经济效益"), Text(LONG),
        *report("九、巩固措施", "十、总结和下一步打算"),
    ]  # fmt: skip
    assert steps_of(*blocks) == ["implementation", "results", "consolidation", "summary"]


def test_styles_are_not_trusted_when_body_and_captions_have_them_too():
    blocks = [
        Text(text, level=2)
        for heading in ("一、选择课题", "二、现状调查", "三、设定目标")
        for text in (heading, LONG, "图1 缺陷排列图")
    ]
    assert steps_of(*blocks) == ["topic-selection", "current-state", "goal"]


def test_any_order_is_kept():
    blocks = report("一、选题", "二、提出方案并确定最佳方案", "三、设定目标及目标可行性论证", "四、制定对策")
    assert steps_of(*blocks) == ["topic-selection", "options", "goal-and-feasibility", "countermeasures"]


def test_a_table_of_contents_is_not_the_report():
    names = ["一、工程概况", "二、小组概况", "三、选择课题", "四、现状调查", "五、设定目标"]
    contents = [Text("目  录"), *(Text(f"{name}………{n}") for n, name in enumerate(names))]
    found = headings_of(Draft((*contents, *report(*names)), "docx"))
    assert [heading.at for heading in found] == [6, 8, 10, 12, 14]


def test_a_table_of_contents_without_page_numbers_is_told_by_its_repetition():
    names = ["工程概况", "小组概况", "选择课题", "现状调查", "设定目标"]
    found = headings_of(Draft((*(Text(name) for name in names), *report(*names)), "docx"))
    assert [heading.at for heading in found] == [5, 7, 9, 11, 13]


def test_steps_inside_a_preface_are_steps_of_their_own():
    blocks = [
        Text("一、前言"), Text("1. 工程概况"), Text(LONG), Text("2. 小组概况"), Text(LONG),
        *report("二、选题理由", "三、现状调查", "四、目标确定"),
    ]  # fmt: skip
    assert steps_of(*blocks) == ["preface", "overview", "group", "topic-selection", "current-state", "goal"]


def test_a_plan_under_the_heading_of_the_group_is_a_step_of_its_own():
    blocks = [
        *report("一、工程概况"),
        Text("二、小组概况"), *report("2.1 小组简介", "2.2 小组成员", "2.3 活动计划"),
        *report("三、选择课题", "四、现状调查", "五、设定目标"),
    ]  # fmt: skip
    assert steps_of(*blocks) == ["overview", "group", "plan", "topic-selection", "current-state", "goal"]


def test_automatic_numbers_count_like_written_ones():
    blocks = [
        block
        for n, heading in enumerate(["选题理由", "现状调查", "设定目标", "原因分析"], 1)
        for block in (Text(heading, number=f"第{'一二三四'[n - 1]}章", bold=True), Text(LONG))
    ]
    assert steps_of(*blocks) == ["topic-selection", "current-state", "goal", "causes"]


@pytest.mark.parametrize(("heading", "step"), [
    ("二 小组", "group"), ("十 一 、效 果 检 查", "results"), ("第五节 分析", "causes"), ("第六节 确认", "root-causes"),
])  # fmt: skip
def test_numerals_set_apart_and_single_words_name_a_step(heading, step):
    name = step_name(heading)
    assert name is not None and name.step == step


def test_a_sentence_that_ends_in_dots_is_no_entry_of_the_contents():
    assert not contents_blocks((Text("首批12榀，支架搭设平均4.5天，预压3天，绑钢筋4天……"),))
