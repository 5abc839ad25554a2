"""Tables of a PDF page, from its ruled lines: cells are what lines enclose, so merged cells are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.reading.pdf_page import Box, Char, Rule

_NEAR = 3.0  # points; lines this near are one line
_MOST_RULES = 4_000
_MOST_CELLS = 20_000
_LEAST_FILLED = 0.25  # share of cells with text; a chart's grid has fewer


@dataclass(frozen=True)
class Grid:
    """A ruled area: where its columns and rows begin, and for each small cell the number of its cell."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if 0 <= row < len(self.cells) and 0 <= column < len(self.cells[0]):
            return self.cells[row][column]
        return None

    def texts(self, said: dict[int, str]) -> tuple[tuple[str, ...], ...]:
        """Rows of text; a merged cell says its text at its top left only."""
        seen: set[int] = set()
        rows = []
        for row in self.cells:
            texts = []
            for cell in row:
                texts.append("" if cell in seen else said.get(cell, ""))
                seen.add(cell)
            rows.append(tuple(texts))
        return tuple(rows)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The ruled areas of a page with two cells or more, top to bottom."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    found = (_grid(group) for group in _connected(_joined(rules)))
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.box.top, grid.box.left))


def is_table(grid: Grid, chars: Iterable[Char]) -> bool:
    """Is enough written in it, and in more than one row or column?"""
    filled = {grid.cell_at(char.middle, char.base - char.size / 3) for char in chars}
    filled.discard(None)
    count = len({cell for row in grid.cells for cell in row})
    return count > 1 and len(filled) > 1 and len(filled) >= _LEAST_FILLED * count


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together; double lines made one."""
    done: list[Rule] = []
    for flat in (True, False):
        lines: list[list[Rule]] = []
        for rule in sorted((r for r in rules if r.flat is flat), key=lambda r: r.at):
            if lines and rule.at - lines[-1][0].at <= _NEAR:
                lines[-1].append(rule)
            else:
                lines.append([rule])
        for line in lines:
            at = sum(rule.at for rule in line) / len(line)
            start, end = None, 0.0
            for rule in sorted(line, key=lambda r: r.start):
                if start is not None and rule.start <= end + _NEAR:
                    end = max(end, rule.end)
                    continue
                if start is not None:
                    done.append(Rule(flat, at, start, end))
                start, end = rule.start, rule.end
            if start is not None:
                done.append(Rule(flat, at, start, end))
    return done


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that touch each other, directly or through others."""
    group = list(range(len(rules)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    flat = [index for index, rule in enumerate(rules) if rule.flat]
    upright = [index for index, rule in enumerate(rules) if not rule.flat]
    for one in flat:
        for other in upright:
            if _touch(rules[one], rules[other]):
                group[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return list(groups.values())


def _touch(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - _NEAR <= upright.at <= flat.end + _NEAR and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
    )


def _places(rules: Sequence[Rule], across: Sequence[Rule]) -> list[float]:
    """Where lines stand, and the ends of the lines across: tables without outer borders end there."""
    places = sorted([r.at for r in rules] + [min(r.start for r in across), max(r.end for r in across)])
    kept = places[:1]
    for place in places[1:]:
        if place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _grid(rules: list[Rule]) -> Grid | None:
    flat, upright = [r for r in rules if r.flat], [r for r in rules if not r.flat]
    if len(flat) < 2 or not upright:
        return None
    columns, rows = _places(upright, flat), _places(flat, upright)
    width, height = len(columns) - 1, len(rows) - 1
    if width * height < 2 or width * height > _MOST_CELLS:
        return None
    cells = [[row * width + column for column in range(width)] for row in range(height)]
    names = {cell: cell for row in cells for cell in row}

    def name(cell: int) -> int:
        while names[cell] != cell:
            cell = names[cell]
        return cell

    for row in range(height):
        for column in range(width):
            x, y = (columns[column] + columns[column + 1]) / 2, (rows[row] + rows[row + 1]) / 2
            if column + 1 < width and not _wall(upright, columns[column + 1], y):
                names[name(cells[row][column + 1])] = name(cells[row][column])
            if row + 1 < height and not _wall(flat, rows[row + 1], x):
                names[name(cells[row + 1][column])] = name(cells[row][column])
    return Grid(tuple(columns), tuple(rows), tuple(tuple(map(name, row)) for row in cells))


def _wall(rules: Iterable[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start <= along <= rule.end for rule in rules)
