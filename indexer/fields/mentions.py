"""Every quantity of the report with what stands around it: the raw material for the target's numbers.

Only a little of the text on either side is kept, and no more numbers than a report can have, so that a file full of
numbers costs no more time than its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.draft import Picture, Table, Text
from indexer.fields.found import place
from indexer.fields.han_numbers import with_digits
from indexer.fields.numbers import Quantity, names_a_unit, quantities, same_unit
from indexer.fields.tables import SUM, flattened, header_of, only_number, unit_in, unit_of_row
from indexer.splitter import Passage
from indexer.wording import fold, in_pieces, whole_sentences

BACK, FORTH = 90, 40
"""Characters kept before and behind a number; what tells its meaning stands nearer."""
MOST_IN_SENTENCE = 60
FEW, APART = 12, 8
"""More numbers in a sentence than `MOST_IN_SENTENCE`, or more than `FEW` with less than `APART` characters each, are
data and no statement."""
MOST = 6000
"""Numbers of a report that are looked at; the longest real ones have about a thousand."""
_CLASSIFIER = r"[\u4e00-\u9fff]"
_COUNTS = 4
"""So many numbers before a share are looked at for what it is the share of."""
_MOVE = re.compile(
    r"提高|提升|上升|增加|增长|增至|增到|升高|升至|升到|升为|降低|下降|降至|降到|降为|减少|减小|减至|减到|减为|缩短|"
    r"缩减|缩至|缩小|压缩|压减|控制|延长|变为|改善|→|->|⇒|➔|优化"
)
_FROM = re.compile(r"(?:(?<![理缘])由|从(?![而事])|自(?![动行然检]))[^。;]{0,40}$")
_ARROW = re.compile(r"→|->|⇒|➔|[到至为]")
_SUM_SAID = re.compile(r"[平月日班]均|均值|合[计并]|总计|综合|总体")
_OF_ALL = re.compile(r"最[大小高低长短好差]|目标|要求|规定|标准|允许|合同|规范")
_BY = re.compile(r"\s*(?:提高|提升|降低|减少|缩短|增加|压缩|延长|下降|上升)了?约?\s*")


@dataclass(frozen=True)
class Mention:
    """`before` and `after` are the words on either side; `move_…` is the other end of 由 A 提高到 B."""

    value: float
    unit: str
    steps: frozenset[str]
    sentence: str
    before: str
    after: str
    move_from: float | None = None
    move_to: float | None = None
    row: str = ""  # words of its row and column, for a cell of a table
    column: str = ""
    one_of_many: bool = False  # a row of a table that also has a row 合计 or 平均
    rows: int = 0  # how many rows with numbers its table has
    reckoned: bool = False  # the share that two numbers before it make: 拍片480张，合格415张，86.5%
    summed_up: bool = False  # one of those whose mean or sum is said behind them: 2.6%、2.2%、1.9%，平均2.2%
    where: str = ""
    quote: str = ""  # as written, not folded

    @cached_property
    def clause(self) -> str:
        """The words before the number, back to the last comma or bracket."""
        return re.split(r"[,，、;；:：(（)）]", self.before)[-1]

    @cached_property
    def near(self) -> str:
        return self.before[-30:]

    @property
    def statistic(self) -> str:
        match = re.search(r"最[大小高低长短]|平均|[月日班]均|均值", self.clause)
        return ("平均" if "均" in match[0] else "最") if match else ""

    @property
    def aside(self) -> bool:
        """Inside brackets: 8.4‰（2#为9.1‰、3#为7.7‰）."""
        return self.before.rfind("(") > self.before.rfind(")")

    @property
    def in_table(self) -> bool:
        return bool(self.row or self.column)

    @property
    def heads(self) -> str:
        return f"{self.row} {self.column}"


def read_mentions(passages: Sequence[Passage], counted: str = "") -> list[Mention]:
    """`counted` is what the title counts (槽 of 超差槽数): behind a number it is a unit."""
    found = _mentions(passages)
    return [_with_unit(one, counted) for one in found] if counted else found


