"""The money a result saved, in yuan; 万元 and 亿元 are turned into yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.draft import Table, Text
from indexer.fields.found import Found, place
from indexer.fields.numbers import first_number, money
from indexer.splitter import Passage
from indexer.wording import fold, sentences

_STEPS = {"results": 1.0, "benefits": 1.5, "summary": 0.3, "consolidation": 0.0, "standardization": 0.2, "preface": 0.1}
_NET = re.compile(
    r"(?:扣除|减去|除去)[^，。,;]{0,10}后|净(?:效益|收益|节约|利润|节省|额|经济)|实际(?:(?:经济)?效益|节约|节省|创效)|净$"
)
_SUM = re.compile(
    r"合计|共计|总计|累计|总共|共(?:节约|节省|创造|产生|降低|实现|减少)|总(?:效益|经济|节约)|总体|综合|共"
)
_GAIN = re.compile(
    r"经济效益|效益|节约|节省|创效|增效|创收|增收|创造|产生|实现|降低成本|减少.{0,14}(?:损失|成本|费用|支出|返工|投入|人工|材料|赔偿|罚款|考核|电费|油费|租赁费)|收益"
)
_COST = re.compile(r"投入|支出|成本为|费用为|单价|每|/|制作费|扣除|减去|分摊|摊销|购置|活动费|耗费|花费|培训费|租赁")
_SAVED = re.compile(r"(?:减少|节省|节约|降低|省下|避免|免去|少[花支付])[^，。,;]{0,18}(?=$|\d)")
_REST = re.compile(r"[-−－]\d[\d.]*(?:[万千]?元)?[=＝]$")
"""529.2-190-38-89.2= : what is left after costs."""
_SCALE = {"万元": 1e4, "元": 1.0, "千元": 1e3}


@dataclass(frozen=True)
class _Amount:
    yuan: float
    score: float
    quote: str
    where: str


def benefit(passages: Sequence[Passage]) -> Found[float] | None:
    """The net benefit, else the sum, else the largest saving that is said to be one."""
    amounts = [amount for passage in passages for amount in _amounts(passage) if amount.yuan > 0]
    best = max(amounts, key=lambda amount: (round(amount.score, 1), amount.yuan), default=None)
    if best is None or best.score < (1.4 if _SAVED.search(best.quote) else 2):
        return None
    return Found(best.yuan, best.where, best.quote, min(0.95, 0.4 + 0.1 * best.score))


def _amounts(passage: Passage) -> Iterator[_Amount]:
    weights = [_STEPS[step] for step in (passage.step, *passage.also) if step in _STEPS]
    if not weights:
        return
    for block in passage.blocks:
        where = place(passage.heading, block.page)
        if isinstance(block, Text):
            for sentence in sentences(block.text):
                yield from _in_sentence(re.sub(r"\s+", "", fold(sentence)), max(weights), where)
        elif isinstance(block, Table):
            yield from _in_table(block, max(weights), where)


def _in_sentence(text: str, weight: float, where: str) -> Iterator[_Amount]:
    found = money(text)
    for n, one in enumerate(found):
        before = text[found[n - 1].end if n else 0 : one.start]
        whole = text[: one.start]
        score = weight
        score += 3.0 * bool(_NET.search(whole)) + 2.0 * bool(_SUM.search(before[-14:]) or _SUM.search(whole[-40:]))
        score += 1.5 * bool(
            re.search(r"扣除|减去|减(?!少)|除去|投入|分摊|摊销", whole[: -len(before) or None])
        )  # what is left after costs
        score += 1.5 * bool(re.search(r"(?:扣除?|减(?!少)|除去|投入).{2,40}(?:得|剩余?|余|为|即|实得)$", whole))
        score += 1.5 * bool(_GAIN.search(before)) + 0.7 * bool(_GAIN.search(whole))
        score += 1.5 * bool(re.match(r"(?:以上)?(?:合计|共计|总计|累计|总共|综上)", text))
        score += 0.8 * bool(re.search(r"[=＝]$", whole)) - 3.0 * bool(re.match(r"[×*+\-－÷]|/(?!年)", text[one.end :]))
        score += 1.5 * bool(_REST.search(whole)) + 0.5 * bool(_SAVED.search(before))
        saved = re.search(r"(?:节约|节省|减少|降低)[^，。,；;每]{0,24}$", before)
        costs = "" if saved else re.sub(r"(?:扣除|减去|除去)[^，。,;]{0,10}后", "", before)[-12:]
        score -= 4.0 * one.per + 2.0 * bool(_COST.search(costs)) + 2.0 * bool(re.search(r"[×*÷]$", whole))
        score -= 1.5 * bool(re.search(r"预计|可节约|每年可|推广后|若|目标|年均可", whole))
        yield _Amount(one.yuan, score, text, where)


def _in_table(table: Table, weight: float, where: str) -> Iterator[_Amount]:
    header = " ".join(fold(cell) for cell in (table.caption, *table.rows[0]))
    for row in table.rows[1:]:
        words = " ".join(fold(cell) for cell in row)
        if not (_SUM.search(words) or _NET.search(words)):
            continue
        for c in range(len(row) - 1, 0, -1):
            scale = next(
                (unit for unit in ("万元", "千元", "元") if unit in fold(table.rows[0][c]) or unit in fold(row[c])), ""
            )
            number = first_number(row[c])
            if scale and number is not None:
                score = weight + 2.0 + 3.0 * bool(_NET.search(words)) + 1.0 * bool(_GAIN.search(header))
                score -= 2.5 * bool(re.search(r"投入|支出|成本|费用", fold(row[0])) and not _NET.search(words))
                yield _Amount(round(number * _SCALE[scale], 2), score, words, place(table.caption or where, table.page))
                break
