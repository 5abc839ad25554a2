"""What several tests share.

A test that needs something this machine lacks says so and is left out. Tests run in any order and side by side: what
one of them makes stands in its own folder, and listens on a port that was free.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from library.corpus import Corpus
from tests.nothing_skipped import pytest_sessionfinish  # noqa: F401 - a rule for the whole run
from tests.sample_site import EVENT, Site

# the same examples in every run, and none too slow for a busy machine
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


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
