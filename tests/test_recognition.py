"""Scans: recognised where the extra is installed, told what to install where it is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from indexer.draft import Draft, Picture, Text
from indexer.making import make
from indexer.reading import ocr, read, recognition
from library.errors import Refused
from tests.reading import docx, drawing, p, png, tables, texts
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
    lines = ["QC CIRCLE REPORT", "The welding pass rate was 91.2 percent.", "The goal of the circle is 96 percent."]
    for number, line in enumerate(lines):
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


def test_a_tiny_page_is_not_enlarged_until_its_specks_look_like_writing() -> None:
    a4, stamp = (595, 842), (4, 4)
    assert max(a4) * ocr.scale_of(a4) == 2_000
    assert max(stamp) * ocr.scale_of(stamp) < 40


# -- pages as they come from scanners and telephones ---------------------------------------------------------------

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Sans CJK is not installed")
LINES = [
    ("四、现状调查", 40),
    ("小组对六月至八月完成的焊口进行调查，共抽查三百二十道，", 26),
    ("合格二百九十二道，一次合格率为九成一，气孔最多。", 26),
    ("五、设定目标", 40),
    ("把焊口一次合格率由百分之九十一提高到百分之九十六。", 26),
    ("六、原因分析", 40),
    ("小组用因果图从人机料法环测六个方面找出末端原因八条。", 26),
]
ROWS = [["缺陷", "频数", "累计"], ["气孔", "18", "64%"], ["夹渣", "10", "100%"]]


def report_page() -> Image.Image:
    """A page of a report: headings, sentences and a ruled table."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    top = 140
    for words, size in LINES:
        draw.text((140, top), words, fill=0, font=ImageFont.truetype(str(FONT), size))
        top += size * 2
    font = ImageFont.truetype(str(FONT), 26)
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            left, high = 200 + 260 * column, top + 40 + 60 * number
            draw.rectangle((left, high, left + 260, high + 60), outline=0, width=2)
            draw.text((left + 40, high + 14), words, fill=0, font=font)
    return page


def photographed(page: Image.Image) -> Image.Image:
    """From the side, on a dark table, with a shadow."""
    width, height = page.size
    shadow = Image.linear_gradient("L").resize((width, height)).point(lambda shade: 150 + shade // 3)
    page = ImageChops.multiply(page, shadow)
    corners = (-90, -120, -180, height + 150, width + 60, height + 110, width + 100, -60)
    return page.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=40)


def crooked(page: Image.Image) -> Image.Image:
    return page.rotate(-6, Image.Resampling.BICUBIC, fillcolor=255)


