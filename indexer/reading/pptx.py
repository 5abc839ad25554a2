"""Slides (pptx): shapes in reading order with groups, tables, charts, diagrams, notes and pictures; a slide is a page.

Why not a library: see docs/decisions.md, "Reading slides".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from indexer.draft import Block, Draft, Picture, Table, Text
from indexer.reading.charts import chart_table, diagram_texts
from indexer.reading.clean import clean
from indexer.reading.contents import is_title
from indexer.reading.docx_numbers import formatted
from indexer.reading.finish import finished
from indexer.reading.ooxml import RELATION_ID, Package, Relation
from indexer.reading.pictures import Collector, missing
from indexer.reading.pptx_styles import Inherited, Place, whole
from indexer.reading.refusal import Refusal, damaged
from library.notices import notice

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_MOST_SLIDES = 1_000
_MOST_COLUMNS = 200
_DEEPEST = 100  # groups in groups
_ROW = 0.03  # shapes whose tops differ by less than this share of the slide's height stand in one row
_TITLES = ("title", "ctrTitle")
_LONGEST_TITLE = 40  # characters
_NUMBERS = {"arabic": "decimal", "alphaUc": "upperLetter", "alphaLc": "lowerLetter", "romanUc": "upperRoman",
            "romanLc": "lowerRoman", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting",
            "ea1Jpn": "chineseCounting", "circleNum": "decimalEnclosedCircle"}  # fmt: skip
_MARKS = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})"}


@dataclass
class _Shape:
    """What one shape or group says, and where it stands."""

    place: Place
    blocks: list[Block]
    title: bool = False  # a title placeholder


@dataclass
class _Slide:
    number: int
    part: str
    height: int
    inherited: Inherited
    relations: dict[str, Relation] = field(default_factory=dict)


def read_pptx(path: Path, kind: str = "pptx") -> Draft:
    """Raises Refused for damaged, encrypted or oversized files."""
    with Package(path, kind) as package:
        part = package.main_part("ppt/presentation.xml")
        root = package.xml(part)
        if root is None or root.tag != P + "presentation":
            raise damaged(kind)
        reader = _Reader(package, Collector(once=True))
        blocks: list[Block] = []
        slides = _slides(package, part, root)
        size = root.find(P + "sldSz")
        height = whole(size.get("cy")) if size is not None else 0
        for number, slide in enumerate(slides, start=1):
            blocks += reader.slide(slide, number, height or 6_858_000)
        return Draft(
            blocks=finished(_footers_once(blocks)),
            kind=kind,
            pages=len(slides),
            properties=package.properties(),
            warnings=(*reader.warnings, *reader.pictures.warnings()),
        )


def _slides(package: Package, part: str, root: etree._Element) -> list[str]:
    relations = package.relations(part)
    ids = [element.get(RELATION_ID + "id", "") for element in root.iter(P + "sldId")]
    if len(ids) > _MOST_SLIDES:
        raise Refusal(
            reason="这份演示文稿有 {count} 页，超过 {limit} 页的上限。请拆分后再提交。",
            count=len(ids),
            limit=_MOST_SLIDES,
        )
    found = (relations.get(relation_id) for relation_id in ids)
    return [relation.target for relation in found if relation and not relation.external]


def _footers_once(blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Text) and block.role == "footer":
            if block.text in seen:
                continue
            seen.add(block.text)
        kept.append(block)
    return kept


class _Reader:
    def __init__(self, package: Package, pictures: Collector) -> None:
        self._package = package
        self.pictures = pictures
        self.warnings: list[str] = []

    def slide(self, part: str, number: int, height: int) -> list[Block]:
        """The blocks of one slide, its title first, its notes last."""
        try:
            root = self._package.xml(part)
        except Refusal:
            root = None
        tree = root.find(f"{P}cSld/{P}spTree") if root is not None else None
        if tree is None:
            self.warnings.append(notice("第 {number} 张幻灯片已损坏，未收入。", number=number))
            return []
        slide = _Slide(number, part, height, Inherited(self._package, part), self._package.relations(part))
        blocks = _in_order(_with_title(self._shapes(tree, slide, 0), slide), slide)
        if any(isinstance(block, Text) and is_title(block.text) for block in blocks):
            blocks = [replace(b, role="toc") if isinstance(b, Text) else b for b in blocks]
        return [*blocks, *self._notes(part, number)]

    # -- shapes ------------------------------------------------------------------------------------------------

    def _shapes(self, tree: etree._Element, slide: _Slide, depth: int) -> list[_Shape]:
        if depth > _DEEPEST:
            raise RecursionError("groups")
        found: list[_Shape] = []
        for element in tree:
            if element.tag == _MC + "AlternateContent":
                chosen = _choice(element)
                found += self._shapes(chosen, slide, depth + 1) if chosen is not None else []
            elif element.tag == P + "grpSp":
                inner = self._shapes(element, slide, depth + 1)
                boxed = [_boxed(block) for block in _in_order(inner, slide)]
                if boxed:
                    found.append(_Shape(Place.of_group(element, inner), boxed))
            elif (shape := self._shape(element, slide)) is not None and shape.blocks:
                found.append(shape)
        return found

    def _shape(self, element: etree._Element, slide: _Slide) -> _Shape | None:
        holder = next(element.iter(P + "ph"), None)
        place = slide.inherited.place(element, holder)
        kind = holder.get("type", "body") if holder is not None else ""
        match etree.QName(element).localname:
            case "sp" if kind in ("sldNum", "dt", "hdr"):
                return None
            case "sp":
                texts: list[Block] = list(self._texts(element, slide, holder))
                if kind == "ftr":
                    texts = [replace(t, role="footer") for t in texts if isinstance(t, Text)]
                return _Shape(place, [*texts, *self._fills(element, slide)], title=kind in _TITLES)
            case "pic":
                return _Shape(place, list(self._fills(element, slide)))
            case "graphicFrame":
                return _Shape(place, list(self._frame(element, slide)))
        return None

    def _fills(self, element: etree._Element, slide: _Slide) -> Iterator[Picture]:
        """A picture, or the picture that fills a shape."""
        described = next(element.iter(P + "cNvPr"), None)
        alt = described.get("descr", "") if described is not None else ""
        for blip in element.iter(A + "blip"):
            yield from self._picture(blip.get(RELATION_ID + "embed") or blip.get(RELATION_ID + "link"), slide, alt)

    def _picture(self, relation_id: str | None, slide: _Slide, alt: str) -> Iterator[Picture]:
        relation = slide.relations.get(relation_id or "")
        if relation is None:
            return
        data = None if relation.external else self._package.bytes(relation.target)
        if data is None:
            self.pictures.miss(missing(relation.external))
        elif picture := self.pictures.picture(data, slide.number, alt):
            yield picture

    def _frame(self, element: etree._Element, slide: _Slide) -> Iterator[Block]:
        for table in element.iter(A + "tbl"):
            if (block := _table(table, slide.number)) is not None:
                yield block
        for chart in element.iter(_C + "chart"):
            root = self._related(slide, chart.get(RELATION_ID + "id"))
            if root is not None and (block := chart_table(root, slide.number)):
                yield block
        for diagram in element.iter(_DGM + "relIds"):
            root = self._related(slide, diagram.get(RELATION_ID + "dm"))
            for text in diagram_texts(root) if root is not None else ():
                yield Text(text, slide.number, box=True)
        yield from self._fills(element, slide)

    def _related(self, slide: _Slide, relation_id: str | None) -> etree._Element | None:
        relation = slide.relations.get(relation_id or "")
        return self._package.side_xml(relation.target) if relation and not relation.external else None

    # -- text --------------------------------------------------------------------------------------------------

    def _texts(self, shape: etree._Element, slide: _Slide, holder: etree._Element | None) -> Iterator[Text]:
        body = shape.find(P + "txBody")
        counts: dict[int, int] = {}
        for paragraph in body.findall(A + "p") if body is not None else ():
            raw = _words(paragraph)
            text = clean(raw)
            if not text:
                continue
            level, numbering = _list(paragraph)
            size, bold = slide.inherited.look(paragraph, shape, holder)
            number = _number(numbering, level or 0, counts)
            yield Text(
                text=text,
                page=slide.number,
                number=number,
                size=size,
                bold=bold,
                centered=_alignment(paragraph) == "ctr",
                list_level=level,
                ordered=bool(number),
            )

    def _notes(self, part: str, number: int) -> Iterator[Text]:
        for target in self._package.related(part, "notesSlide"):
            root = self._package.side_xml(target)
            for shape in root.iter(P + "sp") if root is not None else ():
                holder = next(shape.iter(P + "ph"), None)
                if holder is None or holder.get("type", "body") != "body":
                    continue
                for paragraph in shape.iter(A + "p"):
                    if text := clean(_words(paragraph)):
                        yield Text(text, number, role="notes")


def _choice(element: etree._Element) -> etree._Element | None:
    """One of the alternatives; of an embedded object the older one, which has its picture."""
    chosen = element.find(_MC + "Choice")
    fallback = element.find(_MC + "Fallback")
    if chosen is None or not len(chosen) or (chosen.get("Requires") == "v" and fallback is not None):
        return fallback
    return chosen


def _boxed(block: Block) -> Block:
    return replace(block, box=True) if isinstance(block, Text) else block


def _words(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter(A + "t", A + "br", _M + "t"):
        parts.append("\n" if element.tag == A + "br" else element.text or "")
    return "".join(parts)


def _alignment(paragraph: etree._Element) -> str:
    properties = paragraph.find(A + "pPr")
    return properties.get("algn", "") if properties is not None else ""


def _list(paragraph: etree._Element) -> tuple[int | None, str]:
    """List level and kind of automatic number; (None, "") for a paragraph that is not expressly an item."""
    properties = paragraph.find(A + "pPr")
    if properties is None or properties.find(A + "buNone") is not None:
        return None, ""
    level = min(max(whole(properties.get("lvl")), 0), 8)
    automatic = properties.find(A + "buAutoNum")
    if automatic is not None:
        return level, automatic.get("type", "arabicPeriod")
    marked = properties.find(A + "buChar") is not None or properties.find(A + "buBlip") is not None
    return (level, "") if marked or level else (None, "")


def _number(kind: str, level: int, counts: dict[int, int]) -> str:
    """The next automatic number of a text body; a paragraph without one starts the counting anew."""
    for deeper in [known for known in counts if known > level]:
        del counts[deeper]
    if not kind:
        counts.pop(level, None)
        return ""
    counts[level] = counts.get(level, 0) + 1
    scheme = re.match(r"(arabic|alphaUc|alphaLc|romanUc|romanLc|ea1Chs|ea1Cht|ea1Jpn|circleNum)", kind)
    shown = formatted(counts[level], _NUMBERS[scheme[1]] if scheme else "decimal")
    return next((mark for end, mark in _MARKS.items() if kind.endswith(end)), "{}").format(shown)


def _table(element: etree._Element, page: int) -> Table | None:
    rows = [[_cell(cell) for cell in row.findall(A + "tc")][:_MOST_COLUMNS] for row in element.findall(A + "tr")]
    if not any(any(row) for row in rows):
        return None
    width = max(map(len, rows))
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows), page)


def _cell(cell: etree._Element) -> str:
    if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
        return ""
    return clean("\n".join(_words(paragraph) for paragraph in cell.iter(A + "p")))


# -- order and title -------------------------------------------------------------------------------------------


def _in_order(shapes: list[_Shape], slide: _Slide) -> list[Block]:
    """Top to bottom, and left to right in a row; the title first."""
    rows: list[list[_Shape]] = []
    for shape in sorted(shapes, key=lambda s: s.place.top):
        if rows and shape.place.top - rows[-1][0].place.top < _ROW * slide.height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    ordered = [shape for row in rows for shape in sorted(row, key=lambda s: s.place.left)]
    ordered.sort(key=lambda s: not s.title)
    return [block for shape in ordered for block in shape.blocks]


def _with_title(shapes: list[_Shape], slide: _Slide) -> list[_Shape]:
    """The shapes, one of them marked as the slide's title if there is any."""
    for shape in shapes:
        if shape.title and shape.blocks:
            shape.blocks = [replace(b, role="title") if isinstance(b, Text) else b for b in shape.blocks]
            return shapes
    candidates = [shape for shape in shapes if _may_be_title(shape)]
    high = [shape for shape in candidates if shape.place.top < slide.height / 4]
    best = max(high or candidates, key=lambda s: (_size(s), -s.place.top), default=None)
    if best is not None and (high or _stands_out(best, shapes)):
        best.title = True
        best.blocks = [replace(best.blocks[0], role="title"), *best.blocks[1:]]  # type: ignore[arg-type]
    return shapes


def _may_be_title(shape: _Shape) -> bool:
    texts = [block for block in shape.blocks if isinstance(block, Text)]
    if not texts or not isinstance(shape.blocks[0], Text) or len(texts) > 2 or texts[0].role:
        return False
    words = texts[0].text
    return len(words) <= _LONGEST_TITLE and re.search(r"[^\W\d_]{2}", words) is not None


def _size(shape: _Shape) -> float:
    return max((block.size or 0 for block in shape.blocks if isinstance(block, Text)), default=0)


def _stands_out(best: _Shape, shapes: list[_Shape]) -> bool:
    return all(_size(shape) < _size(best) for shape in shapes if shape is not best)
