"""Targets and categories of many small reports, worded as differently as real ones are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.categories import read_categories
from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.fields.target import as_target, read_target
from indexer.splitter import split

DATA = Path(__file__).parent / "data"
STEPS = {
    "overview": ("工程概况", ""),
    "topic": ("选题理由", ""),
    "state": ("现状调查", ""),
    "goal": ("设定目标", ""),
    "feasibility": ("目标可行性论证", ""),
    "causes": ("原因分析", "针对症结绘制因果图，从人、机、料、法、环、测六个方面找到末端原因两条。"),
    "countermeasures": ("制定对策", "对策表按5W1H原则编制，针对要因逐条制定措施、地点、负责人和完成时间。"),
    "implementation": ("对策实施", "按措施逐条实施，质量员逐点检查签认，全部达到要求。"),
    "results": ("效果检查", ""),
    "consolidation": ("巩固措施", "有效措施写入作业指导书，巩固期跟踪检查，效果稳定，没有反弹。"),
    "summary": ("总结和下一步打算", "小组成员质量意识有提高，下一步以其他难点为课题继续开展活动。"),
}


def small(name: str) -> list[Any]:
    reports = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return [pytest.param(report, id=report["title"]) for report in reports]


def draft(report: dict[str, Any]) -> Draft:
    blocks: list[Block] = []
    for n, (step, (heading, usual)) in enumerate(STEPS.items(), start=1):
        if text := report.get(step, usual):
            blocks += [Text(f"{n}. {heading}"), *_blocks(text)]
        if step == "goal" and "caption" in report:
            blocks.append(Picture(b"picture", "png", caption=report["caption"]))
    return Draft(tuple(blocks), "docx")


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in text.strip().split("\n"):
        if "|" in line:
            rows.append(tuple(cell.strip() for cell in line.split("|")))
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        yield Text(line.strip())
    if rows:
        yield Table(tuple(rows))


@pytest.mark.parametrize("report", small("targets.yaml"))
def test_the_target_is_read_as_a_person_reads_it(report):
    target = as_target(read_target(split(draft(report)), report["title"]))
    assert [target.before, target.goal, target.after, target.unit] == report["expect"]


@pytest.mark.parametrize("report", small("categories.yaml"))
def test_the_project_decides_the_categories(report):
    categories, _ = read_categories(split(draft(report)), report["title"], "", [report.get("unit", "")])
    assert sorted(categories) == report["expect"]
