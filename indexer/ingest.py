"""The one way a submitted file takes into the library, whoever brings it: command line, web form or watched folder.

bytes → draft → case → corpus → index. From `Corpus.add` on the case is safe: if the index is away, the next `sync`
repairs it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from filelock import FileLock

from indexer.index import Document, Index
from indexer.made import Made
from indexer.making import make
from indexer.merging import merge
from indexer.near import SLIDE_FILES, Relation, relations
from indexer.reading.beside import PICTURES
from indexer.reading.recognition import Progress
from indexer.refused import RefusedFiles
from indexer.revise import NoOriginal, figure_digests, reread, set_field, stamped, with_new_names
from indexer.sketches import Sketches
from indexer.wordings import Wording
from library.case import Case
from library.corpus import Corpus, Original
from library.errors import InvalidCase, LibraryError, Refused, SearchUnavailable
from library.notices import notice

log = logging.getLogger(__name__)

LARGEST = 200 * 2**20
"""Bytes of one submitted file; reports with many photos reach 100 MB."""

QUOTED = 2  # passages that a warning about a near copy shows

Status = Literal["added", "known", "attached", "refused"]


class TooLarge(Refused):
    message = "文件有 {size} MB，超过上限 {limit} MB，未收入；请压缩图片后再提交。"


class CannotOpen(Refused):
    message = "“{name}”无法打开（{reason}），可能已被移走、改名或没有读取权限。"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `case` is the new one, or the one that holds this file, already or from now on."""

    file: str
    status: Status
    case: Case | None = None
    error: LibraryError | None = None


@dataclass(frozen=True)
class Intake:
    """All that taking in a file needs. `data` is the folder for caches; None keeps them in memory.

    `progress` is told how many scanned pages of a file, of how many, are recognised; `sketching`, of how many cases of
    how many a sketch is made, where many are missing.
    """

    corpus: Corpus
    index: Index
    refused: RefusedFiles
    data: Path | None = None
    progress: Progress | None = None
    sketching: Progress | None = None

    @cached_property
    def sketches(self) -> Sketches:
        return Sketches(self.corpus, self.data / "near.sqlite" if self.data else None, self.sketching)

    def take(
        self, path: Path, name: str, beside: Collection[str] = (), pictures: Mapping[str, Path] | None = None
    ) -> Outcome:
        """Take in one file; `name` is the name people know, `beside` the cases of the other files of its folder.

        `pictures` are those of the submission, by their path relative to the file. Never raises for what is wrong with
        the file.
        """
        try:
            original = _original(path, name)
        except Refused as error:
            return Outcome(name, "refused", error=error)
        if known := self.corpus.find_original(original.sha256):
            return Outcome(name, "known", self.corpus.get(known))
        try:
            made = make(path, name, self.progress, beside=pictures)
            with self._one_at_a_time():  # so that the same result, offered twice at once, becomes one case
                outcome = self._keep(original, made, beside)
        except (Refused, InvalidCase) as error:
            self.refused.keep(original, str(error))
            return Outcome(name, "refused", error=error)
        self.refused.forget(original.sha256)
        return outcome

    def accompany(self, path: Path, name: str, case_id: str) -> Outcome:
        """Keep a file that is no report, such as a form or a photo, with the case it was handed in with."""
        try:
            original = _original(path, name)
        except Refused as error:
            return Outcome(name, "refused", error=error)
        with self._one_at_a_time():
            if known := self.corpus.find_original(original.sha256):
                return Outcome(name, "known", self.corpus.get(known))
            case = self.corpus.attach(case_id, original)
        self.refused.forget(original.sha256)
        return Outcome(name, "attached", case)

    def _keep(self, original: Original, made: Made, beside: Collection[str]) -> Outcome:
        if known := self.corpus.find_original(original.sha256):
            return Outcome(original.name, "known", self.corpus.get(known))
        related = relations(made.case, original.name, self.corpus, self.sketches, beside)
        first = related[0] if related else None
        if first and first.kind == "entry":
            return Outcome(original.name, "added", self._fill(first.case, original, made))
        if first and first.kind == "version" and _is_fuller(original, made.case, first.case):
            return Outcome(original.name, "attached", self._fill(first.case, original, made))
        if first and first.kind in ("again", "version"):
            return Outcome(original.name, "attached", self.corpus.attach(first.case.id, original))
        case = _with_copies(made.case, related)
        case = self.corpus.add(stamped(case), [original], made.figures)
        for relation in related:
            self._mark_copy(relation.case.id, case.id)
        return Outcome(original.name, "added", case)

    def _fill(self, old: Case, original: Original, made: Made) -> Case:
        """The report becomes the text of a case that had none, or only that of its slides."""
        taken = figure_digests(self.corpus, old)
        new, figures = with_new_names(made.case, made.figures, taken)

        def become(now: Case) -> Case:
            *before, latest = now.sources  # the text is the latest one's, so it stands first and is read again
            known = replace(
                new, year=new.year or now.year, unit=new.unit or now.unit, group=new.group or now.group, id=now.id
            )
            return replace(reread(now, known), sources=(latest, *before), title_only=False)

        return self.corpus.attach(old.id, original, become, figures)

    def _mark_copy(self, case_id: str, copy_id: str) -> None:
        case, seen = self.corpus.get(case_id), self.corpus.fingerprint(case_id)
        if copy_id not in case.duplicates and "duplicates" not in case.confirmed:
            self.corpus.replace(replace(case, duplicates=(*case.duplicates, copy_id)), seen)

    def _one_at_a_time(self) -> AbstractContextManager[object]:
        if self.data is None:
            return nullcontext()
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileLock(self.data / "intake.lock", timeout=300)

    def reread(self, case_id: str) -> Case:
        """Read the case's first original again. Raises `Refused` when that is not possible."""
        old, seen = self.corpus.get(case_id), self.corpus.fingerprint(case_id)
        if not old.sources:
            raise NoOriginal(case_id=case_id)
        source = old.sources[0]
        path = self.corpus.original_path(case_id, source.stored)
        pictures = {
            PurePosixPath(other.file).name: self.corpus.original_path(case_id, other.stored)
            for other in old.sources[1:]
            if other.stored.endswith(PICTURES)
        }
        made = make(path, source.file, self.progress, beside=pictures)
        new, figures = with_new_names(made.case, made.figures, figure_digests(self.corpus, old))
        return self.corpus.replace(reread(old, replace(new, id=case_id)), seen, figures)

    def set_fields(self, case_id: str, fields: Iterable[tuple[str, str]]) -> Case:
        """Correct fields of a case. Raises `Refused` or `InvalidCase` and changes nothing when one is wrong."""
        case, seen = self.corpus.get(case_id), self.corpus.fingerprint(case_id)
        for field, text in fields:
            case = set_field(case, field, text)
        return self.corpus.replace(case, seen)

    def merge(self, keep_id: str, other_id: str) -> list[str]:
        """See `indexer.merging.merge`; the index follows."""
        with self._one_at_a_time():
            changed = merge(self.corpus, keep_id, other_id)
        self.make_findable(changed, gone=[other_id])
        return changed

    def make_findable(self, case_ids: Iterable[str], gone: Sequence[str] = ()) -> None:
        """Tell the index of cases that are new or changed in the corpus, and of those that are gone."""
        documents = [Document(case, self.corpus.fingerprint(case.id)) for case in self.corpus.get_many(case_ids)]
        try:
            if documents or gone:
                self.index.update(documents, gone)
        except SearchUnavailable as error:
            log.warning("%s waits for the next sync: %s", ", ".join(d.id for d in documents), error)


