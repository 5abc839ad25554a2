"""Old Office and WPS files through LibreOffice: read, told what is missing, and never a call to the outside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import docx as python_docx
import pytest

from indexer.reading import formats, office, read
from indexer.reading.pictures import pixels
from library.errors import Refused
from tests.reading import docx, drawing, p, package, pictures, png, tables, text_of, texts
from tests.test_sandbox import Listener

needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
RTF = r"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0\fs32\b \u29616?\u29366?\u35843?\u26597?\b0\par
\fs21 \u21512?\u26684?\u29575? 96%\par}"""


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine whose path leads nowhere."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())


@needs_office
def test_rtf_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.rtf"
    file.write_text(RTF)
    draft = read(file)
    assert draft.kind == "rtf"
    assert texts(draft) == ["现状调查", "合格率 96%"]
    assert (text_of(draft, "现状调查").bold, text_of(draft, "现状调查").size) == (True, 16.0)


@needs_office
def test_an_old_word_file_keeps_its_tables_and_pictures(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_heading("一、选择课题", 1)
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ["项目", "频数", "气孔", "12"], strict=True):
        cell.text = words
    (tmp_path / "x.png").write_bytes(png())
    document.add_picture(str(tmp_path / "x.png"))
    document.save(str(tmp_path / "a.docx"))
    office.convert([tmp_path / "a.docx"], "doc", tmp_path)
    draft = read(tmp_path / "a.doc")
    assert draft.kind == "doc"
    assert text_of(draft, "一、选择课题").level == 1
    assert len(pictures(draft)) == 1
    assert tables(draft)[0].rows == (("项目", "频数"), ("气孔", "12"))


@needs_office
@pytest.mark.parametrize("kind", ["emf", "wmf"])
def test_drawings_of_windows_become_png(tmp_path: Path, kind: str) -> None:
    (tmp_path / "x.png").write_bytes(png(300, 200))
    office.convert([tmp_path / "x.png"], kind, tmp_path)
    (picture,) = pictures(read(with_picture(tmp_path, kind, (tmp_path / f"x.{kind}").read_bytes())))
    width, height = pixels(picture.data)
    assert picture.kind == "png"
    assert 1.4 < width / height < 1.6  # the drawing alone, as it was


@needs_office
def test_no_conversion_calls_out(tmp_path: Path, listener: Listener) -> None:
    rtf = tmp_path / "a.rtf"
    field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{listener.address}/x.png" \\d}}{{\fldrslt x}}}}'
    rtf.write_text(RTF.replace(r"\b0\par", rf"\b0\par {field}\par"))
    odt = package(
        tmp_path / "a.odt",
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
            "content.xml": f'<o:document-content xmlns:o="{ODF}office:1.0" xmlns:t="{ODF}text:1.0" '
            f'xmlns:d="{ODF}drawing:1.0" xmlns:x="http://www.w3.org/1999/xlink"><o:body><o:text><t:p>正文<d:frame>'
            f'<d:image x:href="{listener.address}/x.png" x:type="simple"/></d:frame></t:p></o:text></o:body>'
            "</o:document-content>",
        },
    )
    for file in (rtf, odt):
        assert read(file).blocks
        assert not listener.was_called()


@needs_office
def test_a_broken_old_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.rtf"
    file.write_bytes(b"{\\rtf")
    with pytest.raises(Refused):
        read(file)


@pytest.mark.usefixtures("without_office")
def test_without_libreoffice_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.rtf"
    file.write_text(RTF)
    with pytest.raises(Refused, match=r"安装 LibreOffice.*另存为 docx"):
        read(file)


@pytest.mark.usefixtures("without_office")
def test_formats_tell_what_is_missing() -> None:
    missing = {kind.name: kind.needs for kind in formats() if not kind.available}
    assert missing["旧版 Office、WPS"] == "LibreOffice"
    assert shutil.which("soffice") is None


def with_picture(folder: Path, kind: str, data: bytes) -> Path:
    body = p("正文") + f"<w:p>{drawing('i')}</w:p>"
    targets = {"i": ("image", f"media/x.{kind}")}
    return docx(folder / "a.docx", body, targets=targets, parts={f"word/media/x.{kind}": data})


@pytest.mark.usefixtures("without_office")
def test_without_libreoffice_a_drawing_of_windows_is_told_with_what_to_install(tmp_path: Path) -> None:
    draft = read(with_picture(tmp_path, "wmf", b"\xd7\xcd\xc6\x9a" + bytes(60)))
    assert pictures(draft) == []
    assert "1 张图片是浏览器不能显示的格式（wmf）" in draft.warnings[0]
    assert "安装 LibreOffice" in draft.warnings[0]


@needs_office
def test_a_drawing_that_cannot_be_turned_is_told(tmp_path: Path) -> None:
    draft = read(with_picture(tmp_path, "wmf", b"\xd7\xcd\xc6\x9a" + bytes(60)))
    assert pictures(draft) == []
    assert "无法转换" in draft.warnings[0]


SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="300" height="200">
<script>fetch("{address}/s")</script><image x:href="{address}/x.png" width="9" height="9"/>
<rect x="100" y="50" width="120" height="60" fill="#c00"/></svg>"""


@needs_office
def test_a_drawing_is_cut_to_what_is_on_it_and_calls_nobody(tmp_path: Path, listener: Listener) -> None:
    data = SVG.format(address=listener.address).encode()
    (picture,) = pictures(read(with_picture(tmp_path, "svg", data)))
    width, height = pixels(picture.data)
    assert picture.kind == "png"
    assert 1.7 < width / height < 2.1  # the rectangle, not the page that it was put on
    assert not listener.was_called()
