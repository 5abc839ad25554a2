"""The learning content: complete, in both languages, and true to the steps and tools that the library knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
import yaml

from library.guides import (
    DATA,
    KINDS,
    Choice,
    Fault,
    FieldGuide,
    Kind,
    Phase,
    Question,
    StartGuide,
    StepGuide,
    StepLine,
    StepTool,
    Text,
    ToolGuide,
    ToolUse,
    choices,
    field_guides,
    start_guides,
    step_guides,
    tool_guides,
)
from library.steps import REQUIRED, all_steps
from library.tools import all_tools

HAN = re.compile(r"[\u4e00-\u9fff]")
CHINESE_WRITING = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")  # Han, and full-width punctuation
NUMBER = re.compile(r"\d+")
SHORT = {"overview", "group", "plan"}
WITHOUT_GUIDE = {"preface", "appendix"}
KNOWN_CLAUSES = {"topic-selection": "4.1.2", "current-state": "4.1.3", "goal": "4.1.4"}
FILES = ("step_guides.yaml", "tool_guides.yaml", "start_guides.yaml")


def texts(value: object, where: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a guide, with its place."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, f"{where}/{key}")
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from texts(part, f"{where}/{number}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{where}/{field.name}")


EVERYTHING = {
    "steps": step_guides(),
    "tools": tool_guides(),
    "start": start_guides(),
    "choices": choices(),
    "fields": field_guides(),
}
ALL_TEXTS = list(texts(EVERYTHING))


def names(kind: type, *extra: str) -> set[str]:
    return {field.name for field in fields(kind)} - set(extra)


def test_every_step_has_a_guide() -> None:
    assert list(step_guides()) == [step for step in all_steps() if step not in WITHOUT_GUIDE]


def test_every_tool_has_a_guide() -> None:
    assert list(tool_guides()) == list(all_tools())


def test_every_text_has_both_languages() -> None:
    assert len(ALL_TEXTS) > 1000
    empty = [where for where, text in ALL_TEXTS if not text.zh.strip() or not text.en.strip()]
    assert empty == []


def test_chinese_is_chinese_and_english_is_english() -> None:
    not_chinese = [where for where, text in ALL_TEXTS if not HAN.search(text.zh)]
    not_english = [
        where for where, text in ALL_TEXTS if CHINESE_WRITING.search(text.en) or not re.search("[A-Za-z]", text.en)
    ]
    assert (not_chinese, not_english) == ([], [])


def test_chinese_punctuation_is_full_width() -> None:
    assert [where for where, text in ALL_TEXTS if re.search(r"[,;?!:()]|\.$", text.zh)] == []


def test_both_languages_end_alike() -> None:
    """A sentence is a sentence in both, a question a question: nothing was cut off in translating."""
    ends = {"。": ".", "？": "?"}
    unlike = [
        where for where, text in ALL_TEXTS if ends.get(text.zh[-1], "") != (text.en[-1] if text.en[-1] in ".?" else "")
    ]
    assert unlike == []


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_written_twice(file: str) -> None:
    """YAML would silently keep only the last of two equal keys."""
    node = yaml.compose((DATA / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    twice: list[str] = []
    nodes = [node]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            twice += [key for key in keys if keys.count(key) > 1]
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    assert twice == []


def test_no_entry_is_misspelt() -> None:
    """A misspelt optional entry (clause, types, if_no) would be passed over in silence."""
    unknown: list[str] = []

    def check(row: dict[str, Any], allowed: set[str]) -> None:
        unknown.extend(row.keys() - allowed)

    steps, tools, start = (yaml.safe_load((DATA / file).read_text(encoding="utf-8")) for file in FILES)
    for row in steps.values():
        check(row, names(StepGuide, "step"))
        for kind, rows in ((Fault, row["faults"]), (StepTool, row["tools"]), (Question, row["checklist"])):
            for part in rows:
                check(part, names(kind))
    for row in tools.values():
        check(row, names(ToolGuide, "tool"))
        check(row["data"], {"kind", "least"})
        for part in row["when"]:
            check(part, names(ToolUse))
    check(start, {"choose", "kinds", "fields"})
    for row in start["choose"]:
        check(row, names(Choice))
    for row in start["kinds"].values():
        check(row, names(StartGuide, "kind"))
        for part in row["steps"]:
            check(part, names(StepLine))
        for part in row["plan"]:
            check(part, names(Phase))
    for row in start["fields"].values():
        check(row, names(FieldGuide, "key"))
    assert unknown == []


@pytest.mark.parametrize("guide", step_guides().values(), ids=lambda guide: guide.step)
def test_a_step_guide_is_full(guide: StepGuide) -> None:
    least = 3 if guide.step in SHORT else 4
    assert least <= len(guide.must_show) <= 7
    assert (3 if guide.step in SHORT else 5) <= len(guide.faults) <= 8
    assert (3 if guide.step in SHORT else 5) <= len(guide.checklist) <= 9
    assert guide.tools


@pytest.mark.parametrize("guide", step_guides().values(), ids=lambda guide: guide.step)
def test_a_step_guide_names_only_known_tools_and_kinds(guide: StepGuide) -> None:
    used = [use.tool for use in guide.tools]
    assert set(used) <= set(all_tools())
    assert len(used) == len(set(used))
    assert set(guide.by_type) <= set(KINDS)
    assert {kind for question in guide.checklist for kind in question.types} <= set(KINDS)


@pytest.mark.parametrize("guide", step_guides().values(), ids=lambda guide: guide.step)
def test_the_tool_tells_of_the_step_that_names_it(guide: StepGuide) -> None:
    """Whoever follows a step's link to a tool finds that step there."""
    silent = [use.tool for use in guide.tools if guide.step not in {when.step for when in tool_guides()[use.tool].when}]
    assert silent == []


