"""The old Microsoft container (OLE2): the names at its root tell what the file is."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA  # and above: no sector, no entry
_MOST_SECTORS = 20_000
_ENTRY = 128
_WORD_MAGIC = (0xA5EC, 0xA5DC)
_WORD_ENCRYPTED = 0x0100  # a flag in the head of the document
_PPT_ENCRYPTED = b"\xdf\xc4\xd1\xf3"  # the mark of an encrypted presentation


def root_names(data: bytes) -> set[str]:
    """The streams and storages directly at the root; empty for a broken container."""
    try:
        entries = _directory(data)
        return _children(entries)
    except (struct.error, IndexError):
        return set()


def _directory(data: bytes) -> list[bytes]:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return []
    first = struct.unpack_from("<I", data, 48)[0]
    tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _NONE]
    chain, sector = b"", first
    for _ in range(_MOST_SECTORS):
        if sector >= _NONE:
            break
        chain += data[(sector + 1) * size : (sector + 2) * size]
        per_table = size // 4
        table = tables[sector // per_table]
        sector = struct.unpack_from("<I", data, (table + 1) * size + sector % per_table * 4)[0]
    return [chain[i : i + _ENTRY] for i in range(0, len(chain) - _ENTRY + 1, _ENTRY)]


def is_encrypted(data: bytes) -> bool:
    """Does an old Word or PowerPoint file need a password? (Excel files tell their reader.)"""
    names = root_names(data)
    if "PowerPoint Document" in names:
        return _PPT_ENCRYPTED in data
    if "WordDocument" not in names:  # one may be embedded deeper down
        return False
    try:
        for entry in _directory(data):
            if entry.startswith("WordDocument\0".encode("utf-16-le")):
                size = 1 << struct.unpack_from("<H", data, 30)[0]
                place = (struct.unpack_from("<I", entry, 116)[0] + 1) * size
                magic, flags = struct.unpack_from("<H8xH", data, place)
                return magic in _WORD_MAGIC and bool(flags & _WORD_ENCRYPTED)
    except struct.error:
        pass
    return False


def _children(entries: list[bytes]) -> set[str]:
    if not entries:
        return set()
    names: set[str] = set()
    waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set()
    while waiting:
        index = waiting.pop()
        if index >= len(entries) or index in seen:
            continue
        seen.add(index)
        entry = entries[index]
        length = min(struct.unpack_from("<H", entry, 64)[0], 64)
        names.add(entry[: max(length - 2, 0)].decode("utf-16-le", "ignore"))
        waiting += struct.unpack_from("<II", entry, 68)  # its two siblings
    return names
