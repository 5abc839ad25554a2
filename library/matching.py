"""Where a word stands in a folded text. Han characters match anywhere; Latin words and numbers only as a whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

RUNS = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
"""Latin words and numbers from edge to edge. A word that is one of them stands alone just where it is such a run."""


def contains(text: str, word: str, loose: bool = False, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether a stretch of a folded text has the word; `loose` also looks inside Latin words and numbers."""
    if text.find(word, start, end) < 0:
        return False
    whole = None if loose else as_a_whole(word)
    return whole is None or whole.search(text, start, end) is not None


def count(text: str, word: str, start: int = 0, end: int = sys.maxsize) -> int:
    whole = as_a_whole(word)
    if whole is None:
        return text.count(word, start, end)
    return sum(1 for _ in whole.finditer(text, start, end))


def spans(text: str, word: str, loose: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end of each occurrence, from left to right."""
    whole = None if loose else as_a_whole(word)
    if whole is not None:
        yield from (found.span() for found in whole.finditer(text))
        return
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        yield start, end
        start = text.find(word, end)


@lru_cache(maxsize=4096)
def as_a_whole(word: str) -> re.Pattern[str] | None:
    """What finds a word that begins or ends with a Latin letter or a digit, where nothing of that kind goes on.

    None for other words: any occurrence of their characters will do. The pattern begins with the word itself, which
    is many times as fast as one that begins by looking back.
    """
    written = re.escape(word)
    before, after = "", ""
    if _is_letter(word[0]):
        before = f"(?<![a-z]{written})"
    elif _is_digit(word[0]):
        before = rf"(?<![0-9]{written})(?<![0-9]\.{written})"
    if _is_letter(word[-1]):
        after = "(?![a-z])"
    elif _is_digit(word[-1]):
        after = r"(?![0-9])(?!\.[0-9])"
    return re.compile(written + before + after) if before or after else None


def runs_in(word: str) -> list[str]:
    """The runs that a text must have in which the word stands alone."""
    return [] if word[0] == "." or word[-1] == "." else RUNS.findall(word)


def stands_alone(text: str, word: str) -> bool:
    """The same as `contains(text, word)` without a pattern: quicker for a word that is asked once only."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not _goes_on(text[max(0, start - 2) : start][::-1], word[0]) and not _goes_on(text[end : end + 2], word[-1]):
            return True
        start = text.find(word, start + 1)
    return False


def _goes_on(beside: str, edge: str) -> bool:
    """Whether a Latin word or a number goes on beyond its edge; `beside` are the two signs there, the nearest first."""
    if not beside:
        return False
    if _is_letter(edge):
        return _is_letter(beside[0])
    return _is_digit(edge) and (_is_digit(beside[0]) or (beside[0] == "." and _is_digit(beside[1:])))


def _is_letter(sign: str) -> bool:
    return "a" <= sign <= "z"


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"
