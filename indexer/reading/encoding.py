"""Bytes of a Chinese text file to characters: byte order mark, then UTF-8, then GB18030 or Big5, by what reads best."""

from __future__ import annotations

import codecs
import re
from functools import cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURE = 3  # so many multi-byte characters in one line are UTF-8 by design, not by accident
_SAMPLE = 200_000  # bytes that are enough to judge an encoding by
_EVERYDAY = 0.8  # share of everyday characters in a text that was read in the right encoding
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Never fails; what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "surrogatepass" if encoding == "utf-8" else "replace")
    if encoding := _wide(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return _not_utf8(data)


def declared(data: bytes) -> str:
    """The encoding that an HTML or XML head claims, "" if it claims none that is known."""
    match = _DECLARED.search(data[:2000])
    try:
        return codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: it has NULs, and nearly all of it is everyday characters; "" for anything else."""
    sample = data[: _SAMPLE // 2 * 2]
    if b"\0" not in sample or len(data) % 2:
        return ""
    everyday = _common("gb18030") | _common("big5hkscs") | frozenset(map(chr, (9, 10, 13, *range(32, 127))))
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if sum(char in everyday for char in text) > _EVERYDAY * len(text):
            return encoding
    return ""


def _not_utf8(data: bytes) -> str:
    lines = data.splitlines(keepends=True)
    utf8 = sum(_is_sure_utf8(line) for line in lines)
    foreign = sum(not line.isascii() for line in lines) - utf8
    if utf8 * 5 <= foreign:
        return _legacy(data)
    encoding = _legacy_encoding(b"".join(line for line in lines if not _is_utf8(line)))
    return "".join(line.decode("utf-8" if _is_utf8(line) else encoding, "replace") for line in lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _is_sure_utf8(line: bytes) -> bool:
    return _is_utf8(line) and len(line) - len(line.decode("utf-8", "surrogatepass")) >= 2 * _SURE


def _legacy(data: bytes) -> str:
    return data.decode(_legacy_encoding(data), "replace")


def _legacy_encoding(data: bytes) -> str:
    """GB18030 unless Big5 reads better."""
    sample = data[:_SAMPLE]
    return max(("gb18030", "big5hkscs"), key=lambda encoding: _share_of_common(sample, encoding))


def _share_of_common(data: bytes, encoding: str) -> float:
    """How many of the characters are everyday ones; those that cannot be read count as uncommon."""
    text = [char for char in data.decode(encoding, "replace") if not char.isascii()]
    common = _common(encoding)
    return sum(char in common for char in text) / len(text) if text else 0.0


@cache
def _common(encoding: str) -> frozenset[str]:
    """The characters that the makers of the encoding put into its first level, with its punctuation."""
    if encoding == "gb18030":
        leads, trails = [0xA1, 0xA3, *range(0xB0, 0xD8)], range(0xA1, 0xFF)
    else:
        leads, trails = [0xA1, 0xA2, *range(0xA4, 0xC7)], range(0x40, 0xFF)
    pairs = (bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
    return frozenset(pair for pair in pairs if len(pair) == 1)
