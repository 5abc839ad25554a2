"""Cases for tests of searching: each names only what the test is about."""

from __future__ import annotations

from typing import Any

from indexer.index import Document
from library.case import Award, Case, Section, Target
from library.query import Query


def document(case_id: str, text: str = "", *, title: str = "", **known: Any) -> Document:
    """A case whose report is one section, or as given by `sections`: step -> text."""
    sections = known.pop("sections", {"results": text} if text else {})
    case = Case(
        id=case_id,
        title=title,
        sections=tuple(Section(step, "", words) for step, words in sections.items()),
        **known,
    )
    return Document(case, f"fingerprint of {case!r}")


def award(rank: int) -> Award:
    return Award(text="", rank=rank)


def improved(before: float, after: float) -> Target:
    return Target(before=before, after=after)


def ask(q: str = "", **narrowed: Any) -> Query:
    return Query(q=q, **narrowed)
