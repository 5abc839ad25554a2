"""What the heads of a table's rows and columns tell: units, sums, and which of before, goal and after they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.draft import Block, Table, Text
from indexer.fields.numbers import names_a_unit
from indexer.wording import fold

_LONGEST_CELL, _MOST_CELLS = 24, 60  # characters, cells of a table drawn as boxes
LONGEST = 300
"""Rows; a longer register of raw data tells no target."""
SUM = re.compile(r"合计|总计|平均|汇总|综合|总体|均值|小计|总用时|总时间|总耗时|共计|[月日周季年班]均")
MEAN = re.compile(r"平均|[月日周季年班]均|均值")
_ACTIVITY = r"(?:活动|改进|改善|改造|实施|对策|攻关|优化|研制|应用|QC|课题)"
_AFTER = re.compile(
    rf"{_ACTIVITY}(?:之)?后|实际|达成值|完成值|现值|检查值|{_ACTIVITY}结果|效果值|实测|成果|^后$|完成|效果|检查结果|结果"
)
_BEFORE = re.compile(rf"{_ACTIVITY}(?:之)?前|现状|目前|现有|原来|原有|^原|^前$|当前|传统|基期|以往")
_GOAL = re.compile(r"目标(?!项|名称|内容)")
_SAYS_SO = re.compile(r"是否|完成情况|达成情况|达标情况|完成率|达成率|幅度|差|百分点|比较|对比$")


def role(head: str) -> str:
    """`before`, `goal` or `after`, as the head of a row or column says; empty if it says none of them."""
    words = fold(head).replace(" ", "")
    if _SAYS_SO.search(words) and not re.search("值|后", words):
        return ""
    if re.search(rf"{_ACTIVITY}(?:之)?后", words):
        return "after"
    if _BEFORE.search(words):
        return "before"
    if _GOAL.search(words) and not re.search("对策|措施", words):
        return "goal"
    return "after" if _AFTER.search(words) else ""


def without_role(head: str) -> str:
    """What is measured, where the head also tells the role: 目标一次合格率 → 一次合格率."""
    words = re.sub(rf"{_ACTIVITY}(?:之)?[前后]|现状值?|目标值?|实际值?|目前|原来|当前", "", fold(head))
    words = re.sub(r"\([%‰℃°A-Za-zμ²³0-9/·\u4e00-\u9fff]{0,5}\)$", "", words)
    return words.strip(" :：()（）-—/")


def header_of(table: Table) -> list[str] | None:
    """The folded words above each column, two rows of header included; None if the table holds no such data."""
    if not 2 <= len(table.rows) <= LONGEST:
        return None
    first = [fold(cell) for cell in table.rows[0]]
    for c in range(1, len(first)):
        if not first[c].strip() and len(table.rows) > 2:
            below = table.rows[1][c]
            first[c] = first[c - 1] if below.strip() and not only_number(below) else first[c]
    second = table.rows[1]
    if len(table.rows) > 2 and not any(only_number(cell) for cell in second):
        return [f"{one} {fold(two)}".strip() for one, two in zip(first, second, strict=True)]
    return first


def flattened(blocks: Sequence[Block]) -> Iterator[Table]:
    """Tables that were drawn as boxes and read cell by cell: 指标, 现状, 目标, 合格率, 66.7%, 90%."""
    cells: list[Text] = []
    for block in (*blocks, None):
        if isinstance(block, Text) and len(block.text) <= _LONGEST_CELL and len(cells) < _MOST_CELLS:
            cells.append(block)
            continue
        if len(cells) >= 4 and (table := _rows_of(cells)):
            yield table
        cells = []


def _rows_of(cells: Sequence[Text]) -> Table | None:
    """The heads 现状, 目标 … one after the other, then rows of as many numbers, each with or without a head."""
    texts = [cell.text.strip() for cell in cells]
    number = next((n for n, text in enumerate(texts) if only_number(text)), 0)
    heads = [n for n in range(number) if role(texts[n])]
    if len(heads) < 2 or heads[-1] - heads[0] + 1 != len(heads):
        return None
    body = heads[-1] + 1
    if body not in (number, number - 1):
        return None
    corner = [] if body == number else [texts[heads[0] - 1] if heads[0] else ""]
    header = (*corner, *texts[heads[0] : body])
    ends = range(body + len(header), len(texts) + 1, len(header))
    return Table((header, *(tuple(texts[end - len(header) : end]) for end in ends)), cells[0].page)


def unit_of_row(header: Sequence[str], row: Sequence[str]) -> str:
    """What the column 单位 says, where a table has one."""
    column = next((c for c, head in enumerate(header) if head.split(" ")[0] in {"单位", "计量单位"}), None)
    unit = fold(row[column]).strip() if column is not None and column < len(row) else ""
    return unit if names_a_unit(unit) else ""


def only_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*[≤≥<>=±约]?\s*-?[\d,.]+\s*(?:%|[A-Za-z]{0,4})?\s*", fold(cell[:40])))


def unit_in(words: str) -> str:
    """合格率（%） → %, 工期/d → d."""
    behind = re.search(r"[,，、:：\s](\S{1,4}/\([^()]{1,8}\))$", fold(words).strip())  # 漏风量，m³/(h·m²)
    if behind and names_a_unit(behind[1]):
        return behind[1]
    match = re.search(
        r"[(（]\s*(?:单位[:：]?)?\s*([%‰℃°A-Za-zμ²³0-9/·\u4e00-\u9fff]{1,7})\s*[)）]\s*$"
        r"|/([%A-Za-z]{1,3}|[\u4e00-\u9fff])$|单位[:：]\s*([%‰A-Za-z/\u4e00-\u9fff]{1,5})",
        fold(words).strip(),
    )
    if match and names_a_unit(unit := match[1] or match[2] or match[3]):
        return unit
    return "%" if "%" in fold(words) else ""
