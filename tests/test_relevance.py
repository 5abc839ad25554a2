"""Does the demo library answer as its readers would expect? Two lists say what they expect: `relevance/written.tsv`,
written by hand, and `relevance/demo.tsv`, of which the greater part is taken from the texts.

A line: kind, question, who comes first (any of several, with `|`), who must be found, who must not; in the list written
by hand also the other spelling that is offered (`-` for none). Reports are named by the nickname of their group.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from indexer.index import Index, open_index
from indexer.sync import rebuild
from library.corpus import Corpus
from library.query import Query

HERE = Path(__file__).parent


class Expected(NamedTuple):
    kind: str
    question: str
    first: str
    must: str
    must_not: str
    meant: str = ""


def expectations() -> Sequence[Expected]:
    files = (HERE / "relevance" / name for name in ("written.tsv", "demo.tsv"))
    return [Expected(*line.split("\t")) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@cache
def demo_library(address: str) -> tuple[Index, dict[str, str]]:
    """The index over the sample corpus, and the nickname of each report by its id; made once for all tests."""
    aside = Path(mkdtemp())
    corpus = Corpus(HERE.parent / "corpus", aside / "cases.sqlite")
    index = open_index(address, aside)
    rebuild(corpus, index)
    cases = corpus.get_many(corpus.ids())
    return index, {case.id: case.group.removesuffix("QC小组") for case in cases if not case.title_only}


@pytest.mark.parametrize("address", ["whoosh:", "memory:"])
@pytest.mark.parametrize("expected", expectations(), ids=lambda e: f"{e.kind}-{e.question}")
def test_the_demo_library_answers_as_expected(expected: Expected, address: str) -> None:
    index, nicknames = demo_library(address)
    results = index.search(Query(q=expected.question, size=100))
    reports = [nicknames[id] for id in results.case_ids if id in nicknames]
    if expected.first:
        assert reports[:1] and reports[0] in expected.first.split("|"), reports[:5]
    assert [name for name in expected.must.split() if name not in reports] == []
    assert [name for name in expected.must_not.split() if name in reports] == []
    if expected.meant:
        assert (results.suggestion or "-") == expected.meant


@pytest.mark.parametrize("address", ["whoosh:", "memory:"])
def test_a_short_page_begins_as_a_long_one_does(address: str) -> None:
    """What cannot come onto the page is judged by its words alone."""
    index, _ = demo_library(address)
    for expected in expectations()[::7]:
        short, long = (index.search(Query(q=expected.question, size=size)) for size in (10, 100))
        assert short.case_ids == long.case_ids[:10], expected.question
        assert short.scores == long.scores[:10]


def test_there_are_many_expectations_of_every_kind() -> None:
    kinds = [expected.kind for expected in expectations()]
    assert len(kinds) >= 500
    assert min(kinds.count(kind) for kind in set(kinds)) >= 1


def test_every_expectation_says_something_and_stands_there_once() -> None:
    assert [e for e in expectations() if e.kind != "hostile" and not any(e[2:])] == []
    asked = [(e.kind, e.question) for e in expectations()]
    assert len(asked) == len(set(asked))
