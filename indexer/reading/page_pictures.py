"""The pages of an original as pictures, made inside the limited child: a PDF of it, what each page says, the pictures.

A PDF is drawn as it is; LibreOffice lays out Word files and slides first; a picture is a page of its own.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

from indexer.reading import guards, office, sniff
from indexer.reading.clean import characters
from indexer.reading.page_size import DOCUMENT, HEIGHT, WIDTH
from indexer.reading.pdf import opened
from indexer.reading.refusal import Refusal, damaged, locked

QUALITY = 75  # of WebP; with method 2 a page takes 95 ms, with the slower ones 180 ms for the same size
MOST_PAGES = 200
MOST_TEXT = 6_000  # characters of a page that are kept for finding passages

WRITER = {"docx", "doc", "wps", "rtf", "odt", "wordxml"}
SLIDES = {"pptx", "ppt", "odp"}
PICTURES = {"png", "jpeg", "gif", "bmp", "tiff", "webp"}
_SUFFIXES = {"wordxml": "xml"}
_OPTIONS = (
    f'{{"PageRange":{{"type":"string","value":"1-{MOST_PAGES}"}},'
    '"ReduceImageResolution":{"type":"boolean","value":"true"},"MaxImageResolution":{"type":"long","value":"150"},'
    '"ExportHiddenSlides":{"type":"boolean","value":"true"}}'  # so that the numbers of slides stay their own
)


def outline(arguments: dict[str, str], folder: Path) -> dict[str, Any]:
    """`pages`: width and height in pixels and the text of each of the first pages; `total`: how many there are.

    What had to be laid out first is left in the folder as `document.pdf`.
    """
    path = Path(arguments["path"])
    kind = sniff.kind(path, arguments["name"])
    if kind != "pdf":
        path = _as_pdf(path, kind, folder)
    document = opened(path)
    try:
        return {"pages": [_page(document, i) for i in range(min(len(document), MOST_PAGES))], "total": len(document)}
    finally:
        document.close()


def draw(arguments: dict[str, str], folder: Path) -> None:
    """Leaves `<number>.webp` in the folder for each of the page `numbers` (from 1) of a PDF."""
    document = opened(Path(arguments["path"]))
    try:
        for number in map(int, arguments["numbers"].split(",")):
            page = document[number - 1]
            picture = page.render(scale=_scale(page), fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
            picture.save(folder / f"{number}.webp", "WEBP", quality=QUALITY, method=2)
            page.close()
    finally:
        document.close()


def _as_pdf(path: Path, kind: str, folder: Path) -> Path:
    made = folder / DOCUMENT
    if kind in PICTURES:
        _picture_as_pdf(path, kind, made)
    elif kind in WRITER | SLIDES:
        _office_as_pdf(path, kind, made)
    else:
        raise Refusal(reason="这种格式的原件没有版面，不能显示页面；请下载原件查看。")
    return made


def _picture_as_pdf(path: Path, kind: str, made: Path) -> None:
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > guards.PICTURE_PIXELS:
                raise Refusal(reason="这张图片太大，不能显示；请下载原件查看。")
            picture.convert("RGB").save(made, "PDF")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise damaged(kind) from error


def _office_as_pdf(path: Path, kind: str, made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=made.parent) as work:
        source = Path(work, f"input.{_SUFFIXES.get(kind, kind)}")  # our own name: theirs could be read as an option
        shutil.copyfile(path, source)
        program = "impress" if kind in SLIDES else "writer"
        said = office.convert([source], f"pdf:{program}_pdf_Export:{_OPTIONS}", Path(work))
        written = source.with_suffix(".pdf")
        if not written.is_file():
            raise locked(kind) if "password" in said.lower() else damaged(kind)
        written.rename(made)


def _page(document: Any, index: int) -> tuple[int, int, str]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return WIDTH, WIDTH, ""  # broken; drawing it will say so
    try:
        scale = _scale(page)
        size = math.ceil(page.get_width() * scale), math.ceil(page.get_height() * scale)  # as PDFium draws it
        text = page.get_textpage()
        said = characters(text.get_text_range(0, min(text.count_chars(), MOST_TEXT)))
        text.close()
        return (*size, said)
    finally:
        page.close()


def _scale(page: Any) -> float:
    """Pixels per point."""
    return float(min(WIDTH / max(page.get_width(), 1), HEIGHT / max(page.get_height(), 1)))
