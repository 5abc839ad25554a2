"""A draft becomes a case: sections, figures, fields with their evidence, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.categories import read_categories
from indexer.draft import Draft, Picture
from indexer.fields import benefits, organisation, people, registration, title, types, when
from indexer.fields.found import Found
from indexer.fields.labels import read_labels
from indexer.fields.target import as_target, read_target
from indexer.fields.title_words import clean_title
from indexer.made import Made
from indexer.markdown_out import last_page, markdown
from indexer.reading.refusal import Refusal
from indexer.splitter import COVER, Passage, split
from indexer.tools import read_tools, tool_of_figure
from indexer.wording import fold
from library.case import Case, Evidence, Figure, Section, Target
from library.notices import notice
from library.steps import all_steps, missing_steps

_KINDS = {"png": "png", "jpeg": "jpg", "jpg": "jpg", "gif": "gif"}
_TELLING = {
    "topic-selection", "current-state", "goal", "goal-and-feasibility", "causes", "root-causes", "countermeasures",
    "results", "consolidation",
}  # fmt: skip
"""Steps that no other kind of document has; a tender has an overview, a plan and an appendix too."""
_QC = re.compile(r"QC|质量管理小组|品管圈|小组活动|课题名称|课题类型|活动课题|问题解决型|创新型课题", re.I)
_ENOUGH = 400  # characters of a report; less is a note, a form or a test file


def make_case(draft: Draft, name: str) -> Made:
    """The case that `draft`, read from the file called `name`, tells of. Raises Refused if it is no QC report."""
    passages = split(draft)
    labels = read_labels(passages)
    found: dict[str, Found[object]] = {}

    def keep(field: str, value: Found[object] | None) -> object:
        if value is not None:
            found[field] = value
        return value.value if value is not None else None

    topic = title.title(labels, passages, draft)
    _refuse_what_is_no_report(draft, passages, topic, name)
    heading = topic.value if topic else _title_from_name(name)
    period = when.period(labels, passages, draft)
    group = organisation.group(labels, draft, passages)
    unit = organisation.unit(labels, draft, passages)
    project = organisation.project(labels)
    kind = types.topic_type(labels, passages, heading)
    passages = _by_type(passages, kind.value if kind else None)
    target = read_target(passages, heading)
    tools = read_tools(passages)
    categories, why = read_categories(
        passages, heading, project.value if project else "", [one.value for one in (group, unit) if one]
    )
    figures, names, lost = _figures(passages)
    keep("title", topic)
    case = Case(
        id="",
        title=heading,
        year=_int(keep("year", when.year(period, labels, passages, draft))),
        group=_str(keep("group", group)),
        unit=_str(keep("unit", unit)),
        project=_str(keep("project", project)),
        categories=categories,
        topic_type=kind.value if kind else None,
        target_kind=None,
        legacy_type=_str(keep("legacy_type", types.legacy_type(labels, passages))),
        group_reg_no=_str(keep("group_reg_no", registration.group_number(labels, passages))),
        topic_reg_no=_str(keep("topic_reg_no", registration.topic_number(labels, passages))),
        period=_str(keep("period", period)),
        leader=_str(keep("leader", people.leader(labels, passages))),
        members_count=_int(keep("members_count", people.members_count(labels, passages))),
        training_hours=_float(keep("training_hours", people.training_hours(labels, passages))),
        target=as_target(target),
        benefit_cny=_float(keep("benefit_cny", benefits.benefit(passages))),
        tools=tuple(tools),
        sections=_sections(passages, names),
        figures=figures,
    )
    if kind:
        found["topic_type"] = kind
    if case.topic_type != "innovation" and (goal_kind := types.target_kind(labels, passages)):
        case = replace(case, target_kind=goal_kind.value)
        found["target_kind"] = goal_kind
    if why and why.quote:
        found["categories"] = why
    if tools:
        quote = "；".join(f"{one.value}：{one.where}" for one in tools.values())
        found["tools"] = Found(quote, "图题、表题与正文", quote, 0.9)
    found |= {f"target.{part}": value for part, value in target.items()}
    evidence = {field: _as_sure_as(draft, value.evidence) for field, value in found.items()}
    warnings = (*draft.warnings, *lost, *warnings_of(case))
    pictures = {figure.file: picture for figure, picture in zip(figures, _kept(passages), strict=True)}
    return Made(
        replace(case, evidence=evidence, warnings=warnings),
        {file: picture.data for file, picture in pictures.items()},
    )


def _as_sure_as(draft: Draft, evidence: Evidence) -> Evidence:
    """What was recognised from a scan is no surer than the recognition."""
    return replace(evidence, confidence=round(evidence.confidence * draft.confidence, 2))


def warnings_of(case: Case) -> tuple[str, ...]:
    """What a person should look at, as Chinese sentences."""
    said: list[str] = []
    steps = all_steps()
    if not case.steps or set(case.steps) <= {"preface"}:
        said.append(notice("没有认出任何QC步骤，全文放在“封面/前言”下，请人工划分。"))
    elif missing := missing_steps(case):
        said.append(notice("没有找到以下步骤：{steps}。", steps="、".join(steps[key].name for key in missing)))
    for value, sentence in (
        (case.year, notice("没有找到成果年份。")),
        (case.unit, notice("没有找到单位名称。")),
        (case.group, notice("没有找到小组名称。")),
        (case.topic_type, notice("无法判断课题类型。")),
    ):
        if not value:
            said.append(sentence)
    return (*said, *_warnings_of_target(case.target, case.title))


def _warnings_of_target(target: Target, title: str) -> list[str]:
    if target.goal is None:
        return [notice("没有找到目标值。")]
    said = []
    if not target.unit:
        said.append(notice("目标值没有单位。"))
    if target.before is None:
        said.append(notice("没有找到活动前的数值。"))
    if target.after is None:
        said.append(notice("没有找到活动后的数值。"))
    said += _directions(target, title)
    return said


def _directions(target: Target, title: str) -> list[str]:
    """A goal on the wrong side of the present value, a result short of the goal."""
    assert target.goal is not None
    lower = bool(re.search(r"降低|减少|缩短|消除|压缩|减小|控制", title))
    values = {"goal": f"{target.goal:g}", "before": f"{target.before or 0:g}"}
    said = []
    if target.before is not None:
        if lower and target.goal > target.before:
            said.append(notice("课题要降低，但目标值 {goal} 高于现状值 {before}。", **values))
        elif re.match(r"提高|提升|增加|延长", title) and target.goal < target.before:
            said.append(notice("课题要提高，但目标值 {goal} 低于现状值 {before}。", **values))
        lower = target.goal < target.before
    if target.after is not None:
        short = target.after > target.goal if lower else target.after < target.goal
        if short:
            after, goal = (f"{value:g}{target.unit}" for value in (target.after, target.goal))
            said.append(notice("活动后 {after} 没有达到目标 {goal}。", after=after, goal=goal))
    return said


def _refuse_what_is_no_report(draft: Draft, passages: Sequence[Passage], topic: Found[str] | None, name: str) -> None:
    """Steps that only QC reports have, or the words of QC activity with a title, make a report."""
    text = "\n".join(passage.text for passage in passages)
    told = sum(len(passage.text) for passage in passages)
    steps = {step for passage in passages for step in (passage.step, *passage.also)}
    if told == 0:
        raise Refusal(reason="“{name}”里没有可读的文字，无法建立案例。", name=name)
    if len(steps & _TELLING) >= 3 and told >= 150:
        return
    if topic is None and not steps & _TELLING:
        raise Refusal(reason="“{name}”不像QC成果报告：没有课题名称，也没有选题、现状调查、原因分析等步骤。", name=name)
    if not _QC.search(fold(text)):
        raise Refusal(reason="“{name}”不像QC成果报告：QC步骤太少，也没有提到QC小组或课题。", name=name)
    if told < _ENOUGH:
        raise Refusal(reason="“{name}”只有{count}个字，不是完整的QC成果报告。", name=name, count=told)


def _title_from_name(name: str) -> str:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    return clean_title(re.sub(r"^[\d\W_]+", "", stem)) or stem or "未命名"


def _by_type(passages: Sequence[Passage], kind: str | None) -> tuple[Passage, ...]:
    """Names that mean another step by the type of the topic (T/CAQ 10201, 4.1 and 4.2).

    设定目标及目标可行性论证 is one step of an innovation topic, two of a problem-solving one; 成果固化 is 标准化 there.
    """
    if kind == "innovation":
        return tuple(
            replace(one, step="standardization") if one.step == "consolidation" and "巩固" not in one.heading else one
            for one in passages
        )
    return tuple(
        replace(one, step="goal", also=("feasibility", *one.also)) if one.step == "goal-and-feasibility" else one
        for one in passages
    )


def _kept(passages: Sequence[Passage]) -> list[Picture]:
    return [
        block for passage in passages for block in passage.blocks if isinstance(block, Picture) and block.kind in _KINDS
    ]


def _figures(passages: Sequence[Passage]) -> tuple[tuple[Figure, ...], dict[int, str], list[str]]:
    """The figures, the file name of each picture by identity, and a warning for pictures that cannot be shown."""
    figures: list[Figure] = []
    names: dict[int, str] = {}
    lost = 0
    for passage in passages:
        for block in passage.blocks:
            if not isinstance(block, Picture):
                continue
            if block.kind not in _KINDS:
                lost += 1
                continue
            file = f"{len(figures) + 1:03}.{_KINDS[block.kind]}"
            caption = " ".join((block.caption or block.alt).split())
            names[id(block)] = file
            figures.append(Figure(file, caption, passage.step, tool_of_figure(caption), block.page))
    return tuple(figures), names, [notice("有 {count} 幅图片的格式无法显示，已略去。", count=lost)] if lost else []


def _sections(passages: Sequence[Passage], names: dict[int, str]) -> tuple[Section, ...]:
    sections = []
    page: int | None = None
    for passage in passages:
        text = markdown(passage.blocks, names, page)
        page = last_page(passage.blocks, page)
        heading = " ".join(passage.heading.split()) or COVER
        sections.append(Section(passage.step, heading, text, passage.also))
    return tuple(sections)


def _str(value: object) -> str:
    return str(value) if value is not None else ""


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
