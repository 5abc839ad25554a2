"""What readers say about a case: one small file each, kept until somebody has dealt with it.

Nothing about the reader is kept but their words. Numbers, lengths and the pace are bounded, since anyone may write.
"""

from __future__ import annotations

import json
import os
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from library.errors import LibraryError

KINDS = {"wrong": "有错误", "helped": "对我有帮助", "other": "其他"}
LONGEST = 2_000  # characters of a text
LONGEST_VALUE = 200  # characters of a proposed value
MOST_OF_A_CASE = 20  # waiting ones
MOST = 1_000  # waiting ones
MOST_AN_HOUR = 60


class NothingSaid(LibraryError):
    status = 422
    message = "请写一句话，或给出正确的内容。"


class TooLong(LibraryError):
    status = 422
    message = "文字太长，请缩到 {most} 字以内。"


class TooMuch(LibraryError):
    status = 429
    message = "收到的反馈太多，还没来得及处理，请过一段时间再提交。"


class NoSuchFeedback(LibraryError):
    status = 404
    message = "没有编号为 {number} 的待处理反馈。"


@dataclass(frozen=True)
class Said:
    """What a reader wrote; `field` names the part of the case that should become `proposed`."""

    kind: str
    text: str = ""
    field: str = ""
    proposed: str = ""


@dataclass(frozen=True)
class Feedback:
    number: int  # from 1, never used again
    case_id: str
    when: str  # ISO 8601, UTC
    said: Said


class FeedbackBox:
    """A folder: `<number>.json` for what waits, the same in `done/` for what has been dealt with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done_folder = folder / "done"

    def put(self, case_id: str, said: Said, now: datetime) -> Feedback:
        """Raises `NothingSaid`, `TooLong` or `TooMuch`, and keeps nothing then."""
        said = _cleaned(said)
        if not (said.text or said.proposed or said.kind == "helped"):
            raise NothingSaid
        if len(said.text) > LONGEST:
            raise TooLong(most=LONGEST)
        if len(said.proposed) > LONGEST_VALUE:
            raise TooLong(most=LONGEST_VALUE)
        waiting = list(self.waiting())
        hour_ago = (now - timedelta(hours=1)).isoformat()
        if (
            len(waiting) >= MOST
            or sum(other.case_id == case_id for other in waiting) >= MOST_OF_A_CASE
            or sum(other.when > hour_ago for other in waiting) >= MOST_AN_HOUR
        ):
            raise TooMuch
        return self._keep(case_id, said, now)

    def waiting(self) -> Iterator[Feedback]:
        """Oldest first."""
        yield from _in(self.folder)

    def done(self, number: int) -> Feedback:
        """Put it away; returns it. Raises `NoSuchFeedback`."""
        name = f"{number:04}.json"
        try:
            feedback = _read(self.folder / name)
            self.done_folder.mkdir(exist_ok=True)
            (self.folder / name).replace(self.done_folder / name)
        except (OSError, ValueError, TypeError) as error:
            raise NoSuchFeedback(number=number) from error
        return feedback

    def _keep(self, case_id: str, said: Said, now: datetime) -> Feedback:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f".{uuid.uuid4().hex}"
        number = max((n for home in (self.folder, self.done_folder) for n, _ in _numbered(home)), default=0)
        try:
            while True:
                number += 1
                feedback = Feedback(number, case_id, now.isoformat(timespec="seconds"), said)
                draft.write_text(json.dumps(asdict(feedback), ensure_ascii=False, indent=1), encoding="utf-8")
                try:
                    os.link(draft, self.folder / f"{number:04}.json")  # unlike a rename, never replaces a file
                except FileExistsError:
                    continue  # another reader was quicker
                return feedback
        finally:
            draft.unlink(missing_ok=True)


def _in(folder: Path) -> Iterator[Feedback]:
    for _, file in sorted(_numbered(folder)):
        with suppress(OSError, ValueError, TypeError):  # put away just now, or broken by an editor
            yield _read(file)


def _numbered(folder: Path) -> Iterator[tuple[int, Path]]:
    for file in folder.glob("*.json"):
        if file.stem.isdecimal():
            yield int(file.stem), file


def _read(file: Path) -> Feedback:
    told = json.loads(file.read_text(encoding="utf-8"))
    return Feedback(**{**told, "said": Said(**told["said"])})


def _cleaned(said: Said) -> Said:
    return Said(
        said.kind if said.kind in KINDS else "other", _lines(said.text), _line(said.field)[:40], _line(said.proposed)
    )


def _line(text: str) -> str:
    return " ".join(_lines(text).split())


def _lines(text: str) -> str:
    """NFC, without what a terminal or an editor could take for a command, or a reader for something else."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in normal if c == "\n" or not unicodedata.category(c).startswith("C")).strip()
