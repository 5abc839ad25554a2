"""Where a word stands in a folded text. Han characters match anywhere; Latin words and numbers only as a whole."""

from __future__ import annotations

from collections.abc import Iterator


def contains(text: str, word: str, loose: bool = False, start: int = 0, end: int | None = None) -> bool:
    """Whether a stretch of a folded text has the word; `loose` also looks inside Latin words and numbers."""
    if text.find(word, start, end) < 0:
        return False
    return loose or not has_edges(word) or next(spans(text, word, start=start, end=end), None) is not None


def count(text: str, word: str, start: int = 0, end: int | None = None) -> int:
    if not has_edges(word):
        return text.count(word, start, end)
    return sum(1 for _ in spans(text, word, start=start, end=end))


def spans(
    text: str, word: str, loose: bool = False, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Start and end of each occurrence, from left to right."""
    any_will_do = loose or not has_edges(word)
    first = text.find(word, start, end)
    while first >= 0:
        last = first + len(word)
        if any_will_do or _stands_alone(text, first, last):
            yield first, last
        first = text.find(word, last, end)


def has_edges(word: str) -> bool:
    """Whether the word begins or ends with something that could go on: a Latin letter or a digit."""
    return _kind(word[0]) != "" or _kind(word[-1]) != ""


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not _goes_on(text[start], text[max(0, start - 2) : start][::-1]) and not _goes_on(
        text[end - 1], text[end : end + 2]
    )


def _goes_on(edge: str, beyond: str) -> bool:
    """Whether what lies beyond an edge belongs to the same word: a letter, a digit, or a point and a digit."""
    kind = _kind(edge)
    if not kind or not beyond:
        return False
    if _kind(beyond[0]) == kind:
        return True
    return kind == "digit" and beyond[0] == "." and _kind(beyond[1:]) == "digit"


def _kind(letter: str) -> str:
    if "a" <= letter <= "z":
        return "letter"
    return "digit" if "0" <= letter <= "9" else ""
