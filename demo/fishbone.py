"""The fishbone (因果图): branches by 5M1E, causes on each branch, sub-causes on each cause."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet

from demo.canvas import BLUE, GREY, ORANGE, TEAL, WIDTH, arrow, balanced, box, diagram_sheet, line, write

_MARGIN, _HEAD, _SLANT = 12.0, 118.0, 34.0
_CAUSE, _SUB = 13.0, 12.0  # font sizes
_GAP = 12.0


@dataclass(frozen=True)
class _Cause:
    """A cause and its sub-causes, already broken into lines."""

    text: list[str]
    subs: list[list[str]]

    @property
    def drop(self) -> float:
        """From the top of its text down to its own line."""
        return len(self.text) * _CAUSE * 1.3 + 3

    @property
    def height(self) -> float:
        return self.drop + sum(len(sub) * _SUB * 1.3 + 6 for sub in self.subs)


def fishbone(data: Mapping[str, Any]) -> Sheet:
    """Half of the branches above the spine, half below, the effect at its right end."""
    causes = {str(name): value for name, value in data["causes"].items() if value}
    slots = math.ceil(len(causes) / 2)
    room = (WIDTH - _HEAD - 2 * _MARGIN - 10) / slots
    branches = [(name, _causes(value, room - 20)) for name, value in causes.items()]
    upper, lower = branches[0::2], branches[1::2]
    above, below = _half_height(upper), _half_height(lower)
    sheet, axes = diagram_sheet(above + below + 2 * _MARGIN)
    spine = _MARGIN + above
    _draw_spine(axes, spine, str(data["effect"]), above + below)
    for n, (name, items) in enumerate(upper):
        _draw_branch(axes, (_MARGIN + (n + 1) * room, spine), name, items, room, _Side(above, -1))
    for n, (name, items) in enumerate(lower):
        _draw_branch(axes, (_MARGIN + (n + 1) * room, spine), name, items, room, _Side(below, 1))
    return sheet


@dataclass(frozen=True)
class _Side:
    """One side of the spine: how far it reaches, and which way (-1 is up)."""

    reach: float
    way: int


def _causes(value: Any, room: float) -> list[_Cause]:
    """A mapping of causes to sub-causes, or only a list of causes."""
    items = value.items() if isinstance(value, dict) else ((cause, ()) for cause in value)
    return [
        _Cause(balanced(str(cause), room - 30, _CAUSE), [balanced(str(sub), room - 46, _SUB) for sub in _listed(subs)])
        for cause, subs in items
    ]


def _listed(subs: Any) -> Sequence[Any]:
    return subs if isinstance(subs, list) else [subs] if subs else []


def _half_height(branches: Sequence[tuple[str, list[_Cause]]]) -> float:
    tallest = max((sum(cause.height + _GAP for cause in items) for _, items in branches), default=40)
    return tallest + 34 + 14  # the name of the branch, and air beside the spine


def _draw_spine(axes: Axes, y: float, effect: str, height: float) -> None:
    lines = balanced(effect, _HEAD - 30, 15)
    tall = max(len(lines) * 21 + 24, 60)
    arrow(axes, (_MARGIN, y), (WIDTH - _HEAD - _MARGIN + 4, y), color=BLUE, linewidth=4, mutation_scale=26)
    box(
        axes,
        (WIDTH - _HEAD / 2 - _MARGIN + 4, y),
        (_HEAD - 8, min(tall, height)),
        lines,
        fill=BLUE,
        ink="white",
        font=15,
        bold=True,
    )


def _draw_branch(
    axes: Axes, foot: tuple[float, float], name: str, causes: list[_Cause], room: float, side: _Side
) -> None:
    """A slanted bone from its name to the spine; causes arrive at it from the left."""
    tip_y = foot[1] + side.way * (side.reach - 28)
    slope = _SLANT / abs(tip_y - foot[1])

    def bone(y: float) -> float:
        return foot[0] - abs(y - foot[1]) * slope

    arrow(axes, (bone(tip_y), tip_y), foot, color=BLUE, linewidth=2.2, mutation_scale=16)
    width = max(46, 15 * len(name) + 20)
    box(axes, (bone(tip_y), tip_y + side.way * 14), (width, 27), [name], fill=TEAL, edge=TEAL, ink="white", bold=True)
    used = sum(cause.height + _GAP for cause in causes)
    y = tip_y + 8 if side.way < 0 else foot[1] + 12
    spare = (side.reach - 42 - used) / max(len(causes), 1)
    left = foot[0] - room + 6
    for cause in causes:
        y += spare / 2
        _draw_cause(axes, cause, left, y, bone)
        y += cause.height + _GAP + spare / 2


def _draw_cause(axes: Axes, cause: _Cause, left: float, top: float, bone: Any) -> None:
    y = top + cause.drop
    start = bone(y) - max(len(text) for text in cause.text) * _CAUSE - 12
    start = max(start, left - _SLANT * 0.6)
    arrow(axes, (start, y), (bone(y), y), color=GREY)
    write(axes, (start + 2, y - 4), cause.text, font=_CAUSE, ha="left", va="bottom")
    below, joint = y, bone(y) - 12
    for sub in cause.subs:
        below += len(sub) * _SUB * 1.3 + 6
        end = joint - (below - y) * 0.35
        width = max(len(text) for text in sub) * _SUB + 4
        line(axes, (end - width, below), (end, below), color=ORANGE, width=1.1)
        write(axes, (end - width + 1, below - 3), sub, font=_SUB, ink="#7A4A0B", ha="left", va="bottom")
    if cause.subs:
        arrow(axes, (joint - (below - y) * 0.35, below), (joint, y), color=ORANGE, linewidth=1.1, mutation_scale=9)
