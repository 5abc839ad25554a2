"""Many files offered at once: archives opened, and a folder taken as what one group handed in together.

A folder (or a folder inside a zip) often holds one result as report, slides, pdf, a registration form and photos.
Reports that say the same join one case (`indexer.near`). What is no report is kept with the case of its folder, or of
the nearest folder above that has one: a picture when that folder has just one case, a form or a letter when it names
the title of the case, or its group where there is no other. Everything else is refused as it would be alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from indexer.draft import Table, Text
from indexer.ingest import CannotOpen, Intake, Outcome, files_in
from indexer.reading import is_archive, read, unpack
from indexer.reading.beside import PICTURES
from indexer.reading.pictures import kind_of
from indexer.same_result import title_key
from indexer.wordings import letters
from library.case import Case
from library.errors import Refused

Folder = tuple[str, ...]

_POINTING = (".md", ".markdown", ".html", ".htm", ".txt")
_MOST_PICTURES = 2_000
_LAST = 3
_ORDER = {
    **dict.fromkeys((".docx", ".doc", ".wps", ".rtf", ".odt", ".md", ".html", ".htm", ".txt"), 0),
    **dict.fromkeys((".pptx", ".ppt", ".dps"), 1),
    ".pdf": 2,
}
"""Which file of a folder is read first; the case gets its text from it."""


class NotThere(Refused):
    message = "没有这个文件或文件夹：{path}"


@dataclass(frozen=True)
class Work:
    """A file to take in: where it lies, the name people know it by, and the folder it came in, () for none."""

    path: Path
    name: str
    folder: Folder = ()


def works_in(paths: Iterable[Path], unpacked: Path) -> tuple[list[Work], list[Outcome]]:
    """All files to take in, archives opened into the folder `unpacked`, and what could not even be opened."""
    works: list[Work] = []
    refused: list[Outcome] = []
    for path in paths:
        if not path.exists():
            refused.append(Outcome(str(path), "refused", error=NotThere(path=path)))
            continue
        for file in files_in(path):
            folder = (str(path), *file.relative_to(path).parent.parts) if path.is_dir() else ()
            try:
                works += _works_of(file, folder, unpacked / str(len(works)))
            except Refused as error:
                refused.append(Outcome(file.name, "refused", error=error))
            except OSError as error:
                refused.append(Outcome(file.name, "refused", error=CannotOpen(name=file.name, reason=error.strerror)))
    return in_order(works), refused


def watched_works(root: Path, files: Iterable[Path], unpacked: Path) -> tuple[list[Work], list[Outcome]]:
    """The same for files of a watched folder: what lies in it itself stands alone, a folder in it is a submission."""
    works: list[Work] = []
    refused: list[Outcome] = []
    for file in files:
        parts = file.relative_to(root).parent.parts
        try:
            works += _works_of(file, (str(root), *parts) if parts else (), unpacked / str(len(works)))
        except Refused as error:
            refused.append(Outcome(file.name, "refused", error=error))
        except OSError:
            continue  # moved away again; it is offered where it turns up
    return in_order(works), refused


def _works_of(file: Path, folder: Folder, into: Path) -> list[Work]:
    if not is_archive(file):
        return [Work(file, file.name, folder)]
    return [
        Work(member.path, member.name, (str(file), *PurePosixPath(member.name).parent.parts))
        for member in unpack(file, into)
    ]


def in_order(works: Iterable[Work]) -> list[Work]:
    """Folders as they come; inside a folder the file whose text is best to have comes first."""
    works = list(works)
    first = {work.folder: position for position, work in reversed(list(enumerate(works)))}

    def place(numbered: tuple[int, Work]) -> tuple[int, int, int]:
        position, work = numbered
        if not work.folder:
            return position, 0, 0
        return first[work.folder], _ORDER.get(Path(work.name).suffix.lower(), _LAST), position

    return [work for _, work in sorted(enumerate(works), key=place)]


@dataclass
class Submissions:
    """Takes in files and remembers which cases came from which folder."""

    intake: Intake
    together: Sequence[Work] = ()  # all that is handed in, for documents whose pictures are files of their own
    cases: dict[Folder, list[str]] = field(default_factory=dict)

    def take_all(self, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome]]:
        """Every file with what became of it; files that may accompany a report of their folder come last."""
        held: list[tuple[Work, Outcome]] = []
        for work in works:
            beside = self.cases.get(work.folder, ())
            outcome = self.intake.take(work.path, work.name, beside, self._pictures_of(work))
            if outcome.status == "refused" and work.folder:
                held.append((work, outcome))
                continue
            if outcome.case and work.folder:
                self._came(work.folder, outcome.case.id)
            yield work, outcome
        for work, outcome in held:
            case_id = self._case_for(work)
            yield work, self.intake.accompany(work.path, work.name, case_id) if case_id else outcome

    def _pictures_of(self, work: Work) -> dict[str, Path]:
        """The pictures that a page may point to, by their path relative to it: of its folder and below, and of the one
        above where that is not the whole of what was handed in."""
        if not work.folder or not work.name.lower().endswith(_POINTING):
            return {}
        home = work.folder[:-1] if len(work.folder) > 2 else work.folder
        here = PurePosixPath(*work.folder[1:]).as_posix()
        return {
            posixpath.relpath(PurePosixPath(*one.folder[1:], PurePosixPath(one.name).name).as_posix(), here): one.path
            for one in self._pictures.get(home, ())[:_MOST_PICTURES]
        }

    @cached_property
    def _pictures(self) -> dict[Folder, list[Work]]:
        """The pictures at or below every folder."""
        found: dict[Folder, list[Work]] = {}
        for work in self.together:
            if work.name.lower().endswith(PICTURES):
                for length in range(1, len(work.folder) + 1):
                    found.setdefault(work.folder[:length], []).append(work)
        return found

    def _came(self, folder: Folder, case_id: str) -> None:
        ids = self.cases.setdefault(folder, [])
        if case_id not in ids:
            ids.append(case_id)

    def _case_for(self, work: Work) -> str | None:
        """The case that a file which is no report belongs to, if that is certain."""
        above = (work.folder[:length] for length in range(len(work.folder), 0, -1))
        ids = next((self.cases[folder] for folder in above if folder in self.cases), [])
        if not ids:
            return None
        cases = self.intake.corpus.get_many(ids)
        if _is_picture(work.path):
            return cases[0].id if len(cases) == 1 else None
        words = _words(work)
        named = [case for case in cases if words and _names(words, case, alone=len(cases) == 1)]
        return named[0].id if len(named) == 1 else None


def _names(words: str, case: Case, alone: bool) -> bool:
    group = letters(case.group)
    unmarked = words.replace("qc", "").replace("的", "")  # as in title keys
    return title_key(case.title) in unmarked or (alone and len(group) >= 4 and group in words)


def _words(work: Work) -> str:
    """The letters of a file that can be read, of its tables too; else none."""
    try:
        blocks = read(work.path, work.name).blocks
    except (Refused, OSError):
        return ""
    said = [block.text for block in blocks if isinstance(block, Text)]
    said += [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    return letters("\n".join(said))


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(kind_of(file.read(4096)))
    except OSError:
        return False
