"""Charts and diagrams of Office files: the numbers and words behind the drawing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.draft import Table
from indexer.reading.clean import clean, line

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MOST_POINTS = 2_000
_MOST_SERIES = 50


def chart_table(root: etree._Element, page: int | None = None) -> Table | None:
    """The data a chart keeps with itself: a row a category, a column a series; None if it keeps none."""
    columns: list[tuple[str, dict[int, str]]] = []
    labels: dict[int, str] = {}
    for series in list(root.iter(_C + "ser"))[:_MOST_SERIES]:
        names = _points(series.find(_C + "tx"))
        columns.append((names.get(0, ""), _first_points(series, "val", "yVal")))
        labels = labels or _first_points(series, "cat", "xVal")
    count = max((max(points, default=-1) + 1 for _, points in columns), default=0)
    if not count:
        return None
    head = ("", *(name for name, _ in columns))
    rows = [(labels.get(i, str(i + 1)), *(points.get(i, "") for _, points in columns)) for i in range(count)]
    return Table((head, *rows), page, caption=chart_title(root))


def chart_title(root: etree._Element) -> str:
    title = root.find(f"{_C}chart/{_C}title")
    return line("".join(t.text or "" for t in title.iter(_A + "t"))) if title is not None else ""


def _first_points(series: etree._Element, *names: str) -> dict[int, str]:
    return next((points for name in names if (points := _points(series.find(_C + name)))), {})


def _points(parent: etree._Element | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for point in parent.iter(_C + "pt") if parent is not None else ():
        text = point.findtext(_C + "v")
        index = point.get("idx", "")
        if text and index.isdecimal() and int(index) < _MOST_POINTS:
            found.setdefault(int(index), _short(line(text)))
    return found


def _short(text: str) -> str:
    """Spreadsheets keep 0.1 + 0.2 with all its digits."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:.6g}" if "." in text and len(text) > 8 else text


def diagram_texts(root: etree._Element) -> Iterator[str]:
    """The words of a SmartArt drawing, box by box."""
    for body in root.iter(_DGM + "t"):
        paragraphs = ("".join(t.text or "" for t in p.iter(_A + "t")) for p in body.iter(_A + "p"))
        if text := clean("\n".join(paragraphs)):
            yield text
