"""Comparing what was understood with what is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from benchmarks.accuracy.labelled import Labelled
from indexer.wording import squeeze
from library.case import Case

NAMES = ("title", "unit", "group", "year")
FIELDS = (
    "topic_type", "target_kind", "legacy_type", "group_reg_no", "topic_reg_no", "period", "leader",
    "members_count", "training_hours", "benefit_cny",
)  # fmt: skip
NUMBERS = ("before", "goal", "after", "unit")
_PAIRS = {"goal-and-feasibility": {"goal", "feasibility", "goal-and-feasibility"}}


@dataclass
class Score:
    """Right and asked by what was asked; `slips` are the single faults, in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)

    def mark(self, what: str, good: bool, slip: str = "") -> None:
        self.asked[what] += 1
        self.right[what] += good
        if not good and slip:
            self.slips.append(f"{what}: {slip}")

    def add(self, other: Score) -> None:
        self.right += other.right
        self.asked += other.asked
        self.slips += other.slips

    def share(self, *whats: str) -> float | None:
        asked = sum(self.asked[what] for what in whats)
        return sum(self.right[what] for what in whats) / asked if asked else None


def score(report: Labelled, case: Case) -> Score:
    result = Score()
    _passages(report, case, result)
    for name in (*NAMES, *FIELDS):
        if name in report.facts:
            got, want = getattr(case, name), report.facts[name]
            result.mark(name, _equal(got, want), f"{got!r} not {want!r}")
    target = report.facts.get("target") or {}
    for name in NUMBERS:
        if name in target:
            got, want = getattr(case.target, name), target[name]
            result.mark(f"target.{name}", _equal(got, want), f"{got!r} not {want!r}")
    if "measure" in target:
        alike = (
            fuzz.partial_ratio(squeeze(case.target.measure), squeeze(target["measure"])) if case.target.measure else 0
        )
        result.mark("measure", alike >= 80, f"{case.target.measure!r} not {target['measure']!r}")
    if "categories" in report.facts:
        got, want = set(case.categories), set(report.facts["categories"])
        why = case.evidence["categories"].quote if "categories" in case.evidence else ""
        result.mark("categories", got == want, f"{sorted(got)} not {sorted(want)}: {why}")
    if "tools" in report.facts:
        _sets(result, "tools", set(case.tools), set(report.facts["tools"]))
    if "causes" in report.facts:
        found = sum(s.text.count("\n###") + s.text.startswith("###") for s in case.sections if "root-causes" in s.steps)
        result.mark("causes", found >= report.facts["causes"], f"{found} not {report.facts['causes']}")
    return result


def _sets(result: Score, what: str, got: set[str], want: set[str]) -> None:
    """Counts for F1: 2 × common against got + wanted."""
    result.right[what] += 2 * len(got & want)
    result.asked[what] += len(got) + len(want)
    if got != want:
        result.slips.append(f"{what}: missing {sorted(want - got)}, extra {sorted(got - want)}")


def _equal(got: Any, want: Any) -> bool:
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(got - want) < 1e-6 * max(1.0, abs(want))
    if isinstance(want, str):
        return squeeze(str(got or "")) == squeeze(want)
    return (got or None) == (want or None)


def _passages(report: Labelled, case: Case, result: Score) -> None:
    """Every paragraph, item and longer cell: is it in a section of its step?"""
    innovation = report.facts.get("topic_type") == "innovation"
    texts = [(section.steps, squeeze(section.text.replace("\\", ""))) for section in case.sections]
    for part in report.parts:
        if part.kind == "cover" or not part.steps:
            continue
        wanted = set(part.steps)
        for step in part.steps:
            wanted |= _PAIRS.get(step, set()) if not innovation else set()
        for words in part.words:
            if len(words) >= 8:
                found = _where(squeeze(words), texts)
                result.mark(
                    "steps", any(wanted & set(steps) for steps in found), f"{words[:24]}… in {found} not {part.steps}"
                )


def _where(words: str, texts: Iterable[tuple[tuple[str, ...], str]]) -> list[tuple[str, ...]]:
    """The sections that hold these words; a recogniser's slips are forgiven."""
    texts = list(texts)
    exact = [steps for steps, text in texts if words in text]
    if exact:
        return exact
    alike = [(fuzz.partial_ratio(words, text), steps) for steps, text in texts if text]
    best = max(alike, default=(0, ()))
    return [best[1]] if best[0] >= 80 else []
