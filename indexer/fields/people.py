"""The group: its leader, how many members it has, how many hours of QC training each of them had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.draft import Table, Text
from indexer.fields.found import Found, place
from indexer.fields.labels import DUTIES, MEMBER_HEADER, Label, all_of
from indexer.fields.numbers import first_number
from indexer.splitter import Passage
from indexer.wording import fold, squeeze

_ALL = re.compile(
    r"(?:(?:小组|组员|成员)[^。\n]{0,40}?[,，](?:小组)?共计?有?|全组(?:一?共)?有?)(?:成员)?(\d{1,2})[人名位](?!次)"
)
"""组员5名，共7名: all of them."""
_BARE_COUNT = re.compile(r"(?:^|[,，。;；、(（]|小组|某)\s*(?:共|共计)?\s*(\d{1,2})\s*[人名](?=$|[,，。;；、)）\n(（])")
"""静悄悄QC小组，6人，组长…: only where the passage tells of the group."""
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,6})?(?:先生|女士)?")
_NOT_NAMES = {"请填写", "小组", "组长", "组员", "成员", "全体", "项目", "公司", "部门", "姓名", "副组长"}
_COUNT = re.compile(
    r"(?:共有|共|由|现有|计|拥有|成员|组员|圈员|小组[,，]?|圈内)[^。，,\d]{0,16}?([\d一二三四五六七八九十]{1,3})\s*(?:名|个?人|"
    r"位)"
)
_POST = r"(?:[\u4e00-\u9fff]{0,8}?(?:总工程师|总工|经理|工程师|主任|书记|[队厂工科部班段所处站]长|作业长|总监|技师))?"
_PERSON = r"([\u4e00-\u9fff]某{1,2}|(?!由)[\u4e00-\u9fff]{2,3})"
_SAID_LEADER = re.compile(
    rf"(?<!副)(?:组长|圈长)(?:[:(]|为|是|由)?\s*{_POST}([\u4e00-\u9fff]某{{0,2}}|[\u4e00-\u9fff]{{2,3}})(?=[,。;、()\s]|担任)"
)
_APPOINTED = re.compile(rf"(?:^|[,。;、:由\n]){_POST}{_PERSON}(?:同志)?(?:担?任|为|是)(?:小组|QC小组)?(?:组长|圈长)")
"""项目总工安某某任组长"""
_HOURS = re.compile(
    r"(?:人均|平均|每人|不少于|达到?|共)?[^\d]{0,10}(\d+(?:\.\d+)?)\s*(?:个)?\s*(学时|小时|课时|h\b|H\b)"
)
_MEMBER_COLUMNS = {*MEMBER_HEADER, "职务", "工种", "岗位", *DUTIES} - {"备注"}


def leader(labels: Sequence[Label], passages: Sequence[Passage]) -> Found[str] | None:
    """The name behind 组长, else the row of the member table that says 组长."""
    for found in all_of(labels, "leader"):
        if name := _person(found.value):
            return Found(name, found.where, found.quote, found.confidence)
    for passage in passages:
        text = fold("。".join(_lines(passage))) if passage.step in {"group", "preface", "overview"} else ""
        if match := _SAID_LEADER.search(text) or _APPOINTED.search(text):
            return Found(match[1], place(passage.heading), match[0], 0.6)
    for table, passage in _member_tables(passages):
        names, duties = _column(table, ("姓名", "成员", "成员姓名", "组员")), _columns(table, DUTIES)
        if names is None:
            continue
        for row in table.rows[1:]:
            duty = " ".join(row[c] for c in (*duties, names))
            if re.search(r"(?<!副)(?:组长|圈长)", squeeze(duty)) and (name := _person(row[names])):
                return Found(name, place(table.caption or passage.heading, table.page), " ".join(row), 0.9)
    return None


def _lines(passage: Passage) -> Iterator[str]:
    """Texts and cells, each by itself: 组长 | 全面 is a row of the member table, 组长：安某 a cell that tells."""
    for block in passage.blocks:
        if isinstance(block, Text):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)


def members_count(labels: Sequence[Label], passages: Sequence[Passage]) -> Found[int] | None:
    """The number of members: as labelled, else as said in a sentence, else the rows of the member table."""
    listed = None
    for found in all_of(labels, "members_count"):
        if count := _count(found.value):
            return Found(count, found.where, found.quote, found.confidence)
        listed = listed or _listed(found, labels)
    for passage in passages:
        text = fold(passage.text) if passage.step in {"group", "preface", "overview"} else ""
        if match := _ALL.search(text) or _COUNT.search(text):
            number = first_number(match[1] + "人")
            if number and 2 <= number <= 60:
                return Found(int(number), place(passage.heading), match[0], 0.7)
    if listed:
        return listed
    for passage in passages:
        of_group = "group" in {passage.step, *passage.also}
        match = _BARE_COUNT.search(fold(passage.text)) if of_group else None
        if match and 2 <= int(match[1]) <= 60:
            return Found(int(match[1]), place(passage.heading), match[0], 0.6)
    for table, passage in _member_tables(passages):
        names = _column(table, ("姓名", "成员", "成员姓名", "组员"))
        rows = [row for row in table.rows[1:] if any(row) and (names is None or row[names].strip())]
        if len(rows) >= 3:
            return Found(len(rows), place(table.caption or passage.heading, table.page), f"{len(rows)} 行", 0.7)
    return None


def training_hours(labels: Sequence[Label], passages: Sequence[Passage]) -> Found[float] | None:
    """Average hours of QC training per member."""
    for found in all_of(labels, "qc_education"):
        if (hours := _hours(found.value)) is not None:
            return Found(hours, found.where, found.quote, found.confidence)
    for passage in passages:
        if passage.step not in {"group", "preface", "overview"}:
            continue
        for line in re.split(r"[。\n]", fold(passage.text)):
            if re.search(r"教育|培训|学习", line) and (match := _HOURS.search(line)):
                return Found(float(match[1]), place(passage.heading), line, 0.7)
    for table, passage in _member_tables(passages):
        column = next((c for c, cell in enumerate(table.rows[0]) if re.search(r"培训|教育|学时", cell)), None)
        values = [first_number(row[column]) for row in table.rows[1:]] if column is not None else []
        known = [value for value in values if value is not None]
        if len(known) >= 3:
            mean = round(sum(known) / len(known), 1)
            return Found(mean, place(table.caption or passage.heading, table.page), table.rows[0][column or 0], 0.6)
    return None


def _person(text: str) -> str:
    words = re.split(r"[(（,，、/;；\s]", text.strip())[0].strip()
    match = _NAME.match(words)
    if not match or any(word in words for word in _NOT_NAMES) or len(words) > 10:
        return ""
    return words


def _count(text: str) -> int | None:
    words = squeeze(text)
    if re.search(r"[:：]?男\D{0,3}\d+.*女\D{0,3}\d+", words) and not re.match(r"[^\d男女]{0,2}\d+[人名位]", words):
        total = sum(int(n) for n in re.findall(r"[男女]\D{0,3}(\d+)", words))
        return total if 2 <= total <= 60 else None
    if re.match(r"[约共]?[\d一二三四五六七八九十]{1,3}(?:[人名位个(（,，]|$)", words):
        number = first_number(words if re.search(r"\d", words) else words + "人")
        return int(number) if number and 2 <= number <= 60 else None
    return None


def _listed(found: Found[str], labels: Sequence[Label]) -> Found[int] | None:
    """组员：甲某、乙某、丙某; the leader, who has a label of their own, is one more."""
    names = [name for name in re.split(r"[、,，;；\s]+", found.value.strip()) if _NAME.fullmatch(name)]
    if len(names) < 3:
        return None
    leaders = {name for one in all_of(labels, "leader") if (name := _person(one.value))}
    return Found(len(set(names) | leaders), found.where, found.quote, 0.8)


def _hours(text: str) -> float | None:
    words = re.sub(r"(?<=\d)[Oo](?=\D)", "0", fold(text))  # a recogniser's 4O学时
    if match := re.search(r"(?:人均|平均|每人)\D{0,12}(\d+(?:\.\d+)?)", words):
        return float(match[1])
    if match := _HOURS.search(words):
        return float(match[1])
    return float(words.strip()) if re.fullmatch(r"\s*\d{1,3}(?:\.\d+)?\s*", words) else None


def _member_tables(passages: Sequence[Passage]) -> Iterator[tuple[Table, Passage]]:
    for passage in passages:
        for block in passage.blocks:
            if not isinstance(block, Table) or passage.step not in {"group", "preface", "overview", "topic-selection"}:
                continue
            for r, row in enumerate(block.rows[:6]):
                if len({squeeze(cell).split("/")[0] for cell in row} & _MEMBER_COLUMNS) >= 2:
                    yield Table(block.rows[r:], block.page, block.caption), passage
                    break


def _column(table: Table, names: Sequence[str]) -> int | None:
    return next(iter(_columns(table, names)), None)


def _columns(table: Table, names: Sequence[str]) -> list[int]:
    header = [squeeze(cell) for cell in table.rows[0]]
    return [header.index(name) for name in names if name in header]
