"""The Whoosh index as a thing on disk: never half, never lost, never open to others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from indexer import generations, searching, whoosh_index, whoosh_writing
from indexer.generations import Generations
from indexer.index import open_index
from indexer.whoosh_index import WhooshIndex
from library.errors import SearchUnavailable
from tests.searching import ask, document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def current(folder: Path) -> dict[str, object]:
    note: dict[str, object] = json.loads((folder / "CURRENT").read_text())
    return note


def test_the_folder_is_private(folder: Path) -> None:
    WhooshIndex(folder).rebuild([document("a", "焊缝")])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_one_process_writes_another_finds(folder: Path) -> None:
    writer, reader = WhooshIndex(folder), WhooshIndex(folder)
    writer.rebuild([document("a", "焊缝")])
    assert reader.search(ask("焊缝")).total == 1
    writer.update([document("b", "焊缝")], [])
    assert reader.search(ask("焊缝")).total == 2
    writer.rebuild([document("c", "焊缝")])
    assert reader.search(ask("焊缝")).case_ids == ("c",)


def test_many_small_updates_add_up(folder: Path) -> None:
    index = WhooshIndex(folder)
    for n in range(12):
        index.update([document(f"{n:02}", "焊缝" + "检查" * n), document("same", f"焊缝{n}")], [])
    assert index.search(ask("焊缝")).total == 13
    index.check()


def test_a_reader_that_follows_many_updates_counts_each_case_once(folder: Path) -> None:
    writer, reader = WhooshIndex(folder), WhooshIndex(folder)
    writer.rebuild(document(f"{n:03}", "焊缝") for n in range(50))
    for n in range(50, 70):  # Whoosh merges segments meanwhile
        writer.update([document(f"{n:03}", "焊缝")], [])
        assert reader.search(ask("焊缝")).total == n + 1
        assert reader.found_in(["焊缝"]) == {"焊缝": n + 1}


def test_what_was_replaced_does_not_pile_up(folder: Path) -> None:
    index = WhooshIndex(folder)
    for n in range(6):
        index.update([document("same", f"焊缝{n}")], [])
    assert len(WhooshIndex(folder)._refreshed().words.case_numbers()) <= 2


def test_searching_before_anything_was_indexed_says_what_to_do(folder: Path) -> None:
    with pytest.raises(SearchUnavailable, match="sync"):
        WhooshIndex(folder).search(ask("焊缝"))


def test_an_index_made_with_another_dictionary_is_not_used_but_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    WhooshIndex(folder).rebuild([document("a", "焊缝")])
    monkeypatch.setattr(whoosh_index, "signature", lambda engine: "another")
    changed = WhooshIndex(folder)
    with pytest.raises(SearchUnavailable, match="sync"):
        changed.search(ask("焊缝"))
    assert changed.fingerprints() == {}
    with pytest.raises(SearchUnavailable):
        changed.update([document("b", "焊缝")], [])
    changed.rebuild([document("a", "焊缝")])
    assert changed.search(ask("焊缝")).total == 1


@pytest.mark.parametrize("damage", ["{", "", "[]", '{"generation": 1}'])
def test_a_damaged_note_is_said_and_healed_by_a_rebuild(folder: Path, damage: str) -> None:
    WhooshIndex(folder).rebuild([document("a", "焊缝")])
    (folder / "CURRENT").write_text(damage)
    index = WhooshIndex(folder)
    with pytest.raises(SearchUnavailable):
        index.search(ask("焊缝"))
    index.rebuild([document("a", "焊缝")])
    assert index.search(ask("焊缝")).total == 1


@pytest.mark.parametrize("name", ["entries.log", "pairs", "words"])
def test_a_lost_file_is_said_and_healed_by_a_rebuild(folder: Path, name: str) -> None:
    WhooshIndex(folder).rebuild([document("a", "焊缝")])
    lost = folder / str(current(folder)["generation"]) / name
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    index = WhooshIndex(folder)
    assert index.fingerprints() == {}  # so that `sync` makes it anew
    with pytest.raises(SearchUnavailable):
        index.search(ask("焊缝"))
    index.rebuild([document("a", "焊缝")])
    assert index.search(ask("焊缝")).total == 1


@pytest.mark.parametrize("at", [2, 10, -40])
def test_a_damaged_log_is_said_and_healed_by_a_rebuild(folder: Path, at: int) -> None:
    WhooshIndex(folder).rebuild([document("a", "焊缝")])
    log = folder / str(current(folder)["generation"]) / "entries.log"
    damaged = bytearray(log.read_bytes())
    damaged[at:] = bytes(255 for _ in damaged[at:])
    log.write_bytes(damaged)
    index = WhooshIndex(folder)
    with pytest.raises(SearchUnavailable):
        index.search(ask("焊缝"))
    index.rebuild([document("a", "焊缝")])
    assert index.search(ask("焊缝")).total == 1


def test_fingerprints_are_those_of_what_was_put_last_and_not_dropped(folder: Path) -> None:
    index = WhooshIndex(folder)
    index.rebuild([document("a", "焊缝"), document("b", "高炉")])
    index.update([document("c", "转炉"), document("a", "焊接")], ["b"])
    index.update([document("a", "焊渣")], [])
    expected = {id: document(id, text).fingerprint for id, text in [("a", "焊渣"), ("c", "转炉")]}
    assert index.fingerprints() == WhooshIndex(folder).fingerprints() == expected


def test_a_second_writer_waits_and_then_says_that_another_is_writing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "PATIENCE", 0.05)
    index = WhooshIndex(folder)
    index.rebuild([document("a", "焊缝")])
    with Generations(folder, "any").writing(), pytest.raises(SearchUnavailable, match="另一个进程"):
        index.update([document("b", "焊缝")], [])
    index.update([document("b", "焊缝")], [])
    assert index.search(ask("焊缝")).total == 2


def test_a_failed_write_lets_go_of_the_lock_and_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = WhooshIndex(folder)
    index.rebuild([document("a", "焊缝")])

    def disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(whoosh_writing, "words_of", disk_full)
        with pytest.raises(OSError, match="space"):
            index.update([document("b", "焊缝")], [])
        with pytest.raises(OSError, match="space"):
            index.rebuild([document("b", "焊缝")])
    assert index.search(ask("焊缝")).case_ids == ("a",)
    index.update([document("b", "焊缝")], [])
    assert index.search(ask("焊缝")).total == 2


def test_old_generations_are_removed_but_the_last(folder: Path) -> None:
    index = WhooshIndex(folder)
    for n in range(4):
        index.rebuild([document(str(n), "焊缝")])
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2


def test_many_threads_search_at_once_and_find_the_same(folder: Path) -> None:
    """Whoosh's matchers share one file position; unguarded threads read each other's postings."""
    index = WhooshIndex(folder)
    words = ["焊缝", "螺栓", "高炉", "模板"]
    index.rebuild([document(f"{n:03}", words[n % 4] * (n + 1)) for n in range(60)])
    expected = {word: index.search(ask(word)).case_ids for word in words}
    wrong: list[str] = []

    def search(word: str) -> None:
        wrong.extend(word for _ in range(20) if index.search(ask(word)).case_ids != expected[word])

    threads = [threading.Thread(target=search, args=(word,)) for word in words * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_searching_goes_on_while_another_process_rebuilds_and_updates(folder: Path) -> None:
    """Every search sees one whole generation: all of its cases, whatever is being written."""
    index = WhooshIndex(folder)
    index.rebuild([document(f"{n:02}", "焊缝") for n in range(20)])
    writer = subprocess.Popen([sys.executable, "-c", REBUILD_AND_UPDATE, str(folder)], cwd=Path(__file__).parents[1])
    totals = set()
    while writer.poll() is None:
        totals.add(index.search(ask("焊缝")).total)
    assert writer.returncode == 0
    assert totals <= {20, 21}
    assert index.search(ask("焊缝")).total == 21


REBUILD_AND_UPDATE = """
import sys
from pathlib import Path
from indexer.whoosh_index import WhooshIndex
from tests.searching import document

