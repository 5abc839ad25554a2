"""Small PDF files, written by hand: Chinese text in a font that is named but not embedded, lines, a picture."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path

HEIGHT = 842


def say(text: str, x: float, y: float, size: float = 12, *, bold: bool = False) -> str:
    """Words at a place, in points from the top left; bold as Word makes it bold, by a stroke."""
    mode = "2 Tr 0.3 w" if bold else "0 Tr"
    return f"BT {mode} /F1 {size} Tf {x} {HEIGHT - y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def image(x: float, y: float, width: float, height: float) -> str:
    return f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /I1 Do Q\n"


def pdf(path: Path, *pages: str, rotate: int = 0, info: Mapping[str, str] | None = None, trailer: str = "") -> Path:
    """A PDF with these content streams."""
    pixels = zlib.compress(b"\x10\x80\xf0" * 40 * 30)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
        b"<</Type/XObject/Subtype/Image/Width 40/Height 30/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(pixels), pixels),
        b"<<" + b"".join(b"/%s<%s>" % (k.encode(), ("\ufeff" + v).encode("utf-16-be").hex().encode())
                         for k, v in (info or {}).items()) + b">>",
    ]  # fmt: skip
    kids = []
    for content in pages:
        stream = content.encode("ascii")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>>>>>" % (rotate, len(objects))
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _write(path, objects, trailer)


def _write(path: Path, objects: list[bytes], trailer: str) -> Path:
    body = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer<</Size %d/Root 1 0 R/Info 7 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer.encode(),
        start,
    )
    path.write_bytes(body)
    return path
