"""Where a word stands in a folded text. Han characters match anywhere; Latin words and numbers only as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_NOT_INSIDE_WORD = (r"(?<![a-z])", r"(?![a-z])")
_NOT_INSIDE_NUMBER = (r"(?<!\d)(?<!\d\.)", r"(?!\d)(?!\.\d)")


@lru_cache(maxsize=4096)
def pattern(word: str) -> re.Pattern[str] | None:
    """What finds a folded word as a whole; None when any occurrence of its characters will do."""
    before, after = _edge(word[0])[0], _edge(word[-1])[1]
    return re.compile(before + re.escape(word) + after) if before or after else None


def _edge(letter: str) -> tuple[str, str]:
    if letter.isascii() and letter.isalpha():
        return _NOT_INSIDE_WORD
    if letter.isdigit():
        return _NOT_INSIDE_NUMBER
    return "", ""


def contains(text: str, word: str, loose: bool = False) -> bool:
    """Whether a folded text has the word; `loose` also looks inside Latin words and numbers."""
    if word not in text:
        return False
    whole = pattern(word)
    return loose or whole is None or whole.search(text) is not None


def count(text: str, word: str) -> int:
    if word not in text:
        return 0
    whole = pattern(word)
    return text.count(word) if whole is None else sum(1 for _ in whole.finditer(text))


def spans(text: str, word: str, loose: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end of each occurrence, from left to right."""
    whole = None if loose else pattern(word)
    if whole is not None:
        yield from (match.span() for match in whole.finditer(text))
        return
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        yield start, end
        start = text.find(word, end)
