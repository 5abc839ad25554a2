"""How much speaks for a quantity being the goal, the value before, or the value reached.

The step it stands in, the words around it (`target_clues`), its row and column, its unit, and the name of the measure
each add or take away; which quantities agree with each other is weighed in `target_agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.fields import target_clues as clues
from indexer.fields.measures import kind_of_measure, measure_beside, shared
from indexer.fields.mentions import Mention
from indexer.fields.numbers import factor_between, same_unit, unit_kind
from indexer.fields.tables import MEAN, SUM, role, without_role

GOAL_STEPS = {"goal", "goal-and-feasibility"}
AFTER_STEPS = {"results", "benefits", "summary", "consolidation", "standardization", "preface"}
_BEFORE_STEPS = GOAL_STEPS | {"current-state", "topic-selection", "feasibility", "preface", "overview"}
_NOT_GOAL_STEPS = {
    "results", "summary", "consolidation", "root-causes", "implementation", "countermeasures", "options",
}  # fmt: skip
_ORDER_STEPS = {"topic-selection", "overview", "feasibility"}
_OF_TARGET = GOAL_STEPS | AFTER_STEPS
_EVERY = re.compile(r"每个?([百千万](?:米|平米|[\u4e00-\u9fff])|[月季年天日周班吨套台户栋](?!度?方米))")
_SAID = {"d": "[天日]", "h": "小?时", "min": "分钟?", "a": "年"}
"""How the rate of such a unit is said: 每天12MW is 12MW/d."""
_PARTS = 3
"""So many rows of 反射裂缝, 收缩裂缝, … tell the parts of the 裂缝率, even without a row 合计."""


def of_one_unit(one: Mention, goal: Mention) -> bool:
    """Whether the two can be compared; 月均 4.8 次 is 4.8 次/月."""
    if not goal.unit or same_unit(one.unit, goal.unit):
        return True
    if not one.unit:
        return goal.unit != "%"
    less, more = sorted((one, goal), key=lambda mention: "/" in mention.unit)
    head, stroke, per = more.unit.partition("/")
    if "/" in less.unit or not stroke or not same_unit(head, less.unit):
        return False
    per = _SAID.get(per, re.escape(per))
    return bool(re.search(rf"{per}均|[每单]{per}|平均", less.near + less.heads))


def in_unit_of(goal: Mention, mentions: Sequence[Mention], names: tuple[str, ...]) -> list[Mention]:
    """What is told of the measure in another unit of the same kind, reckoned over: 52分钟 for a goal of 1小时."""
    return [
        replace(one, value=round(one.value * factor, 3), unit=goal.unit)
        for one in mentions
        if (factor := factor_between(one.unit, goal.unit)) and not one.in_table and shared(names, one.clause) > 0.4
    ]


def wants_less_by(goal: Mention) -> bool | None:
    """Whether the words of the goal tell that the number shall fall; None where they do not say."""
    if re.search(r"(?:≤|<|不[大高超多]于?过?|小于|低于|以内|控制在|降|减|缩短)[^\d]{0,6}$", goal.near) or re.match(
        r"(?:及)?以[内下]|/?[^\d,，。]{0,4}以[内下]", goal.after
    ):
        return True
    if re.search(r"(?:≥|>|不[小低少]于|大于|高于|提高|提升|达)[^\d]{0,6}$", goal.near) or re.match(
        r"(?:及)?以上", goal.after
    ):
        return False
    return None


def rate(unit: str, goal: Mention) -> str:
    """每季穿漏次数由16次减到6次: the unit is 次/季."""
    per = (
        _EVERY.search(goal.clause)
        or _EVERY.search(goal.row)
        or (_EVERY.search(goal.before) if goal.move_from else None)
    )
    return f"{unit}/{per[1]}" if per and "/" not in unit and unit_kind(unit) in {"count", "money"} else unit


def attested_rate(unit: str, goal: Mention, mentions: Sequence[Mention]) -> str:
    """每次开口消耗由2.4根降到1.5根, and somewhere else 1.4根/次: the report counts in 根/次."""
    if "/" in unit or not unit:
        return unit
    words = goal.before if goal.move_from is not None else goal.clause
    rates = (one.unit for one in mentions if one.unit.startswith(f"{unit}/") and one.steps & _OF_TARGET)
    return next((told for told in rates if re.search(rf"[每单]个?{told.partition('/')[2]}|{told[-1]}均", words)), unit)


def starts_of_sums(same: Sequence[Mention]) -> set[float]:
    """What a goal is reckoned from is the present value: 19.6%-8.2%=11.4%, 38×(1-41%)=22.4h."""
    return {
        one.value
        for one in same
        if one.steps & (GOAL_STEPS | {"feasibility"})
        and clues.RECKONED_FROM.match(one.after)
        and not clues.RECKONED_ON.search(one.before)
    }


def as_goal(one: Mention, names: tuple[str, ...], less: bool | None = None) -> float:
    """`less` as the title wants it: a number that moves the other way is another measure's."""
    in_goal = bool(one.steps & GOAL_STEPS)
    if (one.value == 0 and not one.unit) or one.move_to is not None:
        return 0
    score = (2.0 if in_goal else 0.0) + _fits(one, names)
    if one.in_table:
        if role(one.column) != "goal" and role(one.row) != "goal":
            return 0
        score += 2.0 + shared(names, one.row + one.column) + (0.5 if one.unit else -1)
        return score if in_goal or one.steps & {"results", "topic-selection"} else score - 2
    if not in_goal and "目标" not in one.sentence:
        return 0
    score += clues.weigh(one, clues.GOAL) + 1.3 * shared(names, one.before) + (0.6 if one.unit else -1.2)
    score += 2.5 * (one.move_from is not None) - 1.5 * one.aside - 1.0 * (not _is_set(one))
    score -= 5.0 * (one.move_from is not None and less is not None and less != (one.value < one.move_from))
    score -= 1.5 * bool(clues.BORROWED.search(one.before))
    score -= 2.0 * (one.unit == "%" and bool(clues.BY_A_SHARE.search(one.before)))
    score -= 3.0 * bool(clues.SUPPOSED.search(one.before) and "目标" not in one.near)
    score -= 2.0 * (one.unit in {"个百分点", "百分点"}) + 1.5 * (unit_kind(one.unit) == "money")
    return score - (3.0 if not in_goal and one.steps & _NOT_GOAL_STEPS else 0.0)