@pytest.mark.parametrize("guide", step_guides().values(), ids=lambda guide: guide.step)
def test_every_question_can_be_answered_by_yes_or_no(guide: StepGuide) -> None:
    for question in guide.checklist:
        assert question.question.zh.endswith("？")
        assert re.match(r"(Is|Are|Was|Were|Do|Does|Did|Has|Have|Can) ", question.question.en), question.question.en


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_something_to_tick_for_every_step_that_a_report_must_show(kind: Kind) -> None:
    bare = [step for step in REQUIRED[KINDS[kind]] if len(step_guides()[step].questions(kind)) < 3]
    assert bare == []


def test_questions_of_other_kinds_are_left_out() -> None:
    guide = step_guides()["topic-selection"]
    innovation = guide.questions("innovation")
    assert 0 < len(innovation) < len(guide.checklist)
    assert all(not question.types or "innovation" in question.types for question in innovation)


def test_only_clauses_that_are_known_are_named() -> None:
    assert {step: guide.clause for step, guide in step_guides().items() if guide.clause} == KNOWN_CLAUSES


def test_the_standard_is_named_only_as_the_one_in_force() -> None:
    named = {number for _, text in ALL_TEXTS for number in re.findall(r"10201\D{0,2}\d{4}", text.zh + text.en)}
    assert named <= {"10201-2020"}


@pytest.mark.parametrize("guide", tool_guides().values(), ids=lambda guide: guide.tool)
def test_a_tool_guide_is_full_and_names_only_known_steps_and_tools(guide: ToolGuide) -> None:
    assert 4 <= len(guide.how) <= 7
    assert 3 <= len(guide.mistakes) <= 6
    steps = [use.step for use in guide.when]
    assert steps
    assert len(steps) == len(set(steps))
    assert set(steps) <= set(step_guides())
    assert guide.alternatives
    assert set(guide.alternatives) <= set(all_tools()) - {guide.tool}


@pytest.mark.parametrize(("tool", "least"), [("排列图", "50"), ("直方图", "50"), ("控制图", "20"), ("散布图", "30")])
def test_the_usual_least_number_of_data_is_told(tool: str, least: str) -> None:
    need = tool_guides()[tool].data.least
    assert least in need.zh
    assert least in need.en


def test_numbers_are_the_same_in_both_languages() -> None:
    unlike = [
        where
        for where, text in ALL_TEXTS
        if where.endswith("/least") and set(NUMBER.findall(text.en)) - set(NUMBER.findall(text.zh))
    ]
    assert unlike == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_group_is_led_through_the_steps_in_the_order_of_its_kind(kind: Kind) -> None:
    guide = start_guides()[kind]
    assert tuple(line.step for line in guide.steps) == REQUIRED[KINDS[kind]]
    assert tuple(step for phase in guide.plan for step in phase.steps) == REQUIRED[KINDS[kind]]
    assert len(guide.habits) == 3


def test_lengths_are_said_to_be_rough() -> None:
    for guide in start_guides().values():
        assert re.search("粗略|仅供参考", guide.length.zh)
        assert re.search("rough|guidance", guide.length.en)


def test_every_kind_can_be_chosen() -> None:
    assert set(start_guides()) == set(KINDS)
    named = [kind for choice in choices() for kind in (*choice.if_yes, *choice.if_no)]
    assert set(named) == set(KINDS)
    assert all(choice.if_yes for choice in choices())


def test_fields_of_work_have_measures_and_search_words() -> None:
    assert 8 <= len(field_guides()) <= 12
    for guide in field_guides().values():
        assert len(guide.measures) >= 3
        assert len({word.zh for word in guide.words}) >= 4


def test_a_text_is_read_in_the_language_asked_for() -> None:
    text = Text("排列图", "Pareto chart")
    assert (text.read_in("zh"), text.read_in("en")) == ("排列图", "Pareto chart")
