"""The child process: its limits hold, nothing of it stays, it reaches no network, and its answer is only data."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.draft import Draft, Picture, Table, Text
from indexer.reading import read, sandbox, wire
from indexer.reading.limits import Limits
from library.errors import Refused
from tests.reading import docx, p, png, pptx, shape, texts
from tests.reading_pdf import pdf, say

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these limits")


def test_a_file_is_read_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.txt", p("现状调查"))
    assert (read(file).kind, texts(read(file))) == ("docx", ["现状调查"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.docx", b"", "空的"),
        ("a.rar", b"Rar!\x1a\x07\x00 and so on", "暂不支持 rar"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
        ("a.exe", b"MZ\x90\x00", "无法识别"),
        ("a.eml", b"From: a@b.c\nMIME-Version: 1.0\nSubject: x\n\ny", "邮件"),
        ("a.dat", bytes(range(32)) * 9, "无法识别"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Refused, match=words):
        read(file)


def test_an_encrypted_office_file_is_told_from_a_broken_one(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(ole("EncryptedPackage"))
    with pytest.raises(Refused, match="密码"):
        read(file)


def ole(name: str) -> bytes:
    """The smallest OLE2 container with one stream of this name."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (1).to_bytes(4, "little")  # the directory is in sector 1
    head[76:80] = (0).to_bytes(4, "little")  # the table of sectors is sector 0
    for place in range(80, 512, 4):
        head[place : place + 4] = b"\xff" * 4
    table = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    return bytes(head) + table + _entry("Root Entry", child=1) + _entry(name) + bytes(256)


def _entry(name: str, child: int = 0xFFFFFFFF) -> bytes:
    entry = bytearray(128)
    raw = name.encode("utf-16-le")
    entry[: len(raw)] = raw
    entry[64:66] = (len(raw) + 2).to_bytes(2, "little")
    entry[68:80] = b"\xff" * 8 + child.to_bytes(4, "little")
    return bytes(entry)


