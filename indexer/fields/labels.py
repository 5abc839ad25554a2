"""Labels and their values: tables of 小组概况, lines such as 课题名称：…, cover pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.draft import Table, Text
from indexer.fields.found import Found, place
from indexer.fields.title_words import begins_like_a_title
from indexer.splitter import Passage
from indexer.wording import fold, gapped, squeeze, word_set
from library.steps import DATA

_HOME = {"preface", "group", "overview", "topic-selection", "plan", "appendix"}
"""Passages where labels describe the report; elsewhere 单位 or 类别 head a column of data."""
_COMMON_WORDS = word_set(
    """
    单位 课题 主题 类别 专业 分类 人数 等级 发布 顾问 成员 公司 部门 活动时间 学习时间 培训时间 注册时间 奖项
    题目 QC小组 qc小组 活动周期 组员 编号 时间 起止 培训 类型 登记号 小组 课题号 组名 教育
    """
)
"""Labels that are ordinary words too: only trusted beside other labels."""
MEMBER_HEADER = {"姓名", "性别", "年龄", "学历", "文化程度", "职称"}
DUTIES = ("组内职务", "组内分工", "小组分工", "小组职务", "分工", "职责", "职务", "组内职责", "备注", "圈内职务")
"""Heads of the columns in which a table of members says who is 组长."""
_EDUCATION = re.compile(
    r"(?:小组|成员|组员|全员|人均|每人|平均|累计|接受|参加|受|的|tqc|tqm|qcc?|质量管理|全面质量管理|知识|基础|专业)+"
    r"(?:教育|培训|学习|受训|学时|课时)(?:时间|学时|课时|小时|时数|小时数|情况)*"
)
"""The many ways to head the hours of training: 人均受教育, 组员接受QC知识培训学时."""
_LONGEST_LABEL = 14
_LONGEST_TABLE = 80  # rows; what describes a group is short, a register of data is not searched for labels


@dataclass(frozen=True)
class Label:
    """`field` is a key of metadata_fields.json; `home` if it stands where reports describe themselves."""

    field: str
    found: Found[str]
    home: bool


def read_labels(passages: Sequence[Passage]) -> list[Label]:
    """Every label with its value, best first within a field: the group's own table before anything else."""
    found: list[Label] = []
    for passage in passages:
        for block in passage.blocks:
            if isinstance(block, Table) and len(block.rows) <= _LONGEST_TABLE:
                found += _in_table(block, passage)
            elif isinstance(block, Text) and passage.step in _HOME:
                found += _in_line(block, passage)
        if passage.step in _HOME:
            found += _in_pairs(passage)
    order = sorted(range(len(found)), key=lambda n: (-found[n].found.confidence, not found[n].home, n))
    return [found[n] for n in order]


def first(labels: Sequence[Label], field: str) -> Found[str] | None:
    return next((label.found for label in labels if label.field == field), None)


def all_of(labels: Sequence[Label], *fields: str) -> list[Found[str]]:
    return [label.found for label in labels if label.field in fields]


@cache
def known_labels() -> dict[str, str]:
    """Every label, squeezed, with its field."""
    fields = json.loads((DATA / "metadata_fields.json").read_text(encoding="utf-8"))
    return {squeeze(label).lower(): field for field, labels in fields.items() for label in labels}


@lru_cache(maxsize=4096)
def label_field(cell: str) -> tuple[str, float] | None:
    """The field that a cell or the head of a line names, and how sure that is."""
    words = re.sub(r"\([^)]*\)$|[:*]+$", "", squeeze(cell).lower()).strip(":*").split("/")[0]
    if not 2 <= len(words) <= _LONGEST_LABEL:
        return None
    if field := known_labels().get(words):
        return field, 1.0
    if _EDUCATION.fullmatch(words):
        return "qc_education", 0.9
    if len(words) < 4:
        return None
    near = {field for form in gapped(words) for field in _gapped_labels().get(form, ())}
    return (near.pop(), 0.7) if len(near) == 1 else None


@cache
def _gapped_labels() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label, field in known_labels().items():
        for form in gapped(label):
            found.setdefault(form, set()).add(field)
    return found


def _in_table(table: Table, passage: Passage) -> Iterator[Label]:
    named = [[label_field(cell) for cell in row] for row in table.rows]
    fields = {name[0] for row in named for name in row if name}
    home = passage.step in _HOME
    if _is_member_table(table) and len(fields) < 4:
        return
    if not home and len(fields) < 3:
        return
    duties: set[int] = set()
    for r, row in enumerate(table.rows):
        if _heads_members(row):
            duties = {c for c, cell in enumerate(row) if squeeze(cell) in DUTIES}
        for c, cell in enumerate(row):
            if not (name := named[r][c]) or (c in duties and name[0] == "leader"):
                continue
            value = _value(table, named, r, c)
            if _is_common(cell) and len(fields) < 2 and not (home and _is_title(name[0], value)):
                continue
            if further := _further(cell, value):
                value = further[0][1]
                for field, part in further[1:]:
                    yield Label(
                        field, Found(part, place(table.caption or passage.heading, table.page), part, 0.9), home
                    )
            if value:
                where = place(table.caption or passage.heading, table.page)
                found = Found(value, where, f"{cell.strip()}：{value}", name[1])
                yield Label(name[0], found, home)


