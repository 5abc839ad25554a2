"""python -m indexer add PATH… | sync | rebuild | check | refused

Each command calls what the site calls, says one line a file, and tells by its exit code whether all went well.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from indexer.index import open_index
from indexer.ingest import Intake, Outcome, files_in
from indexer.reading import is_archive, unpack
from indexer.refused import RefusedFiles
from indexer.sync import check, rebuild, sync
from library.case import CATEGORY_NAMES
from library.corpus import Corpus
from library.errors import LibraryError, Refused, Translate
from library.interface import translator
from library.settings import Settings
from library.steps import all_steps

FINDABLE_AFTER = 1.0  # seconds; new cases are told to the index in batches no longer than this


@dataclass(frozen=True)
class Work:
    """A file to take in: where it lies, and the name people know it by."""

    path: Path
    name: str


class Commands:
    """What the commands need, opened once."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self.settings = settings
        self.console = console
        self.translate = translator(settings.LANG)
        self.corpus = Corpus(settings.corpus, settings.parsed_cases)
        self.index = open_index(settings.index, settings.data)
        self.refused_files = RefusedFiles(settings.data / "refused")
        self.intake = Intake(self.corpus, self.index, self.refused_files)

    def add(self, paths: Sequence[Path], as_json: bool) -> int:
        failed = False
        with tempfile.TemporaryDirectory(prefix="qc-library-") as unpacked:
            works, outcomes = self._works(paths, Path(unpacked))
            for outcome in outcomes:
                failed = True
                self._tell(outcome, as_json)
            for outcome in self._take_all(works, shown=self.console.is_terminal and not as_json):
                failed |= outcome.status == "refused"
                self._tell(outcome, as_json)
        return int(failed)

    def sync(self) -> int:
        done = sync(self.corpus, self.index)
        self._say("索引已更新：写入 {put} 个案例，移除 {drop} 个。", put=len(done.put), drop=len(done.drop))
        return 0

    def rebuild(self) -> int:
        count = rebuild(self.corpus, self.index)
        self._say("索引已重建：共 {count} 个案例。", count=count)
        return 0

    def check(self) -> int:
        problems = list(check(self.corpus, self.index))
        for problem in problems:
            self._print(problem)
        if problems:
            self._say("共发现 {count} 处问题；没有改动任何文件。", count=len(problems))
            return 1
        self._say("案例库与索引一致，共 {count} 个案例。", count=len(self.corpus.ids()))
        return 0

    def refused(self) -> int:
        for entry in self.refused_files:
            self._print(f"{entry.when}  {entry.name}  {entry.size:,} B\n    {entry.reason}")
            self._print(f"    {self.refused_files.content(entry.sha256)}")
        return 0

    def _works(self, paths: Iterable[Path], unpacked: Path) -> tuple[list[Work], list[Outcome]]:
        """All files to take in, archives opened, and what could not even be opened."""
        works: list[Work] = []
        refused: list[Outcome] = []
        for path in paths:
            if not path.exists():
                refused.append(Outcome(str(path), "refused", error=NotThere(path=path)))
                continue
            for file in files_in(path):
                if not is_archive(file):
                    works.append(Work(file, file.name))
                    continue
                try:
                    members = unpack(file, unpacked / str(len(works)))
                    works += [Work(member.path, member.name) for member in members]
                except Refused as error:
                    refused.append(Outcome(file.name, "refused", error=error))
        return works, refused

    def _take_all(self, works: Sequence[Work], shown: bool) -> Iterator[Outcome]:
        waiting: list[str] = []
        last = time.monotonic()
        try:
            for work in _with_progress(works, self.console, shown):
                outcome = self.intake.take(work.path, work.name)
                if outcome.status == "added" and outcome.case:
                    waiting.append(outcome.case.id)
                yield outcome
                if waiting and time.monotonic() - last > FINDABLE_AFTER:
                    self.intake.make_findable(waiting)
                    waiting, last = [], time.monotonic()
        finally:
            self.intake.make_findable(waiting)

    def _tell(self, outcome: Outcome, as_json: bool) -> None:
        if as_json:
            self._print(json.dumps(outcome_record(outcome, self.translate), ensure_ascii=False))
        else:
            self._print(outcome_line(outcome, self.translate))

    def _say(self, message: str, **values: object) -> None:
        self._print(self.translate(message).format(**values))

    def _print(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)


class NotThere(Refused):
    message = "没有这个文件或文件夹：{path}"


def outcome_record(outcome: Outcome, translate: Translate) -> dict[str, object]:
    """One object a file, for machines."""
    case = outcome.case
    return {
        "file": outcome.file,
        "status": outcome.status,
        "id": case.id if case else None,
        "title": case.title if case else None,
        "categories": list(case.categories) if case else [],
        "steps": list(case.steps) if case else [],
        "warnings": list(case.warnings) if case else [],
        "reason": outcome.error.sentence(translate) if outcome.error else None,
    }


def outcome_line(outcome: Outcome, translate: Translate) -> str:
    """One line a file, for people."""
    case = outcome.case
    if case is None:
        reason = outcome.error.sentence(translate) if outcome.error else ""
        return f"✗ {outcome.file}  {reason}"
    if outcome.status == "known":
        said = translate("这个文件已在库中，未重复收入。")
        return f"= {outcome.file}  {case.id}  {case.title}  {said}"
    categories = "、".join(translate(CATEGORY_NAMES[c]) for c in case.categories) or translate("类别待定")
    steps = " ".join(translate(all_steps()[step].name) for step in case.steps)
    warnings = "".join(f"\n    ! {warning}" for warning in case.warnings)
    return f"✓ {outcome.file}  {case.id}  {case.title}  [{categories}]  {steps}{warnings}"


def _with_progress(works: Sequence[Work], console: Console, shown: bool) -> Iterator[Work]:
    """The same files, with a bar that counts them where `shown`."""
    if not shown:
        yield from works
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(works))
        for work in works:
            progress.update(task, description=work.name[:40])
            yield work
            progress.advance(task)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m indexer", description="QC 成果案例库：收入报告，维护索引")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="收入报告（文件、文件夹、zip）")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--json", action="store_true", dest="as_json", help="每个文件输出一行 JSON")
    commands.add_parser("sync", help="把案例库的改动写入索引")
    commands.add_parser("rebuild", help="另建新索引后一次切换")
    commands.add_parser("check", help="检查案例库与索引，不改动任何东西")
    commands.add_parser("refused", help="列出被拒收的文件及原因")
    options = vars(parser.parse_args(arguments))
    command = options.pop("command")
    try:
        work = Commands(Settings.from_environment(), Console())
        return int(getattr(work, command)(**options))
    except (LibraryError, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
