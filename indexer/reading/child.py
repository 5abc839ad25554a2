"""The limited process: reads its order from standard input, does one task, leaves the answer as JSON in its folder.

Started by `indexer.reading.sandbox` only.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.reading import limits
from indexer.reading.refusal import Refusal
from indexer.reading.sandbox import ANSWER, DONE
from library.errors import Refused

Task = Callable[[dict[str, str], Path], Any]


def _read(arguments: dict[str, str], folder: Path) -> None:
    from indexer.reading import wire
    from indexer.reading.convert import convert

    wire.dump(convert(Path(arguments["path"]), arguments["name"]), folder)


def _unpack(arguments: dict[str, str], folder: Path) -> list[tuple[str, str]]:
    from indexer.reading.archive import unpack_zip

    return [(name, file) for name, file in unpack_zip(Path(arguments["path"]), Path(arguments["into"]))]


def _recognise(arguments: dict[str, str], folder: Path) -> None:
    from indexer.reading import ocr, wire

    pages = [int(page) for page in arguments["pages"].split(",")]
    wire.dump(ocr.recognise_pages(Path(arguments["path"]), pages, _told(folder)), folder)


def _recognise_pictures(arguments: dict[str, str], folder: Path) -> None:
    from indexer.draft import Picture
    from indexer.reading import ocr, wire

    pictures = [block for block in wire.load(Path(arguments["given"])).blocks if isinstance(block, Picture)]
    wire.dump(ocr.recognise_pictures(pictures, _told(folder)), folder)


def _told(folder: Path) -> Callable[[int], None]:
    """Notes each page that is done, for whoever waits."""

    def tell(page: int) -> None:
        with (folder / DONE).open("a") as file:
            file.write(f"{page}\n")

    return tell


TASKS: dict[str, Task] = {
    "read": _read,
    "unpack": _unpack,
    "recognise": _recognise,
    "recognise-pictures": _recognise_pictures,
}


def _task(name: str) -> Task:
    """One of our own, or "module:function" of whoever started us."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function) if function else TASKS[name]


def _do(order: dict[str, Any], folder: Path) -> dict[str, Any]:
    try:
        limits.apply(limits.Limits(**order["limits"]))
        return {"done": _task(order["task"])(order["arguments"], folder)}
    except Refused as refused:
        return {"refused": dict(refused.values)}
    except MemoryError:
        reason = "读取这个文件需要的内存超过 {limit} MB，已停止。请压缩图片或拆分后再提交。"
        return {"refused": {"reason": reason, "limit": order["limits"]["memory"] // 1024**2}}
    except RecursionError:
        return {"refused": dict(too_deep().values)}
    except Exception:  # whatever a library stumbles over: the file is refused, the cause goes to our log
        traceback.print_exc()
        reason = "读取这个文件时出错，文件可能已损坏。请在原来的软件里打开后另存一份，再重新提交。"
        return {"refused": {"reason": reason}}


def too_deep() -> Refusal:
    return Refusal(reason="这个文件的表格、列表或组合嵌套太深，无法读取。请去掉多余的嵌套后再提交。")


def main() -> None:
    order = json.loads(sys.stdin.buffer.read())
    folder = Path(order["folder"])
    answer = _do(order, folder)
    (folder / ANSWER).write_text(json.dumps(answer, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
