"""The benchmark of quality judges as it says, and names only reports that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import own
from benchmarks.quality.__main__ import measured
from benchmarks.quality.engine import Engine
from benchmarks.quality.engines import Fts5, Product
from benchmarks.quality.judged import Figures, Judged, Page, figures
from benchmarks.quality.with_xapian import Xapian, with_xapian

PAGES = [
    Page("weld", "提高焊缝合格率", "焊缝气孔超标，防风棚密封不严"),
    Page("bolt", "提高螺栓合格率", "高强螺栓漏拧"),
    Page("leak", "降低卫生间渗漏率", "管根封堵不严，渗漏"),
]


@pytest.mark.parametrize(
    ("found", "answers", "expected"),
    [
        (["a", "b"], {"a"}, (1.0, 1.0, 1.0)),
        (["b", "a"], {"a"}, (0.5, 1.0, 0.6309)),
        (["b"], {"a"}, (0.0, 0.0, 0.0)),
        (["a", "x", "b"], {"a", "b", "c", "d"}, (1.0, 0.5, 0.5856)),
        ([*"0123456789", "a"], {"a"}, (0.0, 0.0, 0.0)),
    ],
    ids=["first", "second", "not found", "two of four", "eleventh"],
)
def test_a_list_is_judged_by_its_first_ten(found: list[str], answers: set[str], expected: tuple[float, ...]) -> None:
    assert figures(found, frozenset(answers)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("engine", [Product(), Fts5("pairs", "unicode61", pairs=True)], ids=lambda e: e.name)
def test_engines_are_asked_the_same(engine: Engine, tmp_path: Path) -> None:
    engine.build(PAGES, tmp_path)
    asked = [Judged("焊缝气孔", frozenset({"weld"})), Judged("漏拧 高强螺栓", frozenset({"bolt"}))]
    found, milliseconds = measured(engine, asked)
    assert found == Figures(1.0, 1.0, 1.0)
    assert milliseconds > 0


@pytest.mark.skipif(not with_xapian(), reason="needs apt install python3-xapian")
def test_xapian_answers_from_the_python_that_has_it(tmp_path: Path) -> None:
    python = with_xapian()
    assert python
    engine = Xapian(python)
    engine.build(PAGES, tmp_path)
    assert engine.search("卫生间渗漏？")[0] == "leak"
    engine.close()


def test_a_report_is_not_like_itself(tmp_path: Path) -> None:
    engine = Fts5("pairs", "unicode61", pairs=True)
    engine.build(PAGES, tmp_path)
    found, _ = measured(engine, [Judged("提高焊缝合格率，焊缝气孔", frozenset({"bolt"}), of="weld")])
    assert found.mrr == 1.0


def test_the_sets_of_the_project_name_only_reports_that_there_are() -> None:
    reports = {page.id: page for page in own.pages()}
    asked = [*own.questions(), *own.alike(reports)]
    assert {id for one in asked for id in one.answers} <= reports.keys()
    assert len({one.question for one in own.questions()}) == len(own.questions()) >= 150
