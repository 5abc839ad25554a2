"""Diagrams of texts joined by links: relation, arrow and PDPC."""

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet

from demo.canvas import BLUE, GREEN, GREY, INK, ORANGE, RED, WIDTH, arrow, balanced, box, diagram_sheet, line, write
from demo.layers import Bend, Layers, arrange

Point = tuple[float, float]
_MARGIN = 10.0
_FONT = 13.0


def relation(data: Mapping[str, Any]) -> Sheet:
    """Causes at the left, the problem at the right; end causes, which nothing leads to, stand out."""
    texts = {key: str(text) for key, text in data["nodes"].items()}
    layers = arrange([(start, end) for start, end, *_ in data["links"]], pull_late=True)
    columns = len(layers.rows)
    gap = 44.0 if columns < 5 else 30.0
    width = (WIDTH - 2 * _MARGIN - gap * (columns - 1)) / columns
    lines = {key: balanced(text, width - 20, _FONT) for key, text in texts.items()}
    pitch = max(len(each) for each in lines.values()) * 19 + 32
    height = max(_row_length(row) for row in layers.rows) * pitch + 2 * _MARGIN
    sheet, axes = diagram_sheet(height)
    places = {
        node: (_MARGIN + width / 2 + column * (width + gap), y)
        for column, row in enumerate(layers.rows)
        for node, y in zip(row, _spread(row, height), strict=True)
    }
    _draw_routes(axes, layers, places, (width / 2, 0))
    led_to = {end for _, end, *_ in data["links"]}
    for key, each in lines.items():
        if key in places:
            fill = BLUE if key == data["problem"] else "white" if key in led_to else "#FBE9D3"
            edge = ORANGE if key not in led_to else BLUE
            ink = "white" if key == data["problem"] else INK
            size = (width, len(each) * 19 + 14)
            box(axes, places[key], size, each, fill=fill, edge=edge, ink=ink, bold=key == data["problem"], round_=14)
    return sheet


def _row_length(row: Sequence[Hashable]) -> float:
    return sum(0.6 if isinstance(node, Bend) else 1.0 for node in row)


def _spread(row: Sequence[Hashable], length: float) -> list[float]:
    """Places along a layer; a passing link takes less room than a node."""
    total, used, found = _row_length(row), 0.0, []
    for node in row:
        own = 0.6 if isinstance(node, Bend) else 1.0
        found.append((used + own / 2) / total * length)
        used += own
    return found


def _draw_routes(axes: Axes, layers: Layers, places: Mapping[Hashable, Point], half: Point) -> None:
    """Links leave and enter boxes at their sides (or at bottom and top), and run past others through bends."""
    for link, route in layers.routes.items():
        back = link in layers.backward
        way, style = (-1, "--") if back else (1, "-")
        aside = 24 if back and len(route) == 2 else 0  # keeps clear of the link that runs forward
        across, down = half[0] * way, half[1] * way
        (x1, y1), (x2, y2) = places[route[0]], places[route[-1]]
        points = [(x1 + across + aside, y1 + down)]
        for bend in route[1:-1]:
            x, y = places[bend]
            points += [(x - across, y - down), (x + across, y + down)]
        line(axes, *points, linestyle=style)
        arrow(axes, points[-1], (x2 - across + aside, y2 - down), linestyle=style)


def arrow_diagram(data: Mapping[str, Any]) -> Sheet:
    """Events as numbered circles, jobs as arrows with their days; the longest way is red."""
    jobs = {(link[0], link[1]): _job(str(link[2]) if len(link) > 2 else "") for link in data["links"]}
    layers = arrange(list(jobs))
    step = (WIDTH - 60) / max(len(layers.rows) - 1, 1)
    height = max(max(_row_length(row) for row in layers.rows) * 96, 150) + 2 * _MARGIN
    sheet, axes = diagram_sheet(height)
    places = {
        node: (30 + column * step, y)
        for column, row in enumerate(layers.rows)
        for node, y in zip(row, _spread(row, height), strict=True)
    }
    critical = _longest({link: days for link, (_, days) in jobs.items()})
    for link, route in layers.routes.items():
        points = _stepped([places[node] for node in route], height / 2, step)
        name, days = jobs[link]
        color = RED if link in critical else BLUE
        dummy = not days  # 虚工作
        line(axes, *points, color=color, width=1.8, linestyle="--" if dummy else "-")
        arrow(axes, points[-2], points[-1], color=color, linewidth=1.8, shrinkB=17, linestyle="--" if dummy else "-")
        _name_job(axes, points, name, days, step, color)
    for node, place in places.items():
        if not isinstance(node, Bend):
            box(axes, place, (32, 32), [str(node)], round_=16, edge=INK, font=13, bold=True)
    if critical:
        write(axes, (WIDTH - _MARGIN, height - 12), ["红线为关键线路"], font=11, ink=RED, ha="right")
    return sheet


