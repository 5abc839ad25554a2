"""The target: the measure, its unit, and its value before, as wanted, and as reached.

Every quantity is weighed for each of the three roles (`target_weights`); tables that set before, goal and after side by
side weigh more (`comparisons`). Then the three are chosen together, as those that agree best (`target_agreement`), so
that a number that only sounds right does not displace one that the rest of the report bears out. What is not said
anywhere stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.fields.comparisons import Comparison, read_comparisons
from indexer.fields.drawn_charts import with_drawn_charts
from indexer.fields.found import Found
from indexer.fields.measures import counted, measure_of_goal, measure_of_title, shared, words_before
from indexer.fields.mentions import Mention, read_mentions
from indexer.fields.numbers import same_unit, shown_unit
from indexer.fields.target_agreement import Choice, Recurrences, agreement
from indexer.fields.target_clues import AS_ORDERED, ORDER
from indexer.fields.target_weights import (
    AFTER_STEPS,
    GOAL_STEPS,
    as_after,
    as_before,
    as_goal,
    as_order,
    attested_rate,
    in_unit_of,
    of_one_unit,
    rate,
    starts_of_sums,
    wants_less_by,
)
from indexer.fields.title_words import wants_less
from indexer.splitter import Passage
from indexer.wording import fold
from library.case import Target

_GOALS, _CHOICES = 4, 6
"""So many goals, and numbers for each other role, are tried together."""
_LEAST_GOAL = 2.0
_PLAIN_GOAL = 5.0
"""Less than this speaks for numbers that only stand where goals are set."""
_ORDER = 1.5
"""How much a goal loses to one that is said before it."""
_GOAL_COUNTS = 2.0
"""How much more the words of a goal tell than whether numbers go with it."""
_ENOUGH = 3.5
"""Weight of a value before or after beyond which a goal is borne out, no matter how much more it is."""
_NO_BEFORE, _NO_AFTER = Choice(1.9), Choice(2.5)
"""Less than these speaks for no number at all."""

_ALL_OF_THEM = re.compile(
    r"(?<![平月日年])均(?:已|能|在|都)?(?:小于|低于|不大于|不超过|大于|高于|不低于|满足|达到|优于|符合|[<>≤≥])"
)

Parts = dict[str, Found[float] | Found[str]]
Weigh = Callable[[Mention], float]


@dataclass(frozen=True)
class _Reading:
    """A goal with the numbers that go best with it."""

    goal: Mention
    measure: str
    unit: str
    before: Choice
    after: Choice
    support: float


def read_target(passages: Sequence[Passage], title: str) -> Parts:
    """`measure`, `unit`, `before`, `goal`, `after`, as far as they are known."""
    less = wants_less(title)
    passages = with_drawn_charts(passages, less)
    mentions, comparisons = read_mentions(passages, counted(title)), read_comparisons(passages)
    names = (measure_of_title(title),)
    goals = _weighed(mentions, lambda one: as_goal(one, names, less), _LEAST_GOAL, _GOALS)
    if not goals:  # 提高同步精度: what is told is by how much it is missed
        goals = _weighed(mentions, lambda one: as_goal(one, names), _LEAST_GOAL, _GOALS)
    if not goals or goals[0][0] < _PLAIN_GOAL:
        goals = _ordered(passages, mentions, names, bool(goals)) or goals
    if not goals:
        return {}
    in_order = sorted((one for _, one in goals), key=lambda one: (not one.steps & GOAL_STEPS, mentions.index(one)))

    def weight_of(item: tuple[float, _Reading]) -> float:
        weight, reading = item
        return _GOAL_COUNTS * weight + reading.support - _ORDER * in_order.index(reading.goal)

    readings = [(weight, _reading(goal, mentions, comparisons, title, less)) for weight, goal in goals]
    return _parts(max(readings, key=weight_of)[1])


def _ordered(
    passages: Sequence[Passage], mentions: Sequence[Mention], names: tuple[str, ...], others: bool
) -> list[tuple[float, Mention]]:
    """The goals that the group was given, if where goals are set it only refers to them."""
    texts = [passage.text for passage in passages if GOAL_STEPS & {passage.step, *passage.also}]
    refers = next(filter(None, map((AS_ORDERED if others else ORDER).search, texts)), None)
    if refers is None:
        return []
    whose = refers.groupdict().get("whose") or ""
    return _weighed(mentions, lambda one: as_order(one, names, whose), _LEAST_GOAL, _GOALS)


def _parts(reading: _Reading) -> Parts:
    goal = reading.goal
    result: Parts = {"goal": _found(goal.value, goal, 0.9)}
    if reading.measure:
        result["measure"] = Found(reading.measure, goal.where, goal.quote, 0.8)
    if reading.unit:
        result["unit"] = Found(reading.unit, goal.where, goal.quote, 0.9)
    if reading.before.found:
        result["before"] = reading.before.found
    if reading.after.found:
        result["after"] = reading.after.found
    return result


def as_target(parts: Parts) -> Target:
    def number(name: str) -> float | None:
        value = parts[name].value if name in parts else None
        return value if isinstance(value, float) else None

    def text(name: str) -> str:
        return str(parts[name].value) if name in parts else ""

    return Target(text("measure"), text("unit"), number("before"), number("goal"), number("after"))


class _Asked(NamedTuple):
    """What every number is held against that may be the value before or the result."""

    goal: Mention
    comparison: Comparison | None
    names: tuple[str, ...]
    less: bool | None
    recurring: Recurrences


def _reading(
    goal: Mention, mentions: Sequence[Mention], comparisons: Sequence[Comparison], title: str, less: bool | None
) -> _Reading:
    measure = measure_of_goal(goal, title)
    names = (measure_of_title(title), *filter(None, (measure, words_before(goal.clause))))
    comparison = _comparison(comparisons, goal, names)
    unit = goal.unit or _unit(goal, mentions) or (comparison.unit if comparison else "")
    same = [one for one in mentions if of_one_unit(one, goal)]
    elsewhere = [*same, *in_unit_of(goal, mentions, names)]
    recurring = Recurrences(same)
    less = wants_less_by(goal) if less is None else less
    asked = _Asked(goal, comparison, names, less, recurring)
    befores = [_NO_BEFORE, *(_befores(asked, same) or _befores(asked, elsewhere))]
    afters = [_NO_AFTER, *(_afters(asked, same) or _afters(asked, elsewhere))]
    pairs = [(before, after, agreement(before, goal.value, after, less)) for before in befores for after in afters]
    before, after, agreed = max(pairs, key=lambda pair: round(pair[0].weight + pair[1].weight + pair[2], 6))
    support = sum(min(one.weight, _ENOUGH) for one in (before, after)) + agreed + recurring.of_goal(goal.value)
    return _Reading(
        goal,
        measure,
        shown_unit(attested_rate(rate(unit, goal), goal, mentions)) if unit else "",
        before,
        after,
        support,
    )


def _befores(asked: _Asked, same: Sequence[Mention]) -> list[Choice]:
    goal, comparison, names, less, recurring = asked
    if goal.move_from is not None:
        return [Choice(6.0, _found(goal.move_from, goal, 0.95))]
    if comparison and comparison.before is not None and comparison.before != goal.value:
        return [Choice(6.0, Found(comparison.before, comparison.where, comparison.quote, 0.9))]
    reckoned = starts_of_sums(same)

    def weigh(one: Mention) -> float:
        weight = as_before(one, names, goal, less) + 4.0 * (one.value in reckoned and one.unit != "")
        return weight + recurring.of_before(one.value) if weight > 0 else weight

    return [
        Choice(weight, _found(one.value, one, 0.75), statistic=one.statistic)
        for weight, one in _weighed(same, weigh, 0.7, _CHOICES)
    ]


def _afters(asked: _Asked, same: Sequence[Mention]) -> list[Choice]:
    goal, comparison, names, less, recurring = asked
    if comparison and comparison.after is not None and comparison.steps & AFTER_STEPS:
        return [Choice(6.0, Found(comparison.after, comparison.where, comparison.quote, 0.9))]

    def weigh(one: Mention) -> float:
        weight = as_after(one, names, goal)
        return weight + recurring.of_after(one.value) if weight > 0 else weight

    choices = [
        Choice(weight, _found(one.value, one, 0.85), one.move_from, one.statistic)
        for weight, one in _weighed(same, weigh, 0.7, _CHOICES)
    ]
    return _worst_of_all(choices, goal.value, less)


def _worst_of_all(choices: Sequence[Choice], goal: float, less: bool | None) -> list[Choice]:
    """水平4.6，垂直3.1，均小于目标: of values that all keep the goal the one nearest to it tells the result."""
    worst: dict[str, float] = {}
    for one in choices:
        if one.found and one.found.value != goal and _ALL_OF_THEM.search(fold(one.found.quote)):
            said = worst.setdefault(one.found.quote, one.found.value)
            worst[one.found.quote] = (min if less is False else max)(said, one.found.value)
    return [
        one for one in choices if one.found and worst.get(one.found.quote, one.found.value) in (one.found.value, goal)
    ]


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


def _weighed(mentions: Iterable[Mention], weigh: Weigh, least: float, most: int) -> list[tuple[float, Mention]]:
    """The mentions for which at least so much speaks, best first, each value once."""
    weighed = sorted(((round(weigh(one), 6), one) for one in mentions), key=lambda item: -item[0])
    best: dict[float, tuple[float, Mention]] = {}
    for weight, one in weighed:
        if weight < least or len(best) == most:
            break
        best.setdefault(one.value, (weight, one))
    return list(best.values())


def _unit(goal: Mention, mentions: Sequence[Mention]) -> str:
    values = {goal.value, goal.move_from}
    return next((one.unit for one in mentions if one.unit and one.value in values and one.steps & GOAL_STEPS), "")
