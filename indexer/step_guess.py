"""Which step a heading of the right tier begins when its words name none: by what its passage talks about.

Only a guess between the steps around it; where the passage says nothing clear, it stays with the step before.
"""

from __future__ import annotations

import re

from indexer.wording import squeeze
from library.steps import all_steps

_CUES = {
    "overview": r"位于|建筑面积|总长|结构形式|总投资|产量|年产|占地|全长|施工范围|由.{2,20}承建",
    "group": r"小组成员|姓名|性别|组长|成立于|注册号|学历|职称|组内分工|出勤率",
    "plan": r"甘特图|计划表|时间安排|进度计划|活动计划",
    "topic-selection": r"选定|选择该?课题|课题名称|上级|考核指标|要求.{0,12}达到|需求|查新|借鉴|投诉",
    "current-state": r"调查|统计|抽查|检查了|频数|累计|症结|排列图|不合格|分层|合格率[为仅]",
    "goal": r"(?:活动|课题|攻关)目标|目标[值为定:]|由[^。\n]{1,12}(?:提高|提升|降|减|缩|压)|"
    r"提高到|降低到|提高至|降至|缩短[到至]|设定目标",
    "feasibility": r"可行|论证|同行|历史最好|先进水平|能够实现|可以实现|有能力",
    "causes": r"末端(?:原因|因素)|因果图|鱼骨图|关联图|树图|系统图|人、机、料|5M1E|逐层",
    "root-causes": r"非要因|是要因|为要因|主要原因|主因|真因|非主因|影响程度|现场验证|判定",
    "options": r"总体方案|分级方案|方案[一二三AB]|最佳方案|比选|选用",
    "countermeasures": r"对策表|对策.{0,6}目标.{0,6}措施|负责人.{0,8}(?:完成)?时间|5W1H|措施.{0,10}负责人",
    "implementation": r"对策目标|实施[一二三]|目标(?:实现|完成)|达到.{0,4}对策|按照?对策|现场实施|交底|加工制作",
    "results": r"活动[前后]|目标值|超过.{0,8}目标|实现.{0,6}目标|经济效益|社会效益|节约|效果",
    "consolidation": r"纳入|作业指导书|工法|巩固期|跟踪|推广|编制了?.{0,20}(?:标准|规程|制度|指南)",
    "summary": r"通过(?:本次|此次)|下一步|今后|继续开展|体会|意识|团队|提高了.{0,8}能力|下一个?课题|不足",
}


def guess_step(heading: str, text: str, before: str, after: str, missing: bool = False) -> str | None:
    """The step between `before` and `after` (inclusive) that the passage speaks of most clearly, or None.

    With `missing` only a step that lies between the two and is neither of them.
    """
    order = list(all_steps())
    low = order.index(before) if before in order else 0
    high = order.index(after) if after in order else len(order) - 1
    words = squeeze(heading + "\n" + text[:1500])
    scores: dict[str, float] = {}
    for step, cues in _CUES.items():
        kinds = {match[0] for match in re.finditer(cues, words)}
        fits = low <= order.index(step) <= high if low <= high else True
        scores[step] = len(kinds) + (1.0 if fits else -1.0)
    best = max(scores, key=lambda step: scores[step])
    runner_up = max(score for step, score in scores.items() if step != best)
    if missing and not low < order.index(best) < high:
        return None
    return best if scores[best] >= 3 and scores[best] > runner_up else None
