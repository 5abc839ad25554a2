"""Why a case was found, in its own words: labelled passages with the matched characters marked.

Marks are data; only templates write HTML. They stand on the original characters, whatever script, width or synonym
the match came through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from library import asking, matching
from library.case import Case
from library.plain import CELL, Passage, facts, folded_passages, passage_at
from library.query import Query
from library.search import Place
from library.terms import Term
from library.text import fold, fold_mapped

PER_SECTION = 3
"""So many passages of a section may become snippets."""

LENGTH = 96
"""Characters of a snippet, about two lines on a card."""


class Piece(NamedTuple):
    text: str
    matched: bool


@dataclass(frozen=True)
class Snippet:
    step: str  # empty for what stands beside the report, such as the reviewers' comment
    heading: str
    page: int | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Marker:
    """Finds what a query looks for in any plain text. `loose` also looks inside Latin words and numbers."""

    terms: tuple[Term, ...]
    loose: bool = False

    def may_be_in(self, folded: str) -> bool:
        """Quickly told; where it is so, a match may still be a part of a longer Latin word."""
        return any(form.text in folded for term in self.terms for form in term.forms)

    def spans(self, text: str, folded_text: str | None = None) -> list[tuple[int, int]]:
        """Start and end in `text` of everything that matches, from left to right, never overlapping."""
        plain = fold(text) if folded_text is None else folded_text
        if not self.may_be_in(plain):
            return []
        folded = fold_mapped(text, plain)
        found = sorted(
            folded.original(*span)
            for term in self.terms
            for form in term.forms
            for span in matching.spans(folded.text, form.text, self.loose)
        )
        return _merged(found)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        return _pieces(text, self.spans(text))


def marker(query: Query, field: str | None = None) -> Marker:
    """What marks matches of the query in a text of the report, or in the named field (title, unit …)."""
    return _marker(query.q, query.off, field)


@lru_cache(maxsize=256)
def _marker(typed: str, off: tuple[str, ...], field: str | None) -> Marker:
    terms = asking.read(typed, off).terms
    return Marker(tuple(t for t in terms if not t.excluded and t.field in (None, field)))


def mark(text: str, query: Query, field: str | None = None) -> tuple[Piece, ...]:
    """A title or the like in pieces, matched and not."""
    return marker(query, field).pieces(text)


def snippets(case: Case, query: Query, count: int = 3, known: Sequence[Place] | None = None) -> tuple[Snippet, ...]:
    """The passages that best show what was looked for, best first; none for a query without words.

    `known` are the case's `best_places`, where a search engine has told them.
    """
    wanted = marker(query)
    if not wanted.terms:
        return ()
    title = fold(case.title)
    shown = _varied(_candidates(case, query, wanted, known), count, title)
    if not shown:  # the index looks inside Latin words too where nothing else is found
        wanted = Marker(wanted.terms, loose=True)
        shown = _varied(_candidates(case, query, wanted, None), count, title)
    return tuple(_snippet(passage, wanted.spans(passage.text, folded)) for passage, folded in shown)


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A passage that may be shown. It is read from the report only when its turn comes."""

    score: float
    step: str
    read: Callable[[], Passage | None]  # None where the case has changed since it was indexed

    @cached_property
    def passage(self) -> Passage | None:
        return self.read()

    @cached_property
    def folded(self) -> str:
        return fold(self.passage.text) if self.passage else ""


def _candidates(case: Case, query: Query, wanted: Marker, known: Sequence[Place] | None) -> list[_Candidate]:
    """Best first."""
    if known is None:
        known = best_places(((s.steps, folded_passages(s)) for s in case.sections), query, wanted.loose)
    found = [
        _Candidate(score, case.sections[section].step, partial(passage_at, case.sections[section], passage))
        for score, section, passage in known
        if section < len(case.sections)
    ]
    if not query.steps:
        found += [_fact(score, fact) for score, fact in _telling_facts(case, wanted)]
    return sorted(found, key=lambda candidate: -candidate.score)


def _fact(score: float, fact: Passage) -> _Candidate:
    return _Candidate(score, fact.step, lambda: fact)


