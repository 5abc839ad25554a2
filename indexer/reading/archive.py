"""Zip files and folders: their members, unpacked under our own names."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from indexer.reading import guards, sandbox
from indexer.reading.clean import line
from indexer.reading.refusal import Refusal, locked

_UTF8_NAME = 0x800  # flag: the archive says its name is UTF-8
_NOISE = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_LONGEST_NAME = 300
_CHUNK = 1024 * 1024
_OFFICE_PARTS = ("[content_types].xml", "mimetype")


@dataclass(frozen=True)
class Member:
    name: str  # as people know it, with its folders: "2023/提高合格率.docx"; safe to show, not to open
    path: Path  # where its bytes are


def unpack(path: Path, into: Path) -> list[Member]:
    """The files of a folder (where they are) or of a zip (unpacked into the folder `into`), in the order of names.

    A zip inside a zip is unpacked too, down to two levels; deeper ones stay as they are. Raises Refused.
    """
    if path.is_dir():
        return list(_of_folder(path))
    if not path.is_file():
        raise Refusal(reason="没有这个文件：{name}。", name=line(path.name))
    guards.check_size(path)
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unpacking-") as folder:
        arguments = {"path": str(path.resolve()), "into": str(into.resolve())}
        found = sandbox.run("unpack", arguments, Path(folder))
    return [Member(line(str(name)), into / Path(str(file)).name) for name, file in found]


def _of_folder(folder: Path) -> Iterator[Member]:
    for base, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _NOISE.search(name + "/"))
        for file in sorted(files):
            path = Path(base, file)
            if not _NOISE.search(file) and path.is_file() and not path.is_symlink():
                yield Member(_shown(path.relative_to(folder).as_posix()), path)


@dataclass
class Budget:
    """What all levels of one archive may use together."""

    entries: int = guards.ZIP_ENTRIES
    size: int = guards.ZIP_BYTES
    written: int = 0

    def take(self, size: int) -> None:
        self.entries -= 1
        self.size -= size
        if self.entries < 0 or self.size < 0:
            raise Refusal(
                reason="压缩包（连同里面的压缩包）超过 {count} 个文件或 {limit} MB 的上限。请拆分后再提交。",
                count=guards.ZIP_ENTRIES,
                limit=guards.ZIP_BYTES // guards.MB,
            )


def unpack_zip(path: Path, into: Path, budget: Budget | None = None) -> Iterator[tuple[str, str]]:
    """Shown name and file name in `into` of every member. Runs in the child."""
    return _unpack(path, into, "", 1, budget or Budget())


def _unpack(file: Path | IO[bytes], into: Path, prefix: str, depth: int, budget: Budget) -> Iterator[tuple[str, str]]:
    with guards.open_zip(file, "zip") as archive:
        for entry in sorted(archive.infolist(), key=lambda e: e.filename):
            name = _shown(decoded_name(entry))
            if entry.is_dir() or _is_link(entry) or not name or _NOISE.search(name):
                continue
            if entry.flag_bits & 0x1:
                raise locked("zip")
            budget.take(entry.file_size)
            stored = _write(archive, entry, into, name, budget)
            if depth < guards.ZIP_DEPTH and is_archive(stored) and _can_be_unpacked(stored):
                yield from _unpack(stored, into, f"{prefix}{name}/", depth + 1, budget)
                stored.unlink()
            else:
                yield prefix + name, stored.name


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path, name: str, budget: Budget) -> Path:
    budget.written += 1
    suffix = re.sub(r"[^.a-z0-9]", "", PurePosixPath(name).suffix.lower())[:10]
    target = into / f"{budget.written:05}{suffix}"
    data = guards.read_entry(archive, entry, "zip")
    with target.open("xb") as out:
        out.write(data)
    return target


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def is_archive(path: Path) -> bool:
    """A zip that is not an Office file; whether it can be opened is for `unpack` to say."""
    if not zipfile.is_zipfile(path):
        return False
    if guards.zip_directory_bytes(path) > guards.ZIP_DIRECTORY_BYTES:
        return True  # too many entries to look at here
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return True
    return not names.intersection(_OFFICE_PARTS)


def _can_be_unpacked(path: Path) -> bool:
    """Otherwise it stays a member, and whoever reads it is told what is wrong."""
    try:
        guards.open_zip(path, "zip").close()
    except Refusal:
        return False
    return True


def decoded_name(entry: zipfile.ZipInfo) -> str:
    """Names that are not marked as UTF-8 are, in this order: UTF-8 all the same, GBK (Windows, WPS), cp437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gbk"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _shown(name: str) -> str:
    """For people only: cleaned, relative, without "..", never used as a path."""
    name = os.fsencode(name).decode("utf-8", "replace") if not name.isprintable() else name
    parts = (line(part) for part in re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/")).split("/"))
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-_LONGEST_NAME:]
