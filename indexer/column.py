"""One field of all entries as one string, so that a word is looked for in ten thousand titles at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.entry import BREAK, Entry


@dataclass(frozen=True)
class Column:
    """The values one below the other; no word reaches from one into the next. `starts` tells where each begins."""

    text: str = ""
    starts: tuple[int, ...] = ()

    def with_more(self, field: str, entries: Sequence[Entry]) -> Column:
        """The column of all these entries, of which it has the first already."""
        values = [entry.fields[field] + BREAK for entry in entries[len(self.starts) :]]
        starts, at = list(self.starts), len(self.text)
        for value in values:
            starts.append(at)
            at += len(value)
        return Column(self.text + "".join(values), tuple(starts))

    def having(self, word: str, first: int) -> Iterator[int]:
        """Numbers, from `first` on, of the entries in whose value the characters stand, be it inside a longer word."""
        at = self.starts[first] if first < len(self.starts) else len(self.text)
        while (at := self.text.find(word, at)) >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            if number + 1 == len(self.starts):
                return
            at = self.starts[number + 1]
