"""Parties and ties as a graph: who is a single point of failure, and where to draw everybody.

Positions are the same for the same input: lanes by kind, and in a lane an order that keeps ties
short (Sugiyama, Tagawa & Toda 1981, by barycentres); the first order is that of a spring layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SPRING_MOST = 150
"""Above so many parties the first order is the given one: the spring layout would take seconds."""

BENDS_MOST = 200
"""Above so many ties lines go straight, behind boxes if need be: room for each would be lost."""

SWEEPS = 30
PULL = 0.06
"""How far each sweep draws everybody to the middle, so that what hangs alone does not drift off."""

THIN = 10.0
"""How wide a line's own room is in a row that it only crosses."""


@dataclass(frozen=True)
class Layout:
    """Where everything is drawn: the middle of each party's box from the left and its row from 0
    down, and for each tie, in the order given, the spots by which it crosses rows in between, from
    its first party to its second. `width` holds all boxes."""

    parties: Mapping[str, tuple[float, int]]
    bends: tuple[tuple[tuple[float, int], ...], ...]
    width: float


def cut_points(ties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Those through whom alone others touch: who parts most pairs first, then by id."""
    import networkx as nx  # loading it takes a sixth of a second, and maps alone need it

    graph = nx.Graph(ties)
    parted: dict[str, int] = {}
    for node in nx.articulation_points(graph):
        around = graph.subgraph(nx.node_connected_component(graph, node)).copy()
        around.remove_node(node)
        sizes = [len(part) for part in nx.connected_components(around)]
        parted[node] = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    return tuple(sorted(parted, key=lambda node: (-parted[node], node)))


def lanes(
    parties: Sequence[tuple[str, int, float]],
    ties: Sequence[tuple[str, str]],
    width: float,
    gap: float = 18,
) -> Layout:
    """Puts parties in lanes, keeping ties short and out of the boxes between.

    `parties` are (id, lane, width of its box) with lanes from 0 down, in an order that breaks
    draws; a lane takes as many rows as `width` makes it need; ties name parties that are there.
    Nobody gives an empty layout.
    """
    sizes = {id: size for id, _, size in parties}
    first = _first(parties, ties, width)
    rows = _rows(parties, first, width, gap)
    chains = _chains(rows, ties)
    near: dict[str, list[str]] = {id: [] for id in sizes}
    for chain in chains:
        for a, b in pairwise(chain):
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    at = {id: row for row, ids in enumerate(rows) for id in ids}
    for chain in chains:
        down = 1 if at[chain[0]] < at[chain[-1]] else -1
        share = (first[chain[-1]] - first[chain[0]]) / len(chain)
        for i, thin in enumerate(chain[1:-1], 1):
            sizes[thin], at[thin] = THIN, at[chain[0]] + down * i
            first[thin] = first[chain[0]] + share * i
            rows[at[thin]].append(thin)
    x = dict(first)
    for row in rows:
        row.sort(key=lambda id: first[id])
        _settle(row, x, sizes, width, gap)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {id: _wanted(id, near[id], x, width) for id in row}
            x.update(wanted)
            row.sort(key=lambda id: (wanted[id], first[id]))
            _settle(row, x, sizes, width, gap)
    return Layout(
        {id: (x[id], at[id]) for id, _, _ in parties},
        tuple(tuple((x[thin], at[thin]) for thin in chain[1:-1]) for chain in chains),
        max([width, *(x[id] + sizes[id] / 2 for id in sizes)]),
    )


def _chains(rows: Sequence[Sequence[str]], ties: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each tie as the way from its first party to its second, by a name for each row crossed."""
    at = {id: row for row, ids in enumerate(rows) for id in ids}
    bent = len(ties) <= BENDS_MOST
    chains = []
    for number, (a, b) in enumerate(ties):
        crossed = range(min(at[a], at[b]) + 1, max(at[a], at[b])) if bent else ()
        chains.append([a, *(f"{number} {i}" for i, _ in enumerate(crossed)), b])
    return chains


def _wanted(id: str, near: Sequence[str], x: Mapping[str, float], width: float) -> float:
    mean = sum(x[n] for n in near) / len(near) if near else x[id]
    return mean * (1 - PULL) + width / 2 * PULL


def _first(
    parties: Sequence[tuple[str, int, float]], ties: Sequence[tuple[str, str]], width: float
) -> dict[str, float]:
    """An order from left to right to begin with."""
    count = max(1, len(parties) - 1)
    given = {id: width * i / count for i, (id, _, _) in enumerate(parties)}
    if not 2 < len(parties) <= SPRING_MOST:
        return given
    import networkx as nx  # as in cut_points

    graph = nx.Graph()
    graph.add_nodes_from(given)
    graph.add_edges_from(tie for tie in ties if tie[0] in given and tie[1] in given)
    start = {id: (given[id] / width - 0.5, -lane / 6) for id, lane, _ in parties}
    # networkx computes this with numpy, which it leaves to others to bring: pandas does.
    spring = nx.spring_layout(graph, pos=start, iterations=80, seed=1, method="force")
    low = min(float(spot[0]) for spot in spring.values())
    high = max(float(spot[0]) for spot in spring.values())
    return {id: (float(spring[id][0]) - low) / (high - low or 1) * width for id in given}


def _rows(
    parties: Sequence[tuple[str, int, float]],
    first: Mapping[str, float],
    width: float,
    gap: float,
) -> list[list[str]]:
    """Each lane in as few rows as fit, filled evenly and by turns, so that neighbours in order
    stand above each other."""
    rows: list[list[str]] = []
    for lane in sorted({lane for _, lane, _ in parties}):
        inside = [(id, size) for id, where, size in parties if where == lane]
        inside.sort(key=lambda item: first[item[0]])
        needed = sum(size + gap for _, size in inside)
        number = max(1, -int(-needed // (width * 0.94)))
        rows += [[id for id, _ in inside[i::number]] for i in range(number)]
    return rows


def _settle(
    row: Sequence[str],
    x: dict[str, float],
    sizes: Mapping[str, float],
    width: float,
    gap: float,
) -> None:
    """Moves a row's boxes apart, each as near to where it was as the others allow (least squares
    by pooling adjacent violators), and into the width where there is room."""
    offsets, at = [], 0.0
    for i, id in enumerate(row):
        if i:
            thin = THIN in (sizes[row[i - 1]], sizes[id])
            at += (sizes[row[i - 1]] + sizes[id]) / 2 + (gap / 3 if thin else gap)
        offsets.append(at)
    pools: list[list[float]] = []
    for id, offset in zip(row, offsets, strict=True):
        pools.append([x[id] - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, count = pools.pop()
            held = pools[-1]
            held[0] = (held[0] * held[1] + value * count) / (held[1] + count)
            held[1] += count
    low = sizes[row[0]] / 2
    high = max(low, width - sizes[row[-1]] / 2 - offsets[-1])
    placed = [min(max(value, low), high) for value, count in pools for _ in range(int(count))]
    for id, offset, value in zip(row, offsets, placed, strict=True):
        x[id] = value + offset
