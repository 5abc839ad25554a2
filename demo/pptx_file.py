"""Makes a slide deck of a report."""

# mypy: disallow-untyped-calls=False
# (the library types only a part of itself)

import io
from collections.abc import Sequence
from datetime import datetime, time

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.shapetree import _BaseGroupShapes
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Length, Pt

from demo.outline import CONTENTS, FICTION, Section, cover_lines, sections, split_number, variant
from demo.package import reproducible
from demo.pptx_figures import add_figure
from demo.pptx_tables import add_table
from demo.slides import Line, Slide, slides
from demo.source import Report, pieces

_FONT = "微软雅黑"
_BLUE, _INK, _GREY = RGBColor(0x1F, 0x5F, 0x99), RGBColor(0x22, 0x30, 0x3C), RGBColor(0x6B, 0x7A, 0x88)
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_TITLE_ONLY, _BLANK = 5, 6  # layouts of the library's own template
_NOTES_EVERY = 4


def make_pptx(report: Report) -> bytes:
    """The report as a slide deck."""
    deck = _Deck(report)
    deck.cover()
    deck.contents()
    for section in sections(report):
        deck.section(section)
    return deck.save()


class _Deck:
    """The deck while it grows."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._facts = report.facts
        self._deck: Deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = _WIDTH, _HEIGHT
        properties = self._deck.core_properties
        properties.author = properties.last_modified_by = self._facts.leader
        properties.title, properties.subject = self._facts.title, FICTION
        properties.created = properties.modified = datetime.combine(self._facts.end, time(8))

    def save(self) -> bytes:
        file = io.BytesIO()
        self._deck.save(file)
        return reproducible(file.getvalue(), self._facts.end)

    def cover(self) -> None:
        page = self._page(_BLANK)
        _bar(page, Inches(0), Inches(2), _WIDTH, Inches(1.9))
        _text(
            page.shapes,
            (0.6, 2.1, 12.1, 1.7),
            [self._facts.title],
            38,
            color=RGBColor(255, 255, 255),
            bold=True,
            centred=True,
        )
        lines = [f"{label}：{value}" for label, value in cover_lines(self._facts)]
        _text(page.shapes, (2.5, 4.3, 8.3, 2.2), lines, 20, centred=True)
        _text(page.shapes, (2.5, 1.2, 8.3, 0.6), ["QC小组活动成果发布"], 22, color=_BLUE, centred=True)
        _text(page.shapes, (2.5, 6.5, 8.3, 0.5), [FICTION], 14, color=_GREY, centred=True)

    def contents(self) -> None:
        page = self._page(self._title_layout())
        self._title(page, CONTENTS)
        headings = [section.heading.text for section in sections(self._report)]
        half = -(-len(headings) // 2)
        for n, column in enumerate((headings[:half], headings[half:])):
            _text(page.shapes, (1.2 + 5.8 * n, 1.5, 5.4, 5), column, 20, spacing=1.5)
        self._footer(page)

    def section(self, section: Section) -> None:
        """All slides of a step; from the second on the title says 续."""
        for n, slide in enumerate(slides(section)):
            page = self._page(self._title_layout())
            self._title(page, section.heading.text + ("（续）" if n else ""))
            self._fill(page, slide)
            self._footer(page)
            if len(self._deck.slides) % _NOTES_EVERY == 0:
                self._notes(page, section, slide)

    def _page(self, layout: int) -> Page:
        page: Page = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        return page

    def _title_layout(self) -> int:
        return _TITLE_ONLY if self._facts.layout in {"styled", "numbered"} else _BLANK

    def _title(self, page: Page, text: str) -> None:
        """As the layout asks: in the placeholder, in a plain text box, or in a group with its number."""
        number, words = split_number(text)
        _bar(page, Inches(0), Inches(1.08), _WIDTH, Inches(0.05))
        area = (0.6, 0.3, 12.1, 0.75)
        match self._facts.layout:
            case "styled" | "numbered" if page.shapes.title is not None:
                title = page.shapes.title
                title.left, title.top, title.width, title.height = map(Inches, area)
                own_number = self._facts.layout == "numbered" and number
                _write(title.text_frame, [words if own_number else text], 28, color=_BLUE, bold=True)
                if own_number:
                    title.left, title.width = Inches(1.7), Inches(11)
                    _text(page.shapes, (0.5, 0.3, 1.2, 0.75), [number.strip()], 28, color=_GREY, bold=True)
            case "boxes" if number and len(self._deck.slides) % 2:
                group = page.shapes.add_group_shape()
                _text(group.shapes, (0.5, 0.3, 1.3, 0.75), [number.strip()], 28, color=_GREY, bold=True)
                _text(group.shapes, (1.8, 0.3, 10.9, 0.75), [words], 28, color=_BLUE, bold=True)
            case _:
                _text(page.shapes, area, [text], 28, color=_BLUE, bold=True)

    def _fill(self, page: Page, slide: Slide) -> None:
        alone = not slide.table and not slide.figure
        top = 1.35
        if slide.lines:
            size, height = (20, 5.3) if alone else (18, 0.42 * sum(line.height for line in slide.lines) + 0.1)
            _bullets(page, (0.7, top, 12.0, height), slide.lines, size)
            top += 0 if alone else height
        below = 0.42 * sum(line.height for line in slide.below) + (0.1 if slide.below else 0)
        if slide.table:
            add_table(page, slide.table, top, self._section_of(page))
        if slide.figure:
            native = variant(self._facts.slug, 2) == 0
            add_figure(page, slide.figure, top, 6.5 - below, native=native)
        if slide.below:
            _bullets(page, (0.7, 6.95 - below, 12.0, below), slide.below, 18)

    def _section_of(self, page: Page) -> str:
        title = page.shapes.title
        return title.text_frame.text if title is not None else " ".join(_texts(page))

    def _footer(self, page: Page) -> None:
        number = len(self._deck.slides)
        _text(page.shapes, (0.6, 7.05, 9, 0.35), [f"{FICTION}　{self._facts.group}"], 11, color=_GREY)
        _text(page.shapes, (11.9, 7.05, 0.9, 0.35), [str(number)], 11, color=_GREY)

    def _notes(self, page: Page, section: Section, slide: Slide) -> None:
        """What a presenter writes to remember, in words that the slide already has."""
        shown = (slide.figure or slide.table).caption if (slide.figure or slide.table) else ""  # type: ignore[union-attr]
        words = split_number(section.heading.text)[1]
        notes = page.notes_slide.notes_text_frame
        assert notes is not None  # the library's own notes page has one
        notes.text = f"本页讲“{words}”" + (f"，结合{shown}说明。" if shown else "，按条目逐条说明。")


def _texts(page: Page) -> list[str]:
    return [shape.text_frame.text for shape in page.shapes if isinstance(shape, Shape)]


def _bar(page: Page, left: Length, top: Length, width: Length, height: Length) -> None:
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    bar.fill.solid()
    bar.fill.fore_color.rgb = _BLUE
    bar.line.fill.background()


def _text(
    shapes: _BaseGroupShapes,
    area: tuple[float, float, float, float],
    lines: Sequence[str],
    size: float,
    *,
    color: RGBColor = _INK,
    bold: bool = False,
    centred: bool = False,
    spacing: float = 1.15,
) -> None:
    """A text box; its area is left, top, width and height in inches."""
    frame = shapes.add_textbox(*map(Inches, area)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if len(lines) == 1 else MSO_ANCHOR.TOP
    _write(frame, lines, size, color=color, bold=bold, centred=centred, spacing=spacing)


def _write(
    frame: TextFrame,
    lines: Sequence[str],
    size: float,
    *,
    color: RGBColor,
    bold: bool,
    centred: bool = False,
    spacing: float = 1.15,
) -> None:
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        paragraph.line_spacing = spacing
        _run(paragraph, line, size, color=color, bold=bold)


def _run(paragraph: _Paragraph, text: str, size: float, *, color: RGBColor = _INK, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Arial"
    run.font.color.rgb = color
    east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": _FONT})
    run._r.get_or_add_rPr().append(east)  # python-pptx sets no East Asian font


def _bullets(page: Page, area: tuple[float, float, float, float], lines: Sequence[Line], size: float) -> None:
    frame = page.shapes.add_textbox(*map(Inches, area)).text_frame
    frame.word_wrap = True
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.line_spacing, paragraph.space_after = 1.2, Pt(6)
        if not line.heading:
            _bullet_sign(paragraph)
        for words, bold in pieces(line.text):
            _run(paragraph, words, size, color=_BLUE if line.heading else _INK, bold=bold or line.heading)


def _bullet_sign(paragraph: _Paragraph) -> None:
    properties = paragraph._p.get_or_add_pPr()  # python-pptx knows no bullets
    properties.set("marL", "285750")
    properties.set("indent", "-285750")
    properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))
