"""Limits that are checked before a file is opened for real, so that a small file cannot cost much."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

from indexer.reading.refusal import Refusal, damaged, locked

MB = 1024 * 1024

FILE_BYTES = 300 * MB
ZIP_ENTRIES = 5_000
ZIP_BYTES = 300 * MB  # of all entries together, unpacked
ENTRY_BYTES = 200 * MB
RATIO = 200  # unpacked : packed, for entries above RATIO_FROM
RATIO_FROM = 10 * MB
_IN_ZIP64 = 0xFFFFFFFF  # the number is in a longer record before the last one
_ZIP_END = 65_557  # bytes at the end of a zip in which its last record begins
ZIP_DEPTH = 2
ZIP_DIRECTORY_BYTES = 5 * MB  # the list of entries inside a zip, which is read as a whole
PICTURE_PIXELS = 40_000_000
PICTURE_BYTES = 30 * MB
PICTURES_BYTES = 200 * MB  # of all pictures of one file together
PDF_PAGES = 500
SHEET_CELLS = 2_000_000


def check_size(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise Refusal(reason="这个文件是空的（0 字节）。请检查原文件后重新提交。")
    if size > FILE_BYTES:
        raise Refusal(
            reason="文件有 {size} MB，超过 {limit} MB 的上限。请压缩其中的图片或拆分后再提交。",
            size=size // MB,
            limit=FILE_BYTES // MB,
        )


def zip_directory_bytes(file: Path | IO[bytes]) -> int:
    """The size of the list of entries, from the last lines of the archive; 0 where they are not found."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return zip_directory_bytes(opened)
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _ZIP_END))
    end = file.read()
    file.seek(0)
    place = end.rfind(b"PK\x05\x06")
    listed = int.from_bytes(end[place + 12 : place + 16], "little") if place >= 0 else 0
    if listed == _IN_ZIP64:
        place = end.rfind(b"PK\x06\x06")
        listed = int.from_bytes(end[place + 40 : place + 48], "little") if place >= 0 else 0
    return listed if listed < size else 0


def open_zip(file: Path | IO[bytes], kind: str) -> zipfile.ZipFile:
    """An archive that is within all limits. `kind` is how the refusal names it: "zip", "docx" …"""
    if zip_directory_bytes(file) > ZIP_DIRECTORY_BYTES:
        raise Refusal(reason="{kind} 文件里的条目超过 {limit} 个的上限。请拆分后再提交。", kind=kind, limit=ZIP_ENTRIES)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(kind) from error
    try:
        check_entries(archive.infolist(), kind)
    except Refusal:
        archive.close()
        raise
    return archive


def check_entries(entries: list[zipfile.ZipInfo], kind: str) -> None:
    """zipfile never unpacks more than the declared size, so the declared sizes can be judged."""
    if len(entries) > ZIP_ENTRIES:
        raise Refusal(
            reason="{kind} 文件里有 {count} 个条目，超过 {limit} 个的上限。请拆分后再提交。",
            kind=kind,
            count=len(entries),
            limit=ZIP_ENTRIES,
        )
    total = sum(entry.file_size for entry in entries)
    if total > ZIP_BYTES:
        raise _too_large(kind, total, ZIP_BYTES)
    for entry in entries:
        if entry.file_size > ENTRY_BYTES:
            raise _too_large(kind, entry.file_size, ENTRY_BYTES)
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise Refusal(
                reason="{kind} 文件里有内容的压缩比超过 {limit} 倍，像是“压缩炸弹”，为安全起见没有打开。",
                kind=kind,
                limit=RATIO,
            )


def _too_large(kind: str, size: int, limit: int) -> Refusal:
    return Refusal(
        reason="{kind} 文件展开后有 {size} MB，超过 {limit} MB 的上限。请压缩图片或拆分后再提交。",
        kind=kind,
        size=size // MB,
        limit=limit // MB,
    )


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str) -> bytes:
    if entry.flag_bits & 0x1:
        raise locked(kind)
    try:
        return archive.read(entry)
    except NotImplementedError as error:
        raise Refusal(
            reason="{kind} 文件用了很少见的压缩方法，无法打开。请用常见软件重新压缩（普通 zip）后再提交。", kind=kind
        ) from error
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, zlib.error) as error:
        raise damaged(kind) from error
