"""The target: the measure, its unit, and its value before, as wanted, and as reached.

The goal comes first: every quantity is weighed by the step it stands in and the words around it (`target_clues`). Then
a table that sets before, goal and after side by side is believed (`comparisons`), else the quantities are weighed for
the other two roles. What is not said anywhere stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.fields import target_clues as clues
from indexer.fields.comparisons import Comparison, read_comparisons
from indexer.fields.drawn_charts import with_drawn_charts
from indexer.fields.found import Found
from indexer.fields.measures import kind_of_measure, measure_of_goal, measure_of_title, names_a_measure, shared
from indexer.fields.mentions import Mention, read_mentions
from indexer.fields.numbers import same_unit, shown_unit, unit_kind
from indexer.fields.tables import MEAN, SUM, role, without_role
from indexer.fields.title_words import wants_less
from indexer.splitter import Passage
from library.case import Target

_GOAL_STEPS = {"goal", "goal-and-feasibility"}
_BEFORE_STEPS = _GOAL_STEPS | {"current-state", "topic-selection", "feasibility", "preface", "overview"}
_AFTER_STEPS = {"results", "benefits", "summary", "consolidation", "standardization", "preface"}
_NOT_GOAL_STEPS = {
    "results", "summary", "consolidation", "root-causes", "implementation", "countermeasures", "options",
}  # fmt: skip

_EVERY = re.compile(r"每个?([百千]米|[月季年天日周班吨](?!度?方米))")
_PARTS = 3
"""So many rows of 反射裂缝, 收缩裂缝, … tell the parts of the 裂缝率, even without a row 合计."""

Parts = dict[str, Found[float] | Found[str]]
Weigh = Callable[[Mention], float]


def read_target(passages: Sequence[Passage], title: str) -> Parts:
    """`measure`, `unit`, `before`, `goal`, `after`, as far as they are known."""
    passages = with_drawn_charts(passages, wants_less(title))
    mentions = read_mentions(passages)
    names: tuple[str, ...] = (measure_of_title(title),)
    goal = _best(mentions, lambda one: _as_goal(one, names), least=2.0)
    if goal is None:
        return {}
    result: Parts = {"goal": _found(goal.value, goal, 0.9)}
    if measure := measure_of_goal(goal, title):
        result["measure"] = Found(measure, goal.where, goal.quote, 0.8)
        names = (*names, measure)
    comparison = _comparison(read_comparisons(passages), goal, names)
    if unit := goal.unit or _unit(goal, mentions) or (comparison.unit if comparison else ""):
        result["unit"] = Found(shown_unit(_rate(unit, goal)), goal.where, goal.quote, 0.9)
    same = [one for one in mentions if _of_one_unit(one, goal)]
    if before := _before(goal, comparison, same, names, wants_less(title)):
        result["before"] = before
    if after := _after(goal, comparison, same, names, before.value if before else None):
        result["after"] = after
    return result


def _of_one_unit(one: Mention, goal: Mention) -> bool:
    """Whether the two can be compared; 月均 4.8 次 is 4.8 次/月."""
    if not goal.unit or same_unit(one.unit, goal.unit):
        return True
    if not one.unit:
        return goal.unit != "%"
    less, more = sorted((one, goal), key=lambda mention: "/" in mention.unit)
    head, stroke, per = more.unit.partition("/")
    if "/" in less.unit or not stroke or not same_unit(head, less.unit):
        return False
    return bool(re.search(rf"{re.escape(per)}均|每{re.escape(per)}|平均", less.near + less.heads))


def as_target(parts: Parts) -> Target:
    def number(name: str) -> float | None:
        value = parts[name].value if name in parts else None
        return value if isinstance(value, float) else None

    def text(name: str) -> str:
        return str(parts[name].value) if name in parts else ""

    return Target(text("measure"), text("unit"), number("before"), number("goal"), number("after"))


def _before(
    goal: Mention, comparison: Comparison | None, same: Sequence[Mention], names: tuple[str, ...], less: bool | None
) -> Found[float] | None:
    if goal.move_from is not None:
        return _found(goal.move_from, goal, 0.95)
    if comparison and comparison.before is not None and comparison.before != goal.value:
        return Found(comparison.before, comparison.where, comparison.quote, 0.9)
    reckoned = _starts_of_sums(same)
    one = _best(
        same,
        lambda one: _as_before(one, names, goal, less) + 4.0 * (one.value in reckoned and one.unit != ""),
        least=1.9,
    )
    return _found(one.value, one, 0.75) if one else None


def _starts_of_sums(same: Sequence[Mention]) -> set[float]:
    """What a goal is reckoned from is the present value: 19.6%-8.2%=11.4%, 38×(1-41%)=22.4h."""
    return {
        one.value
        for one in same
        if one.steps & (_GOAL_STEPS | {"feasibility"})
        and clues.RECKONED_FROM.match(one.after)
        and not clues.RECKONED_ON.search(one.before)
    }


def _after(
    goal: Mention, comparison: Comparison | None, same: Sequence[Mention], names: tuple[str, ...], before: float | None
) -> Found[float] | None:
    if comparison and comparison.after is not None and comparison.steps & _AFTER_STEPS:
        return Found(comparison.after, comparison.where, comparison.quote, 0.9)
    one = _best(same, lambda one: _as_after(one, names, goal, before), least=2.5)
    return _found(one.value, one, 0.85) if one else None


def _comparison(found: Sequence[Comparison], goal: Mention, names: tuple[str, ...]) -> Comparison | None:
    """The table that has this goal and says most; of several measures with the same goal the one of this name."""
    fitting = [
        one
        for one in found
        if one.goal == goal.value
        and (not one.unit or not goal.unit or same_unit(one.unit, goal.unit))
        and (goal.move_from is None or one.before in (None, goal.move_from))
    ]
    said = [(shared(names, one.measure), one.after is not None, one.before is not None) for one in fitting]
    best = max(range(len(fitting)), key=lambda n: (said[n][1:], said[n][0], -n), default=None)
    return None if best is None else fitting[best]


def _found(value: float, one: Mention, confidence: float) -> Found[float]:
    return Found(float(value), one.where, one.quote, confidence)


def _best(mentions: Sequence[Mention], weight: Weigh, least: float) -> Mention | None:
    scored = ((weight(one), -n, one) for n, one in enumerate(mentions))
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= least else None


def _unit(goal: Mention, mentions: Sequence[Mention]) -> str:
    values = {goal.value, goal.move_from}
    return next((one.unit for one in mentions if one.unit and one.value in values and one.steps & _GOAL_STEPS), "")


def _rate(unit: str, goal: Mention) -> str:
    """每季穿漏次数由16次减到6次: the unit is 次/季."""
    per = (
        _EVERY.search(goal.clause)
        or _EVERY.search(goal.row)
        or (_EVERY.search(goal.before) if goal.move_from else None)
    )
    return f"{unit}/{per[1]}" if per and "/" not in unit and unit_kind(unit) in {"count", "money"} else unit


def _as_goal(one: Mention, names: tuple[str, ...]) -> float:
    in_goal = bool(one.steps & _GOAL_STEPS)
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
    score += 4.0 * (one.move_from is not None)
    score -= 3.0 * bool(clues.SUPPOSED.search(one.before) and "目标" not in one.near)
    score -= 2.0 * (one.unit in {"个百分点", "百分点"}) + 1.5 * (unit_kind(one.unit) == "money")
    return score - (3.0 if not in_goal and one.steps & _NOT_GOAL_STEPS else 0.0)


def _as_before(one: Mention, names: tuple[str, ...], goal: Mention, less: bool | None) -> float:
    if one.value == goal.value or one.move_from is not None:
        return 0
    if one.in_table:
        return _cell_before(one, names, goal)
    if one.steps & {"results", "summary"}:
        if one.move_to is not None:
            return 2.5 + 2 * shared(names, one.before) + _side_result(one, names)
        score = 1.5 * (role(one.clause) == "before") + shared(names, one.before)
        return score + (1.5 if score > 1.4 and f"{goal.value:g}" in one.sentence else 0)
    if not one.steps & _BEFORE_STEPS:
        return 0
    score = clues.weigh(one, clues.BEFORE) + clues.weigh(one, clues.EQUATION) + 2.0 * shared(names, one.before)
    score -= 2.0 * bool(one.steps & (_GOAL_STEPS | {"feasibility"}) and clues.ESTIMATE.search(one.before))
    score += 1.0 * bool(one.steps & _GOAL_STEPS) + 0.7 * bool(one.steps & {"current-state", "feasibility"})
    score += 0.5 * ("topic-selection" in one.steps) + 1.0 * (one.move_to is not None)
    score += 1.0 * names_a_measure(one.clause) - 2.0 * _beyond(one.value, goal.value, less) - _difference(one)
    return score - 1.5 * _extreme(one, goal, names)


def _cell_before(one: Mention, names: tuple[str, ...], goal: Mention) -> float:
    said = role(one.column), role(one.row)
    if "after" in said or "goal" in said:
        return 0
    if "before" in said and one.steps & (_GOAL_STEPS | {"results"}):
        return 3.0 + 2 * shared(names, one.heads) + _beside(one, goal) - _part(one, names)
    if one.steps & {"current-state", "topic-selection"} and SUM.search(one.row):
        return 2.0 + 2 * _names_column(names, one.column) if _names_column(names, one.column) else 0
    if one.steps & {"current-state", "topic-selection"} and MEAN.search(one.column):
        return 2.0 + 2 * _names_column(names, one.row) if _names_column(names, one.row) > 0.4 else 0
    return 0


def _as_after(one: Mention, names: tuple[str, ...], goal: Mention, before: float | None) -> float:
    if not one.steps & _AFTER_STEPS or one.move_to is not None:
        return 0
    score = 1.0 * ("results" in one.steps) - 0.5 * bool(one.steps & {"consolidation", "standardization"})
    score -= 3.0 * (before is not None and one.value == before)
    if before is not None and (one.value - before) * (goal.value - before) > 0:
        score += 0.7
        score += 0.5 * ((one.value - goal.value) * (goal.value - before) >= 0)
    if one.in_table:
        return score + _cell_after(one, names)
    if one.move_from is not None:
        score += 4 if before is not None and one.move_from == before else 1
    score += clues.weigh(one, clues.AFTER) + clues.weigh(one, clues.EQUATION) + 2.0 * shared(names, one.before)
    score += 1.5 * (f"{goal.value:g}" in (one.before + " " + one.after)) + 0.6 * names_a_measure(one.clause)
    if "/" in _rate(goal.unit, goal):
        score += 2.5 * ("/" in one.unit or bool(clues.RATE.search(one.clause)))
    if one.value == goal.value:
        score -= 2.5 * bool(clues.GOAL_NAMED.search(one.before)) + 3.0 * bool(clues.GOAL_BEHIND.match(one.after))
    score += _side_result(one, names) * (0.3 if "目标" in one.after[:16] else 1.0)
    score -= _difference(one) + 1.0 * (one.unit == "" and goal.unit != "")
    return score - 1.2 * _extreme(one, goal, names)


def _cell_after(one: Mention, names: tuple[str, ...]) -> float:
    if "after" in (role(one.column), role(one.row)):
        return 2.0 + 2 * shared(names, one.heads + one.sentence) - _part(one, names)
    of_column, of_row = _names_column(names, one.column), _names_column(names, one.row)
    if MEAN.search(one.column) and of_row > 0.4:
        return 2.2 * of_row - 0.8
    return 2.2 * of_column - 0.8 if SUM.search(one.row) and of_column > 0.4 else -3.0


def _part(one: Mention, names: tuple[str, ...]) -> float:
    """How much it counts against a number that its row is one of the parts that make up the whole."""
    if one.one_of_many:
        return 2.0
    return 1.0 if one.rows >= _PARTS and not role(one.row) and shared(names, one.row) < 0.5 else 0.0


def _names_column(names: tuple[str, ...], column: str) -> float:
    """Whether a column is headed by the measure, or by one of its kind (用时 for …更换时间)."""
    wanted = kind_of_measure(names[0])
    return max(shared(names, column), 0.7 if wanted and kind_of_measure(without_role(column)) == wanted else 0.0)


def _fits(one: Mention, names: tuple[str, ...]) -> float:
    """Whether the unit is of the kind that the title's measure asks for: a rate has % or 个/张, a duration hours."""
    wanted, kind = kind_of_measure(names[0]), unit_kind(one.unit)
    if wanted == "share" and "/" in one.unit:  # 差错率 0.62个/张
        return 0.8
    return 0.0 if not wanted or not kind else 0.8 if kind == wanted else -0.8


def _side_result(one: Mention, names: tuple[str, ...]) -> float:
    """What speaks of the symptom, of a cause or of money; a measure may itself be called 缺陷率."""
    return 0.0 if shared(names, one.clause) == 1.0 else clues.weigh(one, (clues.SIDE_RESULT,))


def _extreme(one: Mention, goal: Mention, names: tuple[str, ...]) -> float:
    """How much it counts against a number, 0 to 1, that it is a greatest or least value."""
    if not clues.EXTREME.search(one.before) or "最" in goal.near or any("最" in name for name in names):
        return 0.0
    return 0.3 if clues.BOUND.search(goal.near[-8:] + goal.after[:2]) else 1.0


def _beyond(value: float, goal: float, less: bool | None) -> bool:
    """On the far side of the goal, where no present value can be; `less` is None where the direction is unknown."""
    return less is not None and (value < goal if less else value > goal)


def _difference(one: Mention) -> float:
    return 3.0 if clues.DIFFERENCE.search(one.before) and not clues.COMPARED.search(one.before) else 0.0


def _beside(one: Mention, goal: Mention) -> bool:
    return one.where == goal.where and (one.row == goal.row or one.column == goal.column)
