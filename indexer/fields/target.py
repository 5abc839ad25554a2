"""The target: the measure, its unit, and its value before, as wanted, and as reached.

Every quantity of the report is weighed for each of the three roles by the step it stands in and the words around it;
the best wins. What is not said anywhere stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.fields.found import Found
from indexer.fields.mentions import SUM, Mention, read_mentions
from indexer.fields.numbers import shown_unit
from indexer.splitter import Passage
from indexer.wording import squeeze
from library.case import Target

_GOAL_STEPS = {"goal", "goal-and-feasibility"}
_DECOY = re.compile(
    r"要求|规范|标准|合同|历史|同行|先进|测算|预计|预测|最好|理论|解决|占|国家|行业|公司规定|业主|设计值|允许|"
    r"借鉴|估算|计算|若|如果|假设|可达|能达|可以达|考核|[累频]|症结|概率|原因|置信"
)
_WANT = re.compile(r"目标")
_BEFORE = re.compile(
    r"现状|活动前|改进前|改善前|实施前|对策前|攻关前|目前|原来|原有|此前|以前|传统|现有|[平月日年班周]均|以往|当前|优化前|"
    r"研制前|现在|前期"
)
_AFTER = re.compile(
    r"活动后|改进后|改善后|实施后|对策后|攻关后|实际|实测|完成|现在|检查|效果|优化后|研制后|巩固|达到|达|"
    r"提高到|提升到|提升至|提高至|降至|降到|降低到|降低至|减少到|减少至|缩短到|缩短至|为|[=＝]"
)
_AFTER_HEAD = re.compile(
    r"(?:活动|改进|改善|实施|对策|攻关|优化|研制|应用)(?:之)?后|实际|达成|完成(?:值|情况)|现值|检查值|"
    r"活动结果|效果值|实测|目前|成果|^后$|完成"
)
_BEFORE_HEAD = re.compile(r"(?:活动|改进|改善|实施|对策|攻关|优化|研制|应用)(?:之)?前|现状|目前|原|^前$|当前|传统|基期")
_GOAL_HEAD = re.compile(r"目标")
_VERBS = re.compile(
    r"^(?:提高|提升|降低|减少|缩短|控制|确保|保证|增加|改善|优化|加快|延长|节约|实现|基于|研究|研制|研发|开发)"
)
_MEASURE = re.compile(
    r"[^,，。;；:：“”\"、]*?(?:率|数|时间|工期|周期|成本|量|值|度|次数|精度|偏差|误差|效率|费用|速度|长度|"
    r"寿命|强度|耗|功率|能耗|用工|人数|人工|间隙|温差|面积|比例|浓度|噪声|压力|得分|分数|满意度|系数|高差|"
    r"分)(?=$|由|从|[^\u4e00-\u9fff])"
)

Weigh = Callable[[Mention], float]


def read_target(passages: Sequence[Passage], title: str) -> dict[str, Found[float] | Found[str]]:
    """`measure`, `unit`, `before`, `goal`, `after`, as far as they are known."""
    mentions = read_mentions(passages)
    names: tuple[str, ...] = (_measure_of_title(title),)
    goal = _best(mentions, lambda one: _as_goal(one, names), least=2.0)
    result: dict[str, Found[float] | Found[str]] = {}
    if goal is None:
        return result
    result["goal"] = _found(goal.value, goal, 0.9)
    if unit := _unit(goal, mentions):
        result["unit"] = Found(shown_unit(unit), goal.where, goal.quote, 0.9)
    if measure := _measure(goal, title):
        result["measure"] = Found(measure, goal.where, goal.quote, 0.8)
        names = (*names, measure)
    same = [one for one in mentions if _same_unit(one.unit, goal.unit)]
    before = goal.move_from
    if before is not None:
        result["before"] = _found(before, goal, 0.95)
    elif one := _best(same, lambda one: _as_before(one, names, goal, _direction(title)), least=1.9):
        result["before"] = _found(one.value, one, 0.75)
        before = one.value
    if one := _best(same, lambda one: _as_after(one, names, goal, before), least=2.5):
        result["after"] = _found(one.value, one, 0.85)
    return result


def as_target(parts: dict[str, Found[float] | Found[str]]) -> Target:
    def number(name: str) -> float | None:
        value = parts[name].value if name in parts else None
        return value if isinstance(value, float) else None

    def text(name: str) -> str:
        return str(parts[name].value) if name in parts else ""

    return Target(text("measure"), text("unit"), number("before"), number("goal"), number("after"))


def _found(value: float, one: Mention, confidence: float) -> Found[float]:
    return Found(float(value), one.where, one.quote, confidence)


def _best(mentions: Sequence[Mention], weigh: Weigh, least: float) -> Mention | None:
    scored = [(weigh(one), -n, one) for n, one in enumerate(mentions)]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= least else None


def _as_goal(one: Mention, names: tuple[str, ...]) -> float:
    if one.value == 0 and not one.unit:
        return 0
    in_goal = bool(set(one.steps) & _GOAL_STEPS)
    near = one.before[-30:]
    score = 2.0 if in_goal else 0.0
    if one.row or one.column:
        heads = f"{one.row} {one.column}"
        if not _GOAL_HEAD.search(heads):
            return 0
        score += 2.0 + _shared(names, one.row + one.column) + (0.5 if one.unit else -1)
        return score if in_goal or set(one.steps) & {"results", "topic-selection"} else score - 2
    if not in_goal and not _WANT.search(one.sentence):
        return 0
    if one.move_from is not None:
        score += 4
    elif one.move_to is not None:
        return 0
    score += 1.5 * bool(_WANT.search(near)) + 0.7 * bool(_WANT.search(one.before))
    score += 1.0 * bool(re.match(r"(?:的|以[上下内])?[^,，。]{0,4}目标", one.after))
    score += 1.0 * bool(
        re.search(
            r"(?:提高|提升|达|降|减|缩短|控制|不低于|不小于|不大于|不超过|不少于|≥|≤|>|<|为|到|至|:|"
            r"：)[到至了在为于]?[^\d]{0,4}$",
            near,
        )
    )
    score += _shared(names, one.before) + (0.6 if one.unit else -1.2)
    score -= 1.8 * bool(_DECOY.search(one.clause)) + 1.0 * bool(
        re.search(r"[=＝≈×÷]$|现状|活动前|[图表第]$", near[-3:] if near else "")
    )
    score -= 2.5 * bool(re.search(r"(?:现状|活动前|目前|平均)[^,，。]{0,12}$", near)) + 2 * (
        one.unit in {"个百分点", "万元", "元"} and not any("元" in name for name in names)
    )
    score -= 1.5 * bool(re.match(r"[×÷+\-*/=＝]", one.after)) + 1.0 * bool(re.search(r"[×÷+\-*/(（]$", near))
    return score - (
        3
        if set(one.steps)
        & {"results", "summary", "consolidation", "root-causes", "implementation", "countermeasures", "options"}
        and not in_goal
        else 0
    )


def _beyond(value: float, goal: float, lower: bool | None) -> bool:
    """On the far side of the goal, where no present value can be; `lower` is None where the direction is unknown."""
    return lower is not None and (value < goal if lower else value > goal)


def _direction(title: str) -> bool | None:
    if re.search(r"降低|减少|缩短|消除|压缩|减小", title):
        return True
    return False if re.search(r"提高|提升|增加|延长|确保", title) else None


def _as_before(one: Mention, names: tuple[str, ...], goal: Mention, lower: bool | None) -> float:
    if one.value == goal.value:
        return 0
    steps = set(one.steps)
    if one.row or one.column:
        heads = f"{one.row} {one.column}"
        if _AFTER_HEAD.search(heads) or _GOAL_HEAD.search(heads):
            return 0
        if _BEFORE_HEAD.search(heads) and steps & (_GOAL_STEPS | {"results"}):
            return 3.0 + 2 * _shared(names, heads) + (1 if _beside(one, goal) else 0) - 2.0 * one.one_of_many
        if steps & {"current-state", "topic-selection"} and SUM.search(one.row) and _shared(names, one.column):
            return 2.0 + 2 * _shared(names, one.column)
        return 0
    score = 0.0
    if steps & {"results", "summary"}:
        if one.move_to is None:
            score = 1.5 * bool(_BEFORE_HEAD.search(one.clause)) + _shared(names, one.before)
            return score + (1.5 if str(_plain(goal.value)) in one.sentence and score > 1.4 else 0)
        return 2.5 + 2 * _shared(names, one.before) - _off(one.sentence)
    if not steps & (_GOAL_STEPS | {"current-state", "topic-selection", "feasibility", "preface", "overview"}):
        return 0
    score += 1.5 * bool(_BEFORE.search(one.before[-24:])) + 2.0 * _shared(names, one.before)
    score += 1.0 * bool(re.search(r"(?:仅|只有|只|为|[=＝]|达|需要?|耗时|用时)[^\d]{0,3}$", one.before))
    score += 0.5 * bool(re.search(r"[=＝]$", one.before)) - 2.0 * _beyond(one.value, goal.value, lower)
    score += (
        1.0 * bool(steps & _GOAL_STEPS)
        + 0.7 * bool(steps & {"current-state", "feasibility"})
        + 0.5 * bool("topic-selection" in steps)
    )
    ends = "|".join(re.escape(name[-2:]) for name in names if len(name) >= 2)
    score += 1.0 * bool(ends and re.search(f"(?:{ends})(?:仅|只有|为|达|是|[=＝:])?$", one.before))
    score += 1.0 * (one.move_to is not None)
    if one.move_from is not None:
        return 0
    score -= _difference(one)
    return (
        score
        - 1.5
        * bool(
            re.search(
                r"目标|要求|合同|规范|同行|先进|占|累计|频率|相差|差距|可达|可降|可提|解决|预计|测算|理论|对标|同类|"
                r"类似|兄弟|相邻|其他|借鉴|最[高低大小好]|达到$|标准",
                one.clause,
            )
        )
        - _equation(one)
    )


def _as_after(one: Mention, names: tuple[str, ...], goal: Mention, before: float | None) -> float:
    steps = set(one.steps)
    if (
        not steps & {"results", "benefits", "summary", "consolidation", "standardization", "preface"}
        or one.move_to is not None
    ):
        return 0
    score = 1.0 * bool("results" in steps) - 0.5 * bool(steps & {"consolidation", "standardization"})
    score -= 3 * (before is not None and one.value == before)
    if before is not None and (one.value - before) * (goal.value - before) > 0:
        score += 0.7
    if one.row or one.column:
        heads = f"{one.row} {one.column}"
        if not _AFTER_HEAD.search(heads) or (_BEFORE_HEAD.search(heads) and not re.search("后", heads)):
            return (
                score
                - 3
                + (1.5 * _shared(names, heads) + 2.2 if SUM.search(one.row) and _shared(names, one.column) > 0.4 else 0)
            )
        return score + 2.0 + 2 * _shared(names, heads + one.sentence) - 2.0 * one.one_of_many
    if one.move_from is not None:
        score += 4 if before is not None and one.move_from == before else 1
    score += 1.5 * _says(goal.value, one.before + " " + one.after) + 1.0 * bool(_WANT.search(one.sentence))
    score += 2.0 * _shared(names, one.before) + 0.8 * bool(_AFTER.search(one.before[-16:]))
    score += 0.8 * bool(re.search(r"[=＝]$|达到?了?$|为$", one.before))
    score += 1.0 * bool(
        re.match(
            r"[^。]{0,6}(?:超过|超出|高于|优于|低于|小于|大于|好于|实现|完成|比|满足|达到)[^。]{0,12}目标|"
            r"[^。]{0,10}(?:实现|完成|达到|超过)了?[^。]{0,10}目标",
            one.after,
        )
    )
    score -= 2.5 * (
        one.value == goal.value
        and bool(re.search(r"目标[^,，。]{0,12}$|(?:超过|高于|低于|优于|大于|小于|比)[^,，。]{0,14}$", one.before))
    )
    score -= 1.5 * bool(re.search(r"目标值?[^,，。]{0,4}$", one.before)) + 2.0 * bool(_BEFORE_HEAD.search(one.clause))
    score -= 3.0 * bool(one.value == goal.value and re.match(r"(?:以[内上下])?[^,，。]{0,6}目标", one.after))
    score -= 1.2 * bool(
        re.search(r"最[大小高低长短][^,，。]{0,4}$", one.before) and not any("最" in name for name in names)
    )
    score += 1.0 * bool(SUM.search(one.clause))
    score -= _off(one.clause) * (0.3 if _WANT.search(one.after[:16]) else 1.0)
    return score - _difference(one) - _equation(one) - 1.0 * (one.unit == "" and goal.unit != "")


def _off(words: str) -> float:
    """Side results: the symptom, a cause, money."""
    return 1.5 * bool(re.search(r"症结|占|累计|频率|要因|缺陷|节约|对策|投入|增加了|提高了|降低了|减少了|差", words))


def _equation(one: Mention) -> float:
    """A number inside a calculation is not its result."""
    inside = re.match(r"\)?[×÷+*/]|-\d", one.after) or re.search(r"[×÷+*/(（]$", one.before)
    return 3.0 if inside else 0.0


def _difference(one: Mention) -> float:
    """比目标少 1d, 提高了 5 %: how far it moved, not where it is."""
    near = re.search(r"(?:少|多|高|低|提前|缩短|超过?|超出|提高|提升|增加|增长|降低|下降|减少|上升)了?约?$", one.before)
    compared = re.search(r"(?:超过|超出|超)$", one.before)
    return 3.0 if near and not compared else 0.0


def _says(value: float, words: str) -> bool:
    return any(float(number) == value for number in re.findall(r"\d+(?:\.\d+)?", words))


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _beside(one: Mention, goal: Mention) -> bool:
    return one.where == goal.where and (one.row == goal.row or one.column == goal.column)


def _same_unit(one: str, other: str) -> bool:
    return (
        one == other
        or not other
        or (not one and other != "%")
        or {one, other} <= {"d", "天", "日"}
        or {one, other} <= {"h", "小时"}
        or {one, other} <= {"min", "分钟", "分"}
    )


def _unit(goal: Mention, mentions: Sequence[Mention]) -> str:
    if goal.unit:
        return goal.unit
    return next(
        (
            one.unit
            for one in mentions
            if one.unit and one.value in {goal.value, goal.move_from} and set(one.steps) & _GOAL_STEPS
        ),
        "",
    )


def _shared(names: tuple[str, ...], text: str) -> float:
    """How much of a name of the measure stands in `text`, 0 to 1, by pairs of characters; its end counts most."""
    text = squeeze(text)
    return max((_shared_by(name, text) for name in names if len(name) >= 2), default=0.0)


def _shared_by(name: str, text: str) -> float:
    if name in text:
        return 1.0
    least = 0.5 if name[-3:] in text[-12:] else 0.0
    tail = name[-8:]
    pairs = {tail[n : n + 2] for n in range(len(tail) - 1)}
    return max(least, 0.9 * sum(pair in text for pair in pairs) / len(pairs))


def _measure_of_title(title: str) -> str:
    words = squeeze(title)
    words = re.sub(r"(?:的)?(?:研究|实践|应用|攻关|控制)$", "", words)
    return _VERBS.sub("", words) if _VERBS.match(words) else ""


def _measure(goal: Mention, title: str) -> str:
    """The name of what is measured: from the sentence that sets the goal, else from the title."""
    of_title = _measure_of_title(title)
    heads = [re.sub(r"[(（][^)）]*[)）]|/[A-Za-z%]+$", "", cell).strip() for cell in (goal.row, goal.column)]
    for head in heads:
        if head and not _GOAL_HEAD.search(head) and not _BEFORE_HEAD.search(head) and _MEASURE.fullmatch(head):
            return head
    lead = goal.before
    if goal.move_from is not None:
        lead = re.split(r"由|从", lead)[0] if re.search(r"由|从", lead) else lead[: lead.rfind(f"{goal.move_from:g}")]
    said = re.split(r"[,，。;；:：]", lead)
    for part in reversed(said):
        words = _trim(part)
        if 3 <= len(words) <= 30 and words != "目标值" and (_MEASURE.match(words) or goal.move_from is not None):
            return _longer(words, of_title)
    return of_title if _MEASURE.fullmatch(of_title) else (of_title if len(of_title) >= 4 and goal.unit == "%" else "")


def _longer(said: str, of_title: str) -> str:
    """合格率 alone says less than the title's 炉壳环缝焊接一次合格率."""
    return of_title if len(said) <= 6 and of_title.endswith(said) else said


def _trim(part: str) -> str:
    words = re.sub(r"\([^()]*\)", "", squeeze(part))
    words = re.sub(r"^.*?(?:目标(?:值|是|为|定为|设定为|确定为|[一二三四\d])*[:：]?|将|使|把)(?=.{3})", "", words)
    words = re.sub(r"^(?:本次|本课题|小组|课题|的|是|为|即|确定|设定|在|通过|到|以往|过程中)+", "", words)
    words = _VERBS.sub("", words)
    words = re.sub(
        r"(?:提高|提升|降低|降|减少|缩短|控制|达|不低于|不大于|不超过|不小于|保持|稳定|为|应|要|需|均|平均|"
        r"必须|≥|≤|在|到|至|[<>=])+$",
        "",
        words,
    )
    return re.sub(r"(?:提高|提升|降低|减少|缩短|控制|达)[到至在]?$", "", words)
