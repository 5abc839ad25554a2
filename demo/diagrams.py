"""Diagrams of texts in rows and columns: tree, flow, affinity and sketch."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import Polygon, Rectangle

from demo.canvas import (
    BLUE,
    GREY,
    INK,
    LINE,
    ORANGE,
    PALE,
    SERIES,
    TEAL,
    VIOLET,
    WIDTH,
    arrow,
    balanced,
    box,
    diagram_sheet,
    line,
    text_width,
    wrap,
    write,
)

_MARGIN = 10.0
_FONT = 13.0
_LINE = _FONT * 1.42


def _lines_height(lines: Sequence[str]) -> float:
    return len(lines) * _LINE + 12


@dataclass
class _Branch:
    """One node of a tree with its lines of text, and where it is drawn."""

    lines: list[str]
    depth: int
    children: list["_Branch"]
    y: float = 0.0


def tree(data: Mapping[str, Any]) -> Sheet:
    """The root at the left, each level in a column of its own, leaves at the right."""
    depth = _depth(data["children"]) + 1
    gap = 26.0
    lefts, widths = _columns(data, depth, gap)
    root = _branch(str(data["root"]), data["children"], 0, widths)
    height = _place(root, _MARGIN)
    sheet, axes = diagram_sheet(height + _MARGIN - 8)
    _draw_branch(axes, root, lefts, widths)
    _write_note(axes, data)
    return sheet


def _depth(children: Any) -> int:
    if isinstance(children, dict):
        return 1 + max((_depth(child) for child in children.values()), default=0)
    return 1 if children else 0


def _columns(data: Mapping[str, Any], depth: int, gap: float) -> tuple[list[float], list[float]]:
    """Left edges and widths: each level as wide as its longest text asks, within the sheet."""
    wants = [0.0] * depth

    def measure(text: str, children: Any, level: int) -> None:
        wants[level] = max(wants[level], min(text_width(text, _FONT), 170) + 18)
        for child, below in _pairs(children):
            measure(child, below, level + 1)

    measure(str(data["root"]), data["children"], 0)
    wants[0] = min(wants[0], 110)
    room = WIDTH - 2 * _MARGIN - gap * (depth - 1)
    widths = [max(want * min(1, room / sum(wants)), 50) for want in wants]
    spread = gap + (room - sum(widths)) / max(depth - 1, 1)
    return [_MARGIN + sum(widths[:n]) + spread * n for n in range(depth)], widths


def _pairs(children: Any) -> list[tuple[str, Any]]:
    if isinstance(children, dict):
        return [(str(key), value) for key, value in children.items()]
    return [(str(child), None) for child in children or ()]


def _branch(text: str, children: Any, level: int, widths: Sequence[float]) -> _Branch:
    below = [_branch(child, grandchildren, level + 1, widths) for child, grandchildren in _pairs(children)]
    return _Branch(balanced(text, widths[level] - 14, _FONT), level, below)


def _place(branch: _Branch, top: float) -> float:
    """Give y to the branch and all below it; return where the next one may begin."""
    own = _lines_height(branch.lines) + 8
    bottom = top
    for child in branch.children:
        bottom = _place(child, bottom)
    if bottom - top < own:
        _shift(branch, (own - (bottom - top)) / 2)
        bottom = top + own
    near = branch.children
    branch.y = (near[0].y + near[-1].y) / 2 if near else (top + bottom) / 2 - 4
    return bottom


def _shift(branch: _Branch, by: float) -> None:
    for child in branch.children:
        child.y += by
        _shift(child, by)


def _draw_branch(axes: Axes, branch: _Branch, lefts: Sequence[float], widths: Sequence[float]) -> None:
    left, width = lefts[branch.depth], widths[branch.depth]
    fill, ink = ((BLUE, "white"), ("#D8E6F2", INK), ("#E6F2F0", INK), ("white", INK))[min(branch.depth, 3)]
    edge = (BLUE, BLUE, TEAL, GREY)[min(branch.depth, 3)]
    centre = (left + width / 2, branch.y)
    box(
        axes,
        centre,
        (width, _lines_height(branch.lines)),
        branch.lines,
        fill=fill,
        ink=ink,
        edge=edge,
        bold=branch.depth == 0,
    )
    if branch.children:
        middle = (left + width + lefts[branch.depth + 1]) / 2
        line(axes, (left + width, branch.y), (middle, branch.y))
        line(axes, (middle, branch.children[0].y), (middle, branch.children[-1].y))
    for child in branch.children:
        line(axes, (middle, child.y), (lefts[branch.depth + 1], child.y))
        _draw_branch(axes, child, lefts, widths)


def flow(data: Mapping[str, Any]) -> Sheet:
    """Steps in rows that turn at their ends, like a queue."""
    steps = [str(step) for step in data["steps"]]
    columns = min(len(steps), 4 if len(steps) != 5 else 5)
    rows = math.ceil(len(steps) / columns)
    gap = 34.0
    width = (WIDTH - 2 * _MARGIN - gap * (columns - 1)) / columns
    texts = [balanced(step, width - 18, _FONT) for step in steps]
    tall = max(_lines_height(lines) for lines in texts) + 12
    sheet, axes = diagram_sheet(rows * (tall + gap) - gap + 2 * _MARGIN)
    centres = []
    for n in range(len(steps)):
        row, place = divmod(n, columns)
        column = place if row % 2 == 0 else columns - 1 - place
        centres.append((_MARGIN + width / 2 + column * (width + gap), _MARGIN + tall / 2 + row * (tall + gap)))
    for n, (centre, lines) in enumerate(zip(centres, texts, strict=True)):
        ends = n in {0, len(steps) - 1}
        box(axes, centre, (width, tall), lines, fill="#D8E6F2" if ends else "white", round_=tall / 2 if ends else 4)
        write(
            axes,
            (centre[0] - width / 2 + 5, centre[1] - tall / 2 + 9),
            [str(n + 1)] if not ends else [],
            font=9,
            ink=GREY,
            ha="left",
        )
        if n:
            _join(axes, centres[n - 1], centre, (width, tall))
    _write_note(axes, data)
    return sheet


def _join(axes: Axes, start: tuple[float, float], end: tuple[float, float], size: tuple[float, float]) -> None:
    """An arrow between the facing edges of two boxes in one row or one column."""
    across, down = end[0] - start[0], end[1] - start[1]
    if abs(down) < 1:
        half = math.copysign(size[0] / 2, across)
        arrow(axes, (start[0] + half, start[1]), (end[0] - half, end[1]))
    else:
        arrow(axes, (start[0], start[1] + size[1] / 2), (end[0], end[1] - size[1] / 2))


def affinity(data: Mapping[str, Any]) -> Sheet:
    """Cards under the title of their group."""
    groups = [(str(title), [str(card) for card in cards]) for title, cards in data["groups"].items()]
    columns = min(len(groups), 3)
    gap = 16.0
    width = (WIDTH - 2 * _MARGIN - gap * (columns - 1)) / columns
    rows = [groups[n : n + columns] for n in range(0, len(groups), columns)]
    heights = [max(_group_height(cards, width) for _, cards in row) for row in rows]
    sheet, axes = diagram_sheet(sum(heights) + gap * (len(rows) - 1) + 2 * _MARGIN)
    top, colors = _MARGIN, (BLUE, TEAL, ORANGE, VIOLET)
    for n, (row, height) in enumerate(zip(rows, heights, strict=True)):
        for column, (title, cards) in enumerate(row):
            left = _MARGIN + column * (width + gap)
            _draw_group(axes, (left, top, width, height), title, cards, colors[(n * columns + column) % 4])
        top += height + gap
    _write_note(axes, data)
    return sheet


def _group_height(cards: Sequence[str], width: float) -> float:
    return 50 + sum(_lines_height(wrap(card, width - 40, _FONT)) + 8 for card in cards)


def _draw_group(
    axes: Axes, area: tuple[float, float, float, float], title: str, cards: Sequence[str], color: str
) -> None:
    left, top, width, height = area
    middle = left + width / 2
    box(axes, (middle, top + height / 2), (width, height), [], fill=PALE, edge=LINE, round_=8)
    titles = wrap(title, width - 20, 14)
    box(
        axes,
        (middle, top + 19),
        (width, 38),
        titles,
        fill=color,
        edge=color,
        ink="white",
        font=14 if len(titles) == 1 else 11,
        bold=True,
        round_=8,
    )
    y = top + 48
    for card in cards:
        lines = wrap(card, width - 40, _FONT)
        tall = _lines_height(lines)
        box(axes, (middle, y + tall / 2), (width - 20, tall), lines, edge=color)
        y += tall + 8


def sketch(data: Mapping[str, Any]) -> Sheet:
    """A device as blocks on a base, left to right, each with a numbered label under it."""
    parts = [str(part) for part in data["parts"]]
    width = (WIDTH - 2 * _MARGIN - 40) / len(parts)
    texts = [balanced(part, width - 8, _FONT) for part in parts]
    floor, legs = 190.0, max(len(lines) for lines in texts) * _LINE
    sheet, axes = diagram_sheet(floor + 56 + legs + _MARGIN)
    axes.add_patch(
        Rectangle(
            (_MARGIN, floor), WIDTH - 2 * _MARGIN, 10, facecolor="#D5DCE3", edgecolor=GREY, hatch="////", linewidth=0.8
        )
    )
    centres = {}
    for n, part in enumerate(parts):
        x = _MARGIN + 14 + width * (n + 0.5)
        tall = (96, 64, 122, 80, 108)[n % 5]
        _draw_block(axes, (x, floor), (min(width * 0.62, 110), tall), SERIES[n % len(SERIES)])
        centres[part] = (x, floor - tall / 2)
        write(axes, (x, floor - tall / 2), ["①②③④⑤⑥⑦⑧⑨⑩⑪⑫"[n]], font=20, ink="white", bold=True)
        line(axes, (x, floor + 10), (x, floor + 40), color=GREY, width=1)
        write(axes, (x, floor + 46), [*texts[n]], va="top")
    _draw_links(axes, data.get("links"), parts, centres, min(width * 0.62, 110))
    _write_note(axes, data)
    return sheet


def _draw_block(axes: Axes, foot: tuple[float, float], size: tuple[float, float], color: str) -> None:
    """A block seen slightly from above and from the right."""
    (x, floor), (width, tall), deep = foot, size, 16
    left, right, top = x - width / 2, x + width / 2, floor - tall
    axes.add_patch(Rectangle((left, top), width, tall, facecolor=color, edgecolor="white", linewidth=1.2, zorder=3))
    roof = [(left, top), (left + deep, top - deep), (right + deep, top - deep), (right, top)]
    side = [(right, top), (right + deep, top - deep), (right + deep, floor - deep), (right, floor)]
    axes.add_patch(Polygon(roof, facecolor=color, alpha=0.55, edgecolor="white", zorder=3))
    axes.add_patch(Polygon(side, facecolor=color, alpha=0.75, edgecolor="white", zorder=3))


def _draw_links(
    axes: Axes, links: Any, parts: Sequence[str], centres: Mapping[str, tuple[float, float]], width: float
) -> None:
    """Neighbours are joined straight at half the lower one's height, others by an arch above the blocks."""
    pairs = [link[:2] for link in links] if links else list(pairwise(parts))
    arches = 0
    for start, end in pairs:
        (x1, y1), (x2, y2) = centres[str(start)], centres[str(end)]
        if abs(parts.index(str(start)) - parts.index(str(end))) == 1:
            y, way = max(y1, y2), math.copysign(1, x2 - x1)
            begin = x1 + way * width / 2 + (16 if way > 0 else 0)
            arrow(axes, (begin, y), (x2 - way * width / 2 + (16 if way < 0 else 0), y), linewidth=2.4, color=INK)
        else:
            y, arches = 36 - 11 * (arches % 3), arches + 1
            line(axes, (x1, 2 * y1 - 190), (x1, y), (x2, y), color=GREY)
            arrow(axes, (x2, y), (x2, 2 * y2 - 190 - 6), color=GREY)


def _write_note(axes: Axes, data: Mapping[str, Any]) -> None:
    """A note in small letters under the diagram, for which the sheet grows."""
    if not (note := data.get("note")):
        return
    lines = wrap(f"注：{note}", WIDTH - 2 * _MARGIN, 11)
    bottom = axes.get_ylim()[0]
    grown = bottom + len(lines) * 16 + 6
    axes.set_ylim(grown, 0)
    axes.figure.set_size_inches(10, grown / 72)  # type: ignore[union-attr]
    write(axes, (_MARGIN, bottom + 2), lines, font=11, ink=GREY, ha="left", va="top")
