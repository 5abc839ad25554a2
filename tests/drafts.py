"""Small reports for tests of structure and fields."""

from __future__ import annotations

from indexer.draft import Block, Draft, Table, Text
from indexer.splitter import Passage, split

GROUP = Table((
    ("小组名称", "铸脊QC小组", "小组注册号", "JL-QC-2021-03"),
    ("课题名称", "提高炉壳环缝焊接一次合格率", "课题注册号", "JL-KT-2021-03"),
    ("课题类型", "攻关型", "组长", "陆某某"),
    ("活动时间", "2021年3月1日~11月20日", "小组人数", "9人"),
    ("QC教育", "人均48学时", "单位", "璟岚冶金建设有限公司"),
))  # fmt: skip

PASTED = """# 提高炉壳环缝焊接一次合格率

## 一、选择课题

上级要求炉壳环缝超声检测一次合格率达到96%。

## 二、设定目标

将一次合格率由85%提高到96%。

## 三、效果检查

活动后一次合格率为97%，目标值95%已经达到。

小组对2020年5月至7月完成的环缝焊接质量进行了调查，共检查1200处，发现缺陷82处，一次合格率为91.2%。其中气孔41处，占缺陷总数的50.0%，是影响一次合格率的主要问题。
"""
"""Steps are missing, two goals contradict each other, and a paragraph is copied."""

PASSAGES = {
    "一、工程概况": "曜州钢厂2号高炉易地大修，炉壳环缝全部在高空横焊位置施焊，板厚36至60毫米。",
    "二、小组概况": "小组成立以来一直围绕高炉本体安装开展活动，曾获公司优秀小组称号，成员见下表。",
    "三、选题理由": "合同约定环缝超声检测一次合格率不低于95%，现有差距明显，返修代价很大。",
    "四、现状调查": "小组共检测900个单元，不合格81个，一次合格率为91.0%，用排列图找到症结。",
    "五、设定目标": "据此将目标定为：炉壳环缝焊接一次合格率由91.0%提高到96%。",
    "六、原因分析": "针对症结绘制因果图，从人、机、料、法、环、测六个方面找到末端原因两条。",
    "七、要因确认": "组对间隙偏差大，现场测量超差率31.7%，是要因；流量计未检定，非要因。",
    "八、制定对策": "对策表按5W1H原则编制，针对要因逐条制定措施、地点、负责人和完成时间。",
    "九、对策实施": "制作48套丝杠定位卡具，组对后逐点测量签认，超差率3.2%，对策目标实现。",
    "十、效果检查": "共检测1120个单元，一次合格率为97.4%，超过96%的目标值。净效益为16.33万元。",
    "十一、巩固措施": "间隙和风速要求写入作业指导书，巩固期跟踪一次合格率97.3%，效果稳定。",
    "十二、总结和下一步打算": "小组成员质量意识有提高，下一步以冷却壁安装为课题继续开展活动。",
}


def report(cover: tuple[str, ...] = (), group: Block | None = GROUP, **texts: str) -> Draft:
    """A whole small report; `texts` replace passages by a word of their heading, an empty one takes it away."""
    blocks: list[Block] = [Text(line) for line in cover]
    for heading, text in PASSAGES.items():
        text = next((new for word, new in texts.items() if word in heading), text)
        if text:
            blocks += [Text(heading), *(Text(line) for line in text.split("\n"))]
        if "小组概况" in heading and group is not None:
            blocks.append(group)
    return Draft(tuple(blocks), "docx")


def passages(**texts: str) -> tuple[Passage, ...]:
    return split(report(**texts))
