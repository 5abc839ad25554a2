"""The pages. Each module is one page or a small group of them; only here and in app.py is Flask used."""

from __future__ import annotations

from library.pages import (
    case,
    compare,
    events,
    exports,
    facets,
    feedback,
    files,
    health,
    home,
    mine,
    preferences,
    search,
    similar,
    start,
    stats,
    steps,
    tools,
    units,
)

BLUEPRINTS = tuple(
    page.bp
    for page in (
        home, search, facets, similar, case, feedback, files, exports, steps, tools, events, units, compare, start,
        stats, mine, health, preferences,
    )
)  # fmt: skip
