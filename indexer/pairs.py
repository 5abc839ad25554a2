"""Which texts have a pair of neighbouring characters: exactly, and quickly for ten thousand of them.

The cheap path that never misses a substring: a text has a word of two characters if it has the pair, and a longer one
only if it has all its pairs. Texts are kept in blocks that never change. For each character and pair that occurs in a
block its texts are listed, all lists one after the other, ordered by the pair (an inverted file, see Manning, Raghavan,
Schütze, Introduction to Information Retrieval, 2008, chapter 1). docs/search.md has its size.

The ten digits make pairs that nearly every report has, so numbers are listed too: each with the sign that follows it
(`25日`), and every digit with the two signs that follow. They are kept as numbers of the same kind, in the range of
pairs that begin with a second half of UTF-16. Two of them may fall together: they only say which texts to look into.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

BLOCK = 1_000
"""Texts of a block; all numbers within it fit into 16 bits."""

Numbers = npt.NDArray[Any]
_NUMBER_AND_SIGN = re.compile(r"[0-9]++(?:\.[0-9]++)*+.")
_BEGINS_INSIDE = re.compile(r"\.?[0-9]")
_BEGINS_AFTER_POINT = re.compile(r"\.[0-9]")
_NUMBERS_FROM, _DIGITS_FROM = 0xDC00_0000, 0xDE00_0000
_HASHED = 0x01FF_FFFF  # 25 bits
_HEAD = struct.Struct("<III")  # texts, pairs, numbers of a block


@dataclass(frozen=True)
class Block:
    """`lists[starts[n]:starts[n + 1]]` are the texts, counted from the first of the block, that have `pairs[n]`."""

    count: int
    pairs: Numbers  # sorted
    starts: Numbers
    lists: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> Block:
        each = [np.unique(_all_of(text)).astype(np.uint64) << 16 | number for number, text in enumerate(texts)]
        everything = np.concatenate(each)  # pair and text in one number, so that sorting needs no second array
        del each
        everything.sort()
        lists = everything.astype(np.uint16)
        pairs = (everything >> 16).astype(np.uint32)
        del everything
        starts = np.flatnonzero(np.diff(pairs, prepend=~pairs[:1]))
        return cls(len(texts), pairs[starts], np.append(starts, len(pairs)).astype(np.uint32), lists)

    def having(self, pairs: Numbers) -> Numbers:
        """For each text whether it has all of some pairs."""
        places = np.searchsorted(self.pairs, pairs)
        there = places < len(self.pairs)
        if not there.all() or not np.array_equal(self.pairs[places], pairs):
            return np.zeros(self.count, dtype=bool)
        lists = [self.lists[self.starts[place] : self.starts[place + 1]] for place in places.tolist()]
        if len(lists) == 1:
            found = np.zeros(self.count, dtype=bool)
            found[lists[0]] = True
            return found
        return np.equal(np.bincount(np.concatenate(lists), minlength=self.count), len(lists))

    def write(self, file: BinaryIO) -> None:
        file.write(_HEAD.pack(self.count, len(self.pairs), len(self.lists)))
        for part in (self.pairs, self.starts, self.lists):
            file.write(part.tobytes())

    @classmethod
    def read(cls, path: Path) -> Block:
        """The file stays open and is read as needed. Raises `OSError`."""
        data = np.asarray(np.memmap(path, np.uint8, "r"))
        count, pairs, numbers = _HEAD.unpack(data[: _HEAD.size].tobytes())
        size = _HEAD.size + 4 * pairs + 4 * (pairs + 1) + 2 * numbers
        if size != len(data):
            raise OSError(f"{path} is cut off")
        starts_at = _HEAD.size + 4 * pairs
        lists_at = size - 2 * numbers
        parts = data[_HEAD.size : starts_at], data[starts_at:lists_at], data[lists_at:]
        return cls(count, *(part.view(kind) for part, kind in zip(parts, ("<u4", "<u4", "<u2"), strict=True)))


class Pairs:
    """The blocks of all texts in their order, and how many texts they cover; the last few texts are in none."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.blocks = list(blocks)
        self.covered = sum(block.count for block in self.blocks)

    @classmethod
    def read(cls, folder: Path) -> Pairs:
        """What `add_block` wrote. Raises `OSError`."""
        return cls(Block.read(folder / name) for name in sorted(os.listdir(folder)) if name.isdigit())  # noqa: PTH208

    def and_of(self, texts: Sequence[str]) -> Pairs:
        """With the texts that follow; searches in the ones there were go on undisturbed."""
        return Pairs([*self.blocks, Block.of(texts)])

    def having(self, word: str, loose: bool = False) -> Numbers:
        """For each text that is covered whether it has all the word's pairs; of one character, whether it has that.
        Unless `loose`, a number at the beginning of the word stands alone in the text."""
        pairs = np.unique(_wanted(word, loose))
        return np.concatenate([block.having(pairs) for block in self.blocks]) if self.blocks else np.zeros(0, bool)


def add_block(folder: Path, first: int, texts: Sequence[str]) -> None:
    """List the pairs of texts in a folder, as those from number `first` on. A file is there whole or not at all."""
    aside = folder / "new"
    with aside.open("wb") as file:
        Block.of(texts).write(file)
    aside.replace(folder / f"{first:09}")


def tells_all(word: str) -> bool:
    """Whether a text that has the word's pairs has the word for certain."""
    return len(_units(word)) <= 2


def _units(text: str) -> Numbers:
    """UTF-16: a character outside the basic plane is two units, and so a pair."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint32)


def _pairs(text: str) -> Numbers:
    units = _units(text)
    pairs: Numbers = (units[:-1] << 16) | units[1:]
    return pairs


def _all_of(text: str) -> Numbers:
    """Single characters as pairs with nothing, pairs, and numbers, all more than once perhaps."""
    units = _units(text)
    return np.concatenate((units << 16, (units[:-1] << 16) | units[1:], _digits(units), _numbers(text)))


def _wanted(word: str, loose: bool) -> Numbers:
    """What a text has that has the word. A number that may begin before the word or go on behind it is not known."""
    units = _units(word)
    if len(units) < 2:
        return units << 16
    open_before = _BEGINS_INSIDE.match(word) if loose else _BEGINS_AFTER_POINT.match(word)
    numbers = _numbers(word.rstrip("."))[1 if open_before else 0 :]
    return np.concatenate((_pairs(word), _digits(units), numbers))


def _digits(units: Numbers) -> Numbers:
    """Every digit with the two signs that follow it."""
    first, second, third = units[:-2], units[1:-1], units[2:]
    those = (first >= ord("0")) & (first <= ord("9"))
    mixed = (first[those] * 0x9E3779B1 + second[those]) * 0x85EBCA6B + third[those] * 0xC2B2AE35
    hashed: Numbers = _DIGITS_FROM | (mixed >> 7 & _HASHED)
    return hashed


def _numbers(text: str) -> Numbers:
    """Every number with the sign that follows it."""
    found = _NUMBER_AND_SIGN.findall(text)
    hashes = (zlib.crc32(one.encode(errors="surrogatepass")) & _HASHED for one in found)
    return np.fromiter((_NUMBERS_FROM | one for one in hashes), dtype=np.uint32, count=len(found))
