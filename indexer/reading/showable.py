"""Pictures that browsers cannot show become PNG: bmp, tiff, jp2 by Pillow, wmf and emf by LibreOffice if it is here."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from indexer.draft import Block, Draft, Picture
from indexer.reading import office
from indexer.reading.guards import PICTURE_PIXELS
from indexer.reading.pictures import kind_of, pixels

_PIXELS = {"bmp", "tiff", "jp2"}
_DRAWN = {"wmf", "emf"}
_MOST_DRAWN = 60


def with_showable_pictures(draft: Draft) -> Draft:
    """The same draft; what could not be turned stays as it is and is told."""
    made: dict[bytes, bytes] = {}
    for picture in _of(draft.blocks, _PIXELS):
        if picture.data not in made and (png := _png(picture.data)):
            made[picture.data] = png
    drawn = list(dict.fromkeys(picture.data for picture in _of(draft.blocks, _DRAWN)))[:_MOST_DRAWN]
    made.update(_drawn_as_png(drawn))
    blocks = tuple(_turned(block, made) for block in draft.blocks)
    left = len(_of(blocks, _PIXELS | _DRAWN))
    if not left:
        return replace(draft, blocks=blocks)
    note = f"有 {left} 张图片是浏览器不能显示的格式（wmf/emf），已原样保存；服务器安装 LibreOffice 后可以转换。"
    return replace(draft, blocks=blocks, warnings=(*draft.warnings, note))


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
            out = io.BytesIO()
            shown.save(out, "PNG")
            return out.getvalue()
    except (OSError, ValueError, SyntaxError):
        return None


def _drawn_as_png(drawings: Sequence[bytes]) -> dict[bytes, bytes]:
    if not drawings or not office.program():
        return {}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        sources = []
        for number, data in enumerate(drawings):
            sources.append(Path(folder, f"{number}.{kind_of(data)}"))
            sources[-1].write_bytes(data)
        office.convert(sources, "png", Path(folder))
        found = {
            data: made.read_bytes()
            for data, source in zip(drawings, sources, strict=True)
            if (made := source.with_suffix(".png")).is_file()
        }
    return {data: png for data, png in found.items() if 0 < _area(png) <= PICTURE_PIXELS}


def _area(png: bytes) -> int:
    width, height = pixels(png)
    return width * height