def test_the_sentence_keeps_its_values_for_translation(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", *[""] * 501)
    with pytest.raises(Refused) as refused:
        read(file)
    english = {refused.value.values["reason"]: "{count} pages are more than {limit}."}
    assert refused.value.sentence(english.__getitem__) == "501 pages are more than 500."


# -- limits ------------------------------------------------------------------------------------------------------


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Puts a module before the real reader of plain text, so that tests can let the child do harm."""
    root = tmp_path / "root"
    for package in ("indexer", "library"):
        (root / package).mkdir(parents=True)
        for path in (sandbox._ROOT / package).iterdir():
            if path.name != "reading":
                (root / package / path.name).symlink_to(path)
    (root / "indexer" / "reading").mkdir()
    for path in (sandbox._ROOT / "indexer" / "reading").iterdir():
        if path.name not in ("text.py", "__pycache__"):
            (root / "indexer" / "reading" / path.name).symlink_to(path)
    monkeypatch.setattr(sandbox, "_ROOT", root)
    return root / "indexer" / "reading" / "text.py"


def reading_does(misbehaving: Path, code: str, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """Reads a text file with a reader that does this first."""
    body = "\n".join(f"    {line}" for line in code.splitlines())
    misbehaving.write_text(
        "import os, sys, time, socket, subprocess\nfrom indexer.draft import Draft, Text\n"
        f"def read_text(path, kind):\n{body}\n    return Draft((Text('x'),), 'txt')\n"
    )
    monkeypatch.setattr(sandbox, "LIMITS", limits)
    file = misbehaving.parent / "input.txt"
    file.write_text("x")
    return read(file)


@linux
def test_endless_work_is_stopped(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="1 秒还没有完成"):
        reading_does(misbehaving, "while True: pass", Limits(cpu=1), monkeypatch)


def test_endless_waiting_is_stopped(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="2 秒还没有完成"):
        reading_does(misbehaving, "time.sleep(60)", Limits(wall=2), monkeypatch)


@linux
def test_memory_is_limited(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="内存"):
        reading_does(misbehaving, "x = bytearray(4 * 1024**3)", Limits(), monkeypatch)


@linux
def test_a_written_file_is_limited(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused):
        reading_does(misbehaving, "open('big', 'wb').write(bytes(3_000_000))", Limits(file=1_000_000), monkeypatch)


def test_the_whole_answer_is_limited(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "for n in range(9): open(str(n), 'wb').write(bytes(300_000))"
    with pytest.raises(Refused, match="内容过多"):
        reading_does(misbehaving, code, Limits(answer=1_000_000), monkeypatch)


def test_a_crash_is_a_refusal(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="意外中断"):
        reading_does(misbehaving, "os.abort()", Limits(), monkeypatch)


def test_an_error_is_a_refusal(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="出错"):
        reading_does(misbehaving, "raise KeyError('x')", Limits(), monkeypatch)


def test_endless_depth_is_a_refusal(misbehaving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="嵌套太深"):
        reading_does(misbehaving, "def f(): f()\nf()", Limits(), monkeypatch)


@linux
def test_nothing_the_child_started_stays(misbehaving: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"child = subprocess.Popen(['sleep', '60'])\nopen({str(note)!r}, 'w').write(str(child.pid))"
    reading_does(misbehaving, code, Limits(), monkeypatch)
    for _ in range(300):
        if not _runs(int(note.read_text())):
            return
        time.sleep(0.1)
    pytest.fail("a process of the child is still there")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@linux
def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "from indexer.reading import limits; import os, time; limits.apply(limits.Limits());"
        "print(os.getpid(), flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess,sys; subprocess.run([sys.executable, '-c', {code!r}])"],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(300):
        if not _runs(child):
            return
        time.sleep(0.1)
    os.kill(child, 9)
    pytest.fail("the child outlived its parent")


# -- network -----------------------------------------------------------------------------------------------------


class Listener:
    """A port of this machine; knows whether anyone ever called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def was_called(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@linux
def test_the_child_cannot_reach_the_network(
    misbehaving: Path, monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    code = (
        f"try:\n    socket.create_connection(('127.0.0.1', {listener.port}), 2)\n"
        "except OSError as error:\n    assert error.errno == 13, error\n"
        "else:\n    raise AssertionError('connected')\n"
        f"code = subprocess.call([sys.executable, '-c', 'import socket; socket.create_connection((chr(49), 9), 2)'])\n"
        "assert code != 0"
    )
    assert reading_does(misbehaving, code, Limits(), monkeypatch).kind == "txt"
    assert not listener.was_called()


def test_the_listener_of_these_tests_would_notice(listener: Listener) -> None:
    socket.create_connection(("127.0.0.1", listener.port)).close()
    assert listener.was_called()


def test_no_reader_fetches_what_a_file_points_to(tmp_path: Path, listener: Listener) -> None:
    html = tmp_path / "a.html"
    html.write_text(
        f'<!DOCTYPE html SYSTEM "{listener.address}/dtd"><html><head>'
        f'<link rel="stylesheet" href="{listener.address}/c"><base href="{listener.address}"></head><body>'
        f'<p>文</p><img src="x.png"><iframe src="{listener.address}">'
    )
    target = {"i": ("image", f"{listener.address}/x.png")}
    picture = '<w:p><w:r><w:drawing><a:blip r:link="i"/></w:drawing></w:r></w:p>'
    markdown = tmp_path / "a.md"
    markdown.write_text(f"![x]({listener.address}/x.png) 文")
    files = [html, docx(tmp_path / "a.docx", p("文") + picture, targets=target), markdown]
    for file in files:
        assert read(file).blocks
    assert not listener.was_called()


# -- the answer --------------------------------------------------------------------------------------------------


FULL = Draft(
    blocks=(
        Text("一、选题", 3, 1, "第一章", 16.0, True, True, 0, True, "title", True),
        Text("x"),
        Table((("a", ""), ("b", "c")), 4, "表1"),
        Picture(png(), "png", 5, "图1", "现场"),
        Picture(png(), "png"),
        Picture(b"<svg/>", "svg"),
    ),
    kind="docx",
    pages=9,
    properties={"title": "提高合格率"},
    warnings=("一张图片未收入。",),
    confidence=0.93,
)


def test_a_draft_survives_the_way(tmp_path: Path) -> None:
    wire.dump(FULL, tmp_path)
    assert wire.load(tmp_path) == FULL


def test_a_picture_used_twice_travels_once(tmp_path: Path) -> None:
    wire.dump(FULL, tmp_path)
    assert len(list(tmp_path.glob("*.picture"))) == 2


@pytest.mark.parametrize(
    "block",
    [
        {"is": "Text", "text": 7},
        {"is": "Text", "text": "x", "page": True},
        {"is": "Text", "text": "x", "__class__": "y"},
        {"is": "Table", "rows": [["a"], ["b", "c"]]},
        {"is": "Picture", "kind": "png", "data": "../../etc/passwd"},
        {"is": "Picture", "kind": "png", "data": "draft.json"},
        {"is": "Other"},
        "no block",
    ],
)
def test_an_answer_that_is_no_draft_is_refused(tmp_path: Path, block: object) -> None:
    wire.dump(replace(FULL, blocks=()), tmp_path)
    answer = json.loads((tmp_path / wire.DRAFT).read_text())
    (tmp_path / wire.DRAFT).write_text(json.dumps({**answer, "blocks": [block]}))
    with pytest.raises(Refused, match="不完整"):
        wire.load(tmp_path)


def test_no_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不完整"):
        wire.load(tmp_path)


@linux
def test_the_parent_does_not_grow(tmp_path: Path) -> None:
    file = pptx(tmp_path / "a.pptx", *[shape("标题" * 10) for _ in range(50)])
    pages = pdf(tmp_path / "a.pdf", *[say("正文" * 10, 60, 100) for _ in range(50)])
    read(file)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in (file, pages, file, pages):
        read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KB
