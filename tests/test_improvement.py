"""How much better a measure became, so that cases with different units can be compared."""

from __future__ import annotations

import pytest

from library.case import Target


@pytest.mark.parametrize(
    ("unit", "before", "goal", "after", "percent"),
    [
        ("%", 85.0, 95.0, 97.0, 80.0),  # a pass rate: 12 of the 15 points that were missing
        ("%", 15.0, 5.0, 3.0, 80.0),  # the same told as a rate of defects
        ("％", 85.0, None, 97.0, 80.0),
        ("‰", 900.0, 950.0, 980.0, 80.0),
        ("min", 150.0, 45.0, 30.0, 80.0),  # what is gone of the time
        ("h", 168.0, 84.0, 84.0, 50.0),
        ("m/d", 10.0, 15.0, 20.0, 50.0),  # twice as much a day: half the time for each metre
        ("%", 90.0, 120.0, 180.0, 50.0),  # no share of a whole
        ("%", 90.0, 95.0, 88.0, -20.0),  # worse than before
        ("min", 10.0, 8.0, 12.0, -20.0),
        ("%", 90.0, 95.0, 90.0, 0.0),
    ],
)
def test_is_the_percentage_of_what_was_wrong_that_is_gone(
    unit: str, before: float, goal: float | None, after: float, percent: float
) -> None:
    assert Target("", unit, before, goal, after).improvement == pytest.approx(percent)


@pytest.mark.parametrize(
    "target",
    [Target(), Target("", "%", 85.0, 95.0), Target("", "%", None, 95.0, 97.0), Target("", "mm", -3.0, -5.0, -4.0),
     Target("", "项", 0.0, 0.0, 0.0), Target("", "%", 100.0, 100.0, 100.0)],
)  # fmt: skip
def test_is_not_told_where_the_numbers_do_not_tell_it(target: Target) -> None:
    assert target.improvement is None
