"""The one way a submitted file takes into the library, whoever brings it: command line, web form or watched folder.

bytes → draft → case → corpus → index. From `Corpus.add` on the case is safe: if the index is away, the next `sync`
repairs it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from indexer.case_maker import make_case
from indexer.index import Document, Index
from indexer.reading import read
from indexer.refused import RefusedFiles
from indexer.revise import NoOriginal, figure_digests, reread, set_field, stamped, with_new_names
from library.case import Case
from library.corpus import Corpus, Original
from library.errors import InvalidCase, LibraryError, Refused, SearchUnavailable

log = logging.getLogger(__name__)

LARGEST = 200 * 2**20
"""Bytes of one submitted file; reports with many photos reach 100 MB."""

Status = Literal["added", "known", "refused"]


class TooLarge(Refused):
    message = "文件有 {size} MB，超过上限 {limit} MB，未收入；请压缩图片后再提交。"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `case` is the new one, or the one that already holds this very file."""

    file: str
    status: Status
    case: Case | None = None
    error: LibraryError | None = None


@dataclass(frozen=True)
class Intake:
    """All that taking in a file needs."""

    corpus: Corpus
    index: Index
    refused: RefusedFiles

    def take(self, path: Path, name: str) -> Outcome:
        """Take in one file; `name` is the name people know. Never raises for what is wrong with the file."""
        size = path.stat().st_size
        if size > LARGEST:
            return Outcome(name, "refused", error=TooLarge(size=size // 2**20, limit=LARGEST // 2**20))
        original = Original(name, path.read_bytes())
        if known := self.corpus.find_original(original.sha256):
            return Outcome(name, "known", self.corpus.get(known))
        try:
            made = make_case(read(path, name), name)
            case = self.corpus.add(stamped(made.case), [original], made.figures)
        except (Refused, InvalidCase) as error:
            self.refused.keep(original, str(error))
            return Outcome(name, "refused", error=error)
        self.refused.forget(original.sha256)
        return Outcome(name, "added", case)

    def reread(self, case_id: str) -> Case:
        """Read the case's first original again. Raises `Refused` when that is not possible."""
        old, seen = self.corpus.get(case_id), self.corpus.fingerprint(case_id)
        if not old.sources:
            raise NoOriginal(case_id=case_id)
        source = old.sources[0]
        made = make_case(read(self.corpus.original_path(case_id, source.stored), source.file), source.file)
        new, figures = with_new_names(made.case, made.figures, figure_digests(self.corpus, old))
        return self.corpus.replace(reread(old, replace(new, id=case_id)), seen, figures)

    def set_fields(self, case_id: str, fields: Iterable[tuple[str, str]]) -> Case:
        """Correct fields of a case. Raises `Refused` or `InvalidCase` and changes nothing when one is wrong."""
        case, seen = self.corpus.get(case_id), self.corpus.fingerprint(case_id)
        for field, text in fields:
            case = set_field(case, field, text)
        return self.corpus.replace(case, seen)

    def make_findable(self, case_ids: Iterable[str]) -> None:
        """Tell the index of cases that are new or changed in the corpus."""
        documents = [Document(case, self.corpus.fingerprint(case.id)) for case in self.corpus.get_many(case_ids)]
        try:
            if documents:
                self.index.update(documents, [])
        except SearchUnavailable as error:
            log.warning("%s waits for the next sync: %s", ", ".join(d.id for d in documents), error)


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
