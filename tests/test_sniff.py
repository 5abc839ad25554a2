"""The type of a file is told by its content."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indexer.reading import ole
from indexer.reading.convert import convert
from indexer.reading.sniff import kind
from library.errors import Refused
from tests.reading import docx, p, package, png, pptx, shape, tables, texts
from tests.reading_pdf import pdf, say
from tests.test_sandbox import _entry
from tests.test_sandbox import ole as container


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.docx", b"%PDF-1.5 ...", "pdf"),
        ("a.pdf", b"\xef\xbb\xbf<!DOCTYPE html><html><body>x", "html"),
        ("a.doc", b"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>x", "html"),
        ("a.doc", b"{\\rtf1\\ansi x}", "rtf"),
        ("a.txt", "质量管理".encode("gbk"), "txt"),
        ("a.txt", "质量管理".encode("utf-16"), "txt"),
        ("a.txt", "QC circle\r\n".encode("utf-16-le") * 20, "txt"),
        ("a.md", "# 质量管理".encode(), "md"),
        ("a.md", b"<div>**x**</div>", "md"),
        ("a", b"plain words", "txt"),
        ("a.txt", b"ab\x00cd" + b"words " * 30, "txt"),
        ("a.txt", png(), "png"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "mhtml"),
        ("a.txt", b"From: a@b.c\nReceived: by x\nSubject: y\n\nz", "eml"),
        ("a.txt", b"From: here on we speak of QC", "txt"),
        ("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "wordxml"),
        ("a.docx", b"7z\xbc\xaf\x27\x1c...", "7z"),
        ("a.docx", bytes(range(256)), ""),
    ],
)
def test_kinds(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert kind(tmp_path / name) == found


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"word/document.xml": ""}, "docx"),
        ({"ppt/presentation.xml": ""}, "pptx"),
        ({"xl/workbook.xml": ""}, "xlsx"),
        ({"xl/workbook.bin": ""}, "xlsb"),
        ({"other/part.xml": ""}, "zip"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation", "META-INF/manifest.xml": "<m/>"}, "odp"),
    ],
)
def test_kinds_of_packages(tmp_path: Path, parts: dict[str, str], found: str) -> None:
    assert kind(package(tmp_path / "a.bin", parts)) == found


def test_a_plain_zip_is_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("b.docx", "x")
    assert kind(tmp_path / "a.docx") == "zip"


@pytest.mark.parametrize(
    ("stream", "found"),
    [("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Workbook", "xls"), ("Book", "xls"), ("Other", "ole")],
)
def test_kinds_of_old_containers(tmp_path: Path, stream: str, found: str) -> None:
    (tmp_path / "a").write_bytes(container(stream))
    assert kind(tmp_path / "a") == found


def test_encrypted_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(container("EncryptionInfo"))
    with pytest.raises(Refused, match="密码"):
        kind(tmp_path / "a.docx")
    (tmp_path / "a.ppt").write_bytes(container("PowerPoint Document") + b"\xdf\xc4\xd1\xf3")
    with pytest.raises(Refused, match="密码"):
        kind(tmp_path / "a.ppt")
    secret = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<m><m:encryption-data/></m>",
    }
    with pytest.raises(Refused, match="密码"):
        kind(package(tmp_path / "a.odt", secret))


def test_an_encrypted_word_document_is_told_by_its_head() -> None:
    data = bytearray(container("WordDocument") + bytes(512))
    place = data.index(_entry("WordDocument")[:24])
    data[place + 116 : place + 120] = (2).to_bytes(4, "little")
    assert not ole.is_encrypted(bytes(data))
    data[3 * 512 : 3 * 512 + 2] = (0xA5EC).to_bytes(2, "little")
    data[3 * 512 + 10 : 3 * 512 + 12] = (0x0100).to_bytes(2, "little")
    assert ole.is_encrypted(bytes(data))


def test_broken_containers_have_no_names() -> None:
    assert ole.root_names(ole.MAGIC) == set()
    assert ole.root_names(ole.MAGIC + bytes(600)) == set()


def test_each_kind_finds_its_reader(tmp_path: Path) -> None:
    assert texts(convert(docx(tmp_path / "a", p("甲")), "a")) == ["甲"]
    assert texts(convert(pptx(tmp_path / "b", shape("乙")), "b")) == ["乙"]
    assert texts(convert(pdf(tmp_path / "c", say("丙", 60, 100)), "c")) == ["丙"]
    (tmp_path / "d").write_text("丁\n项目\t数\n甲\t1")
    assert tables(convert(tmp_path / "d", "d.txt"))


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"MZ\x90")
    with pytest.raises(Refused, match="无法识别"):
        convert(tmp_path / "a", "a.docx")
