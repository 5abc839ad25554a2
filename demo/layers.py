"""Puts the nodes of a directed graph into layers, in an order in which few links cross."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Link = tuple[Hashable, Hashable]
_SWEEPS = 12


@dataclass(frozen=True)
class Bend:
    """Where a long link passes a layer that it does not end in."""

    link: Link
    layer: int


@dataclass(frozen=True)
class Layers:
    """Layers from first to last, for each link the places it runs through, and which links run back."""

    rows: list[list[Hashable]]
    routes: dict[Link, list[Hashable]]
    backward: set[Link]


def arrange(links: Sequence[Link], *, pull_late: bool = False) -> Layers:
    """Layer the graph by longest paths; `pull_late` moves nodes next to what they lead to."""
    links = list(dict.fromkeys(links))
    backward = _backward(links)
    forward = list(dict.fromkeys(link[::-1] if link in backward else link for link in links))
    depth = _depths(forward)
    if pull_late:
        flipped = _depths([(end, start) for start, end in forward])
        depth = {node: max(flipped.values()) - flipped[node] for node in flipped}
    for node in dict.fromkeys(node for link in links for node in link):
        depth.setdefault(node, 0)
    rows: list[list[Hashable]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for node, layer in depth.items():
        rows[layer].append(node)
    routes = {}
    for link in links:
        upper, lower = sorted(link, key=depth.__getitem__)
        bends = [Bend(link, layer) for layer in range(depth[upper] + 1, depth[lower])]
        for bend in bends:
            rows[bend.layer].append(bend)
        routes[link] = [link[0], *(bends[::-1] if link in backward else bends), link[1]]
    _untangle(rows, routes)
    return Layers(rows, routes, backward)


def _backward(links: Sequence[Link]) -> set[Link]:
    """The links that close a circle."""
    found: set[Link] = set()
    done: set[Hashable] = set()

    def visit(node: Hashable, path: tuple[Hashable, ...]) -> None:
        for link in links:
            if link[0] == node and link[1] in (*path, node):
                found.add(link)
            elif link[0] == node and link[1] not in done:
                visit(link[1], (*path, node))
        done.add(node)

    ends = {end for _, end in links}
    for node in sorted(dict.fromkeys(start for start, _ in links), key=lambda start: start in ends):
        if node not in done:
            visit(node, ())
    return found


def _depths(links: Sequence[Link]) -> dict[Hashable, int]:
    depth = dict.fromkeys((node for link in links for node in link), 0)
    for _ in depth:
        for start, end in links:
            depth[end] = max(depth[end], depth[start] + 1)
    return depth


def _untangle(rows: list[list[Hashable]], routes: dict[Link, list[Hashable]]) -> None:
    """Sort each layer by the mean place of its neighbours, down and up in turn; keep the best."""
    steps = [pair for route in routes.values() for pair in pairwise(route)]
    best, fewest = [list(row) for row in rows], _crossings(rows, steps)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for layer in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            _sort(rows[layer], rows[layer - 1 if down else layer + 1], steps)
        if (count := _crossings(rows, steps)) < fewest:
            best, fewest = [list(row) for row in rows], count
    rows[:] = best


def _sort(row: list[Hashable], fixed: list[Hashable], steps: Sequence[Link]) -> None:
    place = {node: n for n, node in enumerate(fixed)}

    def mean(node: Hashable) -> float:
        near = [
            place[a if b == node else b] for a, b in steps if (a == node and b in place) or (b == node and a in place)
        ]
        return sum(near) / len(near) if near else row_place[node]

    row_place = {node: n * len(fixed) / len(row) for n, node in enumerate(row)}
    row.sort(key=mean)


def _crossings(rows: list[list[Hashable]], steps: Sequence[Link]) -> int:
    place = {node: (layer, n) for layer, row in enumerate(rows) for n, node in enumerate(row)}
    spans = [(*place[a], place[b][1]) for a, b in steps]
    return sum(
        layer == other and (a - c) * (b - d) < 0
        for n, (layer, a, b) in enumerate(spans)
        for other, c, d in spans[n + 1 :]
    )
