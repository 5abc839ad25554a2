"""One field of all cases as one string: it names every value that has the characters, none that lacks them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.column import Column
from indexer.entry import Entry, entry
from indexer.memory_index import MemoryIndex
from tests.searching import ask, document

TITLES = st.lists(st.text("高炉焊c30", max_size=8), max_size=6)


def titled(titles: list[str]) -> list[Entry]:
    return [entry(document(str(number), title=title)) for number, title in enumerate(titles)]


@given(TITLES, TITLES, st.text("高炉焊c30", min_size=1, max_size=3), st.integers(0, 12))
def test_just_the_values_with_the_characters_are_named(
    first: list[str], then: list[str], word: str, since: int
) -> None:
    entries = titled(first + then)
    column = Column().with_more("title", entries[: len(first)]).with_more("title", entries)
    assert list(column.having(word, since)) == [
        number for number, one in enumerate(entries) if number >= since and word in one.title
    ]


def test_titles_are_searched_alike_whether_cases_came_at_once_or_later() -> None:
    """Latin words and numbers as a whole, unless no title has them so."""
    index = MemoryIndex()
    index.rebuild([document(f"{n:04}", title=f"提高C{n}混凝土质量", text="浇筑") for n in range(60)])
    index.update([document("later", title="降低C7混凝土裂缝"), document("other", text="提高C7混凝土质量")], [])
    assert set(index.search(ask("课题:C7")).case_ids) == {"0007", "later"}
    assert index.search(ask("课题:混凝土")).total == 61
    assert index.search(ask("课题:裂缝")).case_ids == ("later",)
    assert index.search(ask("课题:浇筑")).total == 0
