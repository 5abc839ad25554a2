"""Page pictures of originals: made in the limited child when somebody looks, kept by the content of the file.

Laying out a Word file takes seconds, so it is done in the background and the reader is told to wait.

`<folder>/<sha256>/` holds `pages.json` (sizes and words of the pages, or why there are none), `document.pdf` where the
original had to be laid out first, and `<number>.webp`. All of it can be deleted at any time; what was not looked at for
longest goes when the folder grows above its limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.background import Background
from indexer.reading import guards, office, sandbox
from indexer.reading.page_size import DOCUMENT, HEIGHT, WIDTH
from indexer.reading.refusal import Refusal
from library.case import Case, Source
from library.corpus import Corpus
from library.page_pictures import BeingPrepared, NoPreview, PagePicture, Preview

VERSION = 1  # of what is kept; raise it when pictures are made in another way
AT_ONCE = 8  # pages drawn in one child: about a second
PATIENCE = 60  # seconds to wait for one's turn to have pages drawn
MOST_WAITING = 6  # requests for pictures; the others are told to come back, so that pages of text stay quick
MOST_PREPARED = 20  # documents in the queue; whoever asks for more asks again in a few seconds
SOON = 0.3  # seconds within which most PDFs are ready; for what takes longer nobody is kept waiting
LARGEST = 3 * guards.MB  # bytes of one picture

_DRAWN = {".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
_OFFICE = {".docx", ".doc", ".wps", ".rtf", ".odt", ".pptx", ".ppt", ".odp"}


class Busy(NoPreview):
    status = 503

    def __init__(self) -> None:
        super().__init__(reason="正在为其他读者准备页面图片，请过一会儿再打开。")


class PagePictures:
    """`most` is the size of the folder in bytes; 0 means that page pictures are not wanted. `soon` is how many
    seconds `preview` may take before it says that the pages are being prepared."""

    def __init__(self, corpus: Corpus, folder: Path, most: int, soon: float = SOON) -> None:
        self.corpus = corpus
        self.folder = folder
        self.most = most
        self.soon = soon
        self._turn = threading.Lock()  # one child at a time: drawing takes a core
        self._background = Background(MOST_PREPARED)
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def sources(self, case: Case) -> tuple[Source, ...]:
        """The originals whose pages can be shown here, the report's own first."""
        can = _DRAWN | _OFFICE if office.program() else _DRAWN
        return tuple(s for s in case.sources if Path(s.stored).suffix in can) if self.most else ()

    def why_none(self, case: Case) -> str:
        if not self.most:
            return "本站没有开启原件页面。"
        if any(Path(source.stored).suffix in _OFFICE for source in case.sources):
            return "显示这种原件的页面需要在服务器上安装 LibreOffice；原件可以下载查看。"
        return "这份原件是没有版面的格式，不能显示页面；原件可以下载查看。"

    def preview(self, case: Case, source: Source) -> Preview:
        """Raises `NoPreview`, and `BeingPrepared` where that takes longer than `soon`."""
        told = _told(self._home(source)) or self._told_soon(case, source)
        with contextlib.suppress(FileNotFoundError):  # another process may just have made room
            os.utime(self._home(source))
        if "refused" in told:
            raise NoPreview(**told["refused"])
        pages = (PagePicture(number, *page) for number, page in enumerate(told["pages"], 1))
        return Preview(source, tuple(pages), told["total"])

    def _told_soon(self, case: Case, source: Source) -> dict[str, Any]:
        self.corpus.original_path(case.id, source.stored)  # a file that is gone is told at once
        asked = self._background.ask(source.sha256, lambda: self._prepare(case, source))
        try:
            if asked is None:
                raise BeingPrepared
            asked.result(self.soon)
        except TimeoutError as error:
            raise BeingPrepared from error
        told = _told(self._home(source))
        if told is None:  # it had to make room at once: there is less than one document needs
            raise BeingPrepared
        return told

    def _prepare(self, case: Case, source: Source) -> None:
        """Find out what pages there are, unless that is known by now."""
        with self._turn:
            if _told(self._home(source)) is None:
                self._outline(case, source, self._home(source))

    def picture(self, case: Case, source: Source, number: int) -> Path:
        """Draws the pages around it as well. Raises `NoPreview`."""
        home = self._home(source)
        drawn = home / f"{number}.webp"
        if drawn.is_file():
            return drawn
        count = len(self.preview(case, source).pages)
        if not 1 <= number <= count:
            raise NoPreview(reason="原件没有这一页。")
        if not _is_done(home, number):
            with self._my_turn():
                first = number - (number - 1) % AT_ONCE
                self._draw(case, source, range(first, min(first + AT_ONCE, count + 1)))
        if not drawn.is_file():
            raise NoPreview(reason="这一页不能显示；请下载原件查看。")
        return drawn

    def make_all(self, case: Case) -> int:
        """Make what is not there yet of all originals; returns the number of pages. Raises `NoPreview`."""
        done = 0
        for source in self.sources(case):
            self._forget_refusal(source)
            self._prepare(case, source)
            count = len(self.preview(case, source).pages)
            for first in range(1, count + 1, AT_ONCE):
                self.picture(case, source, first)
            done += count
        return done

    def _home(self, source: Source) -> Path:
        return self.folder / source.sha256

    @contextlib.contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._turn.acquire(timeout=PATIENCE):
                raise Busy
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _outline(self, case: Case, source: Source, home: Path) -> dict[str, Any]:
        original = self.corpus.original_path(case.id, source.stored).resolve()
        with self._work() as work:
            told: dict[str, Any]
            try:
                guards.check_size(original)
                order = {"path": str(original), "name": source.file}
                told = _checked(sandbox.run("indexer.reading.page_pictures:outline", order, work))
            except Refusal as error:
                told = {"refused": dict(error.values)}
            home.mkdir(parents=True, exist_ok=True)
            if (made := work / DOCUMENT).is_file() and not made.is_symlink():
                made.replace(home / DOCUMENT)
            body = json.dumps({"version": VERSION, **told}, ensure_ascii=False)
            (work / "pages.json").write_text(body, encoding="utf-8")
            (work / "pages.json").replace(home / "pages.json")
        self._make_room(home)
        return told

    def _draw(self, case: Case, source: Source, numbers: range) -> None:
        """Draw these pages; what does not draw in company is tried alone, so that one bad page spoils no other."""
        home = self._home(source)
        document = home / DOCUMENT
        if not document.is_file():
            document = self.corpus.original_path(case.id, source.stored)
        wanted = [number for number in numbers if not _is_done(home, number)]
        self._draw_some(document.resolve(), wanted, home)
        for number in wanted:
            if not _is_done(home, number) and len(wanted) > 1:
                self._draw_some(document.resolve(), [number], home)
            if not _is_done(home, number):
                (home / f"{number}.none").touch()
        self._make_room(home)

    def _draw_some(self, document: Path, numbers: list[int], home: Path) -> None:
        with self._work() as work:
            order = {"path": str(document), "numbers": ",".join(map(str, numbers))}
            with contextlib.suppress(Refusal):  # what was drawn before it broke off is good
                sandbox.run("indexer.reading.page_pictures:draw", order, work)
            for number in numbers:
                drawn = work / f"{number}.webp"
                if _is_webp(drawn):
                    drawn.replace(home / drawn.name)

    @contextlib.contextmanager
    def _work(self) -> Iterator[Path]:
        """An empty private folder on the same file system."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".work-", dir=self.folder) as work:
            yield Path(work).resolve()

    def _forget_refusal(self, source: Source) -> None:
        """Whoever asks for all wants it tried again."""
        home = self._home(source)
        if "refused" in (_told(home) or {}):
            (home / "pages.json").unlink()
        for left in home.glob("*.none"):
            left.unlink()

    def _make_room(self, kept: Path) -> None:
        """Delete what was not looked at for longest until the folder is within its limit."""
        homes = [_Home(Path(entry)) for entry in os.scandir(self.folder) if not entry.name.startswith(".")]
        total = sum(home.size for home in homes)
        for home in sorted(homes, key=lambda home: home.seen):
            if total <= self.most:
                return
            if home.path != kept:
                shutil.rmtree(home.path, ignore_errors=True)
                total -= home.size


class _Home:
    """The folder of one document: its size in bytes, and when it was looked at last; zeros when it is gone."""

    def __init__(self, path: Path) -> None:
        self.path, self.size, self.seen = path, 0, 0
        with contextlib.suppress(FileNotFoundError):
            self.seen = path.stat().st_mtime_ns
            self.size = sum(entry.stat().st_size for entry in os.scandir(path))


def _told(home: Path) -> dict[str, Any] | None:
    """What is kept of a document; None where there is nothing, or something of another version."""
    try:
        told = json.loads((home / "pages.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("version") == VERSION else None


def _checked(answer: Any) -> dict[str, Any]:
    """The child may have been taken over by the file, so its answer is looked at. Raises `Refusal`."""
    try:
        pages = [(_pixels(width, WIDTH), _pixels(height, HEIGHT), str(text)) for width, height, text in answer["pages"]]
        return {"pages": pages, "total": max(int(answer["total"]), len(pages))}
    except (TypeError, ValueError, KeyError) as error:
        raise Refusal(reason="读取这个文件的结果不完整，没有采用。请重试；若再次出现，请另存后重新提交。") from error


def _pixels(given: Any, most: int) -> int:
    if type(given) is not int or not 0 < given <= most + 1:
        raise ValueError(given)
    return given


def _is_done(home: Path, number: int) -> bool:
    return (home / f"{number}.webp").is_file() or (home / f"{number}.none").is_file()


def _is_webp(file: Path) -> bool:
    """Whether it is a whole picture of the kind we serve it as."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
        return False
    with file.open("rb") as opened:
        head = opened.read(12)
    whole = int.from_bytes(head[4:8], "little") + 8 == file.stat().st_size
    return whole and head[:4] == b"RIFF" and head[8:] == b"WEBP"
