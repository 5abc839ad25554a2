"""Settings come from the environment, and the README tells them all."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from library.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda field: field.name)
def test_the_readme_has_every_setting_with_its_default(setting: object) -> None:
    name = setting.name  # type: ignore[attr-defined]
    default = Settings().index if name == "INDEX" else setting.default  # type: ignore[attr-defined]
    assert f"| `LIBRARY_{name}` | `{default}` |" in README


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    told = {line.split("`")[1] for line in README.splitlines() if line.startswith("| `LIBRARY_")}
    assert told == {f"LIBRARY_{field.name}" for field in fields(Settings)}


def test_the_environment_decides() -> None:
    settings = Settings.from_environment({"LIBRARY_PORT": "9000", "LIBRARY_DATA": "/data", "PATH": "x"})
    assert settings.PORT == 9000
    assert settings.index == "whoosh:/data/index"


def test_a_port_that_is_no_number_is_said_plainly() -> None:
    with pytest.raises(ValueError, match="LIBRARY_PORT must be a number"):
        Settings.from_environment({"LIBRARY_PORT": "http"})


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ({}, ["127.0.0.1", "localhost"]),
        ({"LIBRARY_HOST": "0.0.0.0"}, None),
        ({"LIBRARY_HOSTS": "*"}, None),
        ({"LIBRARY_HOST": "0.0.0.0", "LIBRARY_HOSTS": "qc.example.cn, .intern.cn"}, ["qc.example.cn", ".intern.cn"]),
    ],
)
def test_a_site_for_this_machine_alone_answers_to_local_names_alone(
    given: dict[str, str], hosts: list[str] | None
) -> None:
    assert Settings.from_environment(given).hosts == hosts