index = WhooshIndex(Path(sys.argv[1]))
for _ in range(3):
    index.rebuild([document(f"{n:02}", "焊缝") for n in range(20)])
    index.update([document("new", "焊缝")], [])
    index.update([], ["new"])
index.update([document("new", "焊缝")], [])
"""

WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from indexer.whoosh_index import WhooshIndex
from tests.searching import document

index = WhooshIndex(Path(sys.argv[1]))
print("ready", flush=True)
n = 0
while True:
    n += 1
    if sys.argv[2] == "update":
        index.update([document("pair-1", f"焊缝{n}"), document("pair-2", f"焊缝{n}")], ["gone"])
    else:
        index.rebuild([document("old", "焊缝"), document("pair-1", f"焊缝{n}"), document("pair-2", f"焊缝{n}")])
"""


@pytest.mark.parametrize("kind", ["update", "rebuild"])
@pytest.mark.parametrize("after", [0.02, 0.05, 0.11, 0.23])
def test_a_killed_writer_leaves_a_whole_index(folder: Path, kind: str, after: float) -> None:
    index = WhooshIndex(folder)
    index.rebuild([document("old", "焊缝")])
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(folder), kind],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout
    writer.stdout.readline()
    threading.Event().wait(after)
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()

    for reader in (index, WhooshIndex(folder)):
        assert reader.search(ask("焊缝")).total in (1, 3)
        reader.check()
    index.update([document("pair-1", "螺栓"), document("pair-2", "螺栓")], [])
    assert WhooshIndex(folder).search(ask("螺栓")).total == 2
    assert WhooshIndex(folder).search(ask("焊缝")).case_ids == ("old",)
    index.check()


def test_more_results_than_are_ordered_by_text_are_all_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "CANDIDATES", 5)
    index = WhooshIndex(folder)
    index.rebuild(
        [
            *(document(f"{n:02}", "焊缝" + "模板" * 20, year=2000 + n) for n in range(30)),
            document("often", "焊缝" * 20),
            document("titled", title="焊缝"),
        ]
    )
    results = index.search(ask("焊缝", size=100))
    assert results.total == len(set(results.case_ids)) == 32
    assert set(results.case_ids[:2]) == {"titled", "often"}


def test_what_is_part_of_a_word_is_found_in_titles_first_among_many_results(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "CANDIDATES", 5)
    index = WhooshIndex(folder)
    index.rebuild(
        [*(document(f"{n:02}", "焊缝", year=2020) for n in range(30)), document("titled", title="降低焊缝缺陷")]
    )
    assert index.search(ask("缝")).case_ids[0] == "titled"


def test_a_reader_of_an_empty_index_sees_the_first_case(folder: Path) -> None:
    WhooshIndex(folder).rebuild([])
    reader = WhooshIndex(folder)
    assert reader.search(ask("焊缝")).total == 0
    WhooshIndex(folder).update([document("first", "焊缝")], [])
    assert reader.search(ask("焊缝")).case_ids == ("first",)


@pytest.mark.parametrize("address", ["solr:http://x", "", "index"])
def test_an_address_of_no_engine_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="LIBRARY_INDEX"):
        open_index(address, tmp_path)
