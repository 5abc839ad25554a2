"""The names and words that occur in a library: what is offered while typing, and instead of a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from typing import Literal, NamedTuple

from library.completing import Names
from library.lexicon import typed_words
from library.spelling import Spelling
from library.text import HAN, fold

Kind = Literal["query", "word", "tool", "unit", "group", "title"]
KINDS: tuple[Kind, ...] = ("word", "tool", "unit", "group", "title")
"""Kinds of names of the library, in the order in which completions of equal standing are offered: short and general
first. Questions asked before ("query") are not names of the library, see `library/past_queries.py`."""

SHARE = 3
"""No kind gets more places than this among the completions while another kind has names to offer."""


MOST_REMEMBERED = 4_000
"""Words of which it is remembered whether they occur."""

_HAN_WORD = re.compile(f"[{HAN}]{{2,}}")


class Name(NamedTuple):
    text: str  # as shown
    kind: Kind
    cases: int = 1


class Vocabulary:
    """All names of a library. Made anew when the library changes; what takes time is worked out when first needed."""

    def __init__(
        self, names: Iterable[Name], words: Callable[[], Collection[str]], occurs: Callable[[str], bool]
    ) -> None:
        """`words` gives all words of the cases, and perhaps some that are gone; `occurs` is sure, and slower."""
        self._all_words = words
        self.occurs = lru_cache(MOST_REMEMBERED)(occurs)
        of_domain = (Name(word, "word") for word in typed_words())
        by_kind: dict[Kind, list[Name]] = {kind: [] for kind in KINDS}
        for name in sorted((*of_domain, *names), key=lambda name: (-name.cases, len(name.text), name.text)):
            by_kind[name.kind].append(name)
        self.is_getting_ready = False
        self._names = {kind: (known, Names([name.text for name in known])) for kind, known in by_kind.items() if known}

    def complete(self, typed: str, count: int = 8) -> tuple[Name, ...]:
        """Names that begin with what was typed, or have it in them; Latin letters are tried as pinyin too."""
        found: list[tuple[int, int, Name]] = []  # turn of its kind, standing, name
        for known, names in self._names.values():
            for place, (standing, number) in enumerate(names.find(typed, count, partial(self._offered, known, typed))):
                found.append((place // SHARE, standing, known[number]))
        best = sorted(found, key=lambda one: one[:2])[:count]
        return tuple(name for _, _, name in sorted(best, key=lambda one: one[1]))

    def _offered(self, known: Sequence[Name], typed: str, number: int) -> bool:
        name = known[number]
        if name.kind != "word":
            return True
        return name.text != fold(typed) and name.text in self._all_words() and self.occurs(name.text)

    def get_ready(self) -> None:
        """Work out now what is else worked out when first needed."""
        self.is_getting_ready = True
        try:
            for _, names in self._names.values():
                names.get_ready()
            self.spelling.get_ready()
        finally:
            self.is_getting_ready = False

    @cached_property
    def spelling(self) -> Spelling:
        return Spelling(self.words)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of two and more Han characters that the library has, and whole names."""
        named = (n.folded for kind, (_, n) in self._names.items() if kind in ("tool", "unit", "group"))
        known = {*self._all_words(), *(text for folded in named for text in folded)}
        return frozenset(filter(_HAN_WORD.fullmatch, known))
