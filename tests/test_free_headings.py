"""Reports whose authors name the steps in words of their own: the passages are found all the same."""

from __future__ import annotations

import pytest

from indexer.draft import Draft, Text
from indexer.splitter import split

TEXTS = {
    "overview": "本工程位于城东，建筑面积三万平方米，框架结构，由我公司施工，工期十八个月，质量目标为省优。",
    "group": "小组成立于2019年3月，注册号XX-QC-03，组长安某，成员8人，人均QC教育48学时，出勤率96%。",
    "topic-selection": "公司要求一次合格率不低于92%，而一季度只有81%，差距明显，因此选定本课题。",
    "current-state": "小组调查了三个区段共400点，合格324点，一次合格率81%，其中标高超差占62%，是症结。",
    "goal": "活动目标：一次合格率由81%提高到93%，经讨论一致同意，并报公司备案。",
    "causes": "小组召开分析会，画出因果图，从人、机、料、法、环五方面，找到末端原因六条：交底不细等。",
    "root-causes": "对六条末端原因逐条确认：交底不细，查记录齐全，非要因；仪器未检，实测偏差3mm，超过标准，是要因。",
    "countermeasures": "针对要因制定对策表：对策、目标、措施、地点、完成时间、负责人，共两条，按5W1H编制。",
    "implementation": "实施一：仪器送检并建立台账，复测偏差0.5mm，达到对策目标。实施二：制作定位卡具48套。",
    "results": "活动后检查500点，合格471点，一次合格率94.2%，超过目标93%，节约返工费6.2万元。",
    "consolidation": "将定位卡具图纸纳入作业指导书，公司发文推广，巩固期三个月合格率94%以上，效果稳定。",
    "summary": "通过本次活动，小组成员质量意识和团队精神有提高，下一步以平整度为课题继续开展活动。",
}
HEADINGS = {
    "overview": [
        "工程概况",
        "项目背景",
        "我们干的活",
        "工程一览",
        "认识这个工程",
        "业务简介",
        "这是个什么工程",
        "生产线简介",
        "背景",
        "对象与范围",
    ],
    "group": [
        "小组概况",
        "小组名片",
        "我们这个小组",
        "团队一览",
        "谁来做",
        "人员组成",
        "小组与活动安排",
        "小组档案",
        "参加人员",
        "组员与分工",
    ],
    "topic-selection": [
        "选择课题",
        "选题缘由",
        "为啥选它",
        "课题从哪里来",
        "定题",
        "问题从何而来",
        "课题的提出",
        "缘起",
        "选题与理由",
        "立项理由",
    ],
    "current-state": [
        "现状调查",
        "摸清家底",
        "问题出在哪里",
        "现状与症结",
        "看看现状",
        "数据说话",
        "调查",
        "症结查找",
        "情况调查",
        "底细",
    ],
    "goal": [
        "设定目标",
        "定目标",
        "要做到多少",
        "我们的目标",
        "目标值与依据",
        "指标",
        "攻关目标",
        "目标和依据",
        "期望值",
        "立目标",
    ],
    "causes": [
        "原因分析",
        "找原因",
        "追根溯源",
        "病根在哪",
        "末端原因",
        "为什么会这样",
        "因果分析",
        "刨根问底",
        "分析",
        "查原因",
    ],
    "root-causes": [
        "要因确认",
        "确认",
        "哪些是要因",
        "逐条验证",
        "揪出主因",
        "末端原因确认",
        "验证",
        "筛选要因",
        "定主因",
        "要因判定",
    ],
    "countermeasures": [
        "制定对策",
        "对策",
        "开方子",
        "怎么治",
        "对策一览",
        "想办法",
        "对策与分工",
        "措施",
        "拟定对策",
        "办法",
    ],
    "implementation": [
        "对策实施",
        "动手干",
        "实施",
        "怎么干的",
        "落实",
        "干",
        "对策落实情况",
        "整改过程",
        "做法与过程",
        "施工过程",
    ],
    "results": [
        "效果检查",
        "见效没有",
        "成效",
        "结果",
        "目标完成没有",
        "效果与效益",
        "干得怎么样",
        "对比",
        "检查结果",
        "验收",
    ],
    "consolidation": [
        "巩固措施",
        "守住成果",
        "巩固",
        "长效",
        "固化",
        "制度化",
        "防止反弹",
        "标准化与巩固",
        "形成制度",
        "保持成果",
    ],
    "summary": [
        "总结和下一步打算",
        "体会",
        "往后",
        "回头看与向前看",
        "收获",
        "结语",
        "打算",
        "再出发",
        "心得",
        "经验与不足",
    ],
}
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("n", range(10))
def test_every_passage_stands_in_its_step_whatever_its_heading_is_called(n, bold):
    blocks = [Text("提高地脚螺栓预埋一次合格率"), Text("某某冶金建设有限公司")]
    for numeral, (step, text) in zip(NUMERALS, TEXTS.items(), strict=True):
        blocks += [Text(f"{numeral}、{HEADINGS[step][n]}", bold=bold), Text(text)]
    passages = split(Draft(tuple(blocks), "docx"))
    for step, text in TEXTS.items():
        assert any(text in one.text and step in (one.step, *one.also) for one in passages), HEADINGS[step][n]


@pytest.mark.parametrize("n", range(10))
def test_slides_in_free_words_begin_the_step_that_is_missing(n):
    blocks = [Text("提高地脚螺栓预埋一次合格率", page=1, role="title", size=40)]
    for page, (step, text) in enumerate(TEXTS.items(), start=2):
        blocks += [Text(HEADINGS[step][n], page=page, role="title", size=32), Text(text, page=page, size=18)]
    passages = split(Draft(tuple(blocks), "pptx"))
    for step, text in TEXTS.items():
        assert any(text in one.text and step in (one.step, *one.also) for one in passages), HEADINGS[step][n]


def test_a_slide_in_free_words_goes_on_with_the_step_where_none_is_missing():
    words = "1#点偏差3mm，标准2mm，实测超差率31%，影响程度大，判定为要因。"
    blocks = [Text("要因确认", page=2, role="title", size=32), Text(TEXTS["root-causes"], page=2, size=18)]
    blocks += [Text("垫板研磨接触率", page=3, role="title", size=32), Text(words, page=3, size=18)]
    blocks += [Text("制定对策", page=4, role="title", size=32), Text(TEXTS["countermeasures"], page=4, size=18)]
    passages = split(Draft((Text("提高合格率", page=1, role="title", size=40), *blocks), "pptx"))
    assert [one.step for one in passages if words in one.text] == ["root-causes"]