def _is_set(one: Mention) -> bool:
    """Whether anything beside it says that it shall be so: of 二期320户，投诉不超过32户 only the second."""
    if len(re.findall(r"[\d.]+", one.sentence)) < 2:
        return True  # nothing else can be meant
    said = clues.SETS.search(f"{one.clause}{one.after[:4]}") or re.search(r"目标[^\d]*$", one.before)
    return one.move_from is not None or bool(said)


def as_order(one: Mention, names: tuple[str, ...], whose: str) -> float:
    """For reports whose goal is what they were told (指令：一次合格率≥95%), by 任务书 or whatever is `whose`."""
    if one.in_table or not one.unit or not one.steps & _ORDER_STEPS or not clues.ORDER.search(one.before):
        return 0.0
    return clues.weigh(one, clues.SETS_IT) + 3.0 * shared(names, one.before) + 2.0 * shared((whose,), one.before)


def as_before(one: Mention, names: tuple[str, ...], goal: Mention, less: bool | None) -> float:
    if one.value == goal.value or one.move_from is not None:
        return 0
    if one.in_table:
        return _cell_before(one, names, goal)
    if one.steps & {"results", "summary"}:
        if one.move_to is not None:
            return 2.5 + 2 * shared(names, one.before) + _side_result(one, names)
        score = 1.5 * (role(one.clause) == "before") + shared(names, one.before)
        return score + (1.5 if score > 1.4 and _says(one.sentence, goal.value) else 0)
    if not one.steps & _BEFORE_STEPS:
        return 0
    score = clues.weigh(one, clues.BEFORE) + clues.weigh(one, clues.EQUATION) + 2.0 * shared(names, _told(one, names))
    score -= 2.0 * bool(one.steps & (GOAL_STEPS | {"feasibility"}) and clues.ESTIMATE.search(one.before))
    score += 1.0 * bool(one.steps & GOAL_STEPS) + 0.7 * bool(one.steps & {"current-state", "feasibility"})
    score += 0.5 * ("topic-selection" in one.steps) + 1.0 * (one.move_to is not None)
    score += 1.5 * _is_rate(one, goal) + 1.3 * one.reckoned - 0.7 * one.aside - 1.5 * (_of_range(one) + _of_list(one))
    score += 1.0 * bool(measure_beside(one.clause)) - 2.0 * _beyond(one.value, goal.value, less) - _difference(one)
    return score - 1.5 * _extreme(one, goal, names)


