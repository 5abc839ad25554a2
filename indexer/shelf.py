"""All cases at hand in memory: their folded text, and for every value one bit a case.

A set of cases is a whole number whose bit n stands for case number n; so `&` narrows and `bit_count()` counts. The
pairs of neighbouring characters (indexer/pairs.py) say quickly which cases may contain a string; where that does not
tell all, the text itself says which do.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.column import Column
from indexer.entry import Entry
from indexer.pairs import BLOCK, Pairs, tells_all
from library import values
from library.matching import RUNS, as_a_whole, contains, runs_in
from library.query import DIMENSIONS
from library.terms import Condition, Range, Term

Bits = int
Numbers = npt.NDArray[Any]
Key = Callable[[Entry], tuple[float | str, ...]]
MOST_REMEMBERED = 4_000
"""Sets of cases that are kept for words asked before; at 10,000 cases one takes 1.3 kB."""

FEW = 20
"""So many new cases are looked at one by one rather than through the bitmap."""

MOST_SPANS = 8
"""Choices of steps of which it is kept where they stand; at 10,000 cases one takes about 3 MB."""

MOST_UNPAIRED = 500
"""So many new cases are looked through one by one before their pairs are listed."""


@dataclass(frozen=True)
class View:
    """The shelf as it was at one moment; later changes do not show in it."""

    live: Bits
    facets: Mapping[str, Mapping[str, Bits]]
    numbers: Mapping[str, int]  # case id -> number
    average_length: float

    @property
    def count(self) -> int:
        return self.live.bit_count()


EMPTY = View(0, {name: {} for name in DIMENSIONS}, {}, 0.0)


class Shelf:
    """Only grows: a case that is replaced or dropped stays, without its bit in `view.live`."""

    def __init__(self, pairs: Pairs | None = None, known_to_have: Callable[[str], Bits] | None = None) -> None:
        """`pairs` are those of the first entries that will be added, listed earlier. `known_to_have` tells in which
        entries a word stands for sure, so that nobody needs to look into those; of a Latin word or a number that
        stands alone it tells all of them."""
        self.entries: list[Entry] = []
        self.view = EMPTY
        self._pairs = pairs or Pairs()
        self.known_to_have = known_to_have
        self._found: dict[tuple[object, ...], tuple[int, Bits]] = {}
        self._length = 0  # of the texts of all cases that are not gone
        self._lengths: Numbers = np.zeros(0)
        self._orders: dict[Key, list[int]] = {}
        self._spans: dict[tuple[str, ...], dict[int, list[tuple[int, int]]]] = {}
        self._columns: dict[str, Column] = {}

    def change(self, put: Iterable[Entry], drop: Iterable[str]) -> None:
        """Add entries and take out ids; searches see the change when all of it is there."""
        live = self.view.live
        numbers = dict(self.view.numbers)
        added: dict[tuple[str, str], list[int]] = {}  # (dimension, value) -> numbers
        for case_id in drop:
            live = self._without(case_id, numbers, live)
        for entry in put:
            number = len(self.entries)
            live = self._without(entry.id, numbers, live)
            self.entries.append(entry)
            numbers[entry.id] = number
            self._length += len(entry.text)
            live |= 1 << number
            for name, found in entry.facets.items():
                for value in found:
                    added.setdefault((name, value), []).append(number)
        facets = {name: dict(known) for name, known in self.view.facets.items()}
        for (name, value), those in added.items():
            facets[name][value] = facets[name].get(value, 0) | bits_of(those)
        while len(self.entries) - self._pairs.covered > MOST_UNPAIRED:
            start = self._pairs.covered
            self._pairs = self._pairs.and_of([entry.text for entry in self.entries[start : start + BLOCK]])
        self.view = View(live, facets, numbers, self._length / len(numbers) if numbers else 0.0)

    def _without(self, case_id: str, numbers: dict[str, int], live: Bits) -> Bits:
        """Take a case out of the numbers and what is live, if it is there."""
        number = numbers.pop(case_id, None)
        if number is None:
            return live
        self._length -= len(self.entries[number].text)
        return live & ~(1 << number)

    def lengths(self, view: View) -> Numbers:
        """The length of each text, 1 for the usual one; also of cases that are gone."""
        if len(self._lengths) < len(self.entries):
            new = [len(entry.text) for entry in self.entries[len(self._lengths) :]]
            self._lengths = np.append(self._lengths, new)
        return self._lengths / (view.average_length or 1.0)

    def first(self, bits: Bits, key: Key, count: int) -> list[Entry]:
        """The first of the cases in an order; all cases are sorted once and remembered."""
        order = self._order(key)
        among = bits.to_bytes(len(self.entries) // 8 + 1, "little")
        found = (n for n in order if n < len(among) * 8 and among[n >> 3] >> (n & 7) & 1)
        return [self.entries[number] for number in islice(found, count)]

    def _order(self, key: Key) -> list[int]:
        order, entries = self._orders.get(key, []), self.entries
        new = range(len(order), len(entries))
        if len(new) > FEW:
            order = self._orders[key] = sorted(range(len(entries)), key=lambda number: key(entries[number]))
        elif new:
            order = order.copy()  # others may be reading it
            for number in new:
                insort(order, number, key=lambda number: key(entries[number]))
            self._orders[key] = order
        return order

    def about(self, pair: str, view: View) -> int:
        """How many cases have a pair of characters."""
        return self.having_word(pair, view, loose=True).bit_count()

    def having(self, term: Term, view: View, steps: tuple[str, ...], loose: bool) -> Bits:
        """The cases in which a form of the term occurs where it is looked for."""
        bits = 0
        for form in term.forms:
            bits |= self.having_word(form.text, view, term.field, steps, loose)
        return bits

    def having_word(
        self,
        word: str,
        view: View,
        field: str | None = None,
        steps: tuple[str, ...] = (),
        loose: bool = False,
    ) -> Bits:
        """Entries never change, so what was found in them is kept, and only new ones are looked at."""
        return self._having(word, field, steps, loose) & view.live

    def _having(self, word: str, field: str | None, steps: tuple[str, ...], loose: bool) -> Bits:
        key = (word, field, steps, loose)
        count = len(self.entries)
        seen, bits = self._found.get(key, (0, 0))
        if seen < count:
            bits |= self._look(word, range(seen, count), field, steps, loose)
            if len(self._found) > MOST_REMEMBERED:
                self._found = {}
            self._found[key] = count, bits
        return bits

    def _look(self, word: str, new: range, field: str | None, steps: tuple[str, ...], loose: bool) -> Bits:
        among = (1 << new.stop) - (1 << new.start)
        if len(new) <= FEW:
            return self.where(among, lambda entry: entry.has_word(word, field, steps, loose))
        if field:
            maybe = bits_of(list(self._column(field).having(word, new.start)))
            return self.where(maybe & among, lambda entry: entry.has_word(word, field, steps, loose))
        if steps:
            return self._inside(word, self._having(word, None, (), loose) & among, steps, loose)
        return self._look_everywhere(word, among, loose)

    def _inside(self, word: str, maybe: Bits, steps: tuple[str, ...], loose: bool) -> Bits:
        """Where the sections of the steps stand is kept: to work it out takes longer than to look there."""
        if steps not in self._spans and len(self._spans) >= MOST_SPANS:
            self._spans = {}
        known, entries = self._spans.setdefault(steps, {}), self.entries
        simple = loose or as_a_whole(word) is None
        found = []
        for number in numbers_of(maybe):
            text, spans = entries[number].text, known.get(number)
            if spans is None:
                spans = known[number] = entries[number].inside(steps)
            for start, end in spans:
                if text.find(word, start, end) >= 0 and (simple or contains(text, word, loose, start, end)):
                    found.append(number)
                    break
        return bits_of(found)

    def _column(self, field: str) -> Column:
        known = self._columns.get(field, Column())
        if len(known.starts) < len(self.entries):
            known = self._columns[field] = known.with_more(field, self.entries)
        return known

    def _look_everywhere(self, word: str, among: Bits, loose: bool) -> Bits:
        pairs = self._pairs
        maybe = (bits_where(pairs.having(word, loose)) | -1 << pairs.covered) & among
        known = maybe & ((1 << pairs.covered) - 1) if tells_all(word) and (loose or as_a_whole(word) is None) else 0
        if self.known_to_have:
            if not loose:
                for run in runs_in(word):
                    maybe &= self.known_to_have(run)
                if RUNS.fullmatch(word):
                    return maybe
            known |= self.known_to_have(word) & maybe
        maybe &= ~known
        if loose or as_a_whole(word) is None:
            return known | self.containing(maybe, word)
        return known | self.where(
            self.containing(maybe, word), lambda entry: entry.has_word(word, None, (), loose=False)
        )

    def occurs(self, word: str, view: View) -> bool:
        """Whether any case has the word; stops at the first."""
        entries, pairs = self.entries, self._pairs
        maybe = (bits_where(pairs.having(word)) | -1 << pairs.covered) & view.live
        return any(entries[number].has_word(word, None, ()) for number in numbers_of(maybe))

    def containing(self, bits: Bits, string: str) -> Bits:
        entries = self.entries
        return bits_of([number for number in numbers_of(bits) if string in entries[number].text])

    def where(self, bits: Bits, holds: Callable[[Entry], bool]) -> Bits:
        return bits_of([number for number in numbers_of(bits) if holds(self.entries[number])])

    def matching_condition(self, condition: Condition, view: View) -> Bits:
        """The cases that meet a condition: any of its values, none of those with a minus."""
        found = view.facets[condition.dimension]
        bits = 0 if any(not value.startswith("-") for value in condition.values) else view.live
        for value in condition.values:
            if not value.startswith("-"):
                bits |= _value(condition.dimension, value, found)
        for value in condition.values:
            if value.startswith("-"):
                bits &= ~_value(condition.dimension, value[1:], found)
        return bits & view.live

    def in_range(self, bounds: Range, view: View) -> Bits:
        return self.where(view.live, lambda entry: bounds.holds(entry.numbers.get(bounds.number)))


def _value(dimension: str, value: str, found: Mapping[str, Bits]) -> Bits:
    if dimension != "year":
        return found.get(value, 0)
    low, high = values.year_bounds(value)
    bits = 0
    for year, those in found.items():
        if low <= int(year) <= high:
            bits |= those
    return bits


def numbers_of(bits: Bits) -> list[int]:
    """The numbers of the bits that are set, from the lowest."""
    numbers: list[int] = array_of(bits).tolist()
    return numbers


def array_of(bits: Bits) -> Numbers:
    marked = np.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(marked, bitorder="little"))


def marked(bits: Bits, numbers: Numbers) -> Numbers:
    """Of some numbers whether the bit of each is set."""
    size = int(numbers.max(initial=0)) // 8 + 1
    octets = np.frombuffer((bits & ((1 << 8 * size) - 1)).to_bytes(size, "little"), dtype=np.uint8)
    those: Numbers = octets[numbers >> 3] >> (numbers & 7) & 1
    return those.astype(bool)


def bits_of(numbers: Sequence[int] | Numbers) -> Bits:
    if len(numbers) == 0:
        return 0
    those = np.asarray(numbers)
    marked = np.zeros(int(those.max()) + 1, dtype=bool)
    marked[those] = True
    return bits_where(marked)


def bits_where(marked: Numbers) -> Bits:
    """The bits of the elements that are true."""
    return int.from_bytes(np.packbits(marked, bitorder="little").tobytes(), "little")


def counted(sets: Sequence[Bits]) -> list[Bits]:
    """Element k: the cases that are in at least k + 1 of the sets."""
    at_least: list[Bits] = []
    for bits in sets:
        carry = bits
        for k, so_far in enumerate(at_least):
            at_least[k], carry = so_far | carry, so_far & carry
        if carry:
            at_least.append(carry)
    return at_least
