"""Questions of every kind as addresses of pages: made up at random, the same at every run, never one twice.

Words are taken as often as the reports have them (benchmarks/synthetic.py), so common ones prevail, which cost most.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from benchmarks.synthetic import sentences, some_words
from library.query import Query

SHOWN = 10
"""Cases on a page."""

Make = Callable[[random.Random], Query]


def _word(chance: random.Random) -> str:
    return some_words(chance, 1)[0]


def _part(chance: random.Random, length: int) -> str:
    return chance.choice(sentences())[2 : 2 + length]


def _hostile(chance: random.Random) -> str:
    """What takes seconds where it reaches a parser or an index as it is typed."""
    repeated = chance.choice(("*", "?*", "(", '"', "-", "标题:", "焊缝 OR ", "a*b ", "~")) * chance.randint(20, 500)
    return chance.choice((repeated, f"[{_word(chance)} TO z]", f"*{_part(chance, 2)}*", f"({_word(chance)}^99999"))


SEARCHES: dict[str, Make] = {
    "one word": lambda c: Query(q=_word(c)),
    "two words": lambda c: Query(q=f"{_word(c)} {_word(c)}"),
    "phrase": lambda c: Query(q=f'"{_part(c, 7)}"'),
    "filter": lambda c: Query(q=_word(c), category=("metallurgical",), year=(f"{c.randint(2010, 2016)}..2020",)),
    "either": lambda c: Query(q=f"{_word(c)} 或 {_word(c)}"),
    "sorted": lambda c: Query(q=_word(c), sort="newest"),
    "nothing found": lambda c: Query(q=f"{_word(c)} 无{_word(c)}{c.randint(1000, 9999)}式"),
    "run of characters": lambda c: Query(q=_part(c, 9)),
    "question": lambda c: Query(q=f"怎样提高{_word(c)}的{_word(c)}？"),
    "inside a step": lambda c: Query(q=_word(c), step=(c.choice(("causes", "implementation", "results")),)),
    "hostile": lambda c: Query(q=f"{_hostile(c)}{c.randint(10, 99)}"),
}
PEERS_ANSWER = tuple(SEARCHES)[:8]
"""The kinds that other engines can answer as they are usually set up."""

COMPLETIONS: dict[str, Callable[[random.Random], str]] = {
    "completion": lambda c: _word(c)[: c.randint(1, 3)],
    "completion, pinyin": lambda c: "".join(c.choices("abcdefghijklmnopqrstuwxyz", k=c.randint(2, 4))),
}


def addresses(kind: str) -> Iterator[str]:
    """Different addresses of a kind without end."""
    chance = random.Random(kind)
    made = set()
    while True:
        if kind in COMPLETIONS:
            address = "/complete.json?" + urlencode({"q": COMPLETIONS[kind](chance)})
        else:
            asked = Query.to_args(SEARCHES[kind](chance))
            address = "/search?" + urlencode({**asked, "size": SHOWN}, doseq=True)
        if address not in made:
            made.add(address)
            yield address