def _cell_before(one: Mention, names: tuple[str, ...], goal: Mention) -> float:
    said = role(one.column), role(one.row)
    if "after" in said or "goal" in said:
        return 0
    if "before" in said and one.steps & (GOAL_STEPS | {"results"}):
        return 3.0 + 2 * shared(names, one.heads) + _beside(one, goal) - _part(one, names)
    if one.steps & {"current-state", "topic-selection"} and SUM.search(one.row):
        return 2.0 + 2 * _names_column(names, one.column) if _names_column(names, one.column) else 0
    if one.steps & {"current-state", "topic-selection"} and SUM.search(one.column):
        of_row = _names_column(names, one.row)
        return (2.0 if MEAN.search(one.column) else 1.8) + 2 * of_row if of_row > 0.4 else 0
    return 0


def as_after(one: Mention, names: tuple[str, ...], goal: Mention) -> float:
    if not one.steps & AFTER_STEPS or one.move_to is not None:
        return 0
    score = 1.0 * ("results" in one.steps) - 0.5 * bool(one.steps & {"consolidation", "standardization"})
    if one.in_table:
        return score + _cell_after(one, names)
    score += 1.0 * (one.move_from is not None)
    score += clues.weigh(one, clues.AFTER) + clues.weigh(one, clues.EQUATION) + 2.0 * shared(names, _told(one, names))
    score += 0.8 * shared(names, one.clause)
    score += 1.5 * _says(f"{one.before} {one.after}", goal.value) + 0.6 * _names_its_kind(one, names)
    score += 1.3 * one.reckoned - 1.5 * one.aside - 1.5 * (_of_range(one) + _of_list(one))
    score += 2.5 * _is_rate(one, goal)
    score += 1.3 * bool(clues.WHOLE.search(one.clause) and not clues.RATE.search(goal.near))
    if one.value == goal.value:
        score -= 2.5 * bool(clues.GOAL_NAMED.search(one.before)) + 3.0 * bool(clues.GOAL_BEHIND.match(one.after))
    score += _side_result(one, names) * (0.3 if "目标" in one.after[:16] else 1.0)
    score -= _difference(one) + 1.0 * (one.unit == "" and goal.unit != "")
    return score - 1.2 * _extreme(one, goal, names)


def _cell_after(one: Mention, names: tuple[str, ...]) -> float:
    if "after" in (role(one.column), role(one.row)):
        return 2.0 + 2 * shared(names, one.heads + one.sentence) - _part(one, names)
    of_column, of_row = _names_column(names, one.column), _names_column(names, one.row)
    if SUM.search(one.column) and of_row > 0.4:
        return 2.2 * of_row - (0.8 if MEAN.search(one.column) else 1.0)
    return 2.6 * of_column - 0.8 if SUM.search(one.row) and of_column > 0.4 else -3.0


