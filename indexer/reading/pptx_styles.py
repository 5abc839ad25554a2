"""What a shape of a slide takes from its layout and master: its place, its font size, its weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from indexer.reading.ooxml import Package

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_USUAL_SIZE = 18.0
_STYLES = {"title": "titleStyle", "ctrTitle": "titleStyle", "body": "bodyStyle", "subTitle": "bodyStyle",
           "obj": "bodyStyle"}  # fmt: skip


def whole(text: str | None) -> int:
    """A whole number, 0 for anything else."""
    try:
        return int(text or 0)
    except ValueError:
        return 0


class _Placed(Protocol):
    place: Place


@dataclass(frozen=True)
class Place:
    """The top left corner, in English Metric Units; groups are not rescaled, as only the order matters."""

    top: int = 0
    left: int = 0

    @staticmethod
    def of_group(group: etree._Element, inner: Iterable[_Placed]) -> Place:
        own = _place(group.find(_P + "grpSpPr"))
        return own or Place(min(s.place.top for s in inner), min(s.place.left for s in inner))


def _place(properties: etree._Element | None) -> Place | None:
    offset = properties.find(f"{_A}xfrm/{_A}off") if properties is not None else None
    return None if offset is None else Place(whole(offset.get("y")), whole(offset.get("x")))


class Inherited:
    """The layout and the master of one slide."""

    def __init__(self, package: Package, slide: str) -> None:
        self._above: list[etree._Element] = []
        for layout in package.related(slide, "slideLayout")[:1]:
            for part in (layout, *package.related(layout, "slideMaster")[:1]):
                root = package.side_xml(part)
                if root is not None:
                    self._above.append(root)

    def place(self, shape: etree._Element, holder: etree._Element | None) -> Place:
        own = _place(shape.find(_P + "spPr")) or _frame_place(shape)
        if own:
            return own
        above = (_place(found.find(_P + "spPr")) for found in self._counterparts(holder))
        return next((place for place in above if place), Place())

    def _counterparts(self, holder: etree._Element | None) -> Iterator[etree._Element]:
        """The same placeholder in the layout and in the master."""
        if holder is None:
            return
        for root in self._above:
            for shape in root.iter(_P + "sp"):
                other = next(shape.iter(_P + "ph"), None)
                if other is not None and _same(holder, other):
                    yield shape
                    break

    def look(
        self, paragraph: etree._Element, shape: etree._Element, holder: etree._Element | None
    ) -> tuple[float, bool]:
        """Font size in points and weight of most characters of a paragraph."""
        sizes: dict[float, int] = {}
        bold = letters = 0
        usual_size, usual_bold = self._usual(paragraph, shape, holder)
        for run in (*paragraph.findall(_A + "r"), *paragraph.findall(_A + "fld")):
            properties = run.find(_A + "rPr")
            count = len((run.findtext(_A + "t") or "").replace(" ", ""))
            size, weight = _said(properties)
            sizes[size or usual_size] = sizes.get(size or usual_size, 0) + count
            bold += count if (usual_bold if weight is None else weight) else 0
            letters += count
        return max(sizes, key=sizes.__getitem__, default=usual_size), bold * 2 > letters

    def _usual(
        self, paragraph: etree._Element, shape: etree._Element, holder: etree._Element | None
    ) -> tuple[float, bool]:
        size: float | None = None
        bold: bool | None = None
        for properties in self._defaults(paragraph, shape, holder):
            said_size, said_bold = _said(properties)
            size = size or said_size
            bold = said_bold if bold is None else bold
        return size or _USUAL_SIZE, bool(bold)

    def _defaults(
        self, paragraph: etree._Element, shape: etree._Element, holder: etree._Element | None
    ) -> Iterator[etree._Element | None]:
        """Where a run looks for what it does not say itself, nearest first."""
        settings = paragraph.find(_A + "pPr")
        level = f"{_A}lvl{min(max(whole(settings.get('lvl')) if settings is not None else 0, 0), 8) + 1}pPr"
        yield settings.find(_A + "defRPr") if settings is not None else None
        for source in (shape, *self._counterparts(holder)):
            yield source.find(f"{_P}txBody/{_A}lstStyle/{level}/{_A}defRPr")
        style = _STYLES.get(holder.get("type", "obj"), "otherStyle") if holder is not None else "otherStyle"
        for root in self._above:
            yield root.find(f"{_P}txStyles/{_P}{style}/{level}/{_A}defRPr")


def _frame_place(shape: etree._Element) -> Place | None:
    offset = shape.find(f"{_P}xfrm/{_A}off")
    return None if offset is None else Place(whole(offset.get("y")), whole(offset.get("x")))


def _same(holder: etree._Element, other: etree._Element) -> bool:
    titles = ("title", "ctrTitle")
    mine, theirs = holder.get("type", "obj"), other.get("type", "obj")
    if mine in titles and theirs in titles:
        return True
    if holder.get("idx") and holder.get("idx") == other.get("idx"):
        return True
    return mine == theirs and mine != "obj" and holder.get("idx") is None


def _said(properties: etree._Element | None) -> tuple[float | None, bool | None]:
    if properties is None:
        return None, None
    bold = properties.get("b")
    return whole(properties.get("sz")) / 100 or None, None if bold is None else bold in ("1", "true")
