"""What the small sites of the other engines share: the question, the answer and the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import waitress  # type: ignore[import-untyped]
from flask import Flask, render_template_string, request

from library.case import Case
from library.text import fold
from library.words import cut, pieces

FACETS = ("category", "year", "type", "unit", "specialty")
SHOWN = 10
SNIPPET = 96  # characters


@dataclass(frozen=True)
class Asked:
    """A question as the address of a results page says it."""

    parts: tuple[str, ...]  # words or phrases
    either: bool = False  # any of them, not all
    phrase: bool = False
    category: str = ""
    years: tuple[int, int] | None = None
    newest: bool = False

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Asked:
        typed = args.get("q", "")
        phrase, either = typed.startswith('"'), " 或 " in typed
        parts = [typed] if phrase else typed.split(" 或 ") if either else typed.split()
        low, _, high = args.get("year", "").partition("..")
        return cls(
            tuple(part.replace('"', "") for part in parts),
            either,
            phrase,
            args.get("category", ""),
            (int(low), int(high)) if low else None,
            args.get("sort") == "newest",
        )

    def in_words(self) -> str:
        """In the query language that tantivy and FTS5 have in common; a part of several words is a phrase."""
        parts = (" ".join(cut(fold(part))) for part in self.parts)
        return (" OR " if self.either else " AND ").join(f'"{part}"' for part in parts if part)


@dataclass(frozen=True)
class Hit:
    title: str
    unit: str
    year: int
    snippet: str  # HTML, made by the engine


@dataclass(frozen=True)
class Found:
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]


class Peer(Protocol):
    def add(self, cases: Iterable[Case]) -> None:
        """Add reports to the index, made if it is not there; when this returns they count."""

    def search(self, asked: Asked) -> Found:
        """The first ten cases. Called by several threads at once."""


def spaced(text: str) -> str:
    """Folded text with a space between its words, for engines that cut at spaces."""
    return " ".join(pieces(fold(text)))


def text_of(case: Case) -> str:
    return "\n".join(section.text for section in case.sections)


def values_of(case: Case) -> dict[str, str]:
    return {
        "category": case.categories[0],
        "type": case.topic_type or "",
        "unit": case.unit,
        "specialty": case.specialty,
    }


PAGE = """<!doctype html>
<title>{{ request.args.q }}</title>
<form><input name="q" value="{{ request.args.q }}"></form>
<p>{{ found.total }}</p>
{% for name, counts in found.facets.items() %}
<h2>{{ name }}</h2>
<ul>
  {% for value, count in counts.items() %}
  <li><a href="/search?{{ dict(request.args, **{name: value}) | urlencode }}">{{ value }}</a> {{ count }}</li>
  {% endfor %}
</ul>
{% endfor %}
{% for hit in found.hits %}
<article><h2>{{ hit.title }}</h2><p>{{ hit.unit }} {{ hit.year }}</p><p>{{ hit.snippet | safe }}</p></article>
{% endfor %}
"""


def serve(peer: Peer, port: int) -> None:
    app = Flask(__name__)

    @app.get("/search")
    def search() -> str:
        return render_template_string(PAGE, found=peer.search(Asked.from_args(request.args)))

    @app.get("/search.json")
    def total() -> dict[str, int]:
        return {"total": peer.search(Asked.from_args(request.args)).total}

    waitress.serve(app, host="127.0.0.1", port=port, threads=8)
