"""Passages: what belongs to which step, in running text, slides and forms."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Picture, Table, Text
from indexer.markdown_out import literal, markdown
from indexer.splitter import split

LONG = "现场检查记录表明，环缝气孔集中在迎风侧，与施焊时的风速有关，小组据此逐条调查。" * 3


def outline(*blocks, kind="docx"):
    return [(passage.step, passage.heading) for passage in split(Draft(tuple(blocks), kind))]


def test_what_stands_before_the_first_heading_is_the_cover():
    passages = split(Draft((Text("提高炉壳焊接合格率"), Text("一、选择课题"), Text(LONG)), "docx"))
    assert [(p.step, p.heading) for p in passages] == [("preface", "封面"), ("topic-selection", "一、选择课题")]


def test_headers_footers_and_contents_are_left_out():
    blocks = (Text("第 3 页", role="footer"), Text("一、选择课题……1", role="toc"), Text("一、选择课题"), Text(LONG))
    (passage,) = split(Draft(blocks, "docx"))
    assert passage.text == LONG


def test_a_step_over_many_slides_is_one_passage():
    slides = [
        Text("现状调查", page=1, size=32, box=True), Text(LONG, page=1, size=18),
        Text("现状调查", page=2, size=32, box=True), Text(LONG, page=2, size=18),
        Text("设定目标", page=3, size=32, box=True), Text(LONG, page=3, size=18),
    ]  # fmt: skip
    assert outline(*slides, kind="pptx") == [("current-state", "现状调查"), ("goal", "设定目标")]


def on_slides(*slides):
    """The text of one passage: a title, a paragraph and other lines on each slide."""
    blocks = []
    for page, (title, *lines) in enumerate(slides, 1):
        blocks += [Text(title, page=page, size=28, box=True)]
        blocks += [Text(line, page=page, size=16, box=True) for line in lines]
    (passage,) = split(Draft(tuple(blocks), "pptx"))
    return markdown(passage.blocks, {})


def test_numbers_that_count_the_slides_are_left_out_but_not_other_numbers():
    text = on_slides(
        ("现状调查", LONG, "2"), ("调查一", LONG, "37", "3"), ("调查二", LONG, "-4-"), ("调查三", LONG, "5")
    )
    assert [line for line in text.splitlines() if line.strip("- ").isdigit()] == ["37"]


def test_three_numbers_that_do_not_count_the_slides_stay():
    text = on_slides(("现状调查", LONG, "12"), ("调查一", LONG, "7"), ("调查二", LONG, "30"))
    assert [line for line in text.splitlines() if line.isdigit()] == ["12", "7", "30"]


def test_a_title_that_goes_on_over_the_next_slides_is_said_once():
    text = on_slides(
        ("PART4 现状调查", LONG),
        ("现状调查（续）", LONG),
        ("2 分层", LONG),
        ("2 分层（续1）", LONG),
        ("3 排列图", LONG),
    )
    assert [line for line in text.splitlines() if line.startswith("#")] == ["### 2 分层", "### 3 排列图"]
    assert "续" not in text


def test_a_title_that_comes_back_after_another_one_is_said_again():
    text = on_slides(("现状调查", LONG), ("1 分层", LONG), ("2 排列图", LONG), ("1 分层（续）", LONG))
    assert "### 1 分层（续）" in text


def test_a_bar_of_all_steps_on_every_slide_is_furniture():
    bar = ["选题", "现状", "目标", "原因分析", "要因确认", "对策", "实施", "效果"]
    slides = []
    for page, title in enumerate(["现状调查", "设定目标", "原因分析", "要因确认", "制定对策"], 1):
        slides += [Text(name, page=page, size=10, box=True) for name in bar]
        slides += [Text(title, page=page, size=28, box=True), Text(LONG, page=page, size=16)]
    steps = [step for step, _ in outline(*slides, kind="pptx")]
    assert steps == ["current-state", "goal", "causes", "root-causes", "countermeasures"]


def test_a_side_title_does_not_leave_the_step():
    slides = []
    for page, title in enumerate(["对策实施一", "实施效果", "对策实施二", "实施效果", "效果检查"], 1):
        slides += [Text(title, page=page, size=28, role="title"), Text(LONG, page=page, size=16)]
    assert [step for step, _ in outline(*slides, kind="pptx")] == ["implementation", "results"]


def test_causes_are_split_by_sub_headings():
    blocks = [Text("七、原因分析"), Text(LONG), Text("八、要因确认")]
    for n, cause in enumerate(["焊丝受潮", "风速过大", "间隙超差"]):
        blocks += [Text(f"要因确认{'一二三'[n]}：{cause}"), Text(LONG)]
    blocks += [Text("九、制定对策"), Text(LONG)]
    passage = split(Draft(tuple(blocks), "docx"))[1]
    assert markdown(passage.blocks, {}).count("### 要因确认") == 3


def test_a_form_that_holds_the_report_in_one_table_is_unfolded():
    table = Table((("选题理由", LONG), ("现状调查", LONG), ("原因分析", LONG), ("效果检查", LONG)))
    steps = [step for step, _ in outline(table)]
    assert steps == ["topic-selection", "current-state", "causes", "results"]


def test_a_form_in_several_tables_keeps_what_stands_between_them_in_its_step():
    plan = Table((("要因", "对策", "目标", "措施", "负责人"), ("间距大", "加密", "≤1m", "弹线", "张某")))
    before = Table((("课题", "提高合格率"), ("工程概况", LONG), ("现状摸底", LONG), ("原因在哪里", LONG), ("对策", "")))
    after = Table((("结果如何", LONG), ("小结与打算", LONG)))
    draft = Draft((before, plan, after), "docx")
    passages = split(draft)
    assert [one.step for one in passages] == [
        "preface", "overview", "current-state", "causes", "countermeasures", "results", "summary",
    ]  # fmt: skip
    assert passages[0].blocks == (Table((("课题", "提高合格率"),)),)
    assert passages[4].blocks == (plan,)


def test_a_page_mark_stands_where_a_page_begins():
    blocks = (Text("甲", page=1), Text("乙", page=1), Text("丙", page=2))
    assert markdown(blocks, {}).split("\n\n") == ["<!-- page 1 -->", "甲", "乙", "<!-- page 2 -->", "丙"]


def test_tables_stay_tables_and_their_bars_are_escaped():
    table = Table((("项目", "值"), ("a|b", "1\n2")), caption="表1 偏差")
    assert markdown([table], {}) == "表1 偏差\n\n| 项目 | 值 |\n|---|---|\n| a\\|b | 1 2 |"


def test_a_caption_is_said_once_by_its_picture_or_table():
    picture, other = Picture(b"", "png", caption="图1 缺陷排列图"), Picture(b"", "png", caption="图2 因果图")
    table = Table((("项目", "值"), ("气孔", "41")), caption="表1 缺陷调查表")
    blocks = (
        picture, Text("图1 缺陷排列图", role="caption"),
        Text("表1 缺陷调查表", role="caption"), table,
        other, Text("图3 没有图的图题", role="caption"),
    )  # fmt: skip
    made = markdown(blocks, {id(picture): "001.png"})
    assert [made.count(words) for words in ("图1 缺陷排列图", "表1 缺陷调查表", "图2 因果图", "图3 没有图的图题")] == [
        1
    ] * 4


def test_a_picture_becomes_a_figure_with_its_caption():
    picture = Picture(b"", "png", caption="图1 [A] 区")
    assert markdown([picture], {id(picture): "001.png"}) == r"![图1 \[A\] 区](figures/001.png)"


def test_source_text_shows_literally():
    shown = {
        "# 不是标题": r"\# 不是标题",
        "1. 不是列表": r"1\. 不是列表",
        "<script>": "&lt;script>",
        "a*b*c": r"a\*b\*c",
        "[x](javascript:y)": r"\[x](javascript:y)",
        "&lt;": "&amp;lt;",
        "φ12*8": "φ12*8",
        "3.5~4.2mm": "3.5~4.2mm",
    }
    assert {text: literal(text) for text in shown} == shown


def test_causes_told_in_numbered_paragraphs_get_a_heading_each():
    told = [
        f"{n}. {cause}：现场逐点测量，超差率三成，对症结影响大，是要因。"
        for n, cause in enumerate(["刀边变形", "弹簧力不足"], 1)
    ]
    blocks = [Text("七、要因确认"), *(Text(line) for line in told), Text("八、制定对策"), Text(LONG)]
    passage = split(Draft(tuple(blocks), "docx"))[0]
    assert [block.text for block in passage.blocks if block.level == 3] == ["1. 刀边变形", "2. 弹簧力不足"]


def test_a_sentence_cut_at_the_end_of_a_line_of_a_page_is_whole_again():
    head = "小组把目标定为：每公里支吊架安装时间由原来的平均二十六天缩短至"
    blocks = (Text("五、设定目标", page=1), Text(head, page=1), Text("十八天。", page=1))
    (passage,) = split(Draft(blocks, "pdf"))
    assert passage.text == head + "十八天。"


def test_a_heading_in_free_words_is_told_by_its_passage():
    blocks = [
        Text("一、选题理由"), Text(LONG), Text("二、数据会说话"),
        Text("随机抽查500点，不合格75点，合格率为85%，按缺陷分层统计，气孔占六成，是症结。"),
        Text("三、设定目标"), Text(LONG), Text("四、原因分析"), Text(LONG),
    ]  # fmt: skip
    assert [step for step, _ in outline(*blocks)] == ["topic-selection", "current-state", "goal", "causes"]


def test_an_endless_paragraph_is_cut_behind_a_sentence_and_loses_nothing():
    endless = "焊缝表面气孔逐条检查并做好记录，由质量员签认后归档。" * 300
    passage = split(Draft((Text("一、现状调查"), Text(endless)), "docx"))[0]
    assert "".join(block.text for block in passage.blocks) == endless
    assert all(len(block.text) <= 1500 and block.text.endswith("。") for block in passage.blocks)


RUN_ON = (
    "提高路面平整度合格率某路桥公司QC小组二、工程概况全长18.6km，双向四车道。三、QC小组概况小组成立于2008年。"
    f"（一）选题理由{LONG}（二）现状调查{LONG}（三）原因分析{LONG}（四）要因确认1、起步快：实测1.5m/min，非要因。"
    f"2、预热不足：实测72℃，要因。（五）效果检查{LONG}"
)


def test_a_report_without_line_breaks_is_cut_at_its_headings():
    passages = split(Draft((Text(RUN_ON),), "txt"))
    assert [one.step for one in passages] == [
        "preface", "overview", "group", "topic-selection", "current-state", "causes", "root-causes", "results",
    ]  # fmt: skip
    assert (
        "".join(one.heading.replace("封面", "") + one.text for one in passages)
        .replace("\n", "")
        .startswith(RUN_ON[:90])
    )
    causes = next(one for one in passages if one.step == "root-causes")
    assert [block.text for block in causes.blocks if isinstance(block, Text) and block.level] == [
        "1、起步快", "2、预热不足",
    ]  # fmt: skip


def test_a_long_paragraph_of_an_ordinary_report_is_not_searched_for_headings():
    blocks = [
        block
        for name in ("一、选题理由", "二、现状调查", "三、目标", "四、原因分析")
        for block in (Text(name), Text(LONG))
    ]
    long = Text("如1、选题理由所述，" + LONG * 3)
    assert [step for step, _ in outline(*blocks, long)] == ["topic-selection", "current-state", "goal", "causes"]


def test_a_title_that_goes_on_may_have_its_number_in_a_box_of_its_own():
    blocks = []
    for page, title in enumerate(["现状调查", "现状调查（续）", "现状调查（续）"], 1):
        blocks += [Text("第五章", page=page, size=28, role="title"), Text(title, page=page, size=28, box=True)]
        blocks += [Text(LONG, page=page, size=16)]
    passage = split(Draft(tuple(blocks), "pptx"))[-1]
    assert "#" not in markdown(passage.blocks, {})


@pytest.mark.parametrize(("cut", "whole"), [
    (("2013年7月3日至4日，衬板更换完毕，历时3", "3小时，比目标少3小时。"), "历时33小时"),
    (("扣除更换元件等费用0.37万元，共6.8", "5万元。"), "共6.85万元"),
    (("清风QC小组成立于2001年，组长劳某某", "，全组8人，其中工程师2人。"), "劳某某，全组8人"),
])  # fmt: skip
def test_a_number_or_a_sentence_cut_at_the_end_of_a_line_is_whole_again(cut, whole):
    passages = split(Draft((Text("一、效果检查"), *map(Text, cut)), "txt"))
    assert whole in passages[-1].text


def test_a_numbered_line_behind_a_number_stays_a_line_of_its_own():
    passages = split(
        Draft((Text("一、效果检查"), Text("检查合格率为96，目标为95"), Text("2、经济效益良好，节约材料。")), "txt")
    )
    assert "95\n2、经济" in passages[-1].text
