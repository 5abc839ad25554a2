"""QC tools by canonical name, from captions and text."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Picture, Table, Text
from indexer.splitter import split
from indexer.tools import read_tools, tool_of_figure, tools_in_caption
from library.tools import all_tools
from tests.drafts import report


def tools(*blocks, heading="一、现状调查"):
    draft = Draft((Text(heading), *blocks), "docx")
    return set(read_tools(split(draft)))


def test_every_name_in_a_caption_gives_a_known_tool():
    names = {name for tool in all_tools().values() for name in tools_in_caption(f"图1 {tool.name}")}
    assert names == set(all_tools()) - {"简易图表"}


@pytest.mark.parametrize(("caption", "tool"), [
    ("图2 环缝缺陷柏拉图", "排列图"), ("图4 气孔鱼刺图", "因果图"), ("图3 方案系统图", "树图"),
    ("图1 活动計劃橫道圖", "甘特图"),
    ("图5 吊装工艺流程图", "流程图"), ("表4 缺陷检查表", "调查表"), ("图6 接头特性要因图", "因果图"),
])  # fmt: skip
def test_other_names_are_brought_to_the_canonical_one(caption, tool):
    assert tools_in_caption(caption) == [tool]


@pytest.mark.parametrize("caption", ["图7 供电系统图", "图8 电气控制系统图", "图9 测点平面分布图"])
def test_drawings_that_only_share_the_name_are_no_tools(caption):
    assert tools_in_caption(caption) == []


def test_words_of_every_day_do_not_count_in_text():
    assert tools(Text("项目部按安全检查表逐项检查，工艺流程见施工方案，评价表由监理填写，网络计划已报批。")) == set()


def test_what_was_only_learned_does_not_count():
    lesson = Text("通过学习，组员掌握了直方图和控制图的使用，今后将运用散布图。")
    assert tools(lesson, heading="一、总结和下一步打算") == set()


def test_stratifying_data_is_a_tool_and_pouring_in_layers_is_not():
    assert tools(Text("对50道不合格焊口按位置分层统计。")) == {"分层法"}
    assert tools(Text("混凝土按标高分层浇筑，土方分层回填压实。")) == set()


def test_the_six_questions_as_columns_are_5w1h():
    header = ("What", "Why", "How", "Where", "Who", "When")
    assert tools(Table((header, ("甲",) * 6)), heading="一、制定对策") == {"5W1H"}


def test_a_figure_shows_the_tool_of_its_caption():
    assert tool_of_figure("图3 目标值柱状图") == "柱状图"
    assert tool_of_figure("图3 现场照片") == ""


def test_tools_of_a_report_come_with_where_they_are():
    draft = report()
    found = read_tools(split(Draft((*draft.blocks, Picture(b"", "png", caption="图9 前后对比柱状图")), "docx")))
    assert found["排列图"].where == "四、现状调查" and "柱状图" in found


@pytest.mark.parametrize(("sentence", "tool"), [
    ("用系统图将方案二分解为扫描方式、靶标布置两级。", "树图"), ("小组先画出更换作业流程图。", "流程图"),
    ("冲洗流程图贴在泵站墙上。", "流程图"), ("对标矿山案例推算合计7.1小时。", "水平对比法"),
])  # fmt: skip
def test_a_tool_by_an_everyday_name_counts_where_the_group_used_it(sentence, tool):
    assert tools(Text(sentence)) == {tool}


def test_a_drawing_that_was_followed_is_no_tool():
    assert tools(Text("按工艺流程图和供电系统图组织施工，对标准化工地作了检查。")) == set()


def test_a_table_that_is_cut_by_layers():
    assert tools(Table((("按砖缝分层", "检查块数"), ("立缝", "200")))) == {"分层法"}
