"""What pages need to know about a picture before they show it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""Kinds of pictures that are shown; an SVG can hold scripts, so it is none of them."""


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels, None when it is no picture that can be shown."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _size(path, changed)


@lru_cache(maxsize=20_000)
def _size(path: Path, changed: int) -> tuple[int, int] | None:
    if path.suffix.lower() not in MEDIA_TYPES:
        return None
    try:
        with Image.open(path) as picture:  # reads only the head of the file
            return picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
