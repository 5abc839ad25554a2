"""What the site teaches new groups and reviewers: guides to the steps, to the QC tools, and to where to start.

The texts are in `library/data/*_guides.yaml`, each in Chinese and English; this module only gives them their types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from library.case import TargetKind, TopicType

DATA = Path(__file__).parent / "data"

Kind = Literal["self-set", "mandated", "innovation"]

KINDS: Mapping[Kind, tuple[TopicType, TargetKind | None]] = {
    "self-set": ("problem-solving", "self-set"),
    "mandated": ("problem-solving", "mandated"),
    "innovation": ("innovation", None),
}
"""The three ways through an activity, and the topic type and kind of target of each, as in `library.steps.REQUIRED`."""


@dataclass(frozen=True)
class Text:
    zh: str
    en: str

    def read_in(self, language: str) -> str:
        """The text in a language of the interface; Chinese unless English is asked for."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Fault:
    """A common fault as reviewers name it, why it is one, and what to do instead."""

    fault: Text
    why: Text
    better: Text


@dataclass(frozen=True)
class StepTool:
    """A tool often used in a step: `tool` is its canonical name."""

    tool: str
    why: Text


@dataclass(frozen=True)
class Question:
    """A question to tick, answered by yes or no; `types` is empty where it applies to every kind of topic."""

    question: Text
    types: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class StepGuide:
    """`clause` is the clause of T/CAQ 10201-2020, empty where it is not known for certain."""

    step: str
    purpose: Text
    must_show: tuple[Text, ...]
    clause: str
    by_type: Mapping[Kind, Text]
    faults: tuple[Fault, ...]
    tools: tuple[StepTool, ...]
    checklist: tuple[Question, ...]
    look_for: Text

    def questions(self, kind: Kind) -> tuple[Question, ...]:
        """The questions that apply to one kind of topic."""
        return tuple(question for question in self.checklist if not question.types or kind in question.types)


@dataclass(frozen=True)
class ToolUse:
    """A step in which a tool is used, and what for."""

    step: str
    why: Text


@dataclass(frozen=True)
class DataNeed:
    """What data a tool needs: of which kind, and how many at least."""

    kind: Text
    least: Text


@dataclass(frozen=True)
class ToolGuide:
    """`alternatives` are canonical names of tools that are confused with this one or do better in some cases."""

    tool: str
    name: Text
    purpose: Text
    when: tuple[ToolUse, ...]
    how: tuple[Text, ...]
    reading: Text
    mistakes: tuple[Text, ...]
    data: DataNeed
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class StepLine:
    step: str
    line: Text


@dataclass(frozen=True)
class Phase:
    """Steps that are done together, and how long they usually take: rough guidance."""

    steps: tuple[str, ...]
    time: Text


@dataclass(frozen=True)
class StartGuide:
    """How a new group goes through one kind of topic."""

    kind: Kind
    name: Text
    fits: Text
    steps: tuple[StepLine, ...]
    length: Text
    plan: tuple[Phase, ...]
    habits: tuple[Text, ...]


@dataclass(frozen=True)
class Choice:
    """A question that helps to choose the kind of topic; `if_no` is empty where a no decides nothing."""

    question: Text
    if_yes: tuple[Kind, ...]
    if_no: tuple[Kind, ...]
    why: Text


@dataclass(frozen=True)
class FieldGuide:
    """A field of work, what is usually improved in it, and words that find cases (search for the Chinese one)."""

    key: str
    name: Text
    measures: tuple[Text, ...]
    words: tuple[Text, ...]


@cache
def step_guides() -> Mapping[str, StepGuide]:
    """The guides to the steps by step key, in the usual order of a report."""
    return {
        step: StepGuide(
            step=step,
            purpose=_text(row["purpose"]),
            must_show=_texts(row["must_show"]),
            clause=row.get("clause", ""),
            by_type={kind: _text(text) for kind, text in row.get("by_type", {}).items()},
            faults=tuple(Fault(_text(f["fault"]), _text(f["why"]), _text(f["better"])) for f in row["faults"]),
            tools=tuple(StepTool(use["tool"], _text(use["why"])) for use in row["tools"]),
            checklist=tuple(Question(_text(q["question"]), tuple(q.get("types", ()))) for q in row["checklist"]),
            look_for=_text(row["look_for"]),
        )
        for step, row in _read("step_guides.yaml").items()
    }


@cache
def tool_guides() -> Mapping[str, ToolGuide]:
    """The guides to the QC tools by canonical name, in the order of `library/data/tools.json`."""
    return {
        tool: ToolGuide(
            tool=tool,
            name=_text(row["name"]),
            purpose=_text(row["purpose"]),
            when=tuple(ToolUse(use["step"], _text(use["why"])) for use in row["when"]),
            how=_texts(row["how"]),
            reading=_text(row["reading"]),
            mistakes=_texts(row["mistakes"]),
            data=DataNeed(_text(row["data"]["kind"]), _text(row["data"]["least"])),
            alternatives=tuple(row["alternatives"]),
        )
        for tool, row in _read("tool_guides.yaml").items()
    }


@cache
def start_guides() -> Mapping[Kind, StartGuide]:
    """How to go through an activity, by kind of topic."""
    return {
        kind: StartGuide(
            kind=kind,
            name=_text(row["name"]),
            fits=_text(row["fits"]),
            steps=tuple(StepLine(step["step"], _text(step["line"])) for step in row["steps"]),
            length=_text(row["length"]),
            plan=tuple(Phase(tuple(phase["steps"]), _text(phase["time"])) for phase in row["plan"]),
            habits=_texts(row["habits"]),
        )
        for kind, row in _start()["kinds"].items()
    }


@cache
def choices() -> tuple[Choice, ...]:
    """The questions that help to choose the kind of topic, in the order to ask them."""
    return tuple(
        Choice(_text(row["question"]), tuple(row["if_yes"]), tuple(row.get("if_no", ())), _text(row["why"]))
        for row in _start()["choose"]
    )


@cache
def field_guides() -> Mapping[str, FieldGuide]:
    """The fields of work by key."""
    return {
        key: FieldGuide(key, _text(row["name"]), _texts(row["measures"]), _texts(row["words"]))
        for key, row in _start()["fields"].items()
    }


@cache
def _start() -> Any:
    return _read("start_guides.yaml")


def _read(file: str) -> Any:
    with (DATA / file).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)


def _text(row: Mapping[str, str]) -> Text:
    return Text(row["zh"], row["en"])


def _texts(rows: Iterable[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(_text(row) for row in rows)
