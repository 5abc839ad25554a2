"""A draft becomes a case, with evidence and warnings, or is refused with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.case_maker import make_case, warnings_of
from indexer.draft import Draft, Picture, Table, Text
from library.case import Case, Target
from library.errors import Refused
from tests.drafts import report

TENDER = Draft(
    tuple(
        Text(text)
        for heading in ("一、项目概况", "二、现场情况调查", "三、方案的选择", "四、附件")
        for text in (heading, "投标人应按招标文件的要求编制投标文件，并在截止时间前递交。" * 8)
    ),
    "docx",
)
INNOVATION = (
    "一、选择课题 二、设定目标及目标可行性论证 三、提出方案并确定最佳方案 四、制定对策 五、对策实施 六、效果检查"
)


def test_a_whole_report_becomes_a_case():
    case = make_case(report(), "report.docx").case
    assert (case.title, case.group, case.unit) == ("提高炉壳环缝焊接一次合格率", "铸脊QC小组", "璟岚冶金建设有限公司")
    assert (case.year, case.period) == (2021, "2021-03-01/2021-11-20")
    assert (case.topic_type, case.target_kind, case.legacy_type) == ("problem-solving", "self-set", "攻关型")
    assert case.target == Target("炉壳环缝焊接一次合格率", "%", 91.0, 96.0, 97.4)
    assert case.benefit_cny == 163300
    assert case.categories == ("metallurgical",)
    assert case.warnings == ()


def test_every_field_has_its_evidence():
    case = make_case(report(), "report.docx").case
    fields = {
        "title",
        "year",
        "group",
        "unit",
        "topic_type",
        "target_kind",
        "legacy_type",
        "group_reg_no",
        "topic_reg_no",
    }
    fields |= {"period", "leader", "members_count", "training_hours", "benefit_cny", "tools", "categories"}
    fields |= {"target.measure", "target.unit", "target.before", "target.goal", "target.after"}
    assert set(case.evidence) == fields
    assert all(0 < one.confidence <= 1 and one.where for one in case.evidence.values())


def test_pictures_become_numbered_figures_and_odd_kinds_a_warning():
    pictures = (Picture(b"one", "png", page=3, caption="图1 缺陷排列图"), Picture(b"two", "jpeg"), Picture(b"x", "wmf"))
    draft = report()
    made = make_case(replace(draft, blocks=(*draft.blocks, *pictures)), "report.docx")
    assert made.figures == {"001.png": b"one", "002.jpg": b"two"}
    assert (made.case.figures[0].tool, made.case.figures[0].step, made.case.figures[0].page) == ("排列图", "summary", 3)
    assert "![图1 缺陷排列图](figures/001.png)" in made.case.sections[-1].text
    assert any("1 幅图片" in warning for warning in made.case.warnings)


def test_the_same_picture_twice_is_two_figures():
    draft = report()
    logo = Picture(b"logo", "png")
    made = make_case(replace(draft, blocks=(*draft.blocks, logo, logo)), "report.docx")
    assert len(made.figures) == len(made.case.figures) == 2


def test_goal_and_feasibility_are_one_step_of_an_innovation_topic_and_two_of_another():
    blocks = [block for heading in INNOVATION.split() for block in (Text(heading), Text("方案比选与试验数据。" * 12))]
    made = make_case(Draft((Text("快换接头的研制"), *blocks), "docx"), "a.docx").case
    assert made.topic_type == "innovation" and "goal-and-feasibility" in made.steps
    other = make_case(report(设定目标=""), "b.docx").case
    assert "goal-and-feasibility" not in other.steps


def test_results_made_permanent_are_standardization_in_an_innovation_topic():
    headings = f"{INNOVATION} 七、成果固化 八、总结和下一步打算".split()
    blocks = [block for heading in headings for block in (Text(heading), Text("方案比选与试验数据。" * 12))]
    made = make_case(Draft((Text("快换接头的研制"), *blocks), "docx"), "a.docx").case
    assert made.topic_type == "innovation" and made.steps[-2:] == ("standardization", "summary")


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({"现状调查": ""}, "没有找到以下步骤：现状调查。"),
        ({"设定目标": "将炉壳环缝焊接一次合格率由96.0%提高到91%。"}, "目标值 91 低于现状值 96"),
        ({"效果检查": "共检测1120个单元，环缝一次合格率为95.1%，接近96%的目标值。"}, "没有达到目标 96%"),
    ],
)
def test_what_a_person_should_look_at_is_said(change, warning):
    case = make_case(report(**change), "report.docx").case
    assert any(warning in said for said in case.warnings)


def test_unknown_things_are_said():
    said = "".join(warnings_of(Case(id="", title="某课题", target=Target(goal=3.0))))
    for words in ("没有认出任何QC步骤", "年份", "单位名称", "小组名称", "课题类型", "没有单位", "活动前", "活动后"):
        assert words in said


def test_a_file_without_a_title_takes_its_name():
    draft = report(group=None)
    assert make_case(draft, "03_降低除尘风机振动值.docx").case.title == "降低除尘风机振动值"


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft((), "docx"), "没有可读的文字"),
        (Draft((Picture(b"", "png"),), "pdf"), "没有可读的文字"),
        (Draft((Text("hello world"),), "docx"), "不像QC成果报告"),
        (Draft((Text("会议纪要"), Text("研究了下月生产计划和安全工作。" * 40)), "docx"), "不像QC成果报告"),
        (TENDER, "不像QC成果报告"),
        (Draft((Table((("a", "b"), ("1", "2"))),), "xlsx"), "不像QC成果报告"),
    ],
    ids=["empty", "only a picture", "one line", "minutes of a meeting", "a tender", "a sheet"],
)
def test_what_is_no_report_is_refused_with_the_reason(draft, words):
    with pytest.raises(Refused, match=words):
        make_case(draft, "file")


def test_a_report_without_any_known_step_is_taken_in_with_a_warning():
    text = "QC小组围绕课题开展活动，现场记录了大量情况，逐项说明如下。" * 30
    draft = Draft((Text("课题名称：提高环缝焊接一次合格率"), Text(text)), "txt")
    case = make_case(draft, "report.txt").case
    assert any("没有认出任何QC步骤" in warning for warning in case.warnings)
