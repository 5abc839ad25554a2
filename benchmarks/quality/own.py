"""Judged sets of the project's own: nothing has to be fetched for them.

The texts are the reports of the sample library and the labelled ones of benchmarks/. `data/questions.tsv`: a question
written by hand in other words than the title, and the reports that answer it. `data/alike.tsv`: reports of a kind; for
each of them, from its whole text, the others of its line are looked for. Reports are named by their file, those of the
sample library by the nickname of their group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy.labelled import read_labelled
from benchmarks.heldout import model
from benchmarks.quality.judged import Judged, JudgedSet, Page
from library.case import Case, Section
from library.corpus import Corpus

ROOT = Path(__file__).parent.parent.parent
DATA = Path(__file__).parent / "data"
LENGTH = 2_000
"""Characters of a report that are asked with; so much fits into the site's page of similar cases."""

Part = tuple[tuple[str, ...], str]
"""Steps, and a text that belongs to them."""


def sets() -> Iterator[JudgedSet]:
    reports = list(pages())
    yield JudgedSet("questions over own reports", reports, questions())
    yield JudgedSet("reports alike", reports, alike({page.id: page for page in reports}))


def questions() -> list[Judged]:
    return [Judged(question, frozenset(answers)) for question, answers in _rows("questions.tsv")]


def alike(reports: dict[str, Page]) -> list[Judged]:
    """A report may stand in several lines: then the others of all of them are like it."""
    others: dict[str, set[str]] = defaultdict(set)
    for _, group in _rows("alike.tsv"):
        for id in group:
            others[id] |= {*group} - {id}
    return [
        Judged(f"{reports[id].title}\n{reports[id].text}"[:LENGTH], frozenset(answers), id)
        for id, answers in others.items()
    ]


def _rows(name: str) -> list[tuple[str, list[str]]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(said, ids.split()) for said, ids in (line.split("\t") for line in lines)]


def pages() -> Iterator[Page]:
    """All reports, in the words of their authors."""
    with TemporaryDirectory() as aside:
        corpus = Corpus(ROOT / "corpus", Path(aside) / "cases.sqlite")
        for case in corpus.get_many(corpus.ids()):
            if not case.title_only:
                yield _page(case.group.removesuffix("QC小组"), case)
    for folder in ("reports", "later"):
        for report in model.load_all(ROOT / "benchmarks" / "heldout" / folder):
            written = [(item.steps, item.text) for item in report.items]
            yield _labelled(report.slug, report.labels["title"], written)
    for folder in ("reports", "late"):
        for path in sorted((ROOT / "benchmarks" / "accuracy" / folder).glob("*.md")):
            source = read_labelled(path)
            parts = [
                (part.steps, "\n".join((part.text, *("，".join(row) for row in part.rows)))) for part in source.parts
            ]
            yield _labelled(source.name, source.facts["title"], parts)


def _labelled(name: str, title: str, parts: Iterable[Part]) -> Page:
    sections: dict[tuple[str, ...], list[str]] = {}
    for steps, text in parts:
        sections.setdefault(steps, []).append(text.strip())
    made = tuple(
        Section(steps[0] if steps else "preface", "", "\n\n".join(texts), steps[1:])
        for steps, texts in sections.items()
    )
    return _page(name, Case(name, title, sections=made))


def _page(name: str, case: Case) -> Page:
    text = "\n\n".join(f"{section.heading}\n{section.text}" for section in case.sections)
    return Page(name, case.title, text, case=replace(case, id=name))
