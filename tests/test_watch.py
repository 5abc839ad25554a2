"""A watched folder: whole files once, whatever happens to them, to the folder or to the process that watches."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.watch import Watcher
from library.corpus import Corpus
from tests.report import MARKDOWN

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def watcher(tmp_path: Path, folder: Path) -> Watcher:
    return Watcher(folder, tmp_path / "watched.json")


def settled(watcher: Watcher) -> list[list[Path]]:
    """What is offered once nothing changes any more."""
    watcher.scan()
    return list(watcher.offers())


def test_a_file_is_offered_when_it_is_whole_and_once(watcher: Watcher, folder: Path) -> None:
    file = folder / "报告.md"
    file.write_text("第一")
    assert watcher.scan() == []  # may still be growing
    file.write_text("第一部分")
    assert watcher.scan() == []
    assert watcher.scan() == [file]
    assert watcher.scan() == [file]  # offered until it is done
    watcher.done(file)
    assert watcher.scan() == []
    restarted = Watcher(folder, watcher.memory)
    assert [restarted.scan(), restarted.scan()] == [[], []]
    file.write_text("第二稿，更长")
    assert [restarted.scan(), restarted.scan()] == [[], [file]]


def test_a_memory_that_is_damaged_is_as_none(watcher: Watcher, folder: Path) -> None:
    file = folder / "报告.md"
    file.write_text("文字")
    watcher.memory.write_text('["half a')
    again = Watcher(folder, watcher.memory)
    assert settled(again) == [[file]]


def test_files_in_folders_are_offered_with_those_that_came_before(watcher: Watcher, folder: Path) -> None:
    (folder / "一组" / "照片").mkdir(parents=True)
    report, photo, alone = folder / "一组" / "报告.md", folder / "一组" / "照片" / "1.png", folder / "单独.md"
    report.write_text("报告")
    alone.write_text("另一份")
    assert settled(watcher) == [[alone], [report]]
    for file in (report, alone):
        watcher.done(file)
    photo.write_text("照片")
    assert settled(watcher) == [[report, photo]]


def test_a_file_that_moved_in_under_another_name_is_offered(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "别处.md").write_text("文字")
    (tmp_path / "别处.md").rename(folder / "报告.md")
    assert settled(watcher) == [[folder / "报告.md"]]
    watcher.done(folder / "报告.md")
    (folder / "报告.md").rename(folder / "改名.md")
    assert settled(watcher) == [[folder / "改名.md"]]


def test_a_folder_that_is_away_for_a_while_is_not_forgotten(watcher: Watcher, folder: Path) -> None:
    (folder / "一.md").write_text("文字")
    assert settled(watcher) == [[folder / "一.md"]]
    watcher.done(folder / "一.md")
    away = folder.rename(folder.parent / "away")
    assert watcher.scan() == []
    away.rename(folder)
    assert settled(watcher) == []


def test_litter_links_and_hidden_files_are_left_alone(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "外面.md").write_text("文字")
    (folder / "link.md").symlink_to(tmp_path / "外面.md")
    (folder / "~$报告.docx").write_text("lock")
    (folder / ".部分下载.pdf").write_text("part")
    assert settled(watcher) == []


# --- real processes -------------------------------------------------------------------------------------------------


def _hear_ctrl_c() -> None:
    """As if a terminal had started it: what runs in the background does not hear Ctrl+C, nor do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Process:
    """`python -m indexer watch` in a process of its own, that can be killed and started again."""

    def __init__(self, tmp_path: Path, folder: Path) -> None:
        self.folder = folder
        self.corpus = Corpus(tmp_path / "corpus")
        self.log = tmp_path / "said.txt"
        self.environment = os.environ | {
            "LIBRARY_CORPUS": str(self.corpus.folder),
            "LIBRARY_DATA": str(tmp_path / "instance"),
            "PYTHONUNBUFFERED": "1",
        }
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "indexer", "watch", str(self.folder), "--every", "0.1"]
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                preexec_fn=None if os.name == "nt" else _hear_ctrl_c,
            )  # fmt: skip

    def kill(self) -> None:
        assert self.running
        self.running.kill()
        self.running.wait()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def wait_for(self, reached: Callable[[], bool], seconds: float = 60) -> None:
        for _ in range(int(seconds / 0.1)):
            if reached():
                return
            assert self.running
            assert self.running.poll() is None, self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())

    @property
    def titles(self) -> list[str]:
        return sorted(case.title for case in self.corpus.get_many(self.corpus.ids()))


