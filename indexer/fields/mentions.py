"""Every quantity of the report with what stands around it: the raw material for the target's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.draft import Picture, Table, Text
from indexer.fields.found import place
from indexer.fields.numbers import Quantity, quantities
from indexer.splitter import Passage
from indexer.wording import fold, sentences

_MOVE = re.compile(
    r"提高|提升|上升|增加|增长|增至|增到|升高|升至|升到|降低|下降|降至|降到|降为|减少|减至|减到|减为|缩短|"
    r"缩减|缩至|压缩|控制|延长|变为|改善|→|->|⇒|➔|优化"
)
_LONGEST_TABLE = 300  # rows; a register of raw data tells no target
SUM = re.compile(r"合计|总计|平均|汇总|综合|总体|均值|小计")
_FROM = re.compile(r"(?:由|从|自)[^。;]{0,30}$")


@dataclass(frozen=True)
class Mention:
    """`before` and `after` are the words on either side; `move_…` is the other end of 由 A 提高到 B."""

    value: float
    unit: str
    steps: tuple[str, ...]
    sentence: str
    before: str
    after: str
    move_from: float | None = None
    move_to: float | None = None
    row: str = ""  # words of its row and column, for a cell of a table
    column: str = ""
    one_of_many: bool = False  # a row of a table that also has a row 合计 or 平均
    where: str = ""
    quote: str = ""  # as written, not folded

    @property
    def clause(self) -> str:
        """The words before the number, back to the last comma or number."""
        return re.split(r"[,，、;；:：(（)）]", self.before)[-1]


def read_mentions(passages: Sequence[Passage]) -> list[Mention]:
    found: list[Mention] = []
    for passage in passages:
        steps = (passage.step, *passage.also)
        for block in passage.blocks:
            where = place(passage.heading, block.page)
            if isinstance(block, Table):
                found += _in_table(block, steps, where)
            elif isinstance(block, Text):
                found += [one for line in sentences(block.text) for one in _in_sentence(line, steps, where)]
            elif isinstance(block, Picture) and block.caption:
                found += _in_sentence(block.caption, steps, where)
    return found


def _in_sentence(sentence: str, steps: tuple[str, ...], where: str) -> Iterator[Mention]:
    text = re.sub(r"(?<![A-Za-z]) +(?![A-Za-z])", "", fold(sentence))
    found = [one for one in quantities(text) if not _is_date(text, one)]
    moves = _moves(text, found)
    for n, one in enumerate(found):
        back, forth = moves.get(n, (None, None))
        yield Mention(
            one.value, one.unit or _unit_of_other_end(found, n, moves), steps, text,
            text[: one.start], text[one.end :], back, forth, where=where, quote=sentence,
        )  # fmt: skip


def _is_date(text: str, one: Quantity) -> bool:
    if one.unit in {"年", "月", "日"} and not re.match(r"[/]", text[one.end : one.end + 1]):
        return one.unit != "日" or bool(re.search(r"月$", text[: one.start]))
    around = text[max(0, one.start - 5) : one.end + 5]
    return bool(re.search(r"(?:19|20)\d\d\s*[./\-]\s*\d", around)) and one.unit in {"", "日", "月"}


def _moves(text: str, found: Sequence[Quantity]) -> dict[int, tuple[float | None, float | None]]:
    """For each number that is an end of 由 A 提高到 B: (A, None) at B, (None, B) at A."""
    ends: dict[int, tuple[float | None, float | None]] = {}
    for n in range(len(found) - 1):
        one = found[n]
        for m in range(n + 1, min(n + 3, len(found))):
            other = found[m]
            between = text[one.end : other.start]
            if len(between) > 30 or re.search(r"[。;]", between):
                break
            if m == n + 2 and not re.search(r"[(（][^)）]*$", text[one.end : found[n + 1].start]):
                break  # only a number in brackets may stand between the two ends
            if not _MOVE.search(between) and not (re.search(r"[到至]", between) and _FROM.search(text[: one.start])):
                continue
            if re.search(r"[,，]", between) and not _FROM.search(text[: one.start]):
                continue
            if re.search(r"了$|约$", between) and not re.search(r"[到至为]", between):
                break  # 提高了 5 %: a difference, not the other end
            if other.unit in {"个百分点", "百分点", "倍"} or (one.unit and other.unit and one.unit != other.unit):
                continue
            if not (_FROM.search(text[: one.start]) or re.search(r"→|->|⇒|➔|[到至为]", between)):
                continue
            ends.setdefault(n, (None, other.value))
            ends.setdefault(m, (one.value, None))
            break
    return ends


def _unit_of_other_end(found: Sequence[Quantity], n: int, moves: dict[int, tuple[float | None, float | None]]) -> str:
    if n in moves and moves[n][1] is not None:
        return next((one.unit for one in found[n + 1 :] if one.value == moves[n][1]), "")
    return ""


def _in_table(table: Table, steps: tuple[str, ...], where: str) -> Iterator[Mention]:
    if not 2 <= len(table.rows) <= _LONGEST_TABLE:
        return
    header = _header(table)
    summed = any(SUM.search(fold(" ".join(row[:2]))) for row in table.rows[1:])
    for r, row in enumerate(table.rows):
        head = next((fold(cell) for cell in row if cell.strip() and not _only_number(cell)), "")
        for c, cell in enumerate(row):
            text = fold(cell).strip()
            if r == 0 or len(text) > 30:
                continue
            for one in quantities(text)[:1]:
                unit = one.unit or _unit_in(header[c]) or _unit_in(head) or _unit_in(table.caption)
                yield Mention(
                    one.value, unit, steps, " ".join([table.caption, header[c], head, text]),
                    "", text[one.end :], row=head, column=header[c],
                    one_of_many=summed and not SUM.search(head), where=place(table.caption or where, table.page),
                    quote=" ".join(part for part in row if part),
                )  # fmt: skip


def _header(table: Table) -> list[str]:
    """The words above each column, two rows of header included."""
    first = [fold(cell) for cell in table.rows[0]]
    for c in range(1, len(first)):
        if not first[c].strip() and len(table.rows) > 2 and any(not x.strip() for x in first):
            first[c] = first[c - 1] if not _only_number(table.rows[1][c]) and table.rows[1][c].strip() else first[c]
    second = table.rows[1]
    if len(table.rows) > 2 and not any(_only_number(cell) for cell in second):
        return [f"{one} {fold(two)}".strip() for one, two in zip(first, second, strict=True)]
    return first


def _only_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*[≤≥<>=±约]?\s*-?[\d,.]+\s*(?:%|[A-Za-z]{0,4})?\s*", fold(cell)))


def _unit_in(words: str) -> str:
    """合格率（%） → %, 工期/d → d."""
    match = re.search(
        r"[(（]\s*(?:单位[:：]?)?\s*([%‰℃°A-Za-zμ²³/·\u4e00-\u9fff]{1,6})\s*[)）]\s*$|/([%A-Za-z]{1,3})$",
        fold(words).strip(),
    )
    if match:
        return match[1] or match[2]
    return "%" if re.search(r"%", fold(words)) else ""
