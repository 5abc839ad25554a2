"""The kind of topic: problem-solving or innovation, self-set or mandated goal, and the old name if one is used.

T/CAQ 10201-2020 knows two types; the old 现场型, 服务型, 攻关型 and 管理型 are all problem-solving now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.fields.found import Found, place
from indexer.fields.labels import Label, all_of
from indexer.splitter import Passage
from indexer.wording import fold, one_character_apart, squeeze
from library.case import TargetKind, TopicType

_OLD = ("现场型", "服务型", "攻关型", "管理型")
_EARLY = {"preface", "overview", "group", "plan", "topic-selection", "goal", "goal-and-feasibility"}
_CALLS_ITSELF = re.compile(
    r"(?:属于?|为|是|类型[:：])[^。\n]{0,6}(现场型|服务型|攻关型|管理型)|"
    r"(现场型|服务型|攻关型|管理型)\s*(?:(?:QC|质量管理)\s*小组|课题|(?=[,，、。；;]))"
)
_INNOVATION_TITLE = re.compile(r"(?:研制|研发|开发|创新|设计|新方法|新工艺|新装置|新技术|新型)")


def topic_type(labels: Sequence[Label], passages: Sequence[Passage], title: str) -> Found[TopicType] | None:
    """As labelled, else as said in the first passages, else by the steps the report has."""
    for found in all_of(labels, "topic_type", "speciality"):
        if value := _type_of(squeeze(found.value)):
            return Found(value, found.where, found.quote, found.confidence)
    for passage in passages:
        if passage.step in _EARLY and (
            match := re.search(
                r"[^。\n]{0,12}(创新型|问题解决型|现场型|攻关型|管理型|服务型)[^。\n]{0,6}", passage.text
            )
        ):
            value = _type_of(match[1])
            if value and not re.search(r"(?:不是|不属于|区别)", match[0]):
                return Found(value, place(passage.heading), match[0], 0.8)
    return _by_steps(passages, title)


def _by_steps(passages: Sequence[Passage], title: str) -> Found[TopicType] | None:
    steps = {step for passage in passages for step in (passage.step, *passage.also)}
    problem = len(steps & {"current-state", "causes", "root-causes"})
    innovation = 2 * ("options" in steps) + ("goal-and-feasibility" in steps) + bool(_INNOVATION_TITLE.search(title))
    if problem >= 2 and problem > innovation:
        return Found("problem-solving", "步骤", "、".join(sorted(steps)), 0.8)
    if innovation >= 2 and innovation > problem:
        return Found("innovation", "步骤", "、".join(sorted(steps)), 0.8)
    if problem > innovation:
        return Found("problem-solving", "步骤", "、".join(sorted(steps)), 0.6)
    return None


def legacy_type(labels: Sequence[Label], passages: Sequence[Passage]) -> Found[str] | None:
    """现场型, 服务型, 攻关型 or 管理型, where the report calls itself so."""
    for found in all_of(labels, "topic_type", "speciality"):
        words = squeeze(found.value)
        if old := next((name for name in _OLD if name in words or name[:2] == words), None):
            return Found(old, found.where, found.quote, found.confidence)
    for passage in passages:
        if passage.step in _EARLY and (match := _CALLS_ITSELF.search(fold(passage.text))):
            return Found(match[1] or match[2], place(passage.heading), match[0], 0.8)
    return None


def target_kind(labels: Sequence[Label], passages: Sequence[Passage]) -> Found[TargetKind] | None:
    """自定目标 or 指令性目标: as said, else 目标可行性论证 without 现状调查 tells a mandated goal."""
    for found in all_of(labels, "target_kind", "topic_type"):
        words = squeeze(found.value)
        if kind := _kind_of(words) or _kind_of(words + "目标"):
            return Found(kind, found.where, found.quote, found.confidence)
    for passage in passages:
        if passage.step in _EARLY and (kind := _kind_of(squeeze(passage.text))):
            match = re.search(
                r"[^。\n]{0,20}(?:自定目标|自选目标|自定[^。\n]{0,4}目标|指令[性]?[^。\n]{0,4}目标|指令性课题)",
                passage.text,
            )
            return Found(kind, place(passage.heading), match[0] if match else "", 0.8)
    steps = [step for passage in passages for step in (passage.step, *passage.also)]
    if "current-state" in steps:
        return Found("self-set", "步骤", "现状调查", 0.7)
    if "feasibility" in steps or "goal-and-feasibility" in steps:
        return Found("mandated", "步骤", "目标可行性论证", 0.6)
    return None


def _type_of(words: str) -> TopicType | None:
    if "创新" in words:
        return "innovation"
    if "问题解决" in words or any(old in words or old[:2] == words for old in _OLD):
        return "problem-solving"
    if len(words) >= 5 and one_character_apart(words[:5], "问题解决型"):
        return "problem-solving"
    return None


def _kind_of(words: str) -> TargetKind | None:
    self_set = re.search(r"自[定选设]性?(?:课题)?目标|自定目标值|自选课题", words)
    mandated = re.search(r"指令性?(?:课题)?目标|指令性目标值|指令性课题|指令目标", words)
    if self_set and mandated:
        return "self-set" if self_set.start() < mandated.start() else "mandated"
    return "self-set" if self_set else "mandated" if mandated else None
