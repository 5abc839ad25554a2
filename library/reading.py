"""A case as its page shows it: rendered sections with anchors, the way through the steps, marks counted."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from library.case import Case, Figure, Section
from library.interface import PHASES, Words
from library.render import Shown, mark_html, render
from library.snippets import Marker
from library.steps import missing_steps, required_steps

PAGE_ANCHOR = re.compile(r' id="page-\d+"')
PAGE_LABEL = re.compile(r'<span class="page" id="page-(?P<page>\d+)">(?P<label>[^<]*)</span>')
REFERENCE = re.compile(r"!\[[^\]]*\]\(figures/([^)\s]+)\)")


@dataclass(frozen=True)
class ShownSection:
    anchor: str
    step: str
    heading: str
    heading_html: str
    html: str
    hits: int
    first_hit: int  # number of its first mark


@dataclass(frozen=True)
class StepLink:
    """One line of the step navigation."""

    key: str
    anchor: str
    hits: int
    first_hit: int


class Cell(NamedTuple):
    """One step in the strip of a case: there or missing, with the number of hits."""

    key: str
    phase: str
    present: bool
    hits: int


@dataclass(frozen=True)
class Reading:
    sections: tuple[ShownSection, ...]
    steps: tuple[StepLink, ...]
    missing: tuple[str, ...]
    loose: tuple[Figure, ...]  # figures that no section shows
    hits: int


def read(
    case: Case,
    figures: Mapping[str, Shown],
    wanted: Marker,
    words: Words,
    page_address: Callable[[int], str] = lambda page: "",
) -> Reading:
    """Everything the case page says about the report itself.

    `page_address` leads from a page of the report to that page of the original; "" where it cannot be shown.
    """

    def linked(label: re.Match[str]) -> str:
        address = page_address(int(label["page"]))
        if not address:
            return label[0]
        return f'<a class="page" id="page-{label["page"]}" href="{html.escape(address)}">{label["label"]}</a>'

    sections: list[ShownSection] = []
    seen: Counter[str] = Counter()
    number = 1
    for section in case.sections:
        seen[section.step] += 1
        made = PAGE_LABEL.sub(linked, _html(section, figures, words))
        heading = html.escape(section.heading or words.step(section.step))
        hits = 0
        if wanted.terms:
            heading, in_heading = mark_html(heading, wanted, number)
            made, below = mark_html(made, wanted, number + in_heading)
            hits = in_heading + below
        anchor = section.step if seen[section.step] == 1 else f"{section.step}-{seen[section.step]}"
        sections.append(ShownSection(anchor, section.step, section.heading, heading, made, hits, number))
        number += hits
    return Reading(
        sections=tuple(sections),
        steps=_step_links(case, sections),
        missing=missing_steps(case),
        loose=tuple(f for f in case.figures if f.file in figures and f.file not in _used(case)),
        hits=number - 1,
    )


def section_html(section: Section, figures: Mapping[str, Shown], words: Words) -> str:
    """A section away from its own page, where page numbers are no anchors."""
    return PAGE_ANCHOR.sub("", _html(section, figures, words))


def strip(case: Case, hits: Mapping[str, int] | None = None) -> tuple[Cell, ...]:
    """The steps that this kind of report must have, in order. A title-only entry has no strip."""
    if case.title_only:
        return ()
    missing = missing_steps(case)
    hits = hits or {}
    return tuple(Cell(key, PHASES.get(key, ""), key not in missing, hits.get(key, 0)) for key in required_steps(case))


def _html(section: Section, figures: Mapping[str, Shown], words: Words) -> str:
    # Only the section's own figures, so that the same section is kept rendered wherever it is shown.
    own = {name: figures[name] for name in REFERENCE.findall(section.text) if name in figures}
    return render(section.text, own, words("第 {page} 页"), words("表格"))


def _used(case: Case) -> set[str]:
    return {name for section in case.sections for name in REFERENCE.findall(section.text)}


def _step_links(case: Case, shown: Iterable[ShownSection]) -> tuple[StepLink, ...]:
    links: dict[str, StepLink] = {}
    for section, made in zip(case.sections, shown, strict=True):
        for step in section.steps:
            known = links.get(step)
            links[step] = StepLink(
                step,
                known.anchor if known else made.anchor,
                (known.hits if known else 0) + made.hits,
                known.first_hit if known and known.hits else made.first_hit,
            )
    return tuple(links.values())
