"""Questions that found something are offered to others: plain ones only, after several days, and never who asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import create_app
from library import past_queries
from library.past_queries import DAYS, PastQueries
from library.query import Query
from library.search import Results
from library.settings import Settings

FIRST = date(2024, 3, 1)
FOUND = Results(("2021-0001",), total=1)


@pytest.fixture
def past(tmp_path: Path) -> PastQueries:
    return PastQueries(tmp_path / "past.sqlite")


def ask(past: PastQueries, q: str, days: int = DAYS, results: Results = FOUND, **narrowed: object) -> None:
    """The same question on so many days one after the other."""
    for day in range(days):
        past.keep(Query(q=q, **narrowed), results, FIRST + timedelta(days=day))  # type: ignore[arg-type]


def rows(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "past.sqlite")) as db:
        return db.execute("SELECT * FROM asked").fetchall()


def offered(past: PastQueries, typed: str) -> list[str]:
    return [name.text for name in past.complete(typed, 5)]


@pytest.mark.parametrize("typed", ["炉壳", "气孔", "luke", "lkh"])
def test_a_question_asked_on_several_days_is_offered(past: PastQueries, typed: str) -> None:
    ask(past, "炉壳焊缝 气孔")
    assert offered(past, typed) == ["炉壳焊缝 气孔"]


def test_one_day_is_not_enough_however_often_it_is_asked(past: PastQueries) -> None:
    for _ in range(10):
        past.keep(Query(q="炉壳焊缝"), FOUND, FIRST)
    assert offered(past, "炉壳") == []


def test_the_most_frequent_comes_first_and_what_is_typed_already_is_not_offered(past: PastQueries) -> None:
    ask(past, "炉壳")
    ask(past, "炉壳焊缝", days=4)
    ask(past, "炉壳返修", days=5)
    assert offered(past, "炉壳") == ["炉壳返修", "炉壳焊缝"]


@pytest.mark.parametrize(
    ("q", "results"),
    [
        ("量子纠缠", Results((), total=0)),
        ("炉壳 量子", Results(("2021-0001",), total=1, partial=True)),
    ],
)
def test_what_found_nothing_whole_is_not_kept(past: PastQueries, q: str, results: Results) -> None:
    ask(past, q, results=results)
    assert offered(past, q[:1]) == []


@pytest.mark.parametrize(
    "q",
    ["组长:张某某", "焊缝 -返修", "13800138000", "联系 someone@example.org", "炉", "焊缝" * 30, "年份:2021", "!!"],
)
def test_what_may_be_personal_or_is_no_plain_question_is_not_kept(past: PastQueries, tmp_path: Path, q: str) -> None:
    ask(past, q)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("narrowed", [{"year": ("2021",)}, {"page": 2}, {"sort": "newest"}, {"step": ("causes",)}])
def test_turning_pages_and_narrowing_are_not_asking_again(past: PastQueries, narrowed: dict[str, object]) -> None:
    ask(past, "炉壳焊缝", **narrowed)
    assert offered(past, "炉壳") == []


def test_their_number_is_bounded_and_new_ones_still_get_in(
    past: PastQueries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_queries, "MOST", 20)
    monkeypatch.setattr(past_queries, "MORE", 2)
    ask(past, "炉壳焊缝")
    for number in range(25):
        past.keep(Query(q=f"第{number}种缺陷"), FOUND, FIRST)
    ask(past, "炉壳返修")
    assert offered(past, "炉壳") == ["炉壳焊缝", "炉壳返修"]
    assert 20 <= len(rows(tmp_path)) <= 22


def test_a_question_not_asked_for_a_year_is_forgotten(past: PastQueries) -> None:
    ask(past, "炉壳焊缝")
    past.keep(Query(q="地脚螺栓"), FOUND, FIRST + timedelta(days=400))
    assert offered(past, "炉壳") == []


def test_the_file_is_this_users_own_and_knows_no_one(past: PastQueries, tmp_path: Path) -> None:
    ask(past, "炉壳焊缝")
    assert (tmp_path / "past.sqlite").stat().st_mode & 0o077 == 0
    assert rows(tmp_path) == [("炉壳焊缝", "炉壳焊缝", DAYS, "2024-03-03")]


def test_a_file_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "past.sqlite").write_bytes(b"no database" * 100)
    past = PastQueries(tmp_path / "past.sqlite")
    ask(past, "炉壳焊缝")
    assert offered(past, "炉壳") == []


def test_two_processes_share_what_was_asked(past: PastQueries, tmp_path: Path) -> None:
    other = PastQueries(tmp_path / "past.sqlite")
    ask(past, "炉壳焊缝")
    assert offered(other, "炉壳") == ["炉壳焊缝"]
    ask(past, "炉壳返修")
    assert set(offered(other, "炉壳")) == {"炉壳焊缝", "炉壳返修"}


@pytest.mark.parametrize(("setting", "kept"), [("on", True), ("off", False)])
def test_the_site_counts_only_while_the_setting_is_on(tmp_path: Path, setting: str, kept: bool) -> None:
    settings = Settings(CORPUS=str(tmp_path / "c"), DATA=str(tmp_path / "d"), INDEX="memory:", PAST_QUERIES=setting)
    past = create_app(settings).extensions["past_queries"]
    ask(past, "炉壳焊缝")
    assert (offered(past, "炉壳") == ["炉壳焊缝"]) is kept


def test_a_setting_that_is_neither_on_nor_off_is_said_plainly() -> None:
    with pytest.raises(ValueError, match="LIBRARY_PAST_QUERIES must be on or off"):
        Settings.from_environment({"LIBRARY_PAST_QUERIES": "0"})