def pale(page: Image.Image) -> Image.Image:
    return page.point(lambda shade: 130 + shade // 4)


def grainy(page: Image.Image) -> Image.Image:
    return Image.blend(page, Image.effect_noise(page.size, 90), 0.35)


@needs_ocr
@needs_font
@pytest.mark.parametrize(
    "laid_in",
    [
        Image.Image.copy,
        lambda page: page.transpose(Image.Transpose.ROTATE_90),
        lambda page: page.transpose(Image.Transpose.ROTATE_180),
        lambda page: page.transpose(Image.Transpose.ROTATE_270),
        crooked,
        photographed,
        pale,
        grainy,
    ],
    ids=["straight", "left", "upside-down", "right", "crooked", "photographed", "pale", "grainy"],
)
def test_a_page_is_read_however_it_lies(tmp_path: Path, laid_in: Callable[[Image.Image], Image.Image]) -> None:
    laid_in(report_page()).save(tmp_path / "a.jpg", quality=70)
    draft = read(tmp_path / "a.jpg")
    said = "".join(texts(draft))
    places = [said.find(words) for words, size in LINES if size == 40]
    assert places == sorted(places) and -1 not in places
    assert [table.rows for table in tables(draft)] == [tuple(map(tuple, ROWS))]


@needs_ocr
@needs_font
def test_a_photo_is_turned_as_the_camera_says(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned right by a quarter
    report_page().transpose(Image.Transpose.ROTATE_90).save(tmp_path / "a.jpg", exif=turned)
    assert [table.rows for table in tables(read(tmp_path / "a.jpg"))] == [tuple(map(tuple, ROWS))]


@needs_ocr
@needs_font
def test_a_figure_of_a_scanned_page_is_saved(tmp_path: Path) -> None:
    page = report_page()
    draw = ImageDraw.Draw(page)
    draw.line((250, 1500, 1000, 1500), fill=0, width=5)
    for left in (350, 550, 750):
        draw.line((left, 1320, left + 90, 1500), fill=0, width=4)
        draw.line((left, 1680, left + 90, 1500), fill=0, width=4)
    page.save(tmp_path / "a.pdf", "PDF", resolution=150)
    (figure,) = [block for block in read(tmp_path / "a.pdf").blocks if isinstance(block, Picture)]
    with Image.open(io.BytesIO(figure.data)) as shown:
        assert 1.5 < shown.width / shown.height < 2.5


@needs_ocr
@needs_font
def test_a_scanned_report_becomes_a_case_page_by_page(tmp_path: Path) -> None:
    pages = [report_page(), report_page()]
    pages[0].save(tmp_path / "a.pdf", "PDF", resolution=150, save_all=True, append_images=pages[1:])
    done: list[tuple[int, int]] = []
    made = make(tmp_path / "a.pdf", "焊口.pdf", lambda *pages: done.append(pages))
    assert {"current-state", "goal", "causes"} <= set(made.case.steps)
    assert done[-1] == (2, 2)
    assert all(evidence.confidence < 1 for evidence in made.case.evidence.values())
    assert any("第 1、2 页的文字由文字识别读出" in warning for warning in made.case.warnings)


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"扫描件.*requirements-ocr\.txt"):
        read(scan(tmp_path / "a.pdf"))


def test_a_scan_that_is_offered_to_the_library_says_what_to_install(without_ocr: None, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"扫描件.*requirements-ocr\.txt"):
        make(scan(tmp_path / "a.pdf"), "a.pdf")


@pytest.mark.usefixtures("without_ocr")
def test_a_document_of_page_pictures_is_told_what_to_install(tmp_path: Path) -> None:
    body = p("扫描") + f"<w:p>{drawing('i')}</w:p>"
    parts = {"word/media/x.png": png(1000, 1400)}
    draft = read(docx(tmp_path / "a.docx", body, targets={"i": ("image", "media/x.png")}, parts=parts))
    assert "安装文字识别组件" in draft.warnings[0]


@pytest.mark.usefixtures("without_ocr")
def test_scanned_pages_among_others_are_told(tmp_path: Path) -> None:
    draft = read(pdf(tmp_path / "a.pdf", say("封面上的文字", 60, 100), image(0, 0, 595, 842)))
    assert draft.scanned == (2,)
    assert "第 2 页是扫描件" in draft.warnings[0]


WORDS = (
    "小组对六月至八月完成的焊口进行调查，共抽查三百二十道，合格二百九十二道，"
    "气孔占不合格总数的六成，是影响合格率的症结所在，见下表。"
)


def recognised(*lines: str, page: int, confidence: float = 0.9) -> Draft:
    blocks = tuple(Text(line, page) for line in lines)
    return Draft(blocks, "pdf", confidence=confidence, certainty={page: confidence})


def test_recognised_text_takes_the_place_of_its_page() -> None:
    scanned = Picture(png(), "png", 2)
    draft = Draft((Text("一", 1), scanned, Text("三", 3)), "pdf", pages=3, scanned=(2,))
    merged = recognition.merged(draft, [recognised(WORDS, page=2)], [2])
    assert texts(merged) == ["一", WORDS, "三"]
    assert scanned not in merged.blocks
    assert merged.scanned == ()
    assert merged.certainty == {2: 0.9}
    assert merged.confidence == pytest.approx((2 + 0.9 * len(WORDS)) / (2 + len(WORDS)), abs=0.001)


def test_a_page_that_is_a_figure_stays_one_beside_its_words() -> None:
    scanned = Picture(png(), "png", 2)
    draft = Draft((Text("一", 1), scanned), "pdf", pages=2, scanned=(2,))
    merged = recognition.merged(draft, [recognised("因果图", page=2)], [2])
    assert merged.blocks[1:] == (scanned, Text("因果图", 2))


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
    assert any("第 1 页识别可信度只有 70%" in warning for warning in merged.warnings)
    missed = replace(recognised("字", page=1), scanned=(1,))
    merged = recognition.merged(Draft((), "pdf", scanned=(1,)), [missed], [1])
    assert any("第 1 页可能有文字没有识别出来" in warning for warning in merged.warnings)


def test_where_nothing_was_recognised_no_certainty_is_told() -> None:
    nothing = Draft((), "pdf", scanned=(1,))
    merged = recognition.merged(Draft((), "pdf", scanned=(1,)), [nothing], [1])
    assert any("第 1 页可能有文字没有识别出来" in warning for warning in merged.warnings)
    assert not any("可信度" in warning for warning in merged.warnings)
