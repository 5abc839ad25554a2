"""Whether three numbers can be the value before, the goal and the value reached of one measure.

A true value recurs: what the 现状调查 found is said again where the goal is set and where the effect is checked. It
also moves as the title wants, and what was reached lies near the goal. Numbers of countermeasures, limits and other
measures do neither, however their sentences are worded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.fields.found import Found
from indexer.fields.mentions import Mention

_PARTS = {
    "preface": "preface", "overview": "reason", "topic-selection": "reason", "current-state": "state", "goal": "goal",
    "goal-and-feasibility": "goal", "feasibility": "goal", "results": "results", "benefits": "later",
    "summary": "later", "consolidation": "later", "standardization": "later",
}  # fmt: skip
_FIRST = {"reason", "state"}
"""Parts of the report that are told before anything was reached."""
_LATER = {"results", "later", "preface"}
_FEW_DIGITS = {1: 0.3, 2: 0.6}
"""How much it tells that a number recurs: a 5 is soon met again, a 31.5 is not."""
_MANY_DIGITS = 0.9
_MOST_PARTS = 8
_FAR_ABOVE, _FAR_BELOW = 9.0, 4.0
"""So many times the goal, or so small a part of it, is rarely the value before."""


@dataclass(frozen=True)
class Choice:
    """A number that may play a role, and how much speaks for it; `found` is None where nothing is taken."""

    weight: float
    found: Found[float] | None = None
    move_from: float | None = None
    statistic: str = ""
    """最大 or 平均, where its words say so."""

    @property
    def value(self) -> float | None:
        return self.found.value if self.found else None


class Recurrences:
    """In which parts of the report each value is said, and which values are the sums of others."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._parts: defaultdict[float, set[str]] = defaultdict(set)
        for one in mentions:
            self._parts[one.value].update(_PARTS[step] for step in one.steps if step in _PARTS)
        self._wholes = _wholes(mentions)

    def of_before(self, value: float) -> float:
        recurs = min(2, max(0, len(self._parts[value] - {"later"}) - 1))
        return _telling(value) * recurs + 1.2 * ((value, True) in self._wholes)

    def of_goal(self, value: float) -> float:
        return _telling(value) * bool(self._parts[value] & _LATER)

    def of_after(self, value: float) -> float:
        parts = self._parts[value]
        recurs = max(0, len(parts & _LATER) - 1) - bool(parts & _FIRST)
        return _telling(value) * recurs + 1.2 * ((value, False) in self._wholes)


def agreement(before: Choice, goal: float, after: Choice, less: bool | None) -> float:
    """What speaks for and against the three belonging together; `less` as the title wants it."""
    start, end = before.value, after.value
    if start == goal:
        return -3.0
    score, known = 0.0, less is not None
    if start is not None:
        score -= 1.5 * (known and less != (goal < start))
        less = goal < start
        score -= 1.0 * (abs(start) > _FAR_ABOVE * abs(goal) > 0 or abs(goal) > _FAR_BELOW * abs(start))
    if end is None:
        return score
    if start is None:
        return 0.0 if less is None else 0.5 * (end <= goal if less else end >= goal)
    if end == start:
        return -3.0
    score += 3.0 * (after.move_from == start)
    beyond = (end - goal) / (goal - start)
    if beyond < -1:  # further from the goal than it was
        return score - 2.0
    if beyond < 0:  # short of the goal, as few are
        return score + (0.5 if beyond > -0.4 else 0.0) - 1.5 * (not known)
    score += 1.2 if beyond <= 1 else 0.7 if beyond <= 2 else -1.0 if beyond > 4 else 0.0
    if before.statistic and after.statistic:
        score += 0.8 if before.statistic == after.statistic else -0.8
    return score


def _wholes(mentions: Sequence[Mention]) -> set[tuple[float, bool]]:
    """Values whose parts stand side by side (共35处：阀门19处，支架11处，其他5处), and whether they were before."""
    found = set()
    for first, steps in ((True, {"topic-selection", "current-state"}), (False, {"results"})):
        values = [one.value for one in mentions if one.steps & steps and not one.unit.endswith("%")]
        for at in range(len(values)):
            total = 0.0
            for n, value in enumerate(values[at : at + _MOST_PARTS]):
                total = round(total + value, 6)
                if n >= 2 and total in values:
                    found.add((total, first))
    return found


def _telling(value: float) -> float:
    digits = f"{value:g}".replace(".", "").lstrip("0").rstrip("0")
    return _FEW_DIGITS.get(len(digits), _MANY_DIGITS)
