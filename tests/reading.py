"""Small files of every format, made by the tests themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image

from indexer.draft import Draft, Picture, Table, Text

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
SLIDE = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """The relations of a part: id -> (kind, target); a target with "://" is external."""
    lines = (
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for id_, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def package(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def docx(
    path: Path,
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    targets: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A Word file around the XML of its body."""
    known = {"s": ("styles", "styles.xml"), "n": ("numbering", "numbering.xml"), **(targets or {})}
    return package(
        path,
        {
            "_rels/.rels": relations({"d": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(known),
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {WORD}>{numbering}</w:numbering>",
            **(parts or {}),
        },
    )


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(*rows: Iterable[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def drawing(relation: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<a:blip r:embed="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def text_box(content: str) -> str:
    """A text box as Word writes it: once for new programs and once more for old ones."""
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def pptx(path: Path, *slides: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Slides around the XML of their shapes. Pictures and notes: pass their parts and relations."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(len(slides)))
    presentation = (
        f'<p:presentation {SLIDE}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
    )
    return package(
        path,
        {
            "_rels/.rels": relations({"d": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": presentation,
            "ppt/_rels/presentation.xml.rels": relations(
                {f"s{n}": ("slide", f"slides/slide{n}.xml") for n in range(len(slides))}
            ),
            **{
                f"ppt/slides/slide{n}.xml": f"<p:sld {SLIDE}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
                for n, shapes in enumerate(slides)
            },
            **(parts or {}),
        },
    )


def shape(text: str, top: int = 0, left: int = 0, size: int = 18, holder: str = "") -> str:
    """A shape with a paragraph a line; places in points."""
    paragraphs = "".join(
        f'<a:p><a:r><a:rPr sz="{size * 100}"/><a:t>{line}</a:t></a:r></a:p>' for line in text.split("\n")
    )
    placeholder = f'<p:nvPr><p:ph type="{holder}"/></p:nvPr>' if holder else "<p:nvPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/>{placeholder}</p:nvSpPr><p:spPr>{place(top, left)}</p:spPr>'
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def place(top: int, left: int) -> str:
    return f'<a:xfrm><a:off x="{left * 12700}" y="{top * 12700}"/><a:ext cx="914400" cy="457200"/></a:xfrm>'


def group(*shapes: str, top: int = 0, left: int = 0) -> str:
    return f"<p:grpSp><p:grpSpPr>{place(top, left)}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"


def png(width: int = 40, height: int = 30, color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, "PNG")
    return out.getvalue()


def texts(draft: Draft, role: str | None = None) -> list[str]:
    """The words of all text blocks, or of those with a role."""
    return [b.text for b in draft.blocks if isinstance(b, Text) and (role is None or b.role == role)]


def text_of(draft: Draft, words: str) -> Text:
    """The block that says exactly this."""
    found = [block for block in draft.blocks if isinstance(block, Text) and block.text == words]
    assert len(found) == 1, f"{words!r} is there {len(found)} times in {texts(draft)}"
    return found[0]


def tables(draft: Draft) -> list[Table]:
    return [block for block in draft.blocks if isinstance(block, Table)]


def pictures(draft: Draft) -> list[Picture]:
    return [block for block in draft.blocks if isinstance(block, Picture)]
