"""The group and the unit it belongs to, as the report writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.draft import Draft, Text
from indexer.fields.cover import Line, cover_lines, names_a_step, running_lines
from indexer.fields.found import Found, place
from indexer.fields.labels import Label, all_of, label_field
from indexer.fields.organisation_words import (
    bare,
    group_in,
    is_company,
    is_group,
    is_part,
    is_unit,
    unit_and_group,
    unit_in,
)
from indexer.fields.title_words import begins_like_a_title
from indexer.splitter import COVER, Passage
from indexer.wording import fold, squeeze

_EARLY = {"preface", "overview", "group", "topic-selection"}
_SAID_GROUP = re.compile(r"小组(?=成立|组建|于|由|是|共|现有|隶属|(?:19|20)\d\d)")
_CALLED = re.compile(
    r"(?:全称|名称为?|取名为?|命名为|名为|起名为?|名叫|定名为?)\s*[:：]?\s*(?P<name>[“\"「]?[^。，,；;：:\s“”\"「」]{2,16}[”\"」]?\s*(?:QC|质量管理)?\s*小组)"
)
_AT_ONCE = re.compile(r"\s*(?P<name>[“\"「]?[^。，,；;：:\s“”\"「」]{2,16}[”\"」]?\s*(?:QC|质量管理)\s*小组)[，,]")
"""静悄悄QC小组，6人，组长…: the passage of the group begins with its name."""
_ITS_NAME = re.compile(r"[“\"「]?[^。，,；;：:\s“\"「]{2,40}[”\"」]?\s*(?:(?:QC|质量管理)\s*)?$")
_BODY = r"(?:公司|集团|工程局|总厂|矿|[一二三四五六七八九十]局)"
_SAID_UNIT = re.compile(
    r"(?:隶属于?|来自|(?:施工|承建|总承包)单位(?:为|是|:)?|由)\s*"
    r"(?P<unit>[^。;,:、“”\"由]{2,30}?(?:公司|集团|工程局|总厂|[一二三四五六七八九十]局)"
    r"(?:[^。;,:、“”\"由的]{0,12}?(?:分公司|项目部|工程处))?)"
    r"(?=承建|施工|负责|总承包|承担|组建|[。;,\n]|$)"
)
_ACTS = re.compile(
    rf"(?:^|(?<=[。;,:\n]))(?P<unit>[^。;,:、“”\"由\n]{{2,24}}?{_BODY}(?:[^。;,:、“”\"由的\n]{{0,14}}?(?:公司|项目经?理?部|工程处|车间|作业区|厂))?)"
    r"(?=承建|负责|承担|施工|管理的|QC|质量管理)"
)
"""天龙坑铁矿有限公司选矿厂尾矿车间负责把…: who does the work that the report tells of."""


def group(labels: Sequence[Label], draft: Draft, passages: Sequence[Passage]) -> Found[str] | None:
    """As labelled, else a line of the cover, else as said where the group is told of, else a page header."""
    for found in all_of(labels, "group_name"):
        parts = unit_and_group(found.value)
        name = parts[1] if parts else group_in(found.value) or bare(found.value)
        if 1 < len(name) <= 40 and not label_field(name):
            return replace(found, value=_fuller_group(name, draft))
    for line in _cover(draft):
        if name := group_in(line.text):
            return Found(name, place(COVER, line.page), line.text, 0.85)
    if said := _said_group(passages):
        return said
    return next((Found(name, "页眉页脚", text, 0.5) for text in running_lines(draft) if (name := group_in(text))), None)


def unit(labels: Sequence[Label], draft: Draft, passages: Sequence[Passage]) -> Found[str] | None:
    """The organisation that the group belongs to, with its department where the report names one.

    Who builds the project (施工单位) is asked only where nothing says whose group it is.
    """
    labelled = [one for one in all_of(labels, "unit") if 2 <= len(bare(one.value)) <= 60 and not label_field(one.value)]
    sure = [replace(one, value=bare(one.value)) for one in labelled if is_unit(bare(one.value))]
    found = [*sure, *_units_of_cover(draft), *_units_before_groups(labels), *_units_that_build(labels)]
    if found:
        found = [_whole(found), *found]
        return max((one for one in found if one.value.startswith(found[0].value)), key=lambda one: len(one.value))
    for one in labelled:
        return replace(one, value=bare(one.value), confidence=0.6)
    return _said_unit(passages) or next(
        (Found(name, "页眉页脚", text, 0.5) for text in running_lines(draft) if (name := unit_in(text))), None
    )


def _whole(found: Sequence[Found[str]]) -> Found[str]:
    """The first name; a company and a department that are told apart are one: 完成单位：气体工程分公司."""
    first = found[0]
    if is_part(first.value):
        company = next((one for one in found if is_company(one.value)), None)
        return replace(first, value=company.value + first.value) if company else first
    part = next((one for one in found if is_part(one.value)), None)
    if part is None or not is_company(first.value) or part.value in first.value:
        return first
    return replace(first, value=first.value + part.value)


def project(labels: Sequence[Label]) -> Found[str] | None:
    for found in all_of(labels, "project"):
        if 3 < len(found.value) <= 80:
            return replace(found, value=bare(found.value))
    return None


def _cover(draft: Draft) -> list[Line]:
    """The lines of the cover; unit and group on one line are two."""
    lines: list[Line] = []
    for line in cover_lines(draft):
        parts = unit_and_group(line.text)
        lines += [replace(line, text=part) for part in parts] if parts else [line]
    return lines


def _units_of_cover(draft: Draft) -> list[Found[str]]:
    lines = _cover(draft)
    found = []
    for n, line in enumerate(lines):
        name = "" if begins_like_a_title(line.text) or names_a_step(line.text) else unit_in(line.text)
        if name and n + 1 < len(lines) and is_part(lines[n + 1].text):
            name += squeeze(lines[n + 1].text)
        if name:
            found.append(Found(name, place(COVER, line.page), line.text, 0.8))
    return found


def _units_before_groups(labels: Sequence[Label]) -> list[Found[str]]:
    """小组名称：某某公司铁臂QC小组 names the unit too."""
    pairs = [(one, unit_and_group(one.value)) for one in all_of(labels, "group_name")]
    return [replace(one, value=parts[0], confidence=0.6) for one, parts in pairs if parts]


def _units_that_build(labels: Sequence[Label]) -> list[Found[str]]:
    builders = [replace(one, value=bare(one.value), confidence=0.6) for one in all_of(labels, "builder")]
    return [one for one in builders if is_unit(one.value)]


def _said_unit(passages: Sequence[Passage]) -> Found[str] | None:
    early = [passage for passage in passages if passage.step in _EARLY]
    for pattern in (_SAID_UNIT, _ACTS):
        for passage in early:
            if match := pattern.search(fold(passage.text)):
                return Found(bare(match["unit"]), place(passage.heading), match[0], 0.5)
    return None


def _said_group(passages: Sequence[Passage]) -> Found[str] | None:
    for passage in passages:
        called = _CALLED.search(passage.text) if passage.step in _EARLY else None
        called = called or (_AT_ONCE.match(_body(passage)) if passage.step == "group" else None)
        if called and is_group(called["name"]):
            whole = re.sub(r"^[“\"「](?![^”\"」]+[”\"」])", "", called["name"])  # 名称为“清风QC小组”
            return Found(bare(whole), place(passage.heading), called[0], 0.65)
    for passage in passages:
        for match in _SAID_GROUP.finditer(passage.text) if passage.step in _EARLY else ():
            if name := _ITS_NAME.search(passage.text[max(0, match.start() - 45) : match.start()]):
                words = name[0] + match[0]
                parts = unit_and_group(words)
                return Found(parts[1] if parts else bare(words), place(passage.heading), words, 0.6)
    return None


def _body(passage: Passage) -> str:
    return next((block.text for block in passage.blocks if isinstance(block, Text)), "")


def _fuller_group(name: str, draft: Draft) -> str:
    """铸脊 in the table and 铸脊QC小组 on the cover are one name; the fuller one is kept."""
    if squeeze(name).endswith(("小组", "圈")):
        return name
    names = (group_in(line.text) for line in _cover(draft))
    return next((fuller for fuller in names if fuller.startswith(name)), name)