def _stepped(points: Sequence[Point], middle: float, step: float) -> list[Point]:
    """Run level, at the height farthest from the middle, and slant only beside the events."""
    level = max((y for _, y in points), key=lambda y: abs(y - middle))
    (x1, y1), (x2, y2) = points[0], points[-1]
    slant = min(step * 0.3, 26)
    start = [] if y1 == level else [(x1 + slant, level)]
    end = [] if y2 == level else [(x2 - slant, level)]
    return [points[0], *start, *end, points[-1]]


def _job(text: str) -> tuple[str, float]:
    """The name of a job and its days, which stand last in its text."""
    match = re.fullmatch(r"(.*?)[ （(]*(\d+(?:\.\d+)?) *(?:d|天|日)?[）)]?", text.strip())
    return (match[1].strip(), float(match[2])) if match else (text.strip(), 0.0)


def _name_job(axes: Axes, points: Sequence[Point], name: str, days: float, step: float, color: str) -> None:
    """The name over the middle of the longest stretch of the arrow, the days below it."""
    clear = [(points[0][0] + 17, points[0][1]), *points[1:-1], (points[-1][0] - 17, points[-1][1])]
    (x1, y1), (x2, y2) = max(pairwise(clear), key=lambda pair: abs(pair[1][0] - pair[0][0]))
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    look: dict[str, Any] = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5}}
    size = 12 if step > 85 else 10.5
    if name:
        write(axes, (x, y - 5), balanced(name, max(x2 - x1, 34), size), font=size, va="bottom", **look)
    if days:
        write(axes, (x, y + 5), [f"{days:g}天"], font=size, ink=color, va="top", **look)


def _longest(days: Mapping[tuple[Any, Any], float]) -> set[tuple[Any, Any]]:
    """The links of the way with the most days from a first to a last event."""
    best: dict[Any, tuple[float, tuple[tuple[Any, Any], ...]]] = {}
    for _ in days:
        for (start, end), length in days.items():
            so_far = best.get(start, (0.0, ()))
            if so_far[0] + length > best.get(end, (-1.0, ()))[0] and len(so_far[1]) < len(days):
                best[end] = (so_far[0] + length, (*so_far[1], (start, end)))
    total, way = max(best.values(), default=(0.0, ()))
    return set(way) if total else set()


def pdpc(data: Mapping[str, Any]) -> Sheet:
    """From the start at the top down to the end, with the ways round each obstacle."""
    layers = arrange([(str(start), str(end)) for start, end, *_ in data["links"]])
    widest = max(_row_length(row) for row in layers.rows)
    width = min(190.0, (WIDTH - 2 * _MARGIN) / widest - 18)
    texts = [node for row in layers.rows for node in row if not isinstance(node, Bend)]
    lines = {text: balanced(str(text), width - 18, _FONT) for text in texts}
    tall = max(len(each) for each in lines.values()) * 19 + 14
    pitch = tall + 30
    sheet, axes = diagram_sheet(len(layers.rows) * pitch - 30 + 2 * _MARGIN)
    places = {
        node: (x, _MARGIN + tall / 2 + n * pitch)
        for n, row in enumerate(layers.rows)
        for node, x in zip(row, _spread(row, WIDTH), strict=True)
    }
    _draw_routes(axes, layers, places, (0, tall / 2))
    for text, each in lines.items():
        outer = text in {data["start"], data["end"]}
        color = BLUE if text == data["start"] else GREEN if text == data["end"] else GREY
        fill, ink = (color, "white") if outer else ("white", INK)
        box(axes, places[text], (width, tall), each, fill=fill, edge=color, ink=ink, round_=tall / 2 if outer else 4)
    return sheet