def _with_unit(one: Mention, counted: str) -> Mention:
    if one.unit or not one.after.startswith(counted):
        return one
    return replace(one, unit=counted, after=one.after[len(counted) :])


def _mentions(passages: Sequence[Passage]) -> list[Mention]:
    found: list[Mention] = []
    for passage in passages:
        steps = frozenset((passage.step, *passage.also))
        for table in flattened(passage.blocks):
            found += _in_table(table, steps, place(passage.heading, table.page))
        for block in passage.blocks:
            if len(found) >= MOST:
                return found
            where = place(passage.heading, block.page)
            if isinstance(block, Table):
                found += _in_table(block, steps, where)
            elif isinstance(block, Text):
                found += [one for line in whole_sentences(block.text) for one in _in_sentence(line, steps, where)]
            elif isinstance(block, Picture) and block.caption:
                found += _in_sentence(block.caption, steps, where)
    return found


def _in_sentence(sentence: str, steps: frozenset[str], where: str) -> Iterator[Mention]:
    pieces = [(piece, *_numbers_of(piece)) for piece in in_pieces(sentence)]
    if _is_data(sum(len(text) for _, text, _ in pieces), sum(len(found) for *_, found in pieces)):
        return
    for piece, text, found in pieces:
        yield from _in_piece(piece, text, found, steps, where)


def _numbers_of(piece: str) -> tuple[str, list[Quantity]]:
    """The piece as the rules compare it, and its numbers."""
    text = with_digits(re.sub(r"(?<![A-Za-z]) +(?![A-Za-z])", "", fold(piece)))
    return text, [one for one in quantities(text) if not _is_date(text, one)]


def _is_data(length: int, numbers: int) -> bool:
    return numbers > MOST_IN_SENTENCE or (numbers > FEW and length < APART * numbers)


def _in_piece(piece: str, text: str, found: Sequence[Quantity], steps: frozenset[str], where: str) -> Iterator[Mention]:
    moves = _moves(text, found)
    of_all = re.search(r"[(（]\s*([^()（）]{1,10})\s*[)）]\s*$", text)  # 活动前4.6、目标2.0（处/百米）
    if of_all and names_a_unit(of_all[1]) and not re.fullmatch(_CLASSIFIER, of_all[1]):
        found = [one if one.unit else replace(one, unit=of_all[1]) for one in found]
    parts = _summed_up(text, found, moves)
    for n, one in enumerate(found):
        back, forth = moves.get(n, (None, None))
        yield Mention(
            one.value, one.unit or _unit_of_other_end(found, n, moves), steps, text,
            text[max(0, one.start - BACK) : one.start], text[one.end : one.end + FORTH],
            back, forth, where=where, quote=piece, reckoned=_is_share(found, n),
            summed_up=n in parts,
        )  # fmt: skip


def _is_share(found: Sequence[Quantity], n: int) -> bool:
    """Whether two of the counts before the n-th number, or what is left of one of them, make it as a share."""
    whole = {"%": 100.0, "‰": 1000.0}.get(found[n].unit)
    if whole is None:
        return False
    exact = 10 ** -len(f"{found[n].value:g}".partition(".")[2])
    counts = [one.value for one in found[max(0, n - _COUNTS) : n] if one.unit not in {"%", "‰"} and one.value > 0]
    shares = [whole * part / of for of in counts for part in counts if part < of]
    return any(abs(share - found[n].value) <= exact for one in shares for share in (one, whole - one))


def _summed_up(text: str, found: Sequence[Quantity], ends: Collection[int]) -> set[int]:
    """Those numbers behind which their mean or their sum is said."""
    parts: set[int] = set()
    since = 0
    leads = [text[found[n - 1].end if n else 0 : one.start] for n, one in enumerate(found)]
    for m, whole in enumerate(found):
        if not _SUM_SAID.search(leads[m]):
            if _OF_ALL.search(leads[m]):
                ends = {*ends, m}  # 最长127炉 is no part of a mean
            continue
        values = {n: found[n].value for n in range(since, m) if n not in ends and same_unit(found[n].unit, whole.unit)}
        numbers = values.values()
        is_mean = len(values) > 1 and min(numbers) <= whole.value <= max(numbers)
        if is_mean or (len(values) > 1 and round(sum(numbers), 6) == whole.value):
            parts.update(values)
        since = m + 1
    return parts