@pytest.fixture
def process(tmp_path: Path, folder: Path) -> Iterator[Process]:
    made = Process(tmp_path, folder)
    yield made
    if made.running and made.running.poll() is None:
        made.kill()


TOPICS = ("提高转炉托圈装配精度", "降低桥面铺装层厚度偏差", "缩短轧机牌坊吊装时间", "减少屋面卷材渗漏点数")


def report_on(topic: str) -> str:
    """A short report of its own: other reports share neither its title nor its words."""
    chance = random.Random(topic)
    words = "".join(chr(chance.randint(0x4E00, 0x9000)) for _ in range(400))
    sections = ("选择课题", "现状调查", "设定目标", "原因分析", "制定对策", "对策实施", "效果检查")
    body = "\n\n".join(f"## {n}、{name}\n\n{words[n * 50 : n * 50 + 50]}。" for n, name in enumerate(sections))
    return f"# {topic}\n\n小组名称：{topic[2:4]}QC小组\n\n单位名称：{topic[4:6]}公司\n\n{body}\n"


def test_killed_at_any_moment_nothing_is_lost_or_doubled(process: Process, folder: Path) -> None:
    for number, topic in enumerate(TOPICS):
        (folder / f"{number}.md").write_text(report_on(topic), encoding="utf-8")
    chance = random.Random(4)
    for _ in range(4):
        process.start()
        process.wait_for(lambda: "正在看守" in process.said())
        time.sleep(chance.uniform(0.1, 2.5))
        process.kill()
        assert list(process.corpus.problems()) == []
        process.log.unlink()
    process.start()
    process.wait_for(lambda: len(process.titles) == len(TOPICS))
    process.wait_for(lambda: process.running is not None)
    time.sleep(1)
    assert process.titles == sorted(TOPICS)
    assert list(process.corpus.problems()) == []
    check = subprocess.run([sys.executable, "-m", "indexer", "sync"], cwd=ROOT, env=process.environment, check=False)
    assert check.returncode == 0
    check = subprocess.run([sys.executable, "-m", "indexer", "check"], cwd=ROOT, env=process.environment, check=False)
    assert check.returncode == 0


def test_a_file_that_grows_slowly_is_taken_in_when_it_is_whole(process: Process, folder: Path) -> None:
    process.start()
    process.wait_for(lambda: "正在看守" in process.said())
    with (folder / "报告.md").open("w", encoding="utf-8") as file:
        for line in MARKDOWN.splitlines(keepends=True):
            file.write(line)
            file.flush()
            time.sleep(0.02)
    process.wait_for(lambda: "✓ 报告.md" in process.said())
    assert process.said().count("报告.md") == 1
    (case,) = process.corpus.get_many(process.corpus.ids())
    assert case.sections[-1].step == "summary"


def test_the_folder_may_vanish_and_come_back(process: Process, folder: Path) -> None:
    process.start()
    process.wait_for(lambda: "正在看守" in process.said())
    shutil.rmtree(folder)
    process.wait_for(lambda: "暂时不在" in process.said())
    folder.mkdir()
    (folder / "报告.md").write_text(MARKDOWN, encoding="utf-8")
    process.wait_for(lambda: "✓ 报告.md" in process.said())
    assert "又可以读取了" in process.said()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C in another way")
def test_it_ends_with_a_word_when_told_to(process: Process) -> None:
    process.start()
    process.wait_for(lambda: "正在看守" in process.said())
    assert process.running
    process.running.send_signal(signal.SIGINT)
    assert process.running.wait(60) == 0
    assert "已停止看守" in process.said()
