"""The ways in which people mark headings in Word: styles, bold text, automatic numbers, text boxes."""

import re

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from demo.outline import split_number, variant
from demo.source import Heading, Report

_SIZES = {1: 16.0, 2: 14.0, 3: 12.0}
_DIGITS = "零一二三四五六七八九十"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_BOX = """<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{id}" name="文本框 {id}"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="D8E6F2"/></a:solidFill>
<a:ln w="12700"><a:solidFill><a:srgbClr val="1F5F99"/></a:solidFill></a:ln></wps:spPr>
<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>
</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:rect id="box{id}" style="width:{points}pt;height:30pt" fillcolor="#D8E6F2">
<v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
_BOX_TEXT = """<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>
<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>"""
_EMU_A_POINT = 12700


class HeadingWriter:
    """Writes the headings of one report in the way its layout asks for."""

    def __init__(self, document: WordDocument, report: Report) -> None:
        """Look at all headings first: automatic numbers must come out as the source has them."""
        self._document = document
        self._layout = report.facts.layout
        self._styled_numbers = bool(variant(report.facts.slug, 2))
        self._boxes = 0
        self._counts = [0, 0]
        headings = [block for block in report.blocks if isinstance(block, Heading) and block.level < 3]
        numbers = {
            level: next((split_number(h.text)[0] for h in headings if h.level == level and split_number(h.text)[0]), "")
            for level in (1, 2)
        }
        self._formats = {level: _number_format(number, level) for level, number in numbers.items()}
        self._list_id = _add_numbering(document, self._formats) if self._layout == "numbered" else 0

    def add(self, heading: Heading) -> None:
        """Write one heading."""
        if self._layout == "styled":
            self._document.add_paragraph(heading.text, style=f"Heading {heading.level}")
        elif self._layout == "numbered":
            self._numbered(heading)
        elif self._layout == "boxes" and heading.level == 1:
            self._boxed(heading.text)
        else:
            self._bold(heading.text, heading.level)

    def _bold(self, text: str, level: int) -> WordParagraph:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(_SIZES[level])
        return paragraph

    def _numbered(self, heading: Heading) -> None:
        number, words = split_number(heading.text)
        automatic = heading.level < 3 and number and number.strip() == self._next(heading.level)
        text = words if automatic else heading.text
        if self._styled_numbers:
            paragraph = self._document.add_paragraph(text, style=f"Heading {heading.level}")
        else:
            paragraph = self._bold(text, heading.level)
        if automatic:
            self._count(heading.level)
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = heading.level - 1
            properties.get_or_add_numId().val = self._list_id

    def _next(self, level: int) -> str:
        """What Word will show as the next number of this level."""
        counts = [*self._counts[: level - 1], self._counts[level - 1] + 1]
        chinese, pattern = self._formats[level]
        shown = pattern
        for at, count in enumerate(counts, 1):
            shown = shown.replace(f"%{at}", _chinese(count) if chinese else str(count))
        return shown.strip()

    def _count(self, level: int) -> None:
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (2 - level)

    def _boxed(self, text: str) -> None:
        self._boxes += 1
        points = 40 + 17 * len(text)
        shown = _BOX_TEXT.format(text.replace("&", "&amp;").replace("<", "&lt;"))
        xml = _BOX.format(
            namespaces=_NAMESPACES,
            id=500 + self._boxes,
            text=shown,
            points=points,
            width=points * _EMU_A_POINT,
            height=30 * _EMU_A_POINT,
        )
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph._p.append(parse_xml(xml))


def _chinese(number: int) -> str:
    if number <= 10:
        return _DIGITS[number]
    return f"{_DIGITS[number // 10] if number >= 20 else ''}十{_DIGITS[number % 10] if number % 10 else ''}"


def _number_format(number: str, level: int) -> tuple[bool, str]:
    """(Chinese digits?, Word's pattern): "三、" gives (True, "%1、"), "4.2 " gives (False, "%1.%2")."""
    if re.fullmatch(r"\d+(\.\d+)+\D*", number):
        return False, re.sub(r"\d+(\.\d+)+", ".".join(f"%{n}" for n in range(1, number.count(".") + 2)), number)
    chinese = not any(sign.isdigit() for sign in number)
    return chinese, re.sub(r"[一二三四五六七八九十]+|\d+", f"%{level}", number) or f"%{level}."


def _add_numbering(document: WordDocument, formats: dict[int, tuple[bool, str]]) -> int:
    """Define the numbers of both levels; return the id that headings refer to."""
    numbering = document.part.numbering_part.element
    definition = OxmlElement("w:abstractNum")
    definition.set(qn("w:abstractNumId"), "90")
    for level, (chinese, pattern) in formats.items():
        item = OxmlElement("w:lvl")
        item.set(qn("w:ilvl"), str(level - 1))
        for tag, value in (
            ("start", "1"),
            ("numFmt", "chineseCounting" if chinese else "decimal"),
            ("suff", "nothing"),
            ("lvlText", pattern),
        ):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            item.append(child)
        definition.append(item)
    numbering.insert(0, definition)
    number = numbering.add_num(90)
    return int(number.numId)


def use_chinese_style_ids(document: WordDocument) -> None:
    """Give the heading styles the ids "1", "2", "3", as Chinese Word and WPS do."""
    names = {f"Heading{level}": str(level) for level in (1, 2, 3)}
    for part in (document.styles.element, document.element.body):
        for element in part.iter(qn("w:style"), qn("w:pStyle"), qn("w:basedOn"), qn("w:next"), qn("w:link")):
            key = qn("w:styleId") if element.tag == qn("w:style") else qn("w:val")
            if element.get(key) in names:
                element.set(key, names[element.get(key)])
