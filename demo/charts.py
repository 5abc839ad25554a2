"""Charts of counts and values: Pareto, pie, columns, lines; one drawing function a kind."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet

from demo.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    RED,
    SERIES,
    TEAL,
    balanced,
    chart_sheet,
    number,
    with_note,
)

Data = Mapping[str, Any]
_PLOT = 600.0  # about how many points of the sheet the plot itself takes


def pareto(data: Data) -> Sheet:
    """Bars from most to least, 其他 last, and the cumulative share in percent."""
    counts = sorted(data["data"].items(), key=lambda item: (str(item[0]).startswith("其他"), -item[1]))
    labels, values = [str(label) for label, _ in counts], [value for _, value in counts]
    total = sum(values)
    shares = (np.cumsum(values) / total * 100).tolist()
    sheet, axes = chart_sheet()
    bars = axes.bar(range(len(values)), values, width=0.72, color=[BLUE, *[TEAL] * (len(values) - 1)])
    axes.bar_label(bars, [number(value) for value in values], label_type="center", color="white", fontweight="bold")
    for rectangle, text in zip(bars, axes.texts, strict=True):
        if rectangle.get_height() < total * 0.07:  # the number does not fit into the bar
            text.set(color=INK, va="bottom", position=(0, 1), fontsize=12)
            text.xy = (0.5, 1)  # type: ignore[attr-defined]
    _name_ticks(axes, labels)
    axes.set_ylim(0, total)
    axes.set_ylabel(f"频数（{data.get('unit', '个')}）")
    _cumulative_line(axes, shares)
    axes.text(0.015, 0.94, f"N = {number(total)}", transform=axes.transAxes, color=GREY)
    return with_note(sheet, data)


def _cumulative_line(axes: Axes, shares: Sequence[float]) -> None:
    right = axes.twinx()
    right.plot(range(len(shares)), shares, color=ORANGE, marker="o", linewidth=2.2)
    for at, share in enumerate(shares):
        right.annotate(
            f"{share:.1f}%", (at, share), xytext=(-12, 8), textcoords="offset points", ha="center", color="#A55F0E"
        )
    right.axhline(80, color=LINE, linewidth=1, linestyle="--", zorder=0)
    right.set_ylim(0, 112)
    axes.set_ylim(0, axes.get_ylim()[1] * 1.12)  # both axes keep their zero and their 100 % together
    right.set_yticks(range(0, 101, 20))
    right.set_ylabel("累计百分比（%）")
    right.spines["top"].set_visible(False)


def pie(data: Data) -> Sheet:
    """Shares of a whole, named beside the slices."""
    labels, values = [str(label) for label in data["data"]], list(data["data"].values())
    sheet, axes = chart_sheet()
    colors = [SERIES[n % len(SERIES)] for n in range(len(values))]
    wedges = axes.pie(
        values,
        colors=colors,
        startangle=90,
        counterclock=False,
        radius=1,
        wedgeprops={"edgecolor": "white", "linewidth": 2},
    )[0]
    middles = [math.radians((wedge.theta1 + wedge.theta2) / 2) for wedge in wedges]
    unit, total = data.get("unit", ""), sum(values)
    for side in (1, -1):
        chosen = [n for n, middle in enumerate(middles) if (math.cos(middle) >= 0) == (side > 0)]
        heights = _apart([math.sin(middles[n]) * 1.18 for n in chosen], 0.27)
        for n, height in zip(chosen, heights, strict=True):
            tip = (math.cos(middles[n]), math.sin(middles[n]))
            text = f"{labels[n]}  {number(values[n])}{unit}\n{values[n] / total:.1%}"
            axes.annotate(
                text,
                xy=tip,
                xytext=(side * 1.38, height),
                ha="left" if side > 0 else "right",
                va="center",
                arrowprops={"arrowstyle": "-", "color": GREY, "connectionstyle": "arc3"},
            )
    axes.set_xlim(-2.6, 2.6)
    axes.set_ylim(-1.35, 1.35)
    axes.set_axis_off()
    return with_note(sheet, data)


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Move heights apart until neighbours are at least `gap` from each other."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    moved = list(heights)
    for _ in range(60):
        for low, high in pairwise(order):
            if (lack := gap - (moved[high] - moved[low])) > 0:
                moved[low] -= lack / 2
                moved[high] += lack / 2
    return moved


def bar(data: Data) -> Sheet:
    """Columns, one series or several side by side, with goal lines."""
    labels = [str(label) for label in data.get("labels", data.get("data", {}))]
    series = data.get("series") or {"": list(data["data"].values())}
    sheet, axes = chart_sheet()
    width = (0.5 if len(labels) < 5 else 0.62) if len(series) == 1 else 0.76 / len(series)
    for n, (name, values) in enumerate(series.items()):
        places = [at + (n - (len(series) - 1) / 2) * width for at in range(len(labels))]
        heights = [value or 0 for value in values]
        bars = axes.bar(places, heights, width * 0.92, label=str(name), color=_bar_colors(labels, str(name), n))
        axes.bar_label(bars, ["" if value is None else number(value) for value in values], padding=3, fontsize=12)
    _name_ticks(axes, labels)
    _value_axis(axes, data, [v for values in series.values() for v in values if v is not None], from_zero=True)
    if len(labels) < 4:
        axes.set_xlim(-0.8, len(labels) - 0.2)
    _goal_lines(axes, data.get("line"))
    _legend(axes, shown=len(series) > 1)
    return with_note(sheet, data)


def _bar_colors(labels: Sequence[str], name: str, n: int) -> list[str]:
    """Grey is before, orange the goal, blue after; otherwise a series has its own colour."""
    return [_meaning(name or label) or SERIES[n % len(SERIES)] for label in labels]


def _meaning(name: str) -> str | None:
    if any(word in name for word in ("活动前", "实施前", "改进前", "现状")):
        return "#9AA7B3"
    if "目标" in name:
        return ORANGE
    return BLUE if any(word in name for word in ("活动后", "实施后", "改进后")) else None


def line(data: Data) -> Sheet:
    """Values over time, with goal lines."""
    labels = [str(label) for label in data["labels"]]
    sheet, axes = chart_sheet()
    for n, (name, values) in enumerate(data["series"].items()):
        points = [math.nan if value is None else value for value in values]
        color = SERIES[n % len(SERIES)]
        axes.plot(range(len(labels)), points, marker="o", linewidth=2.2, label=str(name), color=color)
        if len(data["series"]) <= 2 and len(labels) <= 20:  # more would lie on each other
            _name_points(axes, points, color, above=_lies_above(data["series"], name))
    _name_ticks(axes, labels)
    _value_axis(axes, data, [v for values in data["series"].values() for v in values if v is not None], from_zero=False)
    _goal_lines(axes, data.get("line"))
    _legend(axes, shown=True)
    return with_note(sheet, data)


def _lies_above(series: Mapping[str, Sequence[float]], name: str) -> bool:
    """Whether the series is the highest on average (its numbers then go above it)."""
    means = {key: fmean(v for v in values if v is not None) for key, values in series.items()}
    return means[name] == max(means.values())


def _name_points(axes: Axes, points: Sequence[float], color: str, *, above: bool) -> None:
    for at, value in enumerate(points):
        if not math.isnan(value):
            offset = (0, 9 if above else -19)
            axes.annotate(
                number(value),
                (at, value),
                xytext=offset,
                textcoords="offset points",
                ha="center",
                color=color,
                fontsize=11.5,
            )


def _name_ticks(axes: Axes, labels: Sequence[str]) -> None:
    """Labels under the axis, wrapped to the room each has."""
    room = _PLOT / max(len(labels), 1) - 6
    size = 13 if room > 52 else 11
    axes.set_xticks(range(len(labels)), ["\n".join(balanced(label, room, size)) for label in labels], fontsize=size)
    axes.tick_params(axis="x", length=0)


def _value_axis(axes: Axes, data: Data, values: Sequence[float], *, from_zero: bool) -> None:
    """Leave room for numbers above and below; percentages near 100 do not start at zero."""
    known = [*values, *(data.get("line") or {}).values()]
    low, high = min(known), max(known)
    spread = (high - low) or abs(high) or 1
    if from_zero and (low < 0 or high - low > 0.15 * high):
        axes.set_ylim(min(0, low * 1.15), high * 1.18)
    else:
        bottom = low - spread * (0.6 if from_zero else 0.3)
        axes.set_ylim(max(0, bottom) if low >= 0 else bottom, high + spread * 0.35)
    unit = str(data.get("unit", ""))
    cut = from_zero and axes.get_ylim()[0] > 0
    axes.set_ylabel(f"{unit}（纵轴不自0起）" if cut else unit)


def _goal_lines(axes: Axes, lines: Mapping[str, float] | None) -> None:
    for n, (name, value) in enumerate((lines or {}).items()):
        color = (RED, GREEN, GREY)[n % 3]
        axes.axhline(value, color=color, linestyle="--", linewidth=1.6)
        axes.annotate(
            f"{name}\n{number(value)}",
            (1.01, value),
            xycoords=("axes fraction", "data"),
            color=color,
            va="center",
            annotation_clip=False,
        )


def _legend(axes: Axes, *, shown: bool) -> None:
    if shown:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False)
