"""Pictures that browsers cannot show, or must not, become PNG: bmp, tiff, jp2 and webp by Pillow, drawings (wmf, emf,
svg) by LibreOffice, if it is here.

LibreOffice puts a drawing on a page; the page is drawn by PDFium and cut to what is on it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree
from PIL import Image, ImageChops

from indexer.draft import Block, Draft, Picture
from indexer.reading import office
from indexer.reading.guards import PICTURE_PIXELS
from indexer.reading.pictures import kind_of
from library.notices import notice

_PIXELS = {"bmp", "tiff", "jp2", "webp"}
_DRAWN = {"wmf", "emf", "svg"}
_MOST_DRAWN = 60
_SCALE = 2.5  # pixels a point: a drawing as wide as the page has 1,500
_EDGE = 8  # pixels of white around a drawing
_DROPPED = {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener", "set", "animate"}


def with_showable_pictures(draft: Draft) -> Draft:
    """The same draft. Pictures that could not be turned are left out and told: the original has them."""
    made: dict[bytes, bytes] = {}
    for picture in _of(draft.blocks, _PIXELS):
        if picture.data not in made and (png := _png(picture.data)):
            made[picture.data] = png
    drawn = list(dict.fromkeys(picture.data for picture in _of(draft.blocks, _DRAWN)))[:_MOST_DRAWN]
    made.update(_drawn_as_png(drawn))
    blocks = tuple(_turned(block, made) for block in draft.blocks)
    left = _of(blocks, _PIXELS | _DRAWN)
    if not left:
        return replace(draft, blocks=blocks)
    out = set(map(id, left))
    kept = tuple(block for block in blocks if id(block) not in out)
    return replace(draft, blocks=kept, warnings=(*draft.warnings, _note(left)))


def _note(left: Sequence[Picture]) -> str:
    kinds = "、".join(sorted({picture.kind for picture in left}))
    if not office.program() and any(picture.kind in _DRAWN for picture in left):
        return notice(
            "有 {count} 张图片是浏览器不能显示的格式（{kinds}），未收入，原件中仍有；安装 LibreOffice 后可以转换。",
            count=len(left),
            kinds=kinds,
        )
    return notice("有 {count} 张图片的格式（{kinds}）无法转换，未收入；原件中仍有。", count=len(left), kinds=kinds)


def _of(blocks: Sequence[Block], kinds: set[str]) -> list[Picture]:
    return [block for block in blocks if isinstance(block, Picture) and block.kind in kinds]


def _turned(block: Block, made: dict[bytes, bytes]) -> Block:
    if isinstance(block, Picture) and block.data in made:
        return replace(block, data=made[block.data], kind="png")
    return block


def _png(data: bytes) -> bytes | None:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            shown = picture if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else picture.convert("RGB")
            return _stored(shown)
    except (OSError, ValueError, SyntaxError):
        return None


def _stored(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _drawn_as_png(drawings: Sequence[bytes]) -> dict[bytes, bytes]:
    if not drawings or not office.program():
        return {}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        sources = []
        for number, data in enumerate(drawings):
            kind = kind_of(data)
            sources.append(Path(folder, f"{number}.{kind}"))
            sources[-1].write_bytes(_harmless(data) if kind == "svg" else data)
        office.convert(sources, "pdf", Path(folder))
        pages = ((data, source.with_suffix(".pdf")) for data, source in zip(drawings, sources, strict=True))
        return {data: png for data, page in pages if page.is_file() and (png := _cut_out(page))}


def _harmless(svg: bytes) -> bytes:
    """The drawing without scripts and without anything that lies elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError:
        return b""
    for element in list(root.iter()):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        away = any(
            etree.QName(key).localname == "href" and not value.startswith(("#", "data:image/"))
            for key, value in element.attrib.items()
        )
        parent = element.getparent()
        if parent is not None and (not name or name in _DROPPED or away):
            parent.remove(element)
    return etree.tostring(root)


def _cut_out(page: Path) -> bytes | None:
    """What is drawn on the first page, without the white around it; None for an empty page."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(page)
    except pypdfium2.PdfiumError:
        return None
    try:
        width, height = document[0].get_size()
        scale = min(_SCALE, (PICTURE_PIXELS / max(width * height, 1)) ** 0.5)
        picture = document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    inked = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    if inked is None:
        return None
    left, top, right, bottom = inked
    right, bottom = min(right + _EDGE, picture.width), min(bottom + _EDGE, picture.height)
    return _stored(picture.crop((max(left - _EDGE, 0), max(top - _EDGE, 0), right, bottom)))
