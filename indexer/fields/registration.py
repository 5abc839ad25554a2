"""Registration numbers of the group and of the topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.fields.found import Found, place
from indexer.fields.labels import Label
from indexer.splitter import Passage
from indexer.wording import fold

_NUMBER = re.compile(
    r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff/\-—–_.〔〕\[\]()（）【】#]*\d[A-Za-z0-9/\-_.号]*"
)


_SAID = re.compile(
    r"(?:(?P<what>课题)|小组)?(?:QC)?(?:小组)?的?(?:(?:注册|登记)(?:登记)?(?:编号|编码|证号|号)|(?<=课题|小组)编号)(?:为|是|:)?\s*"
    r"(?P<number>[A-Za-z][A-Za-z0-9/\-—–_.()\[\]〔〕]*\d[A-Za-z0-9/\-_]*)"
)
_BOTH = re.compile(
    r"小组[:：]?\s*(?P<group>[A-Za-z0-9][\w\-—–/.]*)\s*[,，;；、\s]\s*课题[:：]?\s*(?P<topic>[A-Za-z0-9][\w\-—–/.]*)"
)
_BEHIND_THE_GROUP = re.compile(
    r"小组\s*[(（]\s*(?:编号|注册号|登记号)?[:：]?\s*(?P<number>[A-Z][A-Za-z0-9/\-—–_.]*\d[A-Za-z0-9/\-_]*)\s*[)）]"
)
"""定海神针QC小组（SDXNY-QC23-5）"""
_BARE = re.compile(r"(?:^|[,，。;；、\s])编号[:：]?\s*(?P<number>[A-Z][A-Za-z0-9/\-—–_.]*\d[A-Za-z0-9/\-_]*)", re.M)
"""暖心小组六个人，编号SLRL-FW-1103: only where the passage tells of the group."""
_EARLY = {"preface", "overview", "group", "topic-selection"}


def group_number(labels: Sequence[Label], passages: Sequence[Passage] = ()) -> Found[str] | None:
    """As labelled, else as said in a sentence: …，注册号XX-QC-2021-03，…"""
    return _number(labels, "group_reg_no") or _said(passages, of_topic=False) or _in_passing(passages)


def topic_number(labels: Sequence[Label], passages: Sequence[Passage] = ()) -> Found[str] | None:
    both = (_BOTH.match(fold(one.found.value.strip())) for one in labels if one.field == "group_reg_no")
    second = next((Found(_digits(one["topic"]), "", one[0], 0.8) for one in both if one), None)
    return _number(labels, "topic_reg_no") or second or _said(passages, of_topic=True)


def _said(passages: Sequence[Passage], of_topic: bool) -> Found[str] | None:
    for passage in passages:
        if passage.step not in _EARLY:
            continue
        for match in _SAID.finditer(fold(passage.text)):
            if bool(match["what"]) == of_topic:
                return Found(_digits(match["number"]), place(passage.heading), match[0], 0.7)
    return None


def _in_passing(passages: Sequence[Passage]) -> Found[str] | None:
    for passage in passages:
        text = fold(passage.text) if passage.step in _EARLY else ""
        of_group = "group" in {passage.step, *passage.also}
        match = _BEHIND_THE_GROUP.search(text) or (_BARE.search(text) if of_group else None)
        if match:
            return Found(_digits(match["number"]), place(passage.heading), match[0], 0.6)
    return None


def _number(labels: Sequence[Label], field: str) -> Found[str] | None:
    for label in labels:
        if label.field != field:
            continue
        value = re.sub(r"\s*([\-/—–])\s*", r"\1", label.found.value.strip())
        if both := _BOTH.match(fold(value)):  # 注册号 | 小组XX-QC-08，课题XX-KT-08
            value = both["group"]
        if value.isascii():
            value = "".join(value.split())  # broken at the edge of a cell
        if match := _NUMBER.match(fold(value).strip()):
            return Found(_digits(match[0]), label.found.where, label.found.quote, label.found.confidence)
    return None


def _digits(number: str) -> str:
    """O and l between digits are a recogniser's 0 and 1 (SJ-HNJC-O1-2O21-O1)."""
    parts = re.split(r"([^0-9A-Za-z]+)", number)
    return "".join(
        part.translate(str.maketrans("OoIl", "0011")) if re.fullmatch(r"[OoIl]*\d[0-9OoIl]*", part) else part
        for part in parts
    )
