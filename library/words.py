"""Cutting folded text into words, with the domain dictionary and without guessing (no hidden Markov model)."""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import rjieba

from library.text import HAN, fold

DATA = Path(__file__).parent / "data"

_WORD = re.compile(rf"[{HAN}a-zà-ɏα-ω0-9]")
_GAP = "\x1f"
_STRAY_RUN = re.compile(rf"(?:(?<={_GAP})|^)(?:[{HAN}]{_GAP}){{2,}}")
_adding = threading.Lock()
LONGEST_STRAY = 4
_DOMAIN_FREQUENCY = 20_000
"""High enough that a domain word wins against the words it is made of."""


@cache
def domain_words() -> tuple[str, ...]:
    """The words of `userdict.txt`, folded; one a line, what follows a space is for other programs."""
    lines = (DATA / "userdict.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted({fold(line.split()[0]) for line in lines if line.strip()}))


def _cutter() -> ModuleType:
    with _adding:  # a word must not be added while another thread cuts
        return _with_domain_words()


@cache
def _with_domain_words() -> ModuleType:
    """The one cutter that rjieba makes when it is imported: another takes a tenth of a second and 24 MB."""
    for word in domain_words():
        rjieba.add_word(word, _DOMAIN_FREQUENCY, "n")
    return rjieba


def pieces(text: str) -> list[str]:
    """A folded text in words and all that stands between them; joined they are the text again."""
    return list(_cutter().cut(text, False))


def cut(text: str) -> list[str]:
    """The words of a folded text in order, punctuation left out."""
    return [piece for piece in pieces(text) if _WORD.match(piece)]


def cut_for_index(text: str) -> list[str]:
    """The same, and the shorter words within long ones (地脚螺栓 also as 螺栓)."""
    return [piece for piece in _cutter().cut_for_search(text, False) if _WORD.match(piece)]


def strays(text: str) -> Counter[str]:
    """How often two to four neighbouring characters occur that the dictionary leaves single: 璟·岚·厂 has 璟岚, 岚厂
    and 璟岚厂. So names and slips that no dictionary has are words too."""
    counts: Counter[str] = Counter()
    for run in _STRAY_RUN.findall(_GAP.join(pieces(text)) + _GAP):
        letters = run[::2]
        for length in range(2, min(LONGEST_STRAY, len(letters)) + 1):
            counts.update(letters[start : start + length] for start in range(len(letters) - length + 1))
    return counts


def counted_for_index(text: str) -> Counter[str]:
    """How often `cut_for_index` gives each word; quicker for a whole report."""
    counts = Counter(_cutter().cut_for_search(text, False))
    for piece in [piece for piece in counts if not _WORD.match(piece)]:
        del counts[piece]
    return counts
