"""Zip files and folders: limits, names, nesting; nothing is ever written outside the given folder."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.reading import guards, is_archive, unpack
from indexer.reading.archive import Budget, unpack_zip
from library.errors import Refused
from tests.reading import docx, p


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def make(tmp_path: Path, files: Mapping[str, bytes]) -> Path:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(files))
    return file


def unpacked(file: Path, into: Path) -> dict[str, bytes]:
    return {member.name: member.path.read_bytes() for member in unpack(file, into)}


def test_members_are_unpacked_under_numbers(tmp_path: Path) -> None:
    file = make(tmp_path, {"2023/提高合格率.docx": b"1", "b.pdf": b"2"})
    members = unpack(file, tmp_path / "out")
    assert [(m.name, m.path.name) for m in members] == [("2023/提高合格率.docx", "00001.docx"), ("b.pdf", "00002.pdf")]
    assert members[0].path.read_bytes() == b"1"


def test_names_never_lead_out_of_the_folder(tmp_path: Path) -> None:
    names = ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\evil.txt", "a/../../b.txt"]
    (tmp_path / "in").mkdir()
    members = unpack(make(tmp_path / "in", dict.fromkeys(names, b"x")), tmp_path / "in" / "out")
    assert all(m.path.parent == tmp_path / "in" / "out" for m in members)
    assert not any(".." in m.name or m.name.startswith("/") or ":" in m.name for m in members)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    file = make(tmp_path, {"XXXX/YYYY.txt": b"x"})
    data = file.read_bytes().replace(b"XXXX/YYYY", "甲乙/丙丁".encode("gbk"))
    file.write_bytes(data)
    assert list(unpacked(file, tmp_path / "out")) == ["甲乙/丙丁.txt"]


def test_a_name_of_any_length_can_be_stored(tmp_path: Path) -> None:
    [member] = unpack(make(tmp_path, {"长" * 400 + ".docx": b"x"}), tmp_path / "out")
    assert member.path.suffix == ".docx"
    assert len(member.name) <= 300


def test_links_are_left_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", "x")
    assert list(unpacked(tmp_path / "a.zip", tmp_path / "out")) == ["b.txt"]


def test_what_systems_and_programs_leave_behind_is_left_out(tmp_path: Path) -> None:
    files = dict.fromkeys(["__MACOSX/._a.docx", ".DS_Store", "Thumbs.db", "~$a.docx", "a.docx"], b"x")
    assert list(unpacked(make(tmp_path, files), tmp_path / "out")) == ["a.docx"]


def test_a_zip_in_a_zip_is_unpacked_and_a_third_one_stays(tmp_path: Path) -> None:
    third = zipped({"c.txt": b"3"})
    second = zipped({"b.txt": b"2", "third.zip": third})
    found = unpacked(make(tmp_path, {"a.txt": b"1", "second.zip": second}), tmp_path / "out")
    assert found == {"a.txt": b"1", "second.zip/b.txt": b"2", "second.zip/third.zip": third}


def test_a_broken_zip_inside_does_not_stop_the_others(tmp_path: Path) -> None:
    broken = zipped({"b.txt": b"2" * 99})[:-3]
    assert set(unpacked(make(tmp_path, {"a.txt": b"1", "b.zip": broken}), tmp_path / "out")) == {"a.txt", "b.zip"}


def test_office_files_are_not_archives(tmp_path: Path) -> None:
    assert not is_archive(docx(tmp_path / "a.docx", p("甲")))
    assert is_archive(make(tmp_path, {"a.docx": b"x"}))


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    file = make(tmp_path, {f"{n}.txt": b"" for n in range(guards.ZIP_ENTRIES + 1)})
    with pytest.raises(Refused, match="5001 个条目，超过 5000 个"):
        unpack(file, tmp_path / "out")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="压缩比超过 200 倍"):
        unpack(make(tmp_path, {"bomb.txt": bytes(guards.RATIO_FROM + 1)}), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_all_levels_share_one_budget(tmp_path: Path) -> None:
    inner = zipped({f"{n}.txt": b"x" for n in range(6)})
    file = make(tmp_path, {"1.zip": inner, "2.zip": inner})
    (tmp_path / "out").mkdir()
    budget = Budget(entries=10)
    with pytest.raises(Refused, match="上限"):
        list(unpack_zip(file, tmp_path / "out", budget))


def test_a_password_is_told(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.txt": b"secret"})
    data = bytearray(file.read_bytes())
    data[6] |= 1  # the flag in the entry's own head
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the list of entries
    file.write_bytes(data)
    with pytest.raises(Refused, match="密码"):
        unpack(file, tmp_path / "out")


def test_a_folder_gives_its_files_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "f" / "成果").mkdir(parents=True)
    (tmp_path / "f" / "成果" / "a.docx").write_bytes(b"1")
    (tmp_path / "f" / ".hidden").write_bytes(b"2")
    (tmp_path / "f" / "link.txt").symlink_to("/etc/passwd")
    [member] = unpack(tmp_path / "f", tmp_path / "out")
    assert (member.name, member.path) == ("成果/a.docx", tmp_path / "f" / "成果" / "a.docx")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有这个文件"):
        unpack(tmp_path / "none.zip", tmp_path / "out")


def test_the_child_does_the_same_without_its_limits(tmp_path: Path) -> None:
    second = zipped({"b.txt": b"2"})
    file = make(tmp_path, {"a.txt": b"1", "second.zip": second, "folder/": b""})
    (tmp_path / "out").mkdir()
    assert sorted(name for name, _ in unpack_zip(file, tmp_path / "out")) == ["a.txt", "second.zip/b.txt"]


def test_a_list_of_entries_too_long_to_look_at_is_an_archive(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.txt": b"1"})
    data = bytearray(file.read_bytes()[:-10]) + (6 * 1024**2).to_bytes(4, "little") + bytes(6)
    (tmp_path / "b.zip").write_bytes(bytes(7 * 1024**2) + data)
    assert is_archive(tmp_path / "b.zip")
    with pytest.raises(Refused, match="超过 5000 个"):
        guards.open_zip(tmp_path / "b.zip", "zip")


def test_rare_ways_of_packing_are_told(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.txt": b"words " * 99})
    data = bytearray(file.read_bytes())
    data[8:10] = (6).to_bytes(2, "little")  # "implode"
    place = data.index(b"PK\x01\x02") + 10
    data[place : place + 2] = (6).to_bytes(2, "little")
    file.write_bytes(data)
    (tmp_path / "out").mkdir()
    with pytest.raises(Refused, match="很少见的压缩方法"):
        list(unpack_zip(file, tmp_path / "out"))
