"""Numbers that are written in Chinese characters."""

from __future__ import annotations

_DIGITS = {character: n for n, character in enumerate("零一二三四五六七八九")}


def chinese_number(text: str) -> int | None:
    """十二 → 12, 二十 → 20, "7" → 7; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(c not in _DIGITS and c not in "十百" for c in text):
        return None
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return _DIGITS.get(hundreds, 1) * 100 + (chinese_number(rest.lstrip("零")) or 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    value = 0
    for character in text:
        value = value * 10 + _DIGITS[character]
    return value
