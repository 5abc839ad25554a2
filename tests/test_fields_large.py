"""Absurd paragraphs cost the rules no more than their length: a rule that looks back to the start would never end."""

from __future__ import annotations

import pytest

from indexer.categories import read_categories
from indexer.draft import Draft, Table, Text
from indexer.fields import benefits, organisation, people, registration, title, types, when
from indexer.fields.labels import read_labels
from indexer.fields.target import as_target, read_target
from indexer.splitter import Passage
from indexer.tools import read_tools

LONG = 200_000  # characters
TITLE = "提高焊接一次合格率"


def everything_of(*blocks):
    """All that the rules make of one passage that is all steps at once."""
    draft = Draft(blocks, "docx")
    steps = ("group", "overview", "topic-selection", "current-state", "goal", "results", "implementation")
    passages = (Passage(steps[0], steps[1:], "全文", blocks),)
    labels = read_labels(passages)
    period = when.period(labels, passages, draft)
    return {
        "title": title.title(labels, passages, draft),
        "group": organisation.group(labels, draft, passages),
        "unit": organisation.unit(labels, draft, passages),
        "year": when.year(period, labels, passages, draft),
        "leader": people.leader(labels, passages),
        "members": people.members_count(labels, passages),
        "hours": people.training_hours(labels, passages),
        "number": registration.group_number(labels, passages),
        "types": (types.topic_type(labels, passages, TITLE), types.legacy_type(labels, passages)),
        "kind": types.target_kind(labels, passages),
        "benefit": benefits.benefit(passages),
        "target": as_target(read_target(passages, TITLE)),
        "tools": read_tools(passages),
        "categories": read_categories(passages, TITLE, "", ["璟岚冶金建设有限公司"]),
    }


@pytest.mark.parametrize("unit", [
    "7", "1 2 3 ", "12.5%，", "由1%提高到2%", "提高合格率小组公司", "公司，", "小组" + " " * 50,
    "2021年3月至", "节约3万元、", "(（[", "课题为：提高", "人均教育12", "注册号A-", "《", "“",
])  # fmt: skip
def test_one_endless_paragraph(unit):
    assert everything_of(Text(unit * (LONG // len(unit))))["group"] is None


def test_many_paragraphs_and_cells():
    told = everything_of(
        *(Text(f"第{n}批检查合格率{n % 100}%") for n in range(2000)),
        Table(tuple(("单位公司12.5%" * 20,) * 20 for _ in range(70))),
    )
    assert told["group"] is None