def _further(cell: str, value: str) -> list[tuple[str, str]]:
    """小组注册号 / 注册时间 | JC-09 / 2020年3月10日: two labels and two values in a cell each."""
    if both := re.fullmatch(r"(.+?)[(（](.+?)[/／](.+?)[)）]", cell.strip()):
        labels = [both[2] + both[1], both[3] + both[1]]  # 注册号（小组/课题）
    else:
        labels = re.split(r"\s*[/／]\s*", cell.strip())
    values = re.split(r"\s+[/／]\s*|\s*[/／]\s+", value.strip())
    values = values if len(values) > 1 else re.split(r"[/／]", value.strip())
    named = [label_field(label) for label in labels]
    if len(labels) < 2 or len(labels) != len(values) or not all(named):
        return []
    return [(name[0], part) for name, part in zip(named, values, strict=True) if name]


def _is_title(field: str, value: str) -> bool:
    """课题 beside 提高…合格率 needs no other label to be believed."""
    return field == "topic_title" and begins_like_a_title(value)


def _is_common(words: str) -> bool:
    return squeeze(words).lower().strip(":") in _COMMON_WORDS


def _is_member_table(table: Table) -> bool:
    return any(_heads_members(row) for row in table.rows)


def _heads_members(row: Sequence[str]) -> bool:
    return len({squeeze(cell) for cell in row} & MEMBER_HEADER) >= 2


def _value(table: Table, named: Sequence[Sequence[object]], r: int, c: int) -> str:
    """The cell to the right; below, where the whole row is made of labels."""
    row = table.rows[r]
    labels = sum(1 for name in named[r] if name)
    filled = sum(1 for cell in row if cell.strip())
    if labels >= 2 and labels >= filled - 1 and labels > filled / 2 and r + 1 < len(table.rows):
        return "" if named[r + 1][c] else table.rows[r + 1][c].strip()
    for k in range(c + 1, len(row)):
        if named[r][k]:
            return ""
        if row[k].strip():
            return row[k].strip()
    return ""


def _in_line(block: Text, passage: Passage) -> Iterator[Label]:
    """课题名称：…  课题类型：… on one line; a line without a colon counts if the label begins it."""
    if len(block.text) > 200:
        return
    for line in block.text.split("\n"):
        spots = _spots(fold(line))
        for n, (_, end, field, sure) in enumerate(spots):
            stop = spots[n + 1][0] if n + 1 < len(spots) else len(line)
            value = fold(line)[end:stop].strip(" 　:：;；,，、|\t")
            value = re.split(r"\s{3,}|\t", value)[0]
            if value and len(value) <= 100:
                where = place(passage.heading, block.page)
                yield Label(field, Found(value, where, line.strip(), sure * 0.95), home=True)


def _in_pairs(passage: Passage) -> Iterator[Label]:
    """A label on one line and its value on the next, as boxes of a slide or a flattened table give them."""
    lines = [block for block in passage.blocks if isinstance(block, Text)]
    names = [label_field(block.text) if len(block.text) <= 2 * _LONGEST_LABEL else None for block in lines]
    if len({name[0] for name in names if name}) < 3:
        return
    for n, name in enumerate(names[:-1]):
        value = lines[n + 1].text.strip()
        if name and not names[n + 1] and value and len(value) <= 100:
            where = place(passage.heading, lines[n].page)
            yield Label(name[0], Found(value, where, f"{lines[n].text.strip()}：{value}", name[1] * 0.9), home=True)


def _spots(line: str) -> list[tuple[int, int, str, float]]:
    """Where labels begin and end in a folded line."""
    spots: list[tuple[int, int, str, float]] = []
    for match in _label_pattern().finditer(line):
        words = squeeze(match["label"] or match["glued"]).lower()
        colon = match["label"] is None or ":" in match["sign"]
        start = match.start("label") if match["label"] else match.start("glued")
        if not colon and (start > 0 or words in _COMMON_WORDS) and not spots:
            continue
        spots.append((start, match.end(), known_labels()[words], 1.0 if colon else 0.8))
    if not spots and (head := re.match(r"\s*([^:：]{4,12})[:：]", line)) and (name := label_field(head[1])):
        spots.append((0, head.end(), name[0], name[1]))
    return spots


@cache
def _label_pattern() -> re.Pattern[str]:
    """Any label, its characters possibly set apart by blanks, then a colon or a blank."""
    labels = sorted(known_labels(), key=len, reverse=True)
    spaced = "|".join(r"\s{0,4}".join(re.escape(character) for character in label) for label in labels)
    long = "|".join(re.escape(label) for label in labels if len(label) >= 4)
    return re.compile(
        rf"(?:^|(?<=[\s;,，。、(（|]))(?P<label>{spaced})(?P<sign>\s*[:：]\s*|\s+)|(?P<glued>{long})(?P<colon>[:：]\s*)",
        re.I,
    )
