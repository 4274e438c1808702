"""The marks: shape carries the meaning, colour repeats it. Also support and rows of dots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from components.drawing import h

NAMES = {
    "c": "context",
    "m": "mechanism",
    "o": "outcome",
    "supports": "supports",
    "refutes": "refutes",
    "refines": "refines",
    "contextualises": "contextualises",
    "for": "for",
    "against": "against",
    "both": "for and against",
    "silent": "silent: nothing was said",
    "not_assessable": "could not be known",
    "present": "present",
    "absent": "absent",
    "mixed": "present and absent",
    "enabling": "enabling",
    "hindering": "hindering",
    "neither": "neither",
}
"""What each mark says to somebody who cannot see it."""

ROLES = {"Context": "c", "Mechanism": "m", "Outcome": "o"}
"""The mark of a factor's role."""

_SAME = {
    "for": "present",
    "enabling": "present",
    "against": "absent",
    "hindering": "absent",
    "both": "mixed",
    "neither": "contextualises",
}
RUNGS = {
    "none": 0,
    "single_voice": 1,
    "corroborated": 2,
    "triangulated": 3,
    "contested": 2,
    "refuted_only": 0,
}
"""How many of three rungs stand for each word of support."""


def mark(kind: str, x: float = 7, y: float = 7, r: float = 5) -> list[Any]:
    """The shape of a kind, centred on x, y, inside an SVG."""
    drawn = _SAME.get(kind, kind)
    return h("g", h("title", NAMES[kind]), *_shape(drawn, x, y, r), cls=f"k {drawn}")


def _shape(kind: str, x: float, y: float, r: float) -> list[list[Any]]:
    match kind:
        case "c":
            side = r * 1.76
            corner = {"x": x - side / 2, "y": y - side / 2}
            return [h("rect", **corner, width=side, height=side, rx=1, cls="solid")]
        case "m":
            d = r * 1.15
            return [h("path", d=f"M{x} {y - d}L{x + d} {y}L{x} {y + d}L{x - d} {y}Z", cls="solid")]
        case "o" | "present":
            return [h("circle", cx=x, cy=y, r=r, cls="solid")]
        case "supports":
            low, wide = y + r * 0.85, r * 1.05
            return [h("path", d=f"M{x} {y - r}L{x + wide} {low}L{x - wide} {low}Z", cls="solid")]
        case "refutes":
            return [h("path", d=_cross(x, y, r * 0.8, r * 0.8), cls="stroke")]
        case "absent":
            return [
                h("circle", cx=x, cy=y, r=r, cls="ring"),
                h("path", d=_cross(x, y, r * 0.5, r * 0.5), cls="cross"),
            ]
        case "mixed":
            return [
                h("circle", cx=x, cy=y, r=r, cls="ring"),
                h("path", d=f"M{x} {y - r}A{r} {r} 0 0 0 {x} {y + r}Z", cls="solid"),
                h("path", d=_cross(x + r * 0.42, y, r * 0.3, r * 0.38), cls="cross"),
            ]
        case "silent":
            return [h("path", d=f"M{x - r * 0.55} {y}L{x + r * 0.55} {y}", cls="dash")]
        case "not_assessable":
            return [h("circle", cx=x, cy=y, r=r, cls="dashring")]
        case "refines":
            return [h("path", d=f"M{x - r} {y + 1}q{r / 2} {-r * 1.1} {r} 0t{r} 0", cls="stroke")]
        case _:
            corner = {"x": x - r, "y": y - r * 0.7}
            return [h("rect", **corner, width=r * 2, height=r * 1.4, rx=1.5, cls="ring")]


def _cross(x: float, y: float, dx: float, dy: float) -> str:
    return f"M{x - dx} {y - dy}L{x + dx} {y + dy}M{x + dx} {y - dy}L{x - dx} {y + dy}"


def glyph(kind: str, size: int = 14) -> list[Any]:
    """A mark as a small picture in a line of text."""
    return h(
        "svg",
        mark(kind),
        viewBox="0 0 14 14",
        width=size,
        height=size,
        cls="glyph",
        role="img",
        aria_label=NAMES[kind],
    )


def level(support: str, decided: str | None = None, why: str | None = None) -> list[Any]:
    """How well something is supported: three rungs, filled from the left; contested is crossed.

    What a person decided over the computed word stands beside it, with the reason as its title.
    """
    contested = support in ("contested", "refuted_only")
    rungs = [
        h(
            "rect",
            x=1 + i * 6,
            y=9 - i * 3,
            width=4,
            height=4 + i * 3,
            rx=0.8,
            cls="rung on" if i < RUNGS[support] else "rung",
        )
        for i in range(3)
    ]
    if contested:
        rungs.append(h("path", d="M20 5.5l6 6M26 5.5l-6 6", cls="cut"))
    picture = h(
        "svg",
        *rungs,
        viewBox="0 0 28 14",
        width=28 if contested else 20,
        height=14,
        preserveAspectRatio="xMinYMid slice",
        cls="level",
        aria_hidden="true",
    )
    word = support.replace("_", " ")
    computed = h("span", picture, word, cls=f"lvl {'contested' if contested else ''}")
    if decided is None:
        return computed
    beside = h("small", f" decided: {decided.replace('_', ' ')}", cls="mute", title=why)
    return h("span", computed, beside)


def dots(cells: Iterable[tuple[str, str]], step: int = 20, r: float = 5) -> list[Any]:
    """One mark a project, always in one order so that rows line up; cells are (name, kind)."""
    held = list(cells)
    marks = [
        h("g", h("title", f"{name}: {NAMES[kind]}"), mark(kind, step / 2 + i * step, 8, r))
        for i, (name, kind) in enumerate(held)
    ]
    said = ", ".join(f"{name} {NAMES[kind]}" for name, kind in held)
    wide = step * len(held)
    return h(
        "svg",
        *marks,
        viewBox=f"0 0 {wide} 16",
        width=wide,
        height=16,
        cls="dots",
        role="img",
        aria_label=said,
    )


def chip(text: str, kind: str = "") -> list[Any]:
    """A short label with the mark of its kind."""
    return h("span", glyph(kind, 12) if kind in NAMES else None, text, cls=f"chip {kind}")
