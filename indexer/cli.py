"""python -m indexer add PATH… | awards | set | merge | reread | watch | pages | feedback | similar | refused | sync |
rebuild | check

Each command calls what the site calls, says one line a file, and tells by its exit code whether all went well.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from rich.console import Console

from indexer.arguments import parser
from indexer.award_rows import Given, read_award_list
from indexer.awards import take_awards
from indexer.index import open_index
from indexer.ingest import Intake, Outcome
from indexer.likeness import STANDARD_INPUT, lines_of, subject_of
from indexer.page_pictures import PagePictures
from indexer.progress import FileBar
from indexer.refused import RefusedFiles
from indexer.reports import feedback_lines, outcome_line, outcome_record, verdict_counts, verdict_line, verdict_record
from indexer.submissions import NotThere, Submissions, Work, watched_works, works_in
from indexer.sync import check, rebuild, sync
from indexer.watch import Watcher
from library.corpus import Corpus
from library.errors import LibraryError, Refused
from library.feedback import FeedbackBox
from library.interface import translator
from library.notices import told
from library.page_pictures import NoPreview
from library.settings import Settings
from library.similar import find, found_as_json

FINDABLE_AFTER = 1.0  # seconds; new cases are told to the index in batches no longer than this


class Commands:
    """What the commands need, opened once."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self.settings = settings
        self.console = console
        self.translate = translator(settings.LANG)
        self.corpus = Corpus(settings.corpus, settings.parsed_cases)
        self.index = open_index(settings.index, settings.data)
        self.refused_files = RefusedFiles(settings.data / "refused")
        self.bar = FileBar(console, self.translate)
        self.intake = Intake(self.corpus, self.index, self.refused_files, settings.data, self.bar.pages, self.bar.cases)

    def add(self, paths: Sequence[Path], as_json: bool) -> int:
        failed = False
        with tempfile.TemporaryDirectory(prefix="qc-library-") as unpacked:
            works, outcomes = works_in(paths, Path(unpacked))
            for outcome in outcomes:
                failed = True
                self._tell(outcome, as_json)
            for _, outcome in self._take_all(works, shown=self.console.is_terminal and not as_json):
                failed |= outcome.status == "refused"
                self._tell(outcome, as_json)
        return int(failed)

    def sync(self) -> int:
        done = sync(self.corpus, self.index, self.intake.sketches)
        self._say("索引已更新：写入 {put} 个案例，移除 {drop} 个。", put=len(done.put), drop=len(done.drop))
        return 0

    def rebuild(self) -> int:
        count = rebuild(self.corpus, self.index, self.intake.sketches)
        self._say("索引已重建：共 {count} 个案例。", count=count)
        return 0

    def check(self) -> int:
        problems = list(check(self.corpus, self.index))
        for problem in problems:
            self._print(told(problem, self.translate))
        if problems:
            self._say("共发现 {count} 处问题；没有改动任何文件。", count=len(problems))
            return 1
        self._say("案例库与索引一致，共 {count} 个案例。", count=len(self.corpus.ids()))
        return 0

    def set(self, case_id: str, fields: Sequence[str]) -> int:
        pairs = [(field.strip(), value.strip()) for field, _, value in (text.partition("=") for text in fields)]
        case = self.intake.set_fields(case_id, pairs)
        self.intake.make_findable([case_id])
        self._say("{id} 已修改：{fields}。", id=case_id, fields="、".join(field for field, _ in pairs))
        self._print(f"{case.id}  {case.title}")
        return 0

    def merge(self, keep_id: str, other_id: str) -> int:
        for case_id in self.intake.merge(keep_id, other_id):
            case = self.corpus.get(case_id)
            self._print(f"{case.id}  {case.title}")
        self._say("{other} 已并入 {keep}；{other} 原样保存在 corpus/merged/ 里。", keep=keep_id, other=other_id)
        return 0

    def reread(self, case_ids: Sequence[str], every: bool) -> int:
        failed = False
        done = []
        for case_id in self.corpus.ids() if every else case_ids:
            try:
                before = self.corpus.get(case_id)
                if every and not before.sources:
                    continue  # title-only entries have nothing to read
                after = self.intake.reread(case_id)
                done.append(case_id)
                changed = [f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name)]
                self._say("{id} 已重新识别，变化的字段：{fields}。", id=case_id, fields="、".join(changed) or "—")
            except LibraryError as error:
                failed = True
                self._print(f"✗ {case_id}  {error.sentence(self.translate)}")
        self.intake.make_findable(done)
        return int(failed)

    def pages(self, case_ids: Sequence[str], every: bool) -> int:
        pictures = PagePictures(self.corpus, self.settings.page_pictures, self.settings.PREVIEWS * 2**20)
        failed = False
        for case_id in self.corpus.ids() if every else case_ids:
            try:
                case = self.corpus.get(case_id)
                if every and not pictures.sources(case):
                    continue
                if not pictures.sources(case):
                    raise NoPreview(reason=pictures.why_none(case))
                self._say("{id} 的页面图片已备好：{count} 页。", id=case_id, count=pictures.make_all(case))
            except LibraryError as error:
                failed = True
                self._print(f"✗ {case_id}  {error.sentence(self.translate)}")
        return int(failed)

    def feedback(self, done: Sequence[int]) -> int:
        box = FeedbackBox(self.settings.feedback)
        for number in done:
            box.done(number)
            self._say("反馈 {number} 已处理。", number=number)
        for feedback in () if done else box.waiting():
            for line in feedback_lines(feedback, self.corpus, self.translate):
                self._print(line)
        return 0

    def watch(self, folder: Path, every: float) -> int:
        watcher = Watcher(folder, self.settings.data / "watched.json", every)
        sync(
            self.corpus, self.index, self.intake.sketches
        )  # a case that went in just before the last end may not be in the index yet
        self._say("正在看守 {folder}；放入文件即自动收入，按 Ctrl+C 结束。", folder=folder)
        there = True
        try:
            while True:
                if there != (there := folder.is_dir()):
                    self._say("{folder} 又可以读取了。" if there else "{folder} 暂时不在，等待中。", folder=folder)
                for files in watcher.offers():
                    self._take_offered(watcher, files)
                time.sleep(every)
        except KeyboardInterrupt:
            self._say("已停止看守。")
        return 0

    def _take_offered(self, watcher: Watcher, files: Sequence[Path]) -> None:
        """Take in files that were dropped together; those that were told of before are not told again."""
        with tempfile.TemporaryDirectory(prefix="qc-library-") as unpacked:
            works, outcomes = watched_works(watcher.folder, files, Path(unpacked))
            for outcome in outcomes:
                self._tell(outcome, as_json=False)
            for work, outcome in self._take_all(works, shown=False):
                gone = outcome.status == "refused" and not work.path.exists()  # moved away just now
                told_before = work.path in files and watcher.is_done(work.path) and outcome.status != "attached"
                if not gone and not told_before:
                    self._tell(outcome, as_json=False)
        for file in files:
            watcher.done(file)

    def awards(
        self, file: Path, event: str, issuer: str, year: int | None, decide: Sequence[str], as_json: bool
    ) -> int:
        if not file.is_file():
            raise NotThere(path=file)
        rows = read_award_list(file, file.name, Given(event, issuer, year))
        verdicts = []
        for verdict in take_awards(self.corpus, rows, _decisions(decide)):
            verdicts.append(verdict)
            if as_json:
                self._print(json.dumps(verdict_record(verdict), ensure_ascii=False))
            else:
                self._print(verdict_line(verdict, self.translate))
        self.intake.make_findable(v.case.id for v in verdicts if v.case and v.status in ("added", "new"))
        if not as_json:
            counts = verdict_counts(verdicts)
            self._say(
                "共 {total} 行：登记奖项 {added}，已在库中 {known}，新建题名条目 {new}，存疑 {doubt}。",
                total=len(verdicts),
                **counts,
            )
            if counts["doubt"]:
                self._say("存疑的行请核对后用 --decide 行号=编号 或 --decide 行号=new 登记。")
        return 0

    def similar(self, file: Path, as_json: bool) -> int:
        if str(file) != STANDARD_INPUT and not file.is_file():
            raise NotThere(path=file)
        found = find(subject_of(file), self.corpus, self.index)
        if as_json:
            self._print(json.dumps(found_as_json(found), ensure_ascii=False))
            return 0
        for line in lines_of(found, self.translate):
            self._print(line)
        if not found:
            self._say("没有找到相似的案例。")
        return 0

    def refused(self) -> int:
        for entry in self.refused_files:
            self._print(f"{entry.when}  {entry.name}  {entry.size:,} B\n    {told(entry.reason, self.translate)}")
            self._print(f"    {self.refused_files.content(entry.sha256)}")
        return 0

    def _take_all(self, works: Sequence[Work], shown: bool) -> Iterator[tuple[Work, Outcome]]:
        """Every file with what became of it; what is new can be found within a second or so."""
        waiting: list[str] = []
        last = time.monotonic()
        try:
            for work, outcome in Submissions(self.intake, works).take_all(self.bar.over(works) if shown else works):
                if outcome.case and outcome.status in ("added", "attached"):
                    waiting.append(outcome.case.id)
                yield work, outcome
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


class WrongDecision(Refused):
    message = "“{text}”不是“行号=案例编号”或“行号=new”。"


def _decisions(texts: Iterable[str]) -> dict[int, str]:
    """What a person decided of doubtful rows: row number -> case id or "new"."""
    decided = {}
    for text in texts:
        row, _, choice = text.partition("=")
        if not row.isdecimal() or not choice:
            raise WrongDecision(text=text)
        decided[int(row)] = choice.strip()
    return decided


def main(arguments: Sequence[str] | None = None) -> int:
    options = vars(parser().parse_args(arguments))
    command = options.pop("command")
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        return _failed(str(error))
    try:
        return int(getattr(Commands(settings, Console()), command)(**options))
    except LibraryError as error:
        return _failed(error.sentence(translator(settings.LANG)))
    except ValueError as error:
        return _failed(str(error))


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
