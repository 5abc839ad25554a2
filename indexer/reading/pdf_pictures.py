"""The pictures of a PDF as files: JPEG as stored, everything else as PNG."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from indexer.reading import guards
from indexer.reading.pictures import kind_of, too_many_pixels
from library.notices import notice

_LEAST_SIDE = 24  # pixels; smaller ones are rules, bullets and fills


def picture_bytes(image: Any) -> tuple[bytes, str]:
    """The picture, or why it cannot be had; ("", "") for decoration."""
    try:
        width, height = image.get_px_size()
        if min(width, height) < _LEAST_SIDE:
            return b"", ""
        if width * height > guards.PICTURE_PIXELS:
            return b"", too_many_pixels()
        if image.get_filters(skip_simple=True) == ["DCTDecode"]:
            data = bytes(image.get_data(decode_simple=True))
            if kind_of(data) == "jpeg" and _shows_right(data):
                return data, ""
        return _png(image.get_bitmap(render=False).to_pil()), ""
    except (pypdfium2.PdfiumError, ValueError, OSError, AssertionError, KeyError):
        return b"", notice("格式无法识别")


def _shows_right(data: bytes) -> bool:
    """Four-colour JPEGs from print shops look inverted in browsers."""
    with Image.open(io.BytesIO(data)) as opened:
        return opened.mode in ("L", "RGB")


def _png(picture: Image.Image) -> bytes:
    if picture.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
