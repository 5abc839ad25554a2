"""A bar chart in a PDF, of which only loose words are left."""

from __future__ import annotations

import pytest

from indexer.draft import Table, Text
from indexer.fields.drawn_charts import with_drawn_charts
from indexer.splitter import Passage


def tables_of(words, less, bars=()):
    blocks = tuple(Text(word) for word in words)
    passage = Passage("goal", (), "五、设定目标", (*blocks[:2], *bars, *blocks[2:]))
    return [block for block in with_drawn_charts([passage], less)[0].blocks if isinstance(block, Table)][len(bars) :]


def test_the_numbers_of_the_axis_are_told_from_the_values():
    bars = (Table((("6.8",), ("",), ("2",), ("",))),)
    words = ("漏埋错埋率（‰）", "8", "6", "4", "2", "0", "现状", "目标")
    assert [table.rows for table in tables_of(words, True, bars)] == [
        (("", "漏埋错埋率（‰）"), ("现状", "6.8"), ("目标", "2")),
    ]


def test_what_shall_rise_starts_at_the_lower_value():
    words = ("一次合格率(%)", "100", "98", "95", "93.5", "90", "85", "现状", "目标")
    assert [table.rows[1:] for table in tables_of(words, False)] == [(("现状", "93.5"), ("目标", "98"))]


@pytest.mark.parametrize(("words", "less"), [
    (("一次合格率(%)", "100", "98", "95", "93.5", "90", "85", "现状", "目标"), None),
    (("一次合格率(%)", "98", "93.5", "91", "85", "现状", "目标"), False),
    (("一次合格率(%)", "98", "93.5", "甲班", "乙班"), False),
    (("一次合格率", "98", "93.5", "现状", "目标"), False),
])  # fmt: skip
def test_nothing_is_guessed_where_the_chart_does_not_tell(words, less):
    assert tables_of(words, less) == []
