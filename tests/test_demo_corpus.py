"""The library that comes with the product: fictional reports that say so, and facts with their sources."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from library.case import Case
from library.corpus import Corpus
from library.plain import plain
from library.steps import missing_steps

ROOT = Path(__file__).parent.parent
CORPUS = Corpus(ROOT / "corpus")
CASES = CORPUS.get_many(CORPUS.ids())
REPORTS = [case for case in CASES if not case.title_only]
ENTRIES = [case for case in CASES if case.title_only]


def han(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def test_nothing_is_wrong_on_disk() -> None:
    assert list(CORPUS.problems()) == []
    assert len(CASES) == len(CORPUS.ids())


def test_the_reports_cover_the_kinds_of_work_topics_and_years() -> None:
    categories = Counter(category for case in REPORTS for category in case.categories)
    assert len(REPORTS) >= 24
    assert categories["metallurgical"] >= 10
    assert categories["non-metallurgical"] >= 7
    assert categories["smart-construction"] >= 7
    assert sum(case.topic_type == "innovation" for case in REPORTS) >= 6
    assert sum(case.target_kind == "mandated" for case in REPORTS) >= 4
    assert {case.year for case in REPORTS} == set(range(2019, 2025))
    assert {award.rank for case in REPORTS for award in case.awards} >= {1, 2, 3, 9}


def test_the_originals_are_of_the_three_usual_kinds() -> None:
    kinds = Counter(Path(source.stored).suffix for case in REPORTS for source in case.sources)
    assert kinds[".docx"] >= 8
    assert kinds[".pptx"] >= 4
    assert kinds[".pdf"] >= 2


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: case.id)
def test_a_report_is_complete_and_says_that_it_is_fictional(case: Case) -> None:
    text = "\n".join(plain(section) for section in case.sections)
    assert case.illustrative
    assert "虚构" in text
    assert han(text) >= 2500
    assert len(case.figures) >= 3
    assert "|" in text  # tables
    assert missing_steps(case) == ()
    assert None not in (case.target.before, case.target.goal, case.target.after)
    assert case.benefit_cny
    assert case.tools
    assert case.comment


def test_every_collected_title_is_an_entry_without_text_and_with_its_source() -> None:
    with (ROOT / "corpus" / "lists" / "2025-collected-titles.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["课题名称"] for row in csv.DictReader(file)}
    assert {case.title for case in ENTRIES} == titles
    assert all(case.reference and not case.sections and not case.illustrative for case in ENTRIES)


def test_the_exchange_meeting_of_2024_is_there_with_its_figures_and_source() -> None:
    event = CORPUS.event("2024-exchange-meeting")
    assert (event.start, event.end) == ("2024-04-14", "2024-04-15")
    assert sorted(event.figures.values()) == [4, 42, 94, 305, 348]
    assert event.source
    assert all(
        body in event.text for body in ("中国建筑业协会", "中国施工企业管理协会", "中国质量协会", "案例库", "储备库")
    )
