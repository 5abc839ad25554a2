"""Small pieces of HTML that a page has by the hundred, each written by its template once.

What differs from page to page is left blank when a piece is written and filled in afterwards, which takes a fraction of
what the template takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, zip_longest

from flask import render_template
from markupsafe import Markup, escape

from library.facets import Value
from library.interface import Words
from library.pages.shared import BLANK, blank, quoted, words
from library.reading import Cell


def facet_rows(values: Iterable[Value], others: str) -> Markup:
    """Values to choose from. `others` is the address of the results without their dimension."""
    return _joined(_facet_rows(values, str(escape(others))))


def strip_cells(cells: Iterable[Cell], address: str) -> Markup:
    """The steps of a case in a list of results; `address` is that of the case."""
    language, to_case = words().language, str(escape(address))
    return _joined(_filled(_cell(language, *cell), (to_case,)) for cell in cells)


def _facet_rows(values: Iterable[Value], address: str) -> Iterator[str]:
    say = words()
    for value in values:
        taken, left_out = (_narrowed(address, value.name, chosen) for chosen in (value.toggled, value.excluded))
        label = _label(say, value.name, value.value)
        count = () if value.count is None else (say.number(value.count),)
        around = _row(say.language, value.name, value.state, len(count))
        yield _filled(around, (taken, label, *count, left_out, label))


@lru_cache(maxsize=8192)
def _label(say: Words, name: str, value: str) -> str:
    return str(escape(say.value(name, value)))


@cache
def _row(_language: str, name: str, state: str, counted: int) -> Sequence[str]:
    blanks = {name: blank(name) for name in ("taken", "label", "left_out")}
    return _written("_facet_row.html", name=name, state=state, count=blank("count") if counted else "", **blanks)


@lru_cache(maxsize=4096)
def _cell(_language: str, key: str, phase: str, present: bool, hits: int) -> Sequence[str]:
    return _written("_strip_cell.html", key=key, phase=phase, present=present, hits=hits, address=blank("address"))


def _written(template: str, **given: object) -> Sequence[str]:
    """What stands around the blanks."""
    return BLANK.split(render_template(template, **given))


def _filled(around: Sequence[str], blanks: Sequence[str]) -> str:
    return "".join(chain.from_iterable(zip_longest(around, blanks[: len(around) - 1], fillvalue="")))


def _joined(written: Iterable[str]) -> Markup:
    return Markup("".join(written))  # noqa: S704 – by templates; what is filled in is escaped


def _narrowed(address: str, name: str, chosen: Iterable[str]) -> str:
    """The escaped address of results with values of a dimension, of that of the results without it."""
    arguments = "&amp;".join([f"{name}={quoted(one)}" for one in chosen])
    return f"{address}{'&amp;' if '?' in address else '?'}{arguments}" if arguments else address
