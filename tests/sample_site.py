"""A small site over a corpus made for the test: real corpus, real pages, the engine that states the meaning."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app import create_app
from indexer.index import Document
from library.case import Award, Case, Evidence, Figure, Section, Target
from library.corpus import Corpus, Original
from library.settings import Settings

PARAGRAPH = (
    "小组对2020年5月至7月完成的环缝焊接质量进行了调查，共检查1200处，发现缺陷82处，一次合格率为91.2%。"
    "其中气孔41处，占缺陷总数的50.0%，是影响一次合格率的主要问题。"
)
COUNTERMEASURES = """
表6 对策表

| 序号 | 要因 | 对策 | 目标 | 措施 | 责任人 |
|---|---|---|---|---|---|
| 1 | 防风棚密封不严 | 改造防风棚 | 棚内风速≤2m/s | 加设双层帆布与压边条 | 陆某某 |
| 2 | 焊丝未按要求烘干 | 设专用烘箱 | 烘干率100% | 购置烘箱两台并专人登记 | 王某某 |
"""
IMPLEMENTATION = """
### 实施一：改造防风棚

7月6日完成改造。对策目标检查：实测风速最大1.1m/s，小于2m/s，达到对策目标。

### 实施二：设专用烘箱

7月20日到货。对策目标检查：抽查60次，烘干率100%，达到对策目标。
"""


EVENT = """---
title: 2021年度演示行业QC成果交流会
place: 浙江绍兴
start: 2021-04-14
end: 2021-04-15
issuer: 演示冶金建设协会
source: 协会报道
award_event: 2021年度演示行业QC成果交流会
figures:
  参会代表: 348
---

来自各地的代表参加了会议。
"""


def picture(width: int = 600, height: int = 400) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "PNG")
    return made.getvalue()


def full_case(**changes: Any) -> Case:
    """A complete problem-solving report; a test names only what it is about."""
    return replace(
        Case(
            id="",
            title="提高高炉炉壳环缝焊接一次合格率",
            year=2021,
            group="铸脊QC小组",
            unit="璟岚冶金建设有限公司",
            project="曜州钢厂2号高炉易地大修工程",
            categories=("metallurgical",),
            topic_type="problem-solving",
            target_kind="self-set",
            period="2021-03-01/2021-11-20",
            leader="陆某某",
            members_count=9,
            training_hours=48.0,
            target=Target("炉壳环缝焊接一次合格率", "%", 91.2, 96.0, 97.4),
            benefit_cny=186500.0,
            tools=("排列图", "因果图"),
            awards=(Award("一等奖", "2021年度演示行业QC成果交流会", "演示冶金建设协会（虚构）", 2021, 1),),
            comment="症结明确，要因确认有数据；对策目标可再细化。",
            sections=(
                Section("overview", "一、工程概况", PARAGRAPH),
                Section("topic-selection", "二、选择课题", PARAGRAPH * 3),
                Section(
                    "current-state",
                    "三、现状调查",
                    f"<!-- page 5 -->\n\n{PARAGRAPH}\n\n表1 缺陷调查表\n\n| 缺陷 | 频数 |\n|---|---|\n"
                    "| 气孔 | 41 |\n| 夹渣 | 23 |\n\n![图1 环缝焊接缺陷排列图](figures/001.png)",
                ),
                Section("goal", "四、设定目标", "将一次合格率由91.2%提高到96%。"),
                Section("causes", "五、原因分析", "用因果图找到末端原因：防风棚密封不严、焊丝未按要求烘干。"),
                Section("root-causes", "六、要因确认", "### 要因确认一\n\n棚内实测风速2.8m/s，是要因。"),
                Section("countermeasures", "七、制定对策", COUNTERMEASURES),
                Section("implementation", "八、对策实施", IMPLEMENTATION),
                Section("results", "九、效果检查", "活动后一次合格率达到97.4%，超过目标值96%。"),
                Section("summary", "十一、总结和下一步打算", "下一步的课题是提高热风炉炉壳焊接质量。"),
            ),
            figures=(Figure("001.png", "图1 环缝焊接缺陷排列图", "current-state", "排列图", 5),),
            evidence={"target.after": Evidence("效果检查", "一次合格率达到97.4%", 0.9)},
        ),
        **changes,
    )


class Site:
    """The site, and what puts cases into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "corpus"
        self.folder.mkdir(parents=True)
        self.app: Flask = create_app(Settings(CORPUS=str(self.folder), DATA=str(folder / "instance"), INDEX="memory:"))
        self.client: FlaskClient = self.app.test_client()

    @property
    def corpus(self) -> Corpus:
        corpus: Corpus = self.app.extensions["corpus"]
        return corpus

    def add(self, original: str = "炉壳环缝焊接.docx", data: bytes = b"as submitted", **changes: Any) -> str:
        """A case in corpus and index, all its figures drawn; returns its id."""
        case = full_case(**changes)
        originals = [] if case.title_only else [Original(original, data)]
        kept = self.corpus.add(case, originals, {f.file: picture() for f in case.figures})
        document = Document(kept, self.corpus.fingerprint(kept.id))
        self.app.extensions["engine"].update([document], [])
        return kept.id

    def get(self, address: str) -> TestResponse:
        """The whole answer, files closed."""
        return self.client.get(address, buffered=True)

    def page(self, address: str, status: int = 200) -> str:
        answer = self.get(address)
        assert answer.status_code == status, answer.text[:500]
        return answer.text
