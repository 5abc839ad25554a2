"""What a file is, by its content; the name only decides between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from indexer.reading import guards, ole
from indexer.reading.pictures import kind_of
from indexer.reading.refusal import Refusal, damaged, locked

_HEAD = 4096
_OLE_KINDS = (
    ("PowerPoint Document", "ppt"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("MatOST", "wps"),  # Works
    ("CONTENTS", "wps"),
)
_PARTS = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_OTHER = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"SQLite format 3", "sqlite"),
    (b"\x00\x00\x00\x18ftyp", "mp4"),
    (b"\x00\x00\x00\x1cftyp", "mp4"),
    (b"\x00\x00\x00\x20ftyp", "mp4"),
    (b"%!PS", "ps"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|h[1-6])\b", re.IGNORECASE)
_MAIL_START = re.compile(rb"(?:From |[A-Za-z][\w-]*: )")
_MAIL = re.compile(rb"^(?:Received|Delivered-To|MIME-Version|Message-ID):", re.IGNORECASE | re.MULTILINE)
_TEXT_SUFFIXES = {".md": "md", ".markdown": "md", ".mdown": "md", ".htm": "html", ".html": "html", ".xhtml": "html"}


def kind(path: Path, name: str = "") -> str:
    """docx, pptx, xlsx, doc, ppt, xls, wps, rtf, odt …, pdf, html, mhtml, md, txt, zip, a picture's kind, or ""."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(ole.MAGIC):
        return _ole_kind(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for signature, found in _OTHER:
        if head.startswith(signature):
            return found
    return kind_of(head) or _text_kind(head, name or path.name)


def _zip_kind(path: Path) -> str:
    try:
        with guards.open_zip(path, "zip / Office") as archive:
            names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in archive.infolist()}
            if "mimetype" in names and b"encryption-data" in _manifest(archive):
                raise locked("odt")
            if "mimetype" in names:
                return _MIMETYPES.get(archive.read("mimetype")[:100].strip(), "zip")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, KeyError, RuntimeError, EOFError) as error:
        raise damaged("zip / Office") from error
    if "[content_types].xml" not in names:
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return next((found for part, found in _PARTS if any(n.startswith(part) for n in names)), "zip")


def _manifest(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says about its parts."""
    try:
        return guards.read_entry(archive, archive.getinfo("META-INF/manifest.xml"), "odt")
    except KeyError:
        return b""


def _ole_kind(path: Path) -> str:
    data = path.read_bytes()
    names = ole.root_names(data)
    if {"EncryptedPackage", "EncryptionInfo"} & names or ole.is_encrypted(data):
        raise locked("Office")
    return next((found for stream, found in _OLE_KINDS if stream in names), "ole")


def _text_kind(head: bytes, name: str) -> str:
    suffix = Path(name).suffix.lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _TEXT_SUFFIXES.get(suffix, "txt")
    if _binary(head):
        return ""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MAIL_START.match(start) and _MAIL.search(start):
        return "mhtml" if b"multipart/related" in head and b"\nReceived:" not in head else "eml"
    if start.startswith(b"<?xml") and re.search(rb"word/2003/wordml|Word\.Document|package/2006", head):
        return "wordxml"
    if suffix == ".md" and not start.lower().startswith((b"<!doctype html", b"<html")):
        return "md"
    if start.startswith(b"<") and _HTML.search(head):
        return "html"
    return _TEXT_SUFFIXES.get(suffix, "txt")


def _binary(head: bytes) -> bool:
    """Text has hardly any control characters; a stray NUL does not make it binary, UTF-16 without a mark has many."""
    if not head:
        return False
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    if control < 0.05 * len(head):
        return False
    return not _utf16(head)


def _utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 0.05 * len(head) and min(even, odd) < 0.02 * len(head)


def refuse(found: str) -> Refusal:
    """The sentence for a kind that is not read."""
    if found in ("rar", "7z", "gz"):
        return Refusal(reason="暂不支持 {kind} 压缩包。请解压后重新压缩为 zip，或直接提交其中的文件。", kind=found)
    if found == "zip":
        return Refusal(reason="这是压缩包里的压缩包，套得太深（最多两层）、太大或已损坏，没有展开。请解压后再提交。")
    if found == "eml":
        return Refusal(reason="这是一封邮件，不是成果报告。请把其中的附件另存后提交。")
    return Refusal(
        reason="无法识别这个文件的类型。可以提交 Word、PowerPoint、PDF、WPS、Excel、网页、Markdown 或纯文本文件。"
    )
