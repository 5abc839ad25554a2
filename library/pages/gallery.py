"""Figures from many cases beside each other: some of each case, so that one with sixty does not hide the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from library.case import Case, Figure
from library.pages.shared import shown_figures
from library.render import Shown


@dataclass(frozen=True)
class Exhibit:
    """A figure in its case; `further` are the figures of the kind that the case has beyond this last one shown."""

    case: Case
    figure: Figure
    shown: Shown
    further: int = 0


def gallery(cases: Iterable[Case], belongs: Callable[[Figure], bool], most_of_a_case: int) -> Iterator[Exhibit]:
    """The first figures of each case that belong here and can be shown."""
    for case in cases:
        if not any(map(belongs, case.figures)):
            continue
        shown = shown_figures(case)
        found = [figure for figure in case.figures if belongs(figure) and figure.file in shown]
        for place, figure in enumerate(found[:most_of_a_case], start=1):
            further = len(found) - place if place == most_of_a_case else 0
            yield Exhibit(case, figure, shown[figure.file], further)
