"""The wording of a report, for comparing it with others: its sentences by letters, its shingles, its numbers.

Spaces, punctuation, widths and line ends do not matter, so the same report as docx and as pdf has the same wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process

from library.case import Case
from library.plain import CELL, folded_passages, passages
from library.text import HAN, fold

SENTENCE = 12
"""Letters of the shortest sentence that is compared; shorter ones are alike in all reports (检查方法：现场测量)."""

ALIKE = 80.0
"""rapidfuzz ratio (0–100) of two sentences from which one is an edit of the other; 5 % edits leave about 95."""

SAMPLED = 16
"""One shingle of so many is kept in a sketch. A report of 3,000 characters has about 2,300 different ones."""

_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, half of its bits set: multiplying spreads what differs over the upper bits
_LETTERS = re.compile(rf"[^0-9a-z{HAN}]+")
_HAN_ONLY = re.compile(f"[^{HAN}]+")
_ENDS = re.compile(r"(?<=[。；！？])")
_ITEM = re.compile(r"^\s*(?:\d{1,3}[.、．)）]|[（(]\d{1,3}[)）])\s*")  # formats number list items each in its own way
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Sentence:
    step: str
    text: str
    letters: str


@dataclass(frozen=True)
class Match:
    """A sentence of one report that another has too; `share` is how alike they are, 0 to 1."""

    sentence: Sentence
    other: Sentence
    share: float


class Wording:
    """The wording of one report: (step, passage) pairs in its own order."""

    def __init__(self, parts: list[tuple[str, str]], folded: list[str] | None = None) -> None:
        """`folded` are the folded texts of the parts, where they are at hand."""
        self._parts = parts
        self._folded = folded if folded is not None else [fold(text) for _, text in parts]

    @classmethod
    def of(cls, case: Case) -> Wording:
        folded = [text for section in case.sections for text in folded_passages(section)]
        return cls([(passage.step, passage.text) for passage in passages(case)], folded)

    @classmethod
    def of_text(cls, text: str) -> Wording:
        return cls([("", line) for line in text.splitlines() if line.strip()])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of prose and rows of tables that are long enough to tell."""
        found = []
        for step, text in self._parts:
            for piece in [text] if CELL in text else _ENDS.split(text):
                key = letters(_ITEM.sub("", piece))
                if len(key) >= SENTENCE:
                    found.append(Sentence(step, piece.strip(), key))
        return tuple(found)

    @cached_property
    def letters(self) -> str:
        return _LETTERS.sub("", "".join(self._folded))

    @cached_property
    def shingles(self) -> frozenset[str]:
        """All different runs of three Han characters."""
        han = _HAN_ONLY.sub("", self.letters)
        return frozenset(han[i : i + 3] for i in range(len(han) - 2))

    @cached_property
    def sketch(self) -> frozenset[int]:
        """Hashes, of 32 bits, of a sample of the shingles: those whose hash falls on 0 of SAMPLED.

        The same shingle is in every sketch or in none, so the share of common hashes estimates the share of common
        shingles, also when one report is part of another (which the fixed size of MinHash does not tell).
        """
        han = _HAN_ONLY.sub("", "".join(self._folded))
        letters = np.frombuffer(han.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
        mixed = (letters[:-2] << 42 | letters[1:-1] << 21 | letters[2:]) * _MIX  # 21 bits hold any character
        mixed = (mixed ^ mixed >> 32) * _MIX
        spread = mixed >> 28  # the upper 36 bits: 4 choose, 32 are kept
        return frozenset((spread[(spread >> 32) % SAMPLED == 0] & 0xFFFFFFFF).tolist())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Different numbers of two digits or more; a changed number is a changed report."""
        return frozenset(n for _, text in self._parts for n in _NUMBERS.findall(fold(text)) if len(n) > 1)


def letters(text: str) -> str:
    return _LETTERS.sub("", fold(text))


def contained(one: Wording, two: Wording) -> float:
    """The share of the shingles of the shorter report that the longer one has, 0 to 1."""
    short = min(len(one.shingles), len(two.shingles))
    return len(one.shingles & two.shingles) / short if short else 0.0


def same_wording(one: Wording, two: Wording) -> bool:
    """Whether one is the other in another format: no more than 1 % of its prose or of its numbers is missing there.

    Measured on demo reports as docx, pdf and pptx: nothing is missing, and the longer has at most 9 % more (notes of
    slides, running heads). Tables are compared by their numbers only, since formats cut their cells differently.
    """
    short, long = sorted((one, two), key=lambda wording: len(wording.letters))
    if not short.letters or len(short.letters) < 0.85 * len(long.letters):
        return False
    if short.letters == long.letters:
        return True
    prose = [sentence for sentence in short.sentences if CELL not in sentence.text]
    lost = sum(len(s.letters) for s in prose if s.letters not in long.letters)
    changed = len(short.numbers - long.numbers)
    return lost <= 0.01 * sum(len(s.letters) for s in prose) and changed <= 0.01 * len(short.numbers)


def matches(one: Wording, two: Wording, shortest: int = SENTENCE) -> list[Match]:
    """The sentences of the first that the second has, word for word or edited, in the order of the first."""
    theirs = {sentence.letters: sentence for sentence in two.sentences}
    found = []
    for sentence in one.sentences:
        if len(sentence.letters) < shortest:
            continue
        best = process.extractOne(sentence.letters, theirs.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best:
            found.append(Match(sentence, theirs[best[0]], best[1] / 100))
    return found


def share_of(found: list[Match], wording: Wording) -> float:
    """How much of the report's wording the matches cover, 0 to 1."""
    whole = sum(len(sentence.letters) for sentence in wording.sentences)
    return sum(len(match.sentence.letters) for match in found) / whole if whole else 0.0
