"""Text as the rules compare it: one script, one width, no blanks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_CIRCLED = {ord("①") + n: f"({n + 1})" for n in range(20)}
"""NFKC would make ① a bare 1, which reads like a quantity."""
_LINE = 120  # characters; longer ones are paragraphs, which are folded once or twice only
_LONGEST_SENTENCE = 600  # characters
_WRAP = re.compile(r"(?<=[^\n。；;：:！？]{20})\n(?=[^\n\s\d一二三四五六七八九十(（①-⑩—·•])")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """`text` in Simplified characters and half width, blanks kept: for comparing, never for showing."""
    return _folded_line(text) if len(text) <= _LINE else _folded(text)


def _folded(text: str) -> str:
    simplified: str = _simplifier().convert(unicodedata.normalize("NFKC", text.translate(_CIRCLED)))
    return simplified


_folded_line = lru_cache(maxsize=16_384)(_folded)
"""The rules ask for the same short lines again and again, one after the other."""


def squeeze(text: str) -> str:
    """`fold`ed and without any blank: 小组 名称, 小 組 名 稱 and 小组名称 are the same words."""
    return _BLANKS.sub("", fold(text))


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written with blanks between them."""
    return frozenset(text.split())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, cut after 。；！？ and at line ends; an endless one is cut into pieces."""
    return [piece for sentence in whole_sentences(text) for piece in in_pieces(sentence)]


def whole_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, however long they are."""
    parts = (part.strip() for part in re.split(r"(?<=[。；;！？])|\n", text))
    return [part for part in parts if part]


def in_pieces(sentence: str) -> list[str]:
    """The sentence, or pieces of it that are short enough for rules that look back to its start."""
    return [sentence[n : n + _LONGEST_SENTENCE] for n in range(0, len(sentence), _LONGEST_SENTENCE)]


def unwrapped(text: str) -> str:
    """Lines that were broken in the middle of a sentence, as one."""
    return _WRAP.sub("", text)


def gapped(words: str) -> list[str]:
    """`words` with each character left open in turn: two words share one of these if they differ in one character."""
    return [f"{words[:n]}?{words[n + 1 :]}" for n in range(len(words))]


def one_character_apart(left: str, right: str) -> bool:
    """Same length and at most one character read wrong, as a recogniser does (课即类型 for 课题类型)."""
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) <= 1
