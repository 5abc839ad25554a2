"""Tables and charts that set before, goal and after side by side: the surest word on a target's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.draft import Table
from indexer.fields.found import place
from indexer.fields.numbers import Quantity, quantities
from indexer.fields.tables import SUM, flattened, header_of, only_number, role, unit_in, unit_of_row, without_role
from indexer.splitter import Passage
from indexer.wording import fold

_LONGEST = 40  # rows
_HOME = {"current-state", "goal", "goal-and-feasibility", "results", "summary", "consolidation", "benefits", "preface"}


@dataclass(frozen=True)
class Comparison:
    """One measure with what the table says of it; None for what it does not."""

    measure: str
    unit: str
    before: float | None
    goal: float | None
    after: float | None
    steps: frozenset[str]
    where: str
    quote: str


def read_comparisons(passages: Sequence[Passage]) -> list[Comparison]:
    found: list[Comparison] = []
    for passage in passages:
        steps = frozenset((passage.step, *passage.also))
        if steps & _HOME:
            tables = [block for block in passage.blocks if isinstance(block, Table) and len(block.rows) <= _LONGEST]
            for table in (*tables, *flattened(passage.blocks)):
                found += _in_table(table, steps, place(table.caption or passage.heading, table.page))
    return found


def _in_table(table: Table, steps: frozenset[str], where: str) -> Iterator[Comparison]:
    header = header_of(table)
    if header is None:
        return
    if len({role(cell) for cell in header} - {""}) >= 2:
        yield from _across(table, header, steps, where)
    elif len({role(_head(row)) for row in table.rows[1:]} - {""}) >= 2:
        yield from _down(table, header, steps, where)


def _across(table: Table, header: Sequence[str], steps: frozenset[str], where: str) -> Iterator[Comparison]:
    """指标 | 活动前 | 目标 | 活动后: each row is a measure."""
    rows = [row for row in table.rows[1:] if any(only_number(cell) for cell in row)]
    sums = [row for row in rows if SUM.search(_head(row))]
    for row in sums or rows:
        cells = [(role(header[c]), header[c], cell) for c, cell in enumerate(row)]
        measure = "" if SUM.search(_head(row)) and sums and len(rows) > 1 else _head(row)
        tells_unit = (f"({unit_of_row(header, row)})", _head(row), *header, table.caption)
        yield _comparison(cells, measure, tells_unit, steps, where, " ".join(filter(None, row)))


def _down(table: Table, header: Sequence[str], steps: frozenset[str], where: str) -> Iterator[Comparison]:
    """阶段 | 合格率, then one row each for 活动前, 目标, 活动后: each column is a measure."""
    rows = [row for row in table.rows[1:] if role(_head(row))]
    for c in range(1, len(header)):
        cells = [(role(_head(row)), _head(row), row[c]) for row in rows]
        if any(any(letter.isdigit() for letter in cell) for _, _, cell in cells):
            quote = "，".join(f"{head} {cell}" for _, head, cell in cells)
            measure = header[c] if not role(header[c]) else ""
            measure = measure if len(measure) > 2 else without_role(_head(rows[0]))
            yield _comparison(
                cells, measure, (header[c], *(head for _, head, _ in cells), table.caption), steps, where, quote
            )


def _comparison(
    cells: Sequence[tuple[str, str, str]],
    measure: str,
    tells_unit: Sequence[str],
    steps: frozenset[str],
    where: str,
    quote: str,
) -> Comparison:
    values = {
        name: _value([(head, cell) for other, head, cell in cells if other == name])
        for name in ("before", "goal", "after")
    }
    unit = next((one.unit for one in values.values() if one and one.unit), "")
    unit = unit or next((said for words in tells_unit if (said := unit_in(words))), "")
    before, goal, after = (one.value if one else None for one in values.values())
    return Comparison(without_role(measure), unit, before, goal, after, steps, where, quote)


def _value(cells: Sequence[tuple[str, str]]) -> Quantity | None:
    """Of several columns with one role (6月, 7月, 活动后平均) the one that sums up."""
    known = [(head, found[0]) for head, cell in cells if (found := quantities(fold(cell[:30]).strip()))]
    if len(known) > 1:
        known = [one for one in known if SUM.search(one[0])] or known
    return known[0][1] if known else None


def _head(row: Sequence[str]) -> str:
    return next((fold(cell) for cell in row if cell.strip() and not only_number(cell)), "")
