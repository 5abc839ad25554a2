"""Draws any figure of a source as a PNG picture."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from matplotlib import font_manager
from matplotlib.figure import Figure as Sheet

from demo import charts, diagrams, measures, networks
from demo.canvas import FONT, png
from demo.figure_data import Figure
from demo.fishbone import fishbone

DRAW: dict[str, Callable[[Mapping[str, Any]], Sheet]] = {
    "pareto": charts.pareto,
    "pie": charts.pie,
    "bar": charts.bar,
    "line": charts.line,
    "histogram": measures.histogram,
    "control": measures.control,
    "scatter": measures.scatter,
    "radar": measures.radar,
    "gantt": measures.gantt,
    "fishbone": fishbone,
    "tree": diagrams.tree,
    "flow": diagrams.flow,
    "affinity": diagrams.affinity,
    "sketch": diagrams.sketch,
    "relation": networks.relation,
    "arrow": networks.arrow_diagram,
    "pdpc": networks.pdpc,
}


class FontMissing(Exception):
    """The Chinese font that the figures are set in is not installed."""

    def __init__(self) -> None:
        """Say which package brings it."""
        super().__init__(f"The font {FONT} is missing (Debian: fonts-noto-cjk).")


@cache
def require_font() -> None:
    """Raise FontMissing rather than draw boxes instead of characters."""
    if FONT not in font_manager.get_font_names():
        raise FontMissing


def draw(figure: Figure) -> bytes:
    """The figure as a PNG."""
    require_font()
    return png(DRAW[figure.kind](figure.data))
