"""Scans: recognised where the extra is installed, told what to install where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from indexer.draft import Draft, Picture, Text
from indexer.reading import read, recognition
from library.errors import Refused
from tests.reading import png, texts
from tests.reading_pdf import image, pdf, say

needs_ocr = pytest.mark.skipif(not recognition.available(), reason="the extra of requirements-ocr.txt is not installed")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the extra is not installed."""
    monkeypatch.setattr(recognition, "available", lambda: False)


def scan(path: Path) -> Path:
    """A page of Latin text as a picture; every machine has the font for it."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(["QC CIRCLE REPORT", "The welding pass rate was 91.2 percent."]):
        draw.text((120, 150 + 120 * number), line, fill=0, font_size=44)
    page.save(path, "PDF", resolution=150)
    return path


@needs_ocr
def test_a_scan_is_recognised_with_its_certainty(tmp_path: Path) -> None:
    draft = read(scan(tmp_path / "a.pdf"))
    assert "QC CIRCLE REPORT" in texts(draft)
    assert 0.8 < draft.confidence < 1
    assert "文字识别" in draft.warnings[-1]
    assert not [block for block in draft.blocks if isinstance(block, Picture)]


@needs_ocr
def test_a_photographed_page_is_recognised(tmp_path: Path) -> None:
    page = pypdfium2.PdfDocument(scan(tmp_path / "a.pdf"))[0]
    page.render(scale=2).to_pil().save(tmp_path / "a.png")
    assert "QC CIRCLE REPORT" in texts(read(tmp_path / "a.png"))


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"扫描件.*requirements-ocr\.txt"):
        read(scan(tmp_path / "a.pdf"))


@pytest.mark.usefixtures("without_ocr")
def test_scanned_pages_among_others_are_told(tmp_path: Path) -> None:
    draft = read(pdf(tmp_path / "a.pdf", say("封面上的文字", 60, 100), image(0, 0, 595, 842)))
    assert draft.scanned == (2,)
    assert "第 2 页是扫描件" in draft.warnings[0]


def recognised(*lines: str, page: int, confidence: float = 0.9) -> Draft:
    return Draft(tuple(Text(line, page) for line in lines), "pdf", confidence=confidence)


def test_recognised_text_takes_the_place_of_its_page() -> None:
    scanned = Picture(png(), "png", 2)
    draft = Draft((Text("一", 1), scanned, Text("三", 3)), "pdf", pages=3, scanned=(2,))
    merged = recognition.merged(draft, [recognised("二", page=2)], [2])
    assert texts(merged) == ["一", "二", "三"]
    assert scanned not in merged.blocks
    assert merged.scanned == ()
    assert merged.confidence == pytest.approx((2 + 0.9) / 3, abs=0.001)


def test_running_heads_and_page_numbers_of_scans_are_taken_out() -> None:
    pages = [recognised("某公司QC成果", f"正文{'甲乙丙丁'[n]}", f"- {n + 1} -", page=n + 1) for n in range(4)]
    merged = recognition.merged(Draft((), "pdf", scanned=(1, 2, 3, 4)), pages, [1, 2, 3, 4])
    assert texts(merged) == ["正文甲", "正文乙", "正文丙", "正文丁"]


def test_pages_that_were_not_read_stay_scans_and_are_told() -> None:
    draft = Draft((Text("一", 1),), "pdf", scanned=(2, 3))
    merged = recognition.merged(draft, [recognised("二", page=2)], [2])
    assert merged.scanned == (3,)
    assert any("第 3 页是扫描件，没有读出文字" in warning for warning in merged.warnings)


def test_doubtful_recognition_is_told() -> None:
    merged = recognition.merged(Draft((), "pdf", scanned=(1,)), [recognised("字", page=1, confidence=0.7)], [1])
    assert any("可信度偏低" in warning for warning in merged.warnings)
    missed = replace(recognised("字", page=1), scanned=(1,))
    merged = recognition.merged(Draft((), "pdf", scanned=(1,)), [missed], [1])
    assert any("第 1 页可能有文字没有识别出来" in warning for warning in merged.warnings)
