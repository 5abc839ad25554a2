"""What several tests share.

A test that needs something this machine lacks says so and is left out. Where LIBRARY_NOTHING_SKIPPED is set (as in
`.ci/run`), a test left out is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.corpus import Corpus
from tests.sample_site import EVENT, Site

HERE = Path(__file__).parent


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("LIBRARY_NOTHING_SKIPPED") and session.exitstatus == 0:
        reporter.write_line(f"{len(skipped)} tests were left out, and none may be here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An empty corpus."""
    return Corpus(tmp_path / "corpus", tmp_path / "instance" / "cases.sqlite")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real documents."""
    folder = os.environ.get("LIBRARY_SAMPLES")
    if not folder or not Path(folder).is_dir():
        pytest.skip("LIBRARY_SAMPLES names no folder of real documents")
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The path of a Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            yield found
            return
    pytest.skip("browser tests are left out: no Chromium is installed (Debian: apt install chromium)")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without cases, over its own corpus."""
    return Site(tmp_path)


@pytest.fixture
def event(site: Site) -> Site:
    """A site with one exchange meeting."""
    (site.folder / "events").mkdir()
    (site.folder / "events" / "2021-meeting.md").write_text(EVENT, encoding="utf-8")
    return site