def _telling_facts(case: Case, wanted: Marker) -> Iterator[tuple[float, Passage]]:
    """Facts that show what was looked for; they count less than the report."""
    told = [fact for fact in facts(case) if fact.heading not in ("小组", "单位", "编号")]
    if wanted.may_be_in(fold(CELL.join(fact.text for fact in told))):
        for fact in told:
            if score := _score(fold(fact.text), wanted, ()):
                yield score / 4, fact


def best_places(
    sections: Iterable[tuple[Sequence[str], Sequence[str]]], query: Query, loose: bool = False
) -> tuple[Place, ...]:
    """Of the folded passages of a case those that best show what was looked for: the best of each section, and some
    more. `sections` gives the steps and the passages of each."""
    wanted = Marker(marker(query).terms, loose)
    phrases = query.reading.phrases
    places = []
    for number, (steps, passages) in enumerate(sections):
        if not query.steps or set(query.steps) & set(steps):
            scored = [(_score(folded, wanted, phrases), place) for place, folded in enumerate(passages)]
            best = sorted((one for one in scored if one[0]), key=itemgetter(0), reverse=True)[:PER_SECTION]
            places += [Place(score, number, place) for score, place in best]
    return tuple(sorted(places, key=lambda place: -place.score))


def _score(folded: str, wanted: Marker, phrases: Sequence[str]) -> float:
    """How much of the query a passage shows: different terms first, whole phrases on top, short rather than long."""
    shown = 0.0
    for term in wanted.terms:
        best = 0.0
        for form in term.forms:  # a loop: asked for every passage of a page's cases
            if form.text in folded and form.weight > best and matching.contains(folded, form.text, wanted.loose):
                best = form.weight
        shown += best
    if not shown:
        return 0.0
    whole = sum(1 for phrase in phrases if phrase in folded)
    return shown + 0.7 * whole + min(len(folded), LENGTH) / (20 * LENGTH)


def _varied(found: Sequence[_Candidate], count: int, title: str) -> list[tuple[Passage, str]]:
    """The best of each step first, then more of the same, each also folded; nothing twice, as a caption below its
    picture, and not the title again."""
    first: dict[str, _Candidate] = {}
    for candidate in found:
        first.setdefault(candidate.step, candidate)
    best = found[0].score if found else 0.0
    spread = [c for c in first.values() if c.score >= best / 2]
    rest = [c for c in found if c not in spread]
    shown: list[_Candidate] = []
    said = [title] if title else []
    for candidate in spread + rest:
        if len(shown) == count:
            break
        text = candidate.folded
        if text and not any(text in other or (other in text and other != title) for other in said):
            shown.append(candidate)
            said.append(text)
    return [(c.passage, c.folded) for c in sorted(shown or found[:1], key=lambda c: -c.score) if c.passage]


def _snippet(passage: Passage, spans: Sequence[tuple[int, int]]) -> Snippet:
    start, end = _window(passage.text, spans)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    pieces = _pieces(passage.text[start:end], inside)
    before = (Piece("…", False),) if start else ()
    after = (Piece("…", False),) if end < len(passage.text) else ()
    return Snippet(passage.step, passage.heading, passage.page, before + pieces + after)


_CLAUSE_END = re.compile(r"[。；！？，、;!?|]\s*")


def _window(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of the text with most matches, begun after a punctuation mark where one is near."""
    if len(text) <= LENGTH or not spans:
        return 0, min(len(text), LENGTH)
    anchor = max(spans, key=lambda span: (_covered(spans, span[0]), -span[0]))[0]
    start = max(0, anchor - LENGTH // 4)
    ends = [m.end() for m in _CLAUSE_END.finditer(text, start, anchor) if m.end() <= anchor]
    if start and ends:
        start = ends[0]
    end = min(len(text), start + LENGTH)
    return max(0, min(start, end - LENGTH)) if end == len(text) else start, end


def _covered(spans: Sequence[tuple[int, int]], start: int) -> int:
    window = start + LENGTH * 3 // 4
    return sum(end - begin for begin, end in spans if begin >= start and end <= window)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        if done < start:
            pieces.append(Piece(text[done:start], False))
        pieces.append(Piece(text[start:end], True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return tuple(pieces)
