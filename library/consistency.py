"""Numbers of a report that contradict each other: sums, rates, running totals, heads, and the target told twice.

A finding is a place to look at, never a verdict: a table may leave rows out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from library.case import Case, Section
from library.chain import tables
from library.plain import plain

NUMBER = re.compile(r"^[-+]?\d[\d,，]*(?:\.\d+)?\s*(?P<percent>[%％])?$")
TOTAL = re.compile(r"^(合\s*计|总\s*计|小\s*计|总\s*数)$")
RUNNING = re.compile(r"累[计积]")
RATE = re.compile(r"频率|占比|比例|百分比|率|%")
NOT_ADDED = re.compile(r"序号|编号|平均|均值|标准|偏差|合格率|单价|年份|时间|日期|级|累")
ROUNDING = 0.6  # of a percent: what rounding each of some ten shares to one decimal can add up to


@dataclass(frozen=True)
class Contradiction:
    """`message` has placeholders for `values`; `quote` is the row or sentence that shows it."""

    step: str
    heading: str
    message: str
    values: dict[str, object] = field(default_factory=dict)
    quote: str = ""


def contradictions(case: Case) -> tuple[Contradiction, ...]:
    """All that can be seen without knowing the site, in the report's order."""
    found: list[Contradiction] = []
    for section in case.sections:
        for rows in tables(section.text):
            found += _in_table(section, rows)
    found += _members(case)
    found += _goal_told_twice(case)
    return tuple(found)


def _in_table(section: Section, rows: Sequence[Sequence[str]]) -> Iterator[Contradiction]:
    head, body = rows[0], list(rows[1:])
    total = next((row for row in body if any(TOTAL.match(cell.strip()) for cell in row[:2])), None)
    items = [row for row in body if row is not total]
    for column, name in enumerate(head):
        numbers = [_number(row, column) for row in items]
        known = [number for number in numbers if number is not None]
        if RUNNING.search(name):
            yield from _running(section, head, items, column)
        elif total is not None and len(known) >= 2 and None not in numbers and not NOT_ADDED.search(name):
            said = _number(total, column)
            shares = RATE.search(name) or _is_percent(total, column)
            if said is None or (shares and said != 100):
                continue  # rates of parts do not add up; shares of a whole do
            if abs(sum(known) - said) > (ROUNDING if shares else 0.005 * len(known)):
                yield Contradiction(
                    section.step,
                    section.heading,
                    "“{column}”一列各行相加为 {sum}，合计写的是 {said}。",
                    {"column": name, "sum": _shown(sum(known)), "said": _shown(said)},
                    " | ".join(total),
                )


def _running(
    section: Section, head: Sequence[str], items: Sequence[Sequence[str]], column: int
) -> Iterator[Contradiction]:
    """A running total must be the running sum of a column to its left."""
    running = [_number(row, column) for row in items]
    if len(running) < 3 or None in running:
        return
    sources = []
    for left in range(column):
        numbers = [_number(row, left) for row in items]
        if None not in numbers and not re.search("序号|编号", head[left]):
            sources.append([float(n) for n in numbers if n is not None])
    wanted = [float(n) for n in running if n is not None]
    sums = [[sum(source[: i + 1]) for i in range(len(source))] for source in sources]
    near = [s for s in sums if abs(s[0] - wanted[0]) <= ROUNDING]
    if near and not any(all(abs(a - b) <= ROUNDING for a, b in zip(s, wanted, strict=True)) for s in near):
        line, said, right = next(
            (i, wanted[i], s[i]) for s in near for i in range(len(s)) if abs(s[i] - wanted[i]) > ROUNDING
        )
        yield Contradiction(
            section.step,
            section.heading,
            "“{column}”第 {line} 行应为 {right}，写的是 {said}。",
            {"column": head[column], "line": line + 1, "right": _shown(right), "said": _shown(said)},
            " | ".join(items[line]),
        )


def _members(case: Case) -> Iterator[Contradiction]:
    """The number of members as told, and the rows of the table of members."""
    if case.members_count is None:
        return
    for section in case.sections:
        if "group" not in section.steps:
            continue
        for rows in tables(section.text):
            if "姓名" in rows[0] or any("姓名" in cell for cell in rows[0]):
                place = next(i for i, cell in enumerate(rows[0]) if "姓名" in cell)
                named = sum(1 for row in rows[1:] if place < len(row) and row[place].strip())
                if named and named != case.members_count:
                    yield Contradiction(
                        section.step,
                        section.heading,
                        "概况写小组有 {said} 人，成员表列出 {named} 人。",
                        {"said": case.members_count, "named": named},
                    )


_GOAL = re.compile(
    r"目标值(?:为|是|：|:|\s){0,2}[≤≥<>]?\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>[%％a-zA-Z一-龥/³²]{0,4})"
)


def _goal_told_twice(case: Case) -> Iterator[Contradiction]:
    """A goal that is another one where the results are checked."""
    goal = case.target.goal
    if goal is None:
        return
    for section in case.sections:
        if "results" not in section.steps:
            continue
        for told in _GOAL.finditer(plain(section)):
            unit = told["unit"].replace("％", "%")
            if not case.target.unit or not unit.startswith(case.target.unit):
                continue
            if abs(float(told["value"]) - goal) > 1e-9:
                yield Contradiction(
                    section.step,
                    section.heading,
                    "目标在“设定目标”里是 {goal}，在这里写作 {said}。",
                    {"goal": _shown(goal), "said": _shown(float(told["value"]))},
                    told[0],
                )
                return


def _number(row: Sequence[str], column: int) -> float | None:
    cell = row[column].strip() if column < len(row) else ""
    return float(re.sub(r"[,，%％\s]", "", cell)) if NUMBER.match(cell) else None


def _is_percent(row: Sequence[str], column: int) -> bool:
    found = NUMBER.match(row[column].strip()) if column < len(row) else None
    return bool(found and found["percent"])


def _shown(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
