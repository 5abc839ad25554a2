"""What a reader makes of a file: its content in reading order, with the looks that tell a heading from a paragraph.

Readers know formats and nothing of QC. Text is clean (no NUL, no lone surrogates, NFC), not yet Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A paragraph, a heading or a list item, as it looks.

    Whether it *is* a heading of the report is for the splitter to say: styles cannot be trusted.
    """

    text: str
    page: int | None = None  # page or slide, from 1; None where the format has none
    level: int | None = None  # 1..9 where the file marks it as a heading (style, outline level, h1..h6, #)
    number: str = ""  # an automatic number that is not in the text: "第三章", "1.2"
    size: float | None = None  # font size in points, of most of its characters
    bold: bool = False  # most of its characters are bold
    centered: bool = False
    list_level: int | None = None  # 0.. for a list item
    ordered: bool = False  # a numbered list item
    role: str = ""  # "title" (slide title or document title), "toc", "caption", "notes", "header", "footer"
    box: bool = False  # it stood in a text box or a group


@dataclass(frozen=True)
class Table:
    """Rows of equal length; a merged cell has its text once, at its top left, and "" elsewhere."""

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture with its bytes as stored in the file; `kind` is its true type: png, jpeg, gif, svg, wmf, emf …"""

    data: bytes
    kind: str
    page: int | None = None
    caption: str = ""
    alt: str = ""


Block = Text | Table | Picture


@dataclass(frozen=True)
class Draft:
    blocks: tuple[Block, ...]
    kind: str  # docx, pptx, pdf, html, md, txt …
    pages: int | None = None
    properties: dict[str, str] = field(default_factory=dict)  # title, subject, creator … as stored in the file
    warnings: tuple[str, ...] = ()
    confidence: float = 1.0  # below 1 for recognised (OCR) text
    scanned: tuple[int, ...] = ()  # pages that are only a picture and were not recognised
    certainty: dict[int, float] = field(default_factory=dict)  # of each page that was recognised, 0 to 1
