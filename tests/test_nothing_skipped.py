"""Where LIBRARY_NOTHING_SKIPPED is set, a test that was left out is a failure, in one process and side by side."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SKIPPED_TEST = "import pytest\n\ndef test_it():\n    pytest.skip('nothing here for it')\n"
SKIPPED_FILE = "import pytest\n\npytest.skip('nothing here for it', allow_module_level=True)\n"
TWO_THAT_PASS = "def test_one():\n    pass\n\ndef test_another():\n    pass\n"


def passes(folder: Path, *arguments: str, nothing_skipped: bool = True) -> bool:
    """Whether a run over the tests of a folder, under the rule of our own tests, is a success."""
    (folder / "test_passing.py").write_text(TWO_THAT_PASS)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "LIBRARY_NOTHING_SKIPPED": "1" if nothing_skipped else "",
    }
    plugins = ("-p", "xdist.plugin", "-p", "tests.nothing_skipped")  # others take seconds to load
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, *arguments]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert "2 passed" in run.stdout, run.stdout + run.stderr
    return run.returncode == 0


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["one process", "two side by side"])
@pytest.mark.parametrize("left_out", [SKIPPED_TEST, SKIPPED_FILE], ids=["a test", "a file"])
def test_what_is_left_out_fails_the_run(tmp_path: Path, left_out: str, arguments: tuple[str, ...]) -> None:
    (tmp_path / "test_left_out.py").write_text(left_out)
    assert not passes(tmp_path, *arguments)


def test_what_is_left_out_is_no_failure_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "test_left_out.py").write_text(SKIPPED_TEST)
    assert passes(tmp_path, "-n2", nothing_skipped=False)


def test_a_run_that_leaves_nothing_out_passes(tmp_path: Path) -> None:
    assert passes(tmp_path, "-n2")
