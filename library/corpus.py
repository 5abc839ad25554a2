"""Where cases are kept: `<year>/<id>/case.md`, the originals byte for byte, and `figures/`.

A case that was merged into another one lies in `merged/<id>/` as it was, with the other's id in `merged-into`.

Nothing here is ever half there. A case is written aside and appears by one rename, which the file system does whole
or not at all and which fails when the name is taken; so two processes that add at once get two ids, and a process
killed at any moment leaves either the whole case or none. Nothing replaces an original.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from library.case import Case, Event, Source
from library.casefile import dump_case, parse_case, parse_event
from library.disk import alive, sync_folder, write_anew, write_new
from library.errors import CaseChanged, CaseMoved, CaseNotFound, EventNotFound, FileMissing, InvalidCase
from library.parsed import ParsedCases

CASE_ID = re.compile(r"(?P<year>\d{4})-(?P<number>\d{4,6})")
UNKNOWN_YEAR = "0000"
ASIDE = ".incoming"
MERGED = "merged"  # cases that were merged into others, as they were
INTO = "merged-into"
_LONGEST_TRAIL = 20  # merges one after the other

Stamp = tuple[int, int]
"""Time (nanoseconds) and size (bytes) of a case file."""


@dataclass(frozen=True)
class Original:
    """A submitted file: the name people know, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The end of the name where it is plain, for the stored name; else none."""
        suffix = Path(self.name).suffix.lower()
        return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


class Corpus:
    """The folder of all cases. `cache` is a file for parsed cases that can be deleted at any time."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self.folder = Path(folder)
        self._parsed = ParsedCases(cache)

    def ids(self) -> list[str]:
        """Ids of all cases, oldest year first."""
        if not self.folder.is_dir():
            return []
        return sorted(
            case.name
            for year in os.scandir(self.folder)
            if year.name.isdecimal() and year.is_dir()
            for case in os.scandir(year.path)
            if CASE_ID.fullmatch(case.name) and case.name.startswith(year.name)
        )

    def get(self, case_id: str) -> Case:
        """Raises `CaseNotFound`, or `InvalidCase` when its file breaks the rules."""
        content = self._read(case_id)
        return self._parsed.get(case_id, content, lambda: parse_case(case_id, content, self._shown(case_id)))

    def get_many(self, case_ids: Iterable[str]) -> list[Case]:
        """The cases that are there and readable, in the given order."""
        found = []
        for case_id in case_ids:
            try:
                found.append(self.get(case_id))
            except (CaseNotFound, InvalidCase):
                continue  # gone or broken since it was indexed; `check` tells
        return found

    def fingerprint(self, case_id: str) -> str:
        """Changes exactly when the bytes of the case file change."""
        return hashlib.sha256(self._read(case_id)).hexdigest()

    def stamp(self, case_id: str) -> Stamp:
        """Raises `CaseNotFound`."""
        try:
            about = os.stat(self._case_file(case_id))  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError) as error:
            raise CaseNotFound(case_id=case_id) from error
        return about.st_mtime_ns, about.st_size

    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every case file: cheap, and enough for caches to know what to read."""
        found = {}
        for case_id in self.ids():
            try:
                found[case_id] = self.stamp(case_id)
            except CaseNotFound:
                continue  # removed between listing and reading
        return found

    def fingerprints(self) -> dict[str, str]:
        """Fingerprint of every case, readable or not."""
        found = {}
        for case_id in self.ids():
            try:
                found[case_id] = self.fingerprint(case_id)
            except CaseNotFound:
                continue  # removed between listing and reading
        return found

    def add(
        self,
        case: Case,
        originals: Iterable[Original] = (),
        figures: Mapping[str, bytes] | None = None,
    ) -> Case:
        """Keep a new case under a new id; its year comes from `case.year`. Returns it as kept."""
        originals = list(originals)
        sources = tuple(Source(o.name, _stored(o, position), o.sha256) for position, o in enumerate(originals))
        case = replace(case, sources=sources)
        self._clean_aside()
        aside = self._aside()
        try:
            for source, original in zip(sources, originals, strict=True):
                write_new(aside / source.stored, original.data)
            if figures:
                (aside / "figures").mkdir()
            for name, data in (figures or {}).items():
                write_new(aside / "figures" / name, data)
            write_new(aside / "case.md", dump_case(case))
            return replace(case, id=self._claim(aside, case.year))
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def attach(
        self,
        case_id: str,
        original: Original,
        become: Callable[[Case], Case] | None = None,
        figures: Mapping[str, bytes] | None = None,
    ) -> Case:
        """Keep a further original with a case, such as the same report as pdf.

        `become` says what else changes in the case by that, such as the text that an entry was waiting for; `figures`
        are the pictures this needs. Until the case file names them, at the very end, they do not belong to the case.
        """
        with self._lock():
            case = self.get(case_id)
            folder = self._folder(case_id)
            aside = self._aside()
            try:
                stored = self._link(original, len(case.sources), aside, folder)
                self._link_figures(figures or {}, aside, folder)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            source = Source(original.name, stored, original.sha256)
            case = replace(case, sources=(*case.sources, source))
            return self._put(become(case) if become else case)

    def _link(self, original: Original, position: int, aside: Path, folder: Path) -> str:
        """Put the file into the case's folder under the first free name, or find it there."""
        write_new(aside / "original", original.data)
        while True:
            stored = _stored(original, position)
            try:
                os.link(aside / "original", folder / stored)  # unlike a rename, never replaces a file
                return stored
            except FileExistsError:  # left by a process that was killed before it could name it
                if (folder / stored).read_bytes() == original.data:
                    return stored
                position += 1

    def _link_figures(self, figures: Mapping[str, bytes], aside: Path, folder: Path) -> None:
        home = folder / "figures"
        for name, data in figures.items():
            home.mkdir(exist_ok=True)
            write_new(aside / name, data)
            (aside / name).replace(home / name)

    def replace(self, case: Case, seen: str, figures: Mapping[str, bytes] | None = None) -> Case:
        """Save an edit, unless the file is no longer the one whose fingerprint was `seen`.

        `figures` are new pictures; pictures that the case no longer lists are removed afterwards.
        """
        with self._lock():
            if self.fingerprint(case.id) != seen:
                raise CaseChanged(case_id=case.id)
            home = self._folder(case.id) / "figures"
            for name, data in (figures or {}).items():
                home.mkdir(exist_ok=True)
                if not (home / name).exists():
                    write_new(home / name, data)
            kept = self._put(case)
            listed = {figure.file for figure in case.figures}
            for left in home.glob("*") if figures is not None else ():
                if left.name not in listed:
                    left.unlink()
            return kept

    def merge(self, case: Case, other_id: str) -> Case:
        """Keep `case` with the originals of another one too, and put that one aside: its id leads here from now on."""
        with self._lock():
            other = self.get(other_id)
            for source in other.sources:
                if source.sha256 not in {known.sha256 for known in case.sources}:
                    original = Original(source.file, self.original_path(other_id, source.stored).read_bytes())
                    case = replace(case, sources=(*case.sources, self._kept_source(case, original)))
            kept = self._put(case)
            write_anew(self._folder(other_id) / INTO, case.id)
            (self.folder / MERGED).mkdir(exist_ok=True)
            self._folder(other_id).rename(self.folder / MERGED / other_id)
            self._parsed.forget_sources(other_id)
            return kept

    def _kept_source(self, case: Case, original: Original) -> Source:
        aside = self._aside()
        try:
            stored = self._link(original, len(case.sources), aside, self._folder(case.id))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return Source(original.name, stored, original.sha256)

    def _merged_into(self, case_id: str) -> str | None:
        """Where a case went, merged once or several times."""
        for _ in range(_LONGEST_TRAIL):
            try:
                case_id = (self.folder / MERGED / case_id / INTO).read_text("ascii").strip()
            except (OSError, ValueError):
                return None
            if (self._folder(case_id) / "case.md").is_file():
                return case_id
        return None

    def find_original(self, sha256: str) -> str | None:
        """The id of the case that holds this very file."""
        self._parsed.follow_sources(self.ids(), self._sources_of)
        return self._parsed.case_of(sha256)

    def original_path(self, case_id: str, stored: str) -> Path:
        """Raises `FileMissing` unless the case names this file as one of its originals."""
        if stored not in {source.stored for source in self.get(case_id).sources}:
            raise FileMissing(case_id=case_id, name=stored)
        return self._existing(case_id, self._folder(case_id) / stored)

    def figure_path(self, case_id: str, file: str) -> Path:
        """Raises `FileMissing` unless the case lists this figure."""
        if file not in {figure.file for figure in self.get(case_id).figures}:
            raise FileMissing(case_id=case_id, name=file)
        return self._existing(case_id, self._folder(case_id) / "figures" / file)

    def problems(self) -> Iterator[str]:
        """Sentences about all that is wrong on disk: unreadable cases, missing or changed files."""
        for case_id in self.ids():
            try:
                case = self.get(case_id)
            except (InvalidCase, CaseNotFound) as error:
                yield str(error)
                continue
            yield from self._file_problems(case)

    def events(self) -> list[Event]:
        """Meetings and contests, newest first."""
        files = sorted((self.folder / "events").glob("*.md"))
        found = [parse_event(file.stem, file.read_bytes(), f"events/{file.name}") for file in files]
        return sorted(found, key=lambda event: event.start, reverse=True)

    def event(self, event_id: str) -> Event:
        """Raises `EventNotFound` when there is none of this name."""
        for event in self.events():
            if event.id == event_id:
                return event
        raise EventNotFound(event_id=event_id)

    def _put(self, case: Case) -> Case:
        content = dump_case(case)
        folder = self._folder(case.id)
        draft = folder / f".case.md.{uuid.uuid4().hex}"
        try:
            write_new(draft, content)
            draft.replace(folder / "case.md")
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(folder)
        self._parsed.forget_sources(case.id)
        return case

    def _claim(self, aside: Path, year: int | None) -> str:
        """Rename `aside` to the next free id of its year."""
        name = f"{year:04}" if year else UNKNOWN_YEAR
        home = self.folder / name
        home.mkdir(parents=True, exist_ok=True)
        taken = [*self._ids_in(home), *(i for i in self._ids_in(self.folder / MERGED) if i.startswith(name))]
        number = max((int(CASE_ID.fullmatch(i)["number"]) for i in taken), default=0)  # type: ignore[index]
        while True:
            number += 1
            case_id = f"{name}-{number:04}"
            try:
                aside.rename(home / case_id)
            except OSError:
                if not (home / case_id).exists():
                    raise
                continue  # another process was quicker
            sync_folder(home)
            return case_id

    def _ids_in(self, home: Path) -> list[str]:
        return [entry.name for entry in os.scandir(home) if CASE_ID.fullmatch(entry.name)] if home.is_dir() else []

    def _folder(self, case_id: str) -> Path:
        return self.folder / _parts(case_id)["year"] / case_id

    def _case_file(self, case_id: str) -> str:
        """As a string: commands look at all of them, and joining 10,000 paths takes pathlib a quarter of a second."""
        found = _parts(case_id)
        return f"{self.folder}/{found['year']}/{case_id}/case.md"

    def _shown(self, case_id: str) -> str:
        return f"{case_id[:4]}/{case_id}/case.md"

    def _read(self, case_id: str) -> bytes:
        try:
            with open(self._case_file(case_id), "rb") as file:  # noqa: PTH123
                return file.read()
        except (FileNotFoundError, NotADirectoryError) as error:
            if to := self._merged_into(case_id):
                raise CaseMoved(case_id=case_id, to=to) from error
            raise CaseNotFound(case_id=case_id) from error

    def _existing(self, case_id: str, path: Path) -> Path:
        if not path.is_file():
            raise FileMissing(case_id=case_id, name=path.name)
        return path

    def _sources_of(self, case_id: str) -> list[str]:
        try:
            return [source.sha256 for source in self.get(case_id).sources]
        except (CaseNotFound, InvalidCase):
            return []

    def _file_problems(self, case: Case) -> Iterator[str]:
        folder = self._folder(case.id)
        for source in case.sources:
            path = folder / source.stored
            if not path.is_file():
                yield f"{case.id}：缺少原件 {source.stored}（{source.file}）。"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
                yield f"{case.id}：原件 {source.stored} 与登记的指纹不符，可能已被改动。"
        for figure in case.figures:
            if not (folder / "figures" / figure.file).is_file():
                yield f"{case.id}：缺少图片 figures/{figure.file}。"

    def _aside(self) -> Path:
        """A new private folder on the same file system. Its name says which process works in it."""
        aside = self.folder / ASIDE / f"{os.getpid()}-{uuid.uuid4().hex}"
        aside.mkdir(parents=True)
        return aside

    def _clean_aside(self) -> None:
        """Remove what a killed process left behind."""
        for left in (self.folder / ASIDE).glob("*-*"):
            if not alive(int(left.name.partition("-")[0])):
                shutil.rmtree(left, ignore_errors=True)

    def _lock(self) -> FileLock:
        (self.folder / ASIDE).mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / ASIDE / "lock", timeout=30)


def _parts(case_id: str) -> re.Match[str]:
    found = CASE_ID.fullmatch(case_id)  # also keeps "../" out of paths
    if found is None:
        raise CaseNotFound(case_id=case_id)
    return found


def _stored(original: Original, position: int) -> str:
    """original.docx, original-2.pdf …: short plain names that every file system takes."""
    return f"original{f'-{position + 1}' if position else ''}{original.suffix}"