def _is_date(text: str, one: Quantity) -> bool:
    if one.unit in {"年", "月", "日"} and text[one.end : one.end + 1] != "/":
        return one.unit != "日" or text[max(0, one.start - 1) : one.start] == "月"
    around = text[max(0, one.start - 5) : one.end + 5]
    return bool(re.search(r"(?:19|20)\d\d\s*[./\-]\s*\d", around)) and one.unit in {"", "日", "月"}


def _moves(text: str, found: Sequence[Quantity]) -> dict[int, tuple[float | None, float | None]]:
    """For each number that is an end of 由 A 提高到 B: (A, None) at B, (None, B) at A."""
    ends: dict[int, tuple[float | None, float | None]] = {}
    for n, one in enumerate(found[:-1]):
        for m in range(n + 1, min(n + 3, len(found))):
            if m == n + 2 and not _aside(text, one, found[n + 1]):
                break
            between = text[one.end : found[m].start]
            if len(between) > 40 or re.search(r"[。;]", between) or between.rfind("(") > between.rfind(")"):
                break
            since = found[n - 1].end if n in ends else 0  # 由28.4%压到10%，即合格率做到90%: the 由 is used up
            if _is_move(text[max(since, one.start - 45) : one.start], between, one, found[m]):
                ends.setdefault(n, (None, found[m].value))
                ends.setdefault(m, (one.value, None))
                break
    return ends


def _aside(text: str, one: Quantity, middle: Quantity) -> bool:
    """Between the two ends may stand a number in brackets, or by how much: 由26小时缩短8小时到18小时."""
    between = text[one.end : middle.start]
    return bool(re.search(r"[(（][^)）]*$", between) or _BY.fullmatch(between))


def _is_move(before: str, between: str, one: Quantity, other: Quantity) -> bool:
    told_from = _FROM.search(before)
    if not _MOVE.search(between) and not (told_from and re.search(r"[到至]", between)):
        return False
    if re.search(r"[,，]", between) and not told_from:
        return False
    if re.search(r"了$|约$", between) and not re.search(r"[到至为]", between):
        return False  # 提高了 5 %: a difference, not the other end
    if other.unit in {"个百分点", "百分点", "倍"} or (one.unit and other.unit and not same_unit(one.unit, other.unit)):
        return False
    if _BY.fullmatch(between):
        return False
    return bool(told_from or _ARROW.search(between))


def _unit_of_other_end(found: Sequence[Quantity], n: int, moves: dict[int, tuple[float | None, float | None]]) -> str:
    if n in moves and moves[n][1] is not None:
        return next((one.unit for one in found[n + 1 : n + 4] if one.value == moves[n][1]), "")
    return ""


def _in_table(table: Table, steps: frozenset[str], where: str) -> Iterator[Mention]:
    header = header_of(table)
    if header is None:
        return
    rows = sum(any(only_number(cell) for cell in row) for row in table.rows[1:])
    summed = any(SUM.search(fold(" ".join(row[:2]))) for row in table.rows[1:])
    for row in table.rows[1:]:
        head = next((fold(cell) for cell in row if cell.strip() and not only_number(cell)), "")
        for c, cell in enumerate(row):
            text = fold(cell).strip()
            if not text or len(text) > 30:
                continue
            for one in quantities(text)[:1]:
                unit = (
                    one.unit
                    or unit_of_row(header, row)
                    or unit_in(header[c])
                    or unit_in(head)
                    or unit_in(table.caption)
                )
                yield Mention(
                    one.value, unit, steps, " ".join([table.caption, header[c], head, text]),
                    "", text[one.end :], row=head, column=header[c],
                    one_of_many=summed and not SUM.search(head), rows=rows,
                    where=place(table.caption or where, table.page),
                    quote=" ".join(part for part in row if part),
                )  # fmt: skip
