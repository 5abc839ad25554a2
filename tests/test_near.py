"""Near copies are found by their sketch and told by their passages."""

from __future__ import annotations

import random

from indexer.near import LIKELY, compare, resemblance, sketch

REPORT = "".join(
    f"第{n}条确认：现场抽查{n * 7}处，其中{n}处不符合要求，对症结影响{'大' if n % 3 else '小'}，记录编号为QC-{n:03}。"
    for n in range(1, 60)
)
OTHER = "".join(f"方案{n}采用液压顶升机构，试验{n * 3}次，平均偏差{n / 10}毫米，成本{n * 230}元。" for n in range(1, 60))


def edited(text: str, share: float) -> str:
    dice = random.Random(7)
    return "".join("改" if dice.random() < share else character for character in text)


def test_a_copy_with_five_percent_edits_is_likely():
    assert resemblance(sketch(REPORT), sketch(edited(REPORT, 0.05))) > LIKELY


def test_another_report_is_not_likely():
    assert resemblance(sketch(REPORT), sketch(OTHER)) < 0.1


def test_spacing_width_and_script_do_not_matter():
    assert sketch("要因确认，共 ９ 条") == sketch("要因確認,共9條")


def test_an_empty_text_resembles_nothing():
    assert resemblance(sketch(""), sketch("")) == 0.0


def test_the_share_counts_sentences_that_stand_in_the_other_text():
    mixed = REPORT[: len(REPORT) // 2] + OTHER[: len(OTHER) // 2]
    share = compare(mixed, REPORT).share
    assert 0.4 < share < 0.7


def test_the_matching_passages_are_shown_side_by_side():
    mine, theirs = "小组于五月对二十个班次逐一检查记录并拍照。", "小组于六月对二十个班次逐一检查记录并拍照。"
    assert compare(mine, theirs).passages == ((mine[:-1], theirs[:-1]),)
