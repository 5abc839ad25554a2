"""What an engine offers besides results: completions while typing, and another spelling where nothing is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate, combinations, islice
from typing import NamedTuple

from indexer.entry import Entry
from indexer.ordering import wanted
from library.query import Query
from library.spelling import LONGEST, Slip
from library.terms import Term
from library.text import HAN, fold_mapped
from library.vocabulary import KINDS, Kind, Name, Vocabulary
from library.words import domain_words, pieces

TRIED = 12
"""Ways of putting one word right that are looked at."""

ASKED = 3
"""Of them so many are asked, which costs a search each."""

MOST_UNKNOWN = 3
"""With more unknown words than this nothing is suggested."""

STRETCHES = 16
"""Stretches of text around an unknown word in which a slip is looked for."""

_HAN_RUN = re.compile(f"[{HAN}]+")


def vocabulary(
    entries: Iterable[Entry], words: Callable[[], Collection[str]], occurs: Callable[[str], bool]
) -> Vocabulary:
    counts = Counter(pair for entry in entries for pair in _names(entry))
    return Vocabulary((Name(text, kind, cases) for (text, kind), cases in counts.items()), words, occurs)


def _names(entry: Entry) -> Iterator[tuple[str, Kind]]:
    by_kind: dict[Kind, tuple[str, ...]] = {
        "title": (entry.shown["title"],),
        "group": (entry.shown["group"],),
        "unit": entry.facets["unit"],
        "tool": entry.facets["tool"],
    }
    return ((text, kind) for kind in KINDS for text in by_kind.get(kind, ()) if text)


def suggestion(query: Query, known: Vocabulary, has_all: Callable[[Query], bool]) -> str | None:
    """The typed text with its unknown words spelt otherwise, if that finds cases with all of its words."""
    if "spelling" in query.off or not 0 < len(_unknown(query, known)) <= MOST_UNKNOWN:
        return None
    for thorough in (False, True):
        right = islice(_put_right(query, known, thorough), ASKED)
        for spelt in right:
            if has_all(spelt):
                return spelt.q
    return None


def _put_right(query: Query, known: Vocabulary, thorough: bool) -> Iterator[Query]:
    """The query with all its words known, one unknown word after the other; of the last one the likeliest ways first,
    of the others only the likeliest."""
    unknown = _unknown(query, known)
    if not unknown:
        yield query
        return
    tried = (query.but(q=typed) for typed in islice(_ways(query.q, unknown[0], known, thorough), TRIED))
    better = (spelt for spelt in tried if len(_unknown(spelt, known)) < len(unknown))
    for spelt in islice(better, 1 if len(unknown) > 1 else TRIED):
        yield from _put_right(spelt, known, thorough)


def _unknown(query: Query, known: Vocabulary) -> list[Term]:
    return [term for term in wanted(query) if not term.field and not any(known.occurs(f.text) for f in term.forms)]


class _Way(NamedTuple):
    """The smallest is the likeliest: the smaller slip, then what makes longer words of the run."""

    kind: int
    changed: int
    words: int
    typed: str


def _ways(typed: str, unknown: Term, known: Vocabulary, thorough: bool) -> Iterator[str]:
    """The typed text with one slip put right in the unknown word or across its ends: 末端源|因 is 末端|原因."""
    folded = fold_mapped(typed)
    start = folded.text.find(unknown.text)
    end = start + len(unknown.text)
    run = next((run for run in _HAN_RUN.finditer(folded.text) if run.start() < end and start < run.end()), None)
    if start < 0 or run is None or unknown.text in domain_words():
        return
    ways = set()
    for first, last, slip in _slips(folded.text, run.span(), (start, end), known, thorough):
        words = len(pieces(folded.text[run.start() : first] + slip.meant + folded.text[last : run.end()]))
        begin, stop = folded.original(first, last)
        ways.add(_Way(slip.kind, slip.changed, words, typed[:begin] + slip.meant + typed[stop:]))
    yield from (way.typed for way in sorted(ways))


def _slips(
    text: str, run: tuple[int, int], unknown: tuple[int, int], known: Vocabulary, thorough: bool
) -> Iterator[tuple[int, int, Slip]]:
    """What any words of the run that touch the unknown one may have been meant for together, with their place."""
    near = max(run[0], unknown[0] - LONGEST), min(run[1], unknown[1] + LONGEST)
    if near[1] - near[0] > 4 * LONGEST:
        return
    ends = [*accumulate(map(len, pieces(text[slice(*near)])), initial=near[0])]
    stretches = [(a, b) for a, b in combinations(ends, 2) if a < unknown[1] and unknown[0] < b <= a + LONGEST]
    stretches.sort(key=lambda ends: abs(ends[0] - unknown[0]) + abs(ends[1] - unknown[1]))
    for first, last in stretches[:STRETCHES]:
        if text[first:last] not in known.words:
            yield from ((first, last, slip) for slip in known.spelling.near(text[first:last], thorough))
