"""What the styles of a Word file say about a paragraph or a run: heading level, size, weight, numbering, meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_ROLES = {
    "title": "title",
    "标题": "title",
    "標題": "title",
    "caption": "caption",
    "题注": "caption",
    "toc heading": "toc",
    "toc 标题": "toc",
    "table of figures": "toc",
    "图表目录": "toc",
}
_TOC = re.compile(r"(?:toc|目录|目錄|wpsoffice手动目录|wps目录|contents)\s*\d", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True)
class Look:
    """None means: not said here."""

    size: float | None = None  # points
    bold: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None
    level: int | None = None  # 1..9 heading; 0 = body text, said expressly
    number_id: str | None = None
    number_level: int | None = None
    role: str | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, `below` elsewhere."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **said) if said else below


PLAIN = Look()


def value(parent: etree._Element | None, name: str) -> str | None:
    """The w:val of a child, "" if it has none, None if there is no such child."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "")


def number(text: str | None) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _switch(properties: etree._Element, name: str) -> bool | None:
    said = value(properties, name)
    return None if said is None else said.lower() not in _OFF


def run_look(properties: etree._Element | None) -> Look:
    """The look said by a w:rPr."""
    if properties is None or not len(properties):
        return PLAIN
    half_points = number(value(properties, "sz"))
    return Look(
        size=half_points / 2 if half_points else None,
        bold=_switch(properties, "b"),
        hidden=_switch(properties, "vanish"),
    )


def paragraph_look(properties: etree._Element | None) -> Look:
    """The look said by a w:pPr."""
    if properties is None or not len(properties):
        return PLAIN
    outline = number(value(properties, "outlineLvl"))
    numbering = properties.find(W + "numPr")
    alignment = value(properties, "jc")
    return Look(
        centered=None if alignment is None else alignment == "center",
        level=None if outline is None else (outline + 1 if 0 <= outline < 9 else 0),
        number_id=value(numbering, "numId"),
        number_level=number(value(numbering, "ilvl")),
    )


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Look] = {}
        self._default = ""
        self._base = Look(size=10.0)
        for element in root if root is not None else ():
            if element.tag == W + "style":
                self._add(element)
            elif element.tag == W + "docDefaults":
                for properties in element.iter(W + "rPr"):
                    self._base = run_look(properties).over(self._base)

    def _add(self, element: etree._Element) -> None:
        style_id = element.get(W + "styleId", "")
        self._elements.setdefault(style_id, element)
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
            self._default = style_id

    def paragraph(self, style_id: str | None) -> Look:
        """The full look of a paragraph style, with what it is based on and the defaults of the document."""
        return self._resolve(style_id or self._default).over(self._base)

    def character(self, style_id: str) -> Look:
        return self._resolve(style_id)

    def _resolve(self, style_id: str, depth: int = 0) -> Look:
        if style_id in self._known:
            return self._known[style_id]
        element = self._elements.get(style_id)
        if element is None or depth > 30:  # a style may be based on itself
            return PLAIN
        look = self._own(element)
        if below := value(element, "basedOn"):
            look = look.over(self._resolve(below, depth + 1))
        self._known[style_id] = look
        return look

    def _own(self, element: etree._Element) -> Look:
        name = (value(element, "name") or "").strip()
        look = paragraph_look(element.find(W + "pPr")).over(run_look(element.find(W + "rPr")))
        role = _ROLES.get(name.lower()) or ("toc" if _TOC.match(name) else None)
        heading = _HEADING.fullmatch(name)
        level = look.level if look.level is not None else (int(heading[1]) if heading else None)
        return replace(look, role=role, level=level)
