"""All settings: a short table. The environment variable is `LIBRARY_` and the name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

LOCAL_NAMES = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Settings:
    CORPUS: str = "corpus"
    """The folder of the cases."""
    INDEX: str = ""
    """Address of the search index; when empty, `whoosh:` and the folder `index` inside DATA."""
    DATA: str = "instance"
    """The folder for all that can be made again or belongs to this installation."""
    HOST: str = "127.0.0.1"
    """Where the site listens."""
    PORT: int = 8000
    """Where the site listens."""
    HOSTS: str = "auto"
    """Names under which the site may be asked for, with commas; `*` for any, `auto` as told at `hosts`."""
    PREVIEWS: int = 2000
    """Megabytes (2**20 bytes) that page pictures of originals may take in DATA; 0 for none at all."""
    FEEDBACK: str = "on"
    """Whether readers can say what is wrong with a case, or what helped: on or off."""
    LANG: str = "zh"
    """Language of the command line: zh or en."""
    PAST_QUERIES: str = "on"
    """Whether questions that found something are counted and offered to others: on or off."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises `ValueError` with a sentence when a number is not one."""
        values: dict[str, str | int] = {}
        for setting in fields(cls):
            name = f"LIBRARY_{setting.name}"
            if name not in environment:
                continue
            value = environment[name]
            if isinstance(setting.default, int):
                if not value.isdecimal():
                    raise ValueError(f"{name} must be a number, not {value!r}. 请把 {name} 设为数字。")
                values[setting.name] = int(value)
            elif setting.default == "on" and value not in ("on", "off"):
                raise ValueError(f"{name} must be on or off, not {value!r}. 请把 {name} 设为 on 或 off。")
            else:
                values[setting.name] = value
        return cls(**values)  # type: ignore[arg-type]

    @property
    def corpus(self) -> Path:
        return Path(self.CORPUS)

    @property
    def data(self) -> Path:
        return Path(self.DATA)

    @property
    def hosts(self) -> list[str] | None:
        """Host names that are answered, None for any. With `auto` a site that listens on this machine alone answers to
        local names alone, so that no other site can read it through a name that points here.
        """
        if self.HOSTS == "*":
            return None
        if self.HOSTS != "auto":
            return [name.strip() for name in self.HOSTS.split(",") if name.strip()]
        return list(LOCAL_NAMES) if self.HOST in LOCAL_NAMES else None

    @property
    def index(self) -> str:
        return self.INDEX or f"whoosh:{self.data / 'index'}"

    @property
    def feedback(self) -> Path:
        return self.data / "feedback"

    @property
    def page_pictures(self) -> Path:
        return self.data / "pages"

    @property
    def past_queries(self) -> Path | None:
        return self.data / "past_queries.sqlite" if self.PAST_QUERIES == "on" else None

    @property
    def parsed_cases(self) -> Path:
        return self.data / "cases.sqlite"
