"""Bringing the index in line with the corpus: decide first, act after."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.index import Document, Index
from indexer.sketches import Sketches
from library.corpus import Corpus
from library.errors import LibraryError
from library.notices import notice

log = logging.getLogger(__name__)

REBUILD_SHARE = 0.3
"""From this share of changed cases on, making a new index is quicker than changing the old one."""


@dataclass(frozen=True)
class Plan:
    put: tuple[str, ...]
    drop: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)


def plan(corpus: Mapping[str, str], index: Mapping[str, str]) -> Plan:
    """What to change so that the index holds what the corpus holds. Both map case id to fingerprint."""
    return Plan(
        put=tuple(id for id, fingerprint in corpus.items() if index.get(id) != fingerprint),
        drop=tuple(id for id in index if id not in corpus),
    )


def sync(corpus: Corpus, index: Index, sketches: Sketches | None = None) -> Plan:
    """Apply the difference. Cases that cannot be read are left out, with a line in the log; of the others, since they
    are read anyway, the sketches are made that taking in a report needs."""
    there = corpus.fingerprints()
    indexed = index.fingerprints()
    todo = plan(there, indexed)
    if not indexed or len(todo.put) > REBUILD_SHARE * len(there):
        index.rebuild(documents(corpus, there, sketches))
    elif todo:
        index.update(documents(corpus, todo.put, sketches), todo.drop)
    return todo


def rebuild(corpus: Corpus, index: Index, sketches: Sketches | None = None) -> int:
    """Make the index anew, and sketches as `sync` does; returns how many cases are in it."""
    index.rebuild(documents(corpus, corpus.ids(), sketches))
    return len(index.fingerprints())


def check(corpus: Corpus, index: Index) -> Iterator[str]:
    """What is wrong with corpus and index, one sentence each. Changes nothing."""
    yield from corpus.problems()
    try:
        difference = plan(corpus.fingerprints(), index.fingerprints())
        index.check()
    except LibraryError as error:
        yield error.sentence()
        return
    for case_id in difference.put:
        yield notice("{id}：索引中没有，或不是最新内容；请运行 python -m indexer sync", id=case_id)
    for case_id in difference.drop:
        yield notice("{id}：索引中有而案例库中没有；请运行 python -m indexer sync", id=case_id)


def documents(corpus: Corpus, ids: Iterable[str], sketches: Sketches | None = None) -> Iterator[Document]:
    for case_id in ids:
        try:
            stamp = corpus.stamp(case_id)
            document = Document(corpus.get(case_id), corpus.fingerprint(case_id))
        except LibraryError as error:
            log.warning("%s is left out of the index: %s", case_id, error)
            continue
        yield document
        if sketches:  # after the index has folded the text, which is remembered for a moment
            sketches.learn(case_id, stamp, document.case)
