"""Geometry of the small charts; templates draw them as SVG. No numbers are computed in templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from library.case import Target


@dataclass(frozen=True)
class Point:
    """One value on the line; `anchor` keeps its label inside the drawing."""

    value: float
    x: float
    anchor: str


@dataclass(frozen=True)
class TargetBar:
    """From where a group started, what it aimed at, where it arrived."""

    width: int
    before: Point | None
    goal: Point | None
    after: Point | None
    reached: bool | None  # None when it cannot be told

    @property
    def path(self) -> tuple[float, float] | None:
        """From before to after, or to the goal while nothing was reached yet."""
        end = self.after or self.goal
        return (self.before.x, end.x) if self.before and end else None


def target_bar(target: Target, width: int = 300, margin: int = 26) -> TargetBar | None:
    """None when there are fewer than two numbers to compare."""
    values = [v for v in (target.before, target.goal, target.after) if v is not None]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def point(value: float | None) -> Point | None:
        if value is None:
            return None
        share = (value - low) / span if high > low else 0.5
        x = margin + share * (width - 2 * margin)
        anchor = "start" if share < 0.12 else "end" if share > 0.88 else "middle"
        return Point(value, round(x, 1), anchor)

    return TargetBar(width, point(target.before), point(target.goal), point(target.after), reached(target))


def reached(target: Target) -> bool | None:
    """Whether the result is at least as good as the goal; up or down is told by where it started."""
    if target.before is None or target.goal is None or target.after is None:
        return None
    if target.goal >= target.before:
        return target.after >= target.goal
    return target.after <= target.goal


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    x: float
    y: float
    width: float
    height: float


def columns(counts: Mapping[str, int], width: int = 320, height: int = 80, gap: float = 14, most: int = 0) -> list[Bar]:
    """Standing bars, one a label, in the order given; the highest has the value `most`, or the largest there is."""
    most = most or max(counts.values(), default=0) or 1
    each = width / max(len(counts), 1)
    gap = min(gap, each * 0.4)
    return [
        Bar(
            label,
            value,
            x=round(place * each + gap / 2, 1),
            y=round(height * (1 - value / most), 1),
            width=round(each - gap, 1),
            height=round(height * value / most, 1),
        )
        for place, (label, value) in enumerate(counts.items())
    ]


def shares(counts: Sequence[int]) -> list[float]:
    """Percentages of the largest, for bars that lie."""
    most = max(counts, default=0) or 1
    return [round(100 * count / most, 1) for count in counts]


@dataclass(frozen=True)
class Line:
    """A line through the points of one series; `points` as SVG writes them."""

    name: str
    points: str
    dots: tuple[tuple[float, float, float], ...]  # x, y, value


def lines(
    series: Mapping[str, Sequence[float | None]], width: int = 560, height: int = 180, top: float = 100
) -> list[Line]:
    """Lines over evenly spaced places; `top` is the value at the upper edge."""
    drawn = []
    for name, values in series.items():
        step = width / max(len(values), 1)
        dots = tuple(
            (round((place + 0.5) * step, 1), round(height * (1 - value / top), 1), value)
            for place, value in enumerate(values)
            if value is not None  # a line goes on from known to known
        )
        drawn.append(Line(name, " ".join(f"{x},{y}" for x, y, _ in dots), dots))
    return drawn


def shade(count: int, most: int) -> int:
    """0 for none, else 1 to 5: how dark a cell of a map is."""
    return 0 if not count else 1 + round(4 * (count - 1) / max(most - 1, 1))
