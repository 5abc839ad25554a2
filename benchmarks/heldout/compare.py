"""What counts as right: a passage in its step, a field as a person would read it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from opencc import OpenCC

from benchmarks.heldout.model import Item, Report, shown
from library.case import Case, Section, Target

_SIMPLIFIED = OpenCC("t2s")
_ENOUGH = 0.8  # of a passage's characters must be found
_SHORT = 6  # characters; a shorter line is a label or a name, not a passage

FIELDS = (
    *("title", "group", "unit", "year", "topic_type", "target_kind", "legacy_type", "categories"),
    *("group_reg_no", "topic_reg_no", "period", "leader", "members_count", "training_hours"),
    *("measure", "target_unit", "before", "goal", "after", "benefit_cny"),
)
_TARGET = {"measure": "measure", "unit": "target_unit", "before": "before", "goal": "goal", "after": "after"}


@dataclass(frozen=True)
class Mark:
    """`kind` is "step" or the name of a field."""

    kind: str
    subject: str
    right: bool
    expected: str
    got: str


@cache
def plain(text: str) -> str:
    """Only the letters and digits that a reader sees, whatever the file did to them."""
    text = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<br ?/?>", "", text)
    text = _SIMPLIFIED.convert(unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in text if letter.isalnum() or letter in "%°")


# Steps


def step_marks(report: Report, case: Case | None) -> Iterator[Mark]:
    sections = case.sections if case else ()
    for item in report.items:
        if item.judged:
            for passage in _passages(item):
                yield _step_mark(passage, item.steps, sections)


def _passages(item: Item) -> Iterator[tuple[str, ...]]:
    """Passages, each as the pieces that have to be found: the sentences of a paragraph, the rows of a table."""
    if item.kind == "t":
        yield tuple(" ".join(map(shown, row)) for row in item.rows)
        return
    for line in item.lines:
        if len(plain(line)) >= _SHORT:
            yield tuple(piece for piece in re.split(r"(?<=[。；])", line) if plain(piece))


def _step_mark(passage: tuple[str, ...], steps: tuple[str, ...], sections: tuple[Section, ...]) -> Mark:
    right = [section for section in sections if set(steps) & set(section.steps)]
    share = _share_found(passage, right)
    got = "" if share >= _ENOUGH else _elsewhere(passage, sections)
    return Mark("step", "".join(passage)[:40], share >= _ENOUGH, "|".join(steps), got)


def _share_found(passage: tuple[str, ...], sections: list[Section]) -> float:
    lengths = [len(plain(piece)) for piece in passage]
    found = [length for piece, length in zip(passage, lengths, strict=True) if _is_in(piece, sections)]
    return sum(found) / max(sum(lengths), 1)


def _is_in(piece: str, sections: list[Section]) -> bool:
    return any(_within(piece, plain(section.text)) for section in sections)


def _within(piece: str, text: str) -> bool:
    if plain(piece) in text:
        return True
    cells = [plain(cell) for cell in piece.split() if plain(cell)]
    return len(cells) > 1 and all(cell in text for cell in cells)


def _elsewhere(passage: tuple[str, ...], sections: tuple[Section, ...]) -> str:
    found = Counter("+".join(section.steps) for section in sections for piece in passage if _is_in(piece, [section]))
    return ", ".join(step for step, _ in found.most_common(2)) or "lost"


# Fields


def field_marks(report: Report, case: Case | None) -> Iterator[Mark]:
    labels = report.labels
    if "target" in labels:
        yield from _target_marks(labels["target"], case.target if case else Target())
    for name in FIELDS:
        if name not in labels:
            continue
        expected, got = labels[name], getattr(case, name) if case else None
        yield Mark(name, "", case is not None and _agrees(name, expected, got), str(expected), str(got))


def _agrees(name: str, expected: Any, got: Any) -> bool:
    if expected is None:
        return not got
    return got is not None and _CHECKS.get(name, _same_text)(expected, got)


def _same_text(expected: Any, got: Any) -> bool:
    return plain(str(expected)) == plain(str(got))


def _same_group(expected: str, got: str) -> bool:
    def core(name: str) -> str:
        return re.sub(r"(QC|质量管理)?小组$", "", plain(name))

    return core(expected) == core(got)


def _same_number(expected: float, got: float) -> bool:
    return abs(float(expected) - float(got)) <= 0.005 * abs(float(expected)) + 1e-9


def _same_register(expected: str, got: str) -> bool:
    return plain(expected).upper().replace("O", "0") == plain(got).upper().replace("O", "0")


def _same_period(expected: str, got: str) -> bool:
    """Each end as exact as the report has it; a day more than it has does no harm."""
    ends, found = str(expected).split("/"), str(got).split("/")
    return len(ends) == len(found) and all(one.startswith(end) for end, one in zip(ends, found, strict=True))


def _same_set(expected: list[str], got: tuple[str, ...]) -> bool:
    return set(expected) == set(got)


_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "group": _same_group,
    "group_reg_no": _same_register,
    "topic_reg_no": _same_register,
    "period": _same_period,
    "categories": _same_set,
    "benefit_cny": _same_number,
    "training_hours": _same_number,
    "members_count": _same_number,
}


# Tools


def tool_marks(report: Report, case: Case | None) -> Iterator[Mark]:
    """One mark for every tool that the report uses or is said to use; those that people argue about are left out."""
    used = set(report.labels.get("tools", ()))
    said = set(case.tools if case else ()) - set(report.labels.get("tools_maybe", ()))
    for tool in sorted(used | said):
        yield Mark("tool", tool, tool in used & said, _yes(tool in used), _yes(tool in said))


def _yes(found: bool) -> str:
    return "yes" if found else "no"


# Target


def _target_marks(expected: dict[str, Any] | list[dict[str, Any]], got: Target) -> list[Mark]:
    """Where a report has two measures, either may be the one."""
    several = expected if isinstance(expected, list) else [expected]
    return max((list(_marks_of(one, got)) for one in several), key=lambda marks: sum(mark.right for mark in marks))


def _marks_of(expected: dict[str, Any], got: Target) -> Iterator[Mark]:
    for key, kind in _TARGET.items():
        if key in expected:
            value, found = expected[key], getattr(got, key)
            yield Mark(kind, "target", _target_agrees(key, value, found), str(value), str(found))


def _target_agrees(key: str, expected: Any, got: Any) -> bool:
    if expected is None or got is None:
        return expected is None and got is None
    if key == "measure":
        return bool(got) and (plain(expected) in plain(got) or (len(plain(got)) > 2 and plain(got) in plain(expected)))
    if key == "unit":
        return _unit(expected) == _unit(got)
    return _same_number(expected, got)


def _unit(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower().replace(" ", "")
    text = text.replace("平方米", "m2").replace("立方米", "m3")
    same = {"分钟": "min", "小时": "h", "毫米": "mm", "天": "d", "°c": "℃", "个": "处", "点": "处"}
    return same.get(text, text)
