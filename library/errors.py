"""Everything that can be said to a person when something does not work.

A sentence is written once, in Chinese, with `{placeholders}`; it is also the key of its English translation
(`library/translations/en.po`). So an error carries its sentence and its values, never finished text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

Translate = Callable[[str], str]


def as_written(message: str) -> str:
    return message


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it."""

    where: str  # a field ("target.goal") or a file; may be empty
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None  # of the file, from 1

    def sentence(self, translate: Translate = as_written) -> str:
        said = translate(self.message).format_map(self.values)
        line = translate("第 {line} 行").format(line=self.line) if self.line else ""
        where = " ".join(part for part in (line, self.where) if part)
        return f"{where}：{said}" if where else said

    def __str__(self) -> str:
        return self.sentence()


class LibraryError(Exception):
    """Base of all errors meant for people. `status` is the HTTP status of the page that shows it."""

    status: ClassVar[int] = 500
    message: ClassVar[str] = "出了意外：{reason}"

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def sentence(self, translate: Translate = as_written) -> str:
        return translate(self.message).format_map(self.values)

    def __str__(self) -> str:
        return self.sentence()


class CaseNotFound(LibraryError):
    status = 404
    message = "库中没有编号为 {case_id} 的案例。"


class EventNotFound(LibraryError):
    status = 404
    message = "库中没有编号为 {event_id} 的交流会或竞赛。"


class CaseMoved(CaseNotFound):
    """A case that was merged into another one, `to`."""

    message = "案例 {case_id} 已并入案例 {to}。"


class FileMissing(LibraryError):
    status = 404
    message = "案例 {case_id} 没有名为 {name} 的文件。"


class CaseChanged(LibraryError):
    """An edit was based on an older version than the one that is there now."""

    status = 409
    message = "案例 {case_id} 在此期间已被他人修改，请重新打开后再保存。"


class InvalidCase(LibraryError):
    """A case file that breaks the rules, with every problem found in it."""

    status = 422
    message = "{file} 有 {count} 处问题：{listing}"

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file=file, count=len(problems))
        self.file = file
        self.problems = problems

    def sentence(self, translate: Translate = as_written) -> str:
        listing = " ".join(problem.sentence(translate) for problem in self.problems)
        return translate(self.message).format(listing=listing, **self.values)


class Refused(LibraryError):
    """A submitted file that cannot be taken in; the sentence says what and why, and what to do."""

    status = 422
    message = "{reason}"


class SearchUnavailable(LibraryError):
    status = 503
    message = "检索暂时不可用（{reason}），案例本身不受影响，请稍后再试。"
