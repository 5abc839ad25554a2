"""Where LIBRARY_NOTHING_SKIPPED is set (as in `.ci/run`), a test that is left out is a failure."""

from __future__ import annotations

import os

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Looks where all reports come together; the processes that work side by side have no such place."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("LIBRARY_NOTHING_SKIPPED") and session.exitstatus == 0:
        reporter.write_line(f"{len(skipped)} tests were left out, and none may be here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