def _part(one: Mention, names: tuple[str, ...]) -> float:
    """How much it counts against a number that its row is one of the parts that make up the whole."""
    if one.one_of_many:
        return 2.0
    return 1.0 if one.rows >= _PARTS and not role(one.row) and shared(names, one.row) < 0.5 else 0.0


def _names_column(names: tuple[str, ...], column: str) -> float:
    """Whether a column is headed by the measure, or by one of its kind (用时 for …更换时间)."""
    wanted = kind_of_measure(names[0])
    return max(
        shared(names, column), 0.7 if wanted and kind_of_measure(without_role(column).rstrip("%‰")) == wanted else 0.0
    )


def _fits(one: Mention, names: tuple[str, ...]) -> float:
    """Whether the unit is of the kind that the title's measure asks for: a rate has % or 个/张, a duration hours."""
    wanted, kind = kind_of_measure(names[0]), unit_kind(one.unit)
    if wanted == "share" and "/" in one.unit:  # 差错率 0.62个/张
        return 0.8
    return 0.0 if not wanted or not kind else 0.8 if kind == wanted else -0.8


def _told(one: Mention, names: tuple[str, ...]) -> str:
    """The words before the number; 投诉96户 tells of 投诉户数."""
    counts = one.unit and names[0].endswith(f"{one.unit}数")
    return f"{one.before}{one.unit}数" if counts else one.before


def _names_its_kind(one: Mention, names: tuple[str, ...]) -> int:
    """1 if its clause ends in what is measured, -1 if that is another measure: 中心偏位62mm，高差35mm."""
    said = measure_beside(one.clause)
    if not said:
        return 0
    kind = kind_of_measure(said)
    return -1 if kind and kind != kind_of_measure(names[0]) and not shared(names, said) else 1


def _says(text: str, value: float) -> bool:
    """Whether the number stands in the text as a whole: 4 is not said by 4#楼 or 14.5."""
    return bool(re.search(rf"(?<![\d.]){re.escape(f'{value:g}')}(?:\.0+)?(?!\d|\.\d|[#号])", text))


def _side_result(one: Mention, names: tuple[str, ...]) -> float:
    """What speaks of the symptom, of a cause or of money; a measure may itself be called 缺陷率."""
    return 0.0 if shared(names, one.clause) == 1.0 else clues.weigh(one, (clues.SIDE_RESULT,))


def _of_range(one: Mention) -> bool:
    return bool(clues.RANGE_BEGINS.match(one.after) or clues.RANGE_ENDS.search(one.before))


def _of_list(one: Mention) -> float:
    """How much it counts against a number that it is one of a list: most where the list is summed up."""
    if one.summed_up:
        return 2.0
    return 0.5 if clues.LIST_GOES_ON.match(one.after) or clues.LIST_ENDS.search(one.before) else 0.0


def _extreme(one: Mention, goal: Mention, names: tuple[str, ...]) -> float:
    """How much it counts against a number, 0 to 1, that it is a greatest value, or a mean where the goal names one."""
    if any("最" in words for words in (goal.near, goal.after[:6], *names)):  # then the mean is the other number
        return 1.0 if one.statistic == "平均" else 0.0
    if not clues.EXTREME.search(one.before):
        return 0.0
    return 0.3 if clues.BOUND.search(goal.near[-8:] + goal.after[:2]) else 1.0


def _beyond(value: float, goal: float, less: bool | None) -> bool:
    """On the far side of the goal, where no present value can be; `less` is None where the direction is unknown."""
    return less is not None and (value < goal if less else value > goal)


def _difference(one: Mention) -> float:
    return 3.0 if clues.DIFFERENCE.search(one.before) and not clues.COMPARED.search(one.before) else 0.0


def _is_rate(one: Mention, goal: Mention) -> bool:
    """每周3次 where the goal is a rate too."""
    return "/" in rate(goal.unit, goal) and ("/" in one.unit or bool(clues.RATE.search(one.clause)))


def _beside(one: Mention, goal: Mention) -> bool:
    return one.where == goal.where and (one.row == goal.row or one.column == goal.column)
