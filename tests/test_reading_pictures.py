"""Pictures: their true type, what is too large or only decoration, and what browsers can show."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from indexer.draft import Draft, Picture, Text
from indexer.reading.pictures import Collector, kind_of, pixels, read_picture
from indexer.reading.showable import with_showable_pictures
from library.errors import Refused
from tests.reading import png


def picture(kind: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, kind)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG whose head claims this many pixels a side."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "bmp", "tiff", "webp"])
def test_the_type_is_told_by_content(kind: str) -> None:
    assert kind_of(picture(kind)) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd7\xcd\xc6\x9a" + bytes(20), "wmf"),
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "emf"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b"<html><svg>", ""),
        (b"MZ", ""),
        (b"", ""),
    ],
)
def test_drawings_and_others_are_told_apart(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize("side", [7_000, 50_000])
def test_too_many_pixels_are_left_out_and_told(side: int) -> None:
    collector = Collector()
    assert collector.picture(bomb(side)) is None
    assert collector.warnings() == ("有 1 张图片未收入：超过 40 百万像素。",)


def test_a_submitted_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(bomb(50_000))
    with pytest.raises(Refused, match="超过 40 百万像素"):
        read_picture(tmp_path / "a.png", "png")


def test_pictures_that_are_no_pictures_are_told() -> None:
    collector = Collector()
    assert collector.picture(b"MZ\x90") is None
    assert "无法识别" in collector.warnings()[0]


def test_rules_and_spacers_are_left_out_silently() -> None:
    collector = Collector()
    assert collector.picture(png(200, 2)) is None
    assert collector.warnings() == ()


def test_packed_drawings_are_unpacked() -> None:
    found = Collector().picture(gzip.compress(b"\xd7\xcd\xc6\x9a" + bytes(60)))
    assert found is not None
    assert found.kind == "wmf"


def test_a_repeating_picture_is_taken_once_where_asked() -> None:
    collector = Collector(once=True)
    assert [collector.picture(png()) is None for _ in range(3)] == [False, True, True]


def test_every_page_of_a_scanned_tiff_is_read(tmp_path: Path) -> None:
    pages = [Image.new("L", (60, 80), shade) for shade in (10, 120, 240)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    draft = read_picture(tmp_path / "a.tif", "tiff")
    assert [picture.page for picture in draft.blocks] == [1, 2, 3]


@pytest.mark.parametrize("kind", ["bmp", "tiff", "webp"])
def test_what_browsers_cannot_show_becomes_png(kind: str) -> None:
    mode = "CMYK" if kind == "tiff" else "RGB"
    draft = with_showable_pictures(Draft((Text("文"), Picture(picture(kind, mode), kind, caption="图1")), "docx"))
    shown = draft.blocks[1]
    assert isinstance(shown, Picture)
    assert (shown.kind, shown.caption, pixels(shown.data)) == ("png", "图1", (40, 30))
