"""Charts of measurements (histogram, control, scatter), of scores (radar) and of time (gantt)."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist, fmean, stdev
from typing import Any

import numpy as np
from matplotlib.figure import Figure as Sheet

from demo.canvas import (
    BLUE,
    GREEN,
    GREY,
    LINE,
    ORANGE,
    PALE,
    RED,
    SERIES,
    chart_sheet,
    number,
    with_note,
    wrap,
)

Data = Mapping[str, Any]


def histogram(data: Data) -> Sheet:
    """How often values fall into each class, with a normal curve and the limits."""
    sheet, axes = chart_sheet()
    counts, edges = (data["counts"], data["bins"]) if "counts" in data else _classes(data["values"])
    widths = [b - a for a, b in pairwise(edges)]
    bars = axes.bar(edges[:-1], counts, widths, align="edge", color="#7FA9CF", edgecolor="white", linewidth=1.5)
    axes.bar_label(bars, [number(count) if count else "" for count in counts], padding=2, fontsize=12)
    axes.set_xticks(edges, [number(round(float(edge), 3)) for edge in edges], fontsize=12)
    if "values" in data and len(data["values"]) > 2 and (spread := stdev(data["values"])) > 0:
        curve = NormalDist(fmean(data["values"]), spread)
        xs = np.linspace(curve.mean - 3.3 * spread, curve.mean + 3.3 * spread, 200)
        axes.plot(xs, [curve.pdf(x) * len(data["values"]) * widths[0] for x in xs], color=ORANGE, linewidth=2)
    axes.set_ylim(0, max(counts) * 1.3)
    for name, limit in (data.get("limits") or {}).items():
        axes.axvline(limit, color=RED, linestyle="--", linewidth=1.6)
        axes.text(limit, max(counts) * 1.3, f"{name} {number(limit)}", color=RED, ha="center", va="bottom")
    axes.set_ylabel("频数")
    axes.set_xlabel(str(data.get("unit", "")))
    return with_note(sheet, data)


def _classes(values: Sequence[float]) -> tuple[list[int], list[float]]:
    """Classes of a round width, about as many as the root of the number of values."""
    rough = (max(values) - min(values) or 1) / max(5, min(12, round(math.sqrt(len(values)))))
    power = 10 ** math.floor(math.log10(rough))
    width = min((step * power for step in (1, 2, 2.5, 5, 10)), key=lambda step: abs(step - rough))
    first, last = math.floor(min(values) / width), math.floor(max(values) / width) + 1
    edges = [round(n * width, 9) for n in range(first, last + 1)]
    return np.histogram(values, edges)[0].tolist(), edges


def control(data: Data) -> Sheet:
    """Values in the order they were measured, between the control limits."""
    values = data["values"]
    limits = {"UCL": data["ucl"], "CL": data["cl"]} | ({"LCL": data["lcl"]} if data["lcl"] is not None else {})
    sheet, axes = chart_sheet(5)
    at = range(1, len(values) + 1)
    axes.grid(visible=False)
    for name, limit in limits.items():
        color, style = (GREEN, "-") if name == "CL" else (RED, "--")
        axes.axhline(limit, color=color, linestyle=style, linewidth=1.6)
        axes.annotate(
            f"{name} = {number(limit)}",
            (1.01, limit),
            xycoords=("axes fraction", "data"),
            color=color,
            va="center",
            annotation_clip=False,
        )
    axes.plot(at, values, color=BLUE, marker="o", markersize=5.5, linewidth=1.6)
    low = -math.inf if data["lcl"] is None else data["lcl"]
    outside = [(n, value) for n, value in zip(at, values, strict=True) if not low <= value <= data["ucl"]]
    axes.plot([n for n, _ in outside], [value for _, value in outside], "o", color=RED, markersize=9)
    span = max([*values, data["ucl"]]) - min([*values, *limits.values()])
    axes.set_ylim(min([*values, *limits.values()]) - span * 0.12, max([*values, data["ucl"]]) + span * 0.12)
    axes.set_xlim(0.3, len(values) + 0.7)
    axes.set_xticks(at if len(values) <= 25 else range(1, len(values) + 1, 2))
    axes.tick_params(axis="x", labelsize=11)
    axes.set_xlabel("样本序号")
    axes.set_ylabel(str(data.get("unit", "")))
    return with_note(sheet, data)


def scatter(data: Data) -> Sheet:
    """Pairs of values with the straight line that fits them best."""
    xs, ys = np.array(data["points"], dtype=float).T
    sheet, axes = chart_sheet(5.2)
    axes.grid(visible=True, axis="both")
    axes.scatter(xs, ys, s=52, color=BLUE, alpha=0.85, edgecolor="white")
    if len(set(xs)) > 1:
        slope, start = np.polyfit(xs, ys, 1)
        ends = np.array([xs.min(), xs.max()])
        axes.plot(ends, slope * ends + start, color=ORANGE, linewidth=2, linestyle="--")
    axes.set_xlabel(str(data["x"]))
    axes.set_ylabel(str(data["y"]))
    return with_note(sheet, data)


def radar(data: Data) -> Sheet:
    """Scores on several axes, before and after."""
    labels = [str(label) for label in data["labels"]]
    sheet, flat = chart_sheet(6)
    flat.remove()
    axes = sheet.add_subplot(projection="polar")
    angles = [2 * math.pi * n / len(labels) for n in range(len(labels))]
    axes.set_theta_zero_location("N")  # type: ignore[attr-defined]
    axes.set_theta_direction(-1)  # type: ignore[attr-defined]
    colors = (GREY, BLUE) if len(data["series"]) == 2 else SERIES
    for color, (name, values) in zip(colors, data["series"].items(), strict=False):
        axes.plot([*angles, angles[0]], [*values, values[0]], marker="o", color=color, linewidth=2.2, label=str(name))
        axes.fill(angles, values, color=color, alpha=0.15)
    top = max(value for values in data["series"].values() for value in values)
    axes.set_ylim(0, 10 ** math.ceil(math.log10(top)) if top > 5 else 5)
    axes.set_xticks(angles, ["\n".join(wrap(label, 110, 13)) for label in labels])
    axes.tick_params(axis="x", pad=16)
    axes.tick_params(axis="y", labelsize=10, labelcolor=GREY)
    axes.grid(visible=True, color=LINE)
    axes.spines["polar"].set_color(LINE)
    axes.legend(loc="upper left", bbox_to_anchor=(1.15, 1.05), frameon=False)
    return with_note(sheet, data)


def gantt(data: Data) -> Sheet:
    """Planned and actual bars for each task; indexes name the first and the last label of a bar."""
    labels, tasks = [str(label) for label in data["labels"]], list(data["rows"])
    actual = data.get("actual") or {}
    sheet, axes = chart_sheet(1.1 + 0.46 * len(tasks))
    axes.grid(visible=False)
    for row, task in enumerate(tasks):
        axes.axhspan(row - 0.5, row + 0.5, color=PALE if row % 2 else "white", linewidth=0, zorder=0)
        offset = 0.17 if actual else 0.0
        for start, end in data["rows"][task]:
            length = min(end + 1, len(labels)) - start
            axes.barh(
                row - offset,
                length,
                0.26,
                left=start,
                color="white",
                edgecolor=BLUE,
                linewidth=1.6,
                linestyle="--" if actual else "-",
                hatch=None if actual else "////",
            )
        for start, end in actual.get(task, ()):
            axes.barh(row + offset, min(end + 1, len(labels)) - start, 0.26, left=start, color=BLUE, edgecolor=BLUE)
    axes.set_xlim(0, len(labels))
    axes.set_ylim(len(tasks) - 0.5, -0.5)
    axes.set_xticks(
        [n + 0.5 for n in range(len(labels))], ["\n".join(wrap(x, 540 / len(labels), 12)) for x in labels], fontsize=12
    )
    axes.set_yticks(range(len(tasks)), ["\n".join(wrap(str(task), 170, 13)) for task in tasks])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for n in range(len(labels) + 1):
        axes.axvline(n, color=LINE, linewidth=0.8, zorder=0)
    axes.spines[["top", "right"]].set_visible(True)
    axes.spines[:].set_color(LINE)
    if actual:
        axes.barh(0, 0, color="white", edgecolor=BLUE, linestyle="--", label="计划")
        axes.barh(0, 0, color=BLUE, label="实际")
        axes.legend(loc="upper right", bbox_to_anchor=(1, -0.01), ncols=2, frameon=False)
    return with_note(sheet, data)