def _original(path: Path, name: str) -> Original:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise TooLarge(size=size // 2**20, limit=LARGEST // 2**20)
        return Original(name, path.read_bytes())
    except OSError as error:
        raise CannotOpen(name=name, reason=error.strerror) from error


def _is_fuller(original: Original, new: Case, old: Case) -> bool:
    """A report after the slides of it, not the slides after the report."""
    if original.suffix in SLIDE_FILES:
        return False
    return len(Wording.of(new).letters) > len(Wording.of(old).letters)


def _with_copies(case: Case, related: Sequence[Relation]) -> Case:
    """The case marked as a possible copy of others, with what a person needs to decide."""
    said = [_told(relation) for relation in related]
    ids = tuple(relation.case.id for relation in related)
    return replace(case, duplicates=ids, warnings=(*said, *case.warnings))


def _told(relation: Relation) -> str:
    other = relation.case
    if not relation.matches:
        return notice(
            "与 {id}《{title}》的课题、小组相同而文字不同，请核对是否同一成果。", id=other.id, title=other.title
        )
    longest = sorted(relation.matches, key=lambda match: -len(match.sentence.letters))[:QUOTED]
    return notice(
        "与 {id}《{title}》有 {share} 的文字相同或相近（{count} 处），请核对是否同一成果。例如：{quotes}",
        id=other.id,
        title=other.title,
        share=f"{relation.share:.0%}",
        count=len(relation.matches),
        quotes="".join(f"“{shortened(match.sentence.text)}”" for match in longest),
    )


def shortened(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


IGNORED = ("~$", ".", "Thumbs.db", "desktop.ini")  # lock files of office programs, litter of systems


def files_in(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder, in a stable order, without links and litter."""
    if not path.is_dir():
        yield path
        return
    for child in sorted(path.iterdir()):
        if child.is_symlink() or child.name.startswith(IGNORED):
            continue
        yield from files_in(child)
