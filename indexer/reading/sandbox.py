"""Runs one piece of reading in a child process that may use only so much, and brings back its answer as data."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from indexer.reading.limits import Limits
from indexer.reading.refusal import Refusal

log = logging.getLogger(__name__)

LIMITS = Limits()
ANSWER = "answer.json"
DONE = "done"  # a line for each page that is done, where that takes long
_ROOT = Path(__file__).resolve().parents[2]
_LOOK_EVERY = 1.0  # seconds
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")


def run(
    task: str,
    arguments: Mapping[str, str],
    folder: Path,
    limits: Limits | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Any:
    """The JSON answer of a task of `indexer.reading.child`, or of "module:function". It may leave files in `folder`,
    which is empty and private. `meanwhile` is called about once a second while it works.

    Raises Refused with the child's own sentence, or with one that says which limit was hit. Nothing the child
    started is left running.
    """
    limits = limits or LIMITS
    order = {"task": task, "arguments": dict(arguments), "folder": str(folder), "limits": vars(limits)}
    with (folder / "messages").open("wb") as messages:
        child = subprocess.Popen(
            [sys.executable, "-m", "indexer.reading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=messages,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            _wait(child, json.dumps(order).encode(), limits.wall, meanwhile)
        except subprocess.TimeoutExpired as error:
            raise _too_long(limits.wall) from error
        finally:
            _kill_group(child)
    return _answer(folder, child.returncode, limits)


def _wait(child: subprocess.Popen[bytes], order: bytes, wall: float, meanwhile: Callable[[], None] | None) -> None:
    until = time.monotonic() + wall
    said: bytes | None = order
    while True:
        left = max(until - time.monotonic(), 0.1)
        try:
            child.communicate(said, timeout=min(left, _LOOK_EVERY) if meanwhile else left)
            return
        except subprocess.TimeoutExpired:
            if meanwhile is None or time.monotonic() >= until:
                raise
            said = None  # it has been sent already
            meanwhile()


def _environment(folder: Path) -> dict[str, str]:
    """Little: a stranger's file has no business with our settings."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _answer(folder: Path, status: int, limits: Limits) -> Any:
    _check_amount(folder, limits)
    if words := _last_words(folder):
        log.info("the reading process said: %s", words)
    try:
        answer = json.loads((folder / ANSWER).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _broke_off(folder, status, limits) from error
    match answer:
        case {"refused": {"reason": str()} as values}:
            raise Refusal(**{str(key): value for key, value in values.items()})
        case {"done": done}:
            return done
    raise _broke_off(folder, status, limits)


def _check_amount(folder: Path, limits: Limits) -> None:
    if sum(file.lstat().st_size for file in folder.rglob("*")) > limits.answer:
        raise Refusal(reason="文件展开后的内容过多，没有采用。请压缩图片或拆分后再提交。")


def _broke_off(folder: Path, status: int, limits: Limits) -> Refusal:
    """Why there is no answer."""
    if sys.platform != "win32" and status in (-signal.SIGXCPU, -signal.SIGKILL):
        return _too_long(limits.cpu)
    log.warning("reading ended with status %s: %s", status, _last_words(folder))
    return Refusal(
        reason="读取这个文件时程序意外中断：文件可能已损坏，或需要的内存太多。请在原来的软件里打开后另存一份，再重新提交。"
    )


def _last_words(folder: Path) -> str:
    with (folder / "messages").open("rb") as messages:
        messages.seek(0, os.SEEK_END)
        messages.seek(max(0, messages.tell() - 400))
        return messages.read().decode("utf-8", "replace").strip()


def _too_long(seconds: int) -> Refusal:
    return Refusal(
        reason="读取这个文件用了 {seconds} 秒还没有完成，已停止。请拆分文件，或另存为较简单的格式后再提交。",
        seconds=seconds,
    )
