"""The main job with the real programs: a site that runs all the while shows what the command line takes in."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.report import MARKDOWN, TITLE

ROOT = Path(__file__).parent.parent
STARTED_WITHIN = 60  # seconds; far more than it needs, so that a busy machine fails no test


@dataclass(frozen=True)
class Site:
    address: str
    environment: dict[str, str]

    def json(self, path: str, **args: str) -> Any:
        url = f"{self.address}{path}?{urllib.parse.urlencode(args)}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)

    def add(self, *paths: Path) -> list[dict[str, Any]]:
        command = [sys.executable, "-m", "indexer", "add", "--json", *map(str, paths)]
        run = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert "Traceback" not in run.stderr, run.stderr
        return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "LIBRARY_CORPUS": str(tmp_path / "corpus"),
        "LIBRARY_DATA": str(tmp_path / "instance"),
        "LIBRARY_PORT": str(port),
    }
    environment = {**os.environ, **own}
    subprocess.run(
        [sys.executable, "-m", "indexer", "sync"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
    site = Site(f"http://127.0.0.1:{port}", environment)
    try:
        for _ in range(STARTED_WITHIN * 10):
            try:
                urllib.request.urlopen(f"{site.address}/healthz", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, "the site did not start"
                time.sleep(0.1)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_report_added_while_the_site_runs_is_found_without_a_restart(site: Site, tmp_path: Path) -> None:
    assert site.json("/search.json", q="防风棚")["total"] == 0
    report = tmp_path / "报告.md"
    report.write_text(MARKDOWN, encoding="utf-8")
    (record,) = site.add(report)
    assert record["status"] == "added"
    answer = site.json("/search.json", q="防风棚")
    assert [hit["title"] for hit in answer["hits"]] == [TITLE]
    assert "root-causes" in {snippet["step"] for snippet in answer["hits"][0]["snippets"]}
    case = site.json(f"/cases/{record['id']}.json")
    assert case["target"]["measure"].endswith("炉壳环缝焊接一次合格率")
    assert [case["target"][part] for part in ("unit", "before", "goal", "after")] == ["%", 91.2, 96, 97.4]


@pytest.mark.samples
def test_the_real_innovation_report_goes_in_and_is_found_in_the_right_step(site: Site, samples: Path) -> None:
    (record,) = site.add(*sorted((samples / "reports").glob("*.docx")))
    assert record["status"] == "added"
    case = site.json(f"/cases/{record['id']}.json")
    assert case["title"] == "贵阳南检修信息管理平台"
    assert case["group"] == "检修车间QC小组"
    assert case["unit"] == "贵阳南车辆段"
    assert case["topic_type"] == "innovation"
    steps = [section["step"] for section in case["sections"]]
    assert {"topic-selection", "options", "goal-and-feasibility", "implementation", "results", "summary"} <= set(steps)
    assert steps.index("options") < steps.index("goal-and-feasibility")  # its own order, not the standard's
    assert sum("|---|" in section["text"] or "| --- |" in section["text"] for section in case["sections"]) >= 4
    answer = site.json("/search.json", q="轮轴智能选配")
    assert [hit["id"] for hit in answer["hits"]] == [record["id"]]
    assert {snippet["step"] for snippet in answer["hits"][0]["snippets"]} & {"options", "implementation", "results"}
    inside = site.json("/search.json", q="轮轴智能选配", step="implementation")
    assert inside["total"] == 1


@pytest.mark.samples
def test_every_chinese_office_file_goes_in_or_is_refused_with_a_reason(site: Site, samples: Path) -> None:
    records = site.add(samples / "office-chinese")
    assert len(records) >= len(list((samples / "office-chinese").iterdir()))
    for record in records:
        assert record["status"] in ("added", "known", "refused")
        assert record["status"] != "refused" or record["reason"]
    assert site.json("/search.json")["total"] == sum(record["status"] == "added" for record in records)
