"""Pictures found in a file: their true type by content, their size in pixels, and which of them are worth keeping."""

from __future__ import annotations

import gzip
import hashlib
import io
import warnings
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from indexer.draft import Draft, Picture
from indexer.reading import guards
from indexer.reading.clean import line
from indexer.reading.refusal import Refusal, damaged
from library.notices import notice

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\0\x09\0\0\x03", "wmf"),
    (b"\x02\0\x09\0\0\x03", "wmf"),
    (b"\0\0\0\x0cjP  ", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
)
_DRAWN = {"svg", "wmf", "emf"}  # have no pixels
_HUGE = 1 << 20  # pixels; said of pictures that are too large for Pillow to tell
_LEAST_SIDE = 8  # pixels; smaller ones are rules and spacers


def kind_of(data: bytes) -> str:
    """png, jpeg, gif, bmp, tiff, webp, jp2, svg, wmf, emf; "" for anything else."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        return "emf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "bmp"
    head = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return "svg" if head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in head else ""


def pixels(data: bytes) -> tuple[int, int]:
    """Width and height by the picture's header alone; (0, 0) where it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large ones; the caller decides
            with Image.open(io.BytesIO(data)) as image:
                return image.size
    except Image.DecompressionBombError:
        return _HUGE, _HUGE
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0, 0


def missing(external: bool) -> str:
    """Why a picture that a document speaks of is not there."""
    return notice("只是指向外部的链接，文件里没有图") if external else notice("文件里缺少这张图")


def too_many_pixels() -> str:
    return notice("超过 {limit} 百万像素", limit=guards.PICTURE_PIXELS // 1_000_000)


def _unpacked(data: bytes) -> bytes:
    """wmz and emz are packed wmf and emf."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return packed.read(guards.PICTURE_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        return data


def read_picture(path: Path, kind: str) -> Draft:
    """A picture that was submitted itself: a photographed or scanned page. Raises Refused."""
    collector = Collector()
    sheets = _sheets(path.read_bytes()) if kind == "tiff" else [path.read_bytes()]
    pictures = [found for page, data in enumerate(sheets, 1) if (found := collector.picture(data, page))]
    if not pictures and (notes := collector.reasons()):
        raise Refusal(reason="这张图片不能读取：{why}。请处理后重新提交。", why="；".join(notes))
    if not pictures:
        raise damaged(kind)
    return Draft(tuple(pictures), kind, pages=len(sheets), warnings=collector.warnings())


def _sheets(data: bytes) -> list[bytes]:
    """The pages of a TIFF: scanners put many into one file."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            count = getattr(image, "n_frames", 1)
            if count == 1:
                return [data]
            return [_sheet(image, number) for number in range(min(count, guards.PDF_PAGES))]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return [data]


def _sheet(image: Image.Image, number: int) -> bytes:
    image.seek(number)
    if image.width * image.height > guards.PICTURE_PIXELS:
        return b""
    out = io.BytesIO()
    (image if image.mode in ("1", "L", "RGB") else image.convert("RGB")).save(out, "PNG")
    return out.getvalue()


@dataclass
class Collector:
    """Judges the pictures of one file, one after the other, and remembers what was left out and why."""

    once: bool = False  # a picture that repeats (a logo on every slide) is taken at its first place only
    _bytes: int = 0
    _seen: set[bytes] = field(default_factory=set)
    _left_out: dict[str, int] = field(default_factory=dict)

    def picture(self, data: bytes, page: int | None = None, alt: str = "") -> Picture | None:
        data = _unpacked(data)
        kind = kind_of(data)
        if reason := self._refusal(data, kind):
            self._left_out[reason] = self._left_out.get(reason, 0) + 1
            return None
        digest = hashlib.sha256(data).digest()
        if digest not in self._seen:
            self._bytes += len(data)
        elif self.once:
            return None
        self._seen.add(digest)
        if kind not in _DRAWN and min(pixels(data)) < _LEAST_SIDE:
            return None
        return Picture(data, kind, page, alt=line(alt)[:500])

    def miss(self, reason: str) -> None:
        """Count a picture that could not even be had."""
        self._left_out[reason] = self._left_out.get(reason, 0) + 1

    def _refusal(self, data: bytes, kind: str) -> str:
        if not kind:
            return notice("格式无法识别")
        width, height = (0, 0) if kind in _DRAWN else pixels(data)
        if width * height > guards.PICTURE_PIXELS:
            return too_many_pixels()
        if len(data) > guards.PICTURE_BYTES:
            return notice("超过 {limit} MB", limit=guards.PICTURE_BYTES // guards.MB)
        if self._bytes + len(data) > guards.PICTURES_BYTES:
            return notice("全部图片合计超过 {limit} MB", limit=guards.PICTURES_BYTES // guards.MB)
        return ""

    def reasons(self) -> list[str]:
        return list(self._left_out)

    def warnings(self) -> tuple[str, ...]:
        left_out = self._left_out.items()
        return tuple(
            notice("有 {count} 张图片未收入：{reason}。", count=count, reason=reason) for reason, count in left_out
        )
