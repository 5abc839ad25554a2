"""A case as engines look through it: folded text with its steps, and the values it can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from indexer.index import Document
from library import matching
from library.case import Case
from library.plain import facts, folded_passages
from library.terms import Term
from library.text import fold

BREAK = "\n"
"""Stands between passages; no word reaches across it, since no folded passage contains it."""

TEXT_FIELDS = ("title", "group", "unit", "project", "leader")


class Stretch(NamedTuple):
    """Where the sections of some steps stand in the entry's text."""

    steps: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Entry:
    id: str
    fingerprint: str
    fields: Mapping[str, str]  # TEXT_FIELDS, folded
    text: str  # all that can be found: fields, facts, and the sections, folded
    stretches: tuple[Stretch, ...]
    facets: Mapping[str, tuple[str, ...]]  # dimension -> values
    numbers: Mapping[str, float]  # "change", "improvement", "benefit", "rank", "year"; unknown ones are missing
    shown: Mapping[str, str]  # "title" and "group" as people wrote them

    @property
    def title(self) -> str:
        return self.fields["title"]

    @cached_property
    def head(self) -> int:
        """Where the report begins: before it stand the title, the fields and the facts."""
        return self.stretches[0].start if self.stretches else len(self.text)

    def inside(self, steps: Sequence[str]) -> list[tuple[int, int]]:
        """The stretches of the text that belong to any of the steps; without steps, all of it."""
        if not steps:
            return [(0, len(self.text))]
        if len(steps) == 1:  # nearly always
            (step,) = steps
            return [(start, end) for own, start, end in self.stretches if step in own]
        wanted = set(steps)
        return [(start, end) for own, start, end in self.stretches if not wanted.isdisjoint(own)]

    def sections(self, any_of: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        """Steps and folded passages of each section; without its passages where none of the strings occurs in it."""
        for steps, start, end in self.stretches:
            holds = any(self.text.find(string, start, end) >= 0 for string in any_of)
            lines = self.text[start : end - len(BREAK)].split(BREAK) if holds else []
            yield steps, lines[1:]  # the first is its heading

    def has(self, term: Term, steps: tuple[str, ...] = (), loose: bool = False) -> bool:
        """Whether any form of the term occurs where it is looked for."""
        return any(self.has_word(form.text, term.field, steps, loose) for form in term.forms)

    def has_word(self, word: str, field: str | None, steps: tuple[str, ...], loose: bool = False) -> bool:
        if field:
            return matching.contains(self.fields[field], word, loose)
        if not steps:
            return matching.contains(self.text, word, loose)
        return any(matching.contains(self.text, word, loose, start, end) for start, end in self.inside(steps))

    def steps_with(self, term: Term, loose: bool, forms: Iterable[str]) -> set[str]:
        """The steps inside which the term is found; a field belongs to all of them. `forms` are those that occur in the
        text at all: looking for the others takes longest."""
        if term.field:
            return set(self.facets["step"]) if self.has(term, loose=loose) else set()
        found: set[str] = set()
        for form in forms:
            at = self.text.find(form)
            for steps, start, end in self.stretches:
                if 0 <= at < start:  # it stands before this stretch
                    at = self.text.find(form, start)
                if start <= at < end:
                    if matching.contains(self.text, form, loose, start, end):
                        found.update(steps)
                    at = self.text.find(form, end)
        return found


def entry(document: Document) -> Entry:
    case = document.case
    fields = {name: fold(getattr(case, name)) for name in TEXT_FIELDS}
    parts = [*fields.values(), *(fold(fact.text) for fact in facts(case))]
    text = BREAK.join(part for part in parts if part) + BREAK
    chunks = [text]
    stretches: list[Stretch] = []
    at = len(text)
    for section in case.sections:
        lines = (fold(section.heading), *folded_passages(section))
        chunk = BREAK.join(lines) + BREAK
        stretches.append(Stretch(section.steps, at, at + len(chunk)))
        chunks.append(chunk)
        at += len(chunk)
    return Entry(
        case.id,
        document.fingerprint,
        fields,
        "".join(chunks),
        tuple(stretches),
        _facets(case),
        _numbers(case),
        {"title": case.title, "group": case.group},
    )


def _facets(case: Case) -> dict[str, tuple[str, ...]]:
    values: dict[str, Iterable[str | None]] = {
        "category": case.categories,
        "year": (str(case.year) if case.year else None,),
        "award": (str(award.rank) for award in case.awards),
        "type": (case.topic_type,),
        "goal": (case.target_kind,),
        "unit": (case.unit,),
        "tool": case.tools,
        "step": case.steps,
        "specialty": (case.specialty,),
    }
    return {name: tuple(dict.fromkeys(v for v in found if v)) for name, found in values.items()}


def _numbers(case: Case) -> dict[str, float]:
    best = case.best_award
    numbers = {
        "change": case.target.change,
        "improvement": case.target.improvement,
        "benefit": case.benefit_cny,
        "rank": best.rank if best else None,
        "year": case.year,
    }
    return {name: float(value) for name, value in numbers.items() if value is not None}
