"""The steps of a QC activity (T/CAQ 10201-2020, 4.1 and 4.2), their names, and which report must have which.

`library/data/steps.json` also carries the heading variants that the splitter uses.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from library.case import Case, TargetKind, TopicType

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Step:
    key: str
    name: str
    english: str
    types: tuple[TopicType, ...]
    variants: tuple[str, ...]


ENGLISH = {
    "preface": "Preface",
    "overview": "Project overview",
    "group": "The group",
    "plan": "Activity plan",
    "topic-selection": "Topic selection",
    "current-state": "Current state survey",
    "goal": "Setting the goal",
    "feasibility": "Goal feasibility",
    "goal-and-feasibility": "Goal and its feasibility",
    "causes": "Cause analysis",
    "root-causes": "Root cause confirmation",
    "options": "Options and the best option",
    "countermeasures": "Countermeasures",
    "implementation": "Implementation",
    "results": "Checking results",
    "benefits": "Benefits",
    "consolidation": "Consolidation",
    "standardization": "Standardization",
    "summary": "Summary and next steps",
    "appendix": "Appendix",
}

REQUIRED: dict[tuple[TopicType, TargetKind | None], tuple[str, ...]] = {
    ("problem-solving", "self-set"): (
        "topic-selection", "current-state", "goal", "causes", "root-causes",
        "countermeasures", "implementation", "results", "consolidation", "summary",
    ),
    ("problem-solving", "mandated"): (
        "topic-selection", "goal", "feasibility", "causes", "root-causes",
        "countermeasures", "implementation", "results", "consolidation", "summary",
    ),
    ("innovation", None): (
        "topic-selection", "goal-and-feasibility", "options", "countermeasures",
        "implementation", "results", "standardization", "summary",
    ),
}  # fmt: skip
"""The steps in the standard's order, by topic type and kind of target."""


@cache
def all_steps() -> dict[str, Step]:
    """Every step by key, in the usual order of a report."""
    rows = json.loads((DATA / "steps.json").read_text(encoding="utf-8"))
    return {
        row["key"]: Step(
            key=row["key"],
            name=row["name"],
            english=ENGLISH[row["key"]],
            types=tuple(row["types"]),
            variants=(*row["seen"], *row["likely"]),
        )
        for row in rows
    }


def required_steps(case: Case) -> tuple[str, ...]:
    """The steps that a report of this kind must show; a problem-solving report of unknown kind counts as self-set."""
    if case.topic_type == "innovation":
        return REQUIRED["innovation", None]
    return REQUIRED["problem-solving", case.target_kind or "self-set"]


def missing_steps(case: Case) -> tuple[str, ...]:
    """Required steps that the report does not have. A title-only entry misses none: it has no text at all."""
    if case.title_only:
        return ()
    present = set(case.steps)
    if {"goal", "feasibility"} <= present or (case.topic_type == "innovation" and present & {"goal", "feasibility"}):
        present.add("goal-and-feasibility")
    if "goal-and-feasibility" in present:
        present |= {"goal", "feasibility"}
    return tuple(step for step in required_steps(case) if step not in present)
