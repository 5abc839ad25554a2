"""Finding names by a part of them, in characters or in pinyin, quickly enough for every key that is pressed.

All names stand in one string, a line each, so that looking for what was typed is one plain string search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from library.pinyin import syllables
from library.text import fold
from library.words import cut

BEGINS, CONTAINS, READ_SO, READ_SO_WITHIN = range(4)
"""How well a name answers what was typed, the best first."""


class Names:
    """Texts in the order in which equally good ones are offered. The pinyin is worked out when first needed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.folded = [fold(text) for text in texts]
        self._written = _Lines(self.folded)

    def find(self, typed: str, count: int, allowed: Callable[[int], bool] = lambda _: True) -> list[tuple[int, int]]:
        """Standing and number of the best `count` names that are `allowed`; Latin letters are tried as pinyin too."""
        wanted = fold(typed)
        found: dict[int, int] = {}
        for standing, number in self._answers(wanted) if wanted else ():
            if number not in found and allowed(number):
                found[number] = standing
                if len(found) == count:
                    break
        return [(standing, number) for number, standing in found.items()]

    def get_ready(self) -> None:
        """Work out the pinyin now."""
        _ = self._read

    def _answers(self, wanted: str) -> Iterator[tuple[int, int]]:
        yield from ((BEGINS, number) for number in self._written.beginning_with(wanted))
        yield from ((CONTAINS, number) for number in self._written.containing(wanted))
        letters = wanted.replace("'", "")
        if letters.isascii() and letters.isalpha():
            initials, sounds = self._read
            yield from ((READ_SO, number) for number in initials.beginning_with(letters))
            yield from ((READ_SO, number) for number in sounds.beginning_with(letters))
            yield from ((READ_SO_WITHIN, number) for number in initials.containing(letters))
            yield from ((READ_SO_WITHIN, number) for number in sounds.containing(letters))

    @cached_property
    def _read(self) -> tuple[_Lines, _Lines]:
        """The initials of all names, and their syllables, which are found only where one begins."""
        read = [[one for word in cut(text) for one in syllables(word) if one] for text in self.folded]
        return _Lines(["".join(one[0] for one in name) for name in read]), _Lines(["".join(n) for n in read], read)


class _Lines:
    """Strings in one; `parts` are those of each line, when something may be found only where a part begins."""

    def __init__(self, lines: Sequence[str], parts: Sequence[Sequence[str]] | None = None) -> None:
        self._text = "\n".join(("", *lines, ""))
        self._starts: list[int] = []
        self._parts = bytearray(len(self._text)) if parts is not None else None
        at = 1
        for number, line in enumerate(lines):
            self._starts.append(at)
            if parts is not None and self._parts is not None:
                place = at
                for part in parts[number]:
                    self._parts[place] = 1
                    place += len(part)
            at += len(line) + 1

    def beginning_with(self, string: str) -> Iterator[int]:
        return self._places("\n" + string, 1)

    def containing(self, string: str) -> Iterator[int]:
        return self._places(string, 0)

    def _places(self, string: str, skip: int) -> Iterator[int]:
        """The numbers of the lines that have the string, in their order; one may come twice."""
        at = self._text.find(string)
        while at >= 0:
            if self._parts is None or self._parts[at + skip]:
                yield bisect_right(self._starts, at + skip) - 1
            at = self._text.find(string, at + 1)
