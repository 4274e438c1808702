"""The lines of the map: from box to box past the boxes between, and where a word has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cmo.services.relating import Party

Spot = tuple[float, float]
Frame = tuple[float, float, float, float]
Curve = tuple[Spot, Spot, Spot, Spot]
"""A Bezier curve: its ends, and the two points that pull it, between them."""
Bends = list[tuple[float, float, float]]
"""Where a line crosses rows: its x, and the y at which it enters and leaves each."""


@dataclass(frozen=True)
class Box:
    """A party's place: the middle of its box, its size, and its name in lines."""

    party: Party
    x: float
    y: float
    wide: float
    high: float
    row: int
    lines: tuple[str, ...]

    @property
    def frame(self) -> Frame:
        """Its edges: left, top, right, bottom."""
        x, y = self.wide / 2, self.high / 2
        return self.x - x, self.y - y, self.x + x, self.y + y


def way(a: Box, b: Box, bends: Bends, shift: float) -> tuple[str, list[Curve]]:
    """The line from a to b past the boxes between, and its curves."""
    if a.row == b.row:
        return _arc(a, b, shift)
    down = 1 if b.row > a.row else -1
    straight = shift if not bends else 0
    towards, behind = (bends[0][0], bends[-1][0]) if bends else (b.x, a.x)
    stops = [(_along(a, towards) + straight, a.y + down * a.high / 2)]
    for x, top, foot in bends:
        stops += [(x, top if down > 0 else foot), (x, foot if down > 0 else top)]
    stops.append((_along(b, behind) + straight, b.y - down * (b.high / 2 + 5)))
    d = f"M{stops[0][0]:.1f} {stops[0][1]:.1f}"
    curves = []
    for i in range(0, len(stops) - 1, 2):
        curves.append(curve := _bent(stops[i], stops[i + 1]))
        d += _curve(curve)
        if i + 2 < len(stops):
            d += f"L{stops[i + 2][0]:.1f} {stops[i + 2][1]:.1f}"
    return d, curves


def spots(curves: Sequence[Curve]) -> list[Spot]:
    """Spots on a line for a word, best first: in the middle of the longest curve."""
    longest = sorted(curves, key=lambda c: -abs(c[3][0] - c[0][0]) - abs(c[3][1] - c[0][1]))
    return [_point(c, t) for t in (0.5, 0.38, 0.62, 0.26, 0.74) for c in longest]


def _arc(a: Box, b: Box, shift: float) -> tuple[str, list[Curve]]:
    rise = 20 + abs(b.x - a.x) * 0.05 + abs(shift)
    way = 1 if b.x > a.x else -1
    x1, y1 = a.x + way * a.wide / 4, a.y - a.high / 2
    x2, y2 = b.x - way * b.wide / 4, b.y - b.high / 2 - 4
    curve = ((x1, y1), (x1, y1 - rise), (x2, y2 - rise), (x2, y2))
    return f"M{x1:.1f} {y1:.1f}{_curve(curve)}", [curve]


def _bent(start: Spot, end: Spot) -> Curve:
    bend = (end[1] - start[1]) / 2
    return start, (start[0], start[1] + bend), (end[0], end[1] - bend), end


def _curve(curve: Sequence[Spot]) -> str:
    return "C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in curve[1:])


def _along(box: Box, towards: float) -> float:
    """Where on its edge a line leaves a box for something at `towards`."""
    reach = box.wide / 2 * 0.72
    return box.x + max(-reach, min(reach, (towards - box.x) * 0.3))


def _point(curve: Curve, t: float) -> Spot:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, curve, strict=True)),
        sum(w * p[1] for w, p in zip(weights, curve, strict=True)),
    )


def free(spots: list[Spot], letters: int, taken: list[Frame]) -> Spot | None:
    """The first spot where a word covers no box and no other word; None where there is none."""
    half = letters * 5.6 / 2 + 2
    for x, y in spots:
        box = (x - half, y - 7, x + half, y + 7)
        if all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken):
            taken.append(box)
            return x, y
    return None
