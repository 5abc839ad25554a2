"""Old Office and WPS files (doc, ppt, rtf, wps, odt …): LibreOffice, if it is installed, turns them into docx or pptx.

It runs inside the limited child, so it has no network; its profile is made anew for each file, with macros off and with
links to outside blocked. It exits with 0 even when it wrote nothing, so only the written file counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.draft import Draft
from indexer.reading.refusal import Refusal, damaged, locked

_SLIDES = {"ppt", "odp"}
_SUFFIXES = {"wordxml": "xml"}
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>
</item>
"""
_LOCKED = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    ("Office.Common/Misc", "UseOpenCL", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),  # there, 1 is never
    ("Office.Common/Help/StartCenter", "ShowStartCenter", "false"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
)


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def read_office(path: Path, kind: str) -> Draft:
    """Raises Refused where LibreOffice is missing or makes nothing of the file. Works in the current folder."""
    if not program():
        raise Refusal(
            reason="读取 {kind} 文件需要在服务器上安装 LibreOffice。"
            "也可以用 Word 或 WPS 另存为 docx / pptx / pdf 后再提交。",
            kind=kind,
        )
    target = "pptx" if kind in _SLIDES else "docx"
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        source = Path(folder, f"input.{_SUFFIXES.get(kind, kind)}")  # our own name: theirs could be read as an option
        shutil.copyfile(path, source)
        said = convert([source], target, Path(folder))
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            print(f"LibreOffice made nothing: {said[-300:]}", file=sys.stderr)  # noqa: T201
            raise locked(kind) if "password" in said.lower() else damaged(kind)
        draft = _read(made, kind)
    return replace(draft, properties={key: value for key, value in draft.properties.items() if key != "application"})


def _read(made: Path, kind: str) -> Draft:
    if kind in _SLIDES:
        from indexer.reading.pptx import read_pptx

        return read_pptx(made, kind)
    from indexer.reading.docx import read_docx

    return read_docx(made, kind)


def convert(sources: Sequence[Path], target: str, folder: Path) -> str:
    """Writes `<name>.<target>` for each source into the folder, as far as LibreOffice can; returns what it said."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=place, name=name, value=value) for place, name, value in _LOCKED)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
    command = [
        program() or "soffice", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        f"-env:UserInstallation={profile.as_uri()}", "--convert-to", target, "--outdir", str(folder),
        *map(str, sources),
    ]  # fmt: skip
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )  # fmt: skip
    return ended.stdout.decode("utf-8", "replace")
