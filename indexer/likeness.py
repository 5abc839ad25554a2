"""Which cases a file is like: a report by what it is about, anything else by its words. Nothing of it is stored."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from indexer.draft import Draft, Table, Text
from indexer.making import make
from indexer.reading import guards, read
from library.errors import Refused, Translate
from library.interface import RESPECT_NAMES
from library.similar import Found, Subject, of_case, of_text
from library.steps import all_steps

STANDARD_INPUT = "-"
MOST = 20_000  # characters of what is no report


def subject_of(path: Path) -> Subject:
    """What a file, or `-` for standard input, is compared by. Read in the limited child. Raises `Refused`."""
    if str(path) != STANDARD_INPUT:
        return _subject_of(path, path.name)
    with tempfile.TemporaryDirectory(prefix="likeness-") as folder:
        given = Path(folder) / "given"
        given.write_bytes(sys.stdin.buffer.read(guards.FILE_BYTES + 1))
        return _subject_of(given, "stdin.txt")


def _subject_of(path: Path, name: str) -> Subject:
    try:
        return of_case(make(path, name).case)
    except Refused:  # no report: a title, a note, a paragraph; what cannot be read at all is refused again
        return of_text(_text(read(path, name))[:MOST])


def _text(draft: Draft) -> str:
    return "\n".join(_lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    for block in draft.blocks:
        if isinstance(block, Text):
            yield block.text
        elif isinstance(block, Table):
            yield from ("；".join(row) for row in block.rows)


def lines_of(found: Found, translate: Translate) -> Iterator[str]:
    """One line a case, with the words in common, and below it the passage that has them."""
    if found.whole:
        yield translate("整体最相近")
    for one in found.whole:
        reasons = (f"{translate(RESPECT_NAMES[respect])}：{'、'.join(words)}" for respect, words in one.reasons)
        yield f"  {one.case.id}  {one.case.title}  [{'；'.join(reasons)}]"
    for group in found.groups:
        yield translate(RESPECT_NAMES[group.respect])
        for alike in group.cases:
            yield f"  {alike.case.id}  {alike.case.title}  [{'、'.join(alike.words)}]"
            if alike.passage:
                yield f"      {translate(all_steps()[alike.passage.step].name)}  {alike.passage.text}"
