"""Notices: Chinese as stored, English when it is asked for."""

from __future__ import annotations

from string import Formatter

import pytest

from indexer.reading.refusal import Refusal
from library.interface import translator
from library.notices import notice, told
from tests import sentences

ENGLISH, CHINESE = translator("en"), translator("zh")


@pytest.mark.parametrize("sentence", sorted(set(sentences.in_notices())))
def test_every_notice_is_found_again_by_what_it_says(sentence: str) -> None:
    values = {name: f"x{n}" for n, (_, name, _, _) in enumerate(Formatter().parse(sentence)) if name}
    assert told(notice(sentence, **values), ENGLISH) == ENGLISH(sentence).format(**values) != notice(sentence, **values)


def test_names_and_notices_inside_a_notice_are_translated_too() -> None:
    steps = notice("没有找到以下步骤：{steps}。", steps="选择课题、设定目标")
    assert told(steps, ENGLISH) == "These steps were not found: Topic selection, Setting the goal."
    pictures = notice("有 {count} 张图片未收入：{reason}。", count=3, reason=notice("超过 {limit} MB", limit=30))
    assert told(pictures, ENGLISH) == "3 pictures were left out: more than 30 MB."


def test_a_refusal_translates_what_it_quotes() -> None:
    notes = notice("第 {pages} 页已损坏，未收入。", pages="1、2")
    refusal = Refusal(reason="这个 {kind} 文件里没有能读出的内容。{notes}", kind="pdf", notes=notes)
    assert refusal.sentence(ENGLISH) == (
        "Nothing in this pdf file could be read. Pages 1, 2 are damaged and were left out."
    )


@pytest.mark.parametrize("said", ["没有找到成果年份。", "人工写的话。", "有 3 张图片未收入：超过 30 MB。"])
def test_in_chinese_a_notice_stays_as_it_is(said: str) -> None:
    assert told(said, CHINESE) == said


def test_what_people_wrote_themselves_stays_as_it_is() -> None:
    assert told("请核对第三章的数字。", ENGLISH) == "请核对第三章的数字。"


def test_a_hostile_title_cannot_keep_the_search_busy() -> None:
    title = "》有 x 的文字相同或相近（" * 5_000
    assert told(f"与 1《{title}》有", ENGLISH).startswith("与 1《")
