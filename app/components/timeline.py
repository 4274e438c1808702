"""A line of time: bars of what lasted, events above them; dates as exact as they are stated."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.downloads import fiction, file_name, save_buttons
from components.drawing import Node, h

LEFT = 96
ROW = 22
LANE = 18
LETTER = 6.3
"""About how wide a letter of a label is, in the units of the picture."""


@dataclass(frozen=True)
class Bar:
    """Something that lasted: dates as stored ('1997', '1997-04', '1997-04-30'); without an end it
    is drawn open. Bars of the same `row` stand in one line; `said` is its tool tip."""

    row: str
    begin: str
    end: str | None
    said: str
    text: str = ""
    cls: str = "bar"
    go: str | None = None


@dataclass(frozen=True)
class Happening:
    """An event, between two dates as they are stored."""

    title: str
    begin: str
    end: str
    said: str
    go: str | None = None


def first_day(text: str) -> float:
    """The first moment that a stored date can mean, in years."""
    parts = [int(part) for part in text.split("-")]
    return _years(date(parts[0], *([*parts[1:], 1, 1])[:2]))


def last_day(text: str) -> float:
    """The last moment that it can mean."""
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1]
    return _years(date(parts[0], month, day))


def _years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def timeline(bars: Sequence[Bar], events: Sequence[Happening], label: str) -> Node | None:
    """The picture, twice (wide, and for narrower windows), and as a list for telephones, with
    buttons that save the wide one; None where nothing is dated."""
    if not bars and not events:
        return None
    return h(
        "div",
        h("div", _picture(bars, events, label, 1150), cls="wide"),
        h("div", _picture(bars, events, label, 720), cls="middle"),
        h("ul", *(_told(event) for event in events), cls="list told"),
        h("p", *save_buttons(), cls="saves"),
        cls="times figure",
        data_name=file_name(label),
        data_note=fiction(),
    )


def _told(event: Happening) -> Node:
    return h("li", h("span", event.said, cls="when"), h("span", event.title))


class _Scale:
    def __init__(self, bars: Sequence[Bar], events: Sequence[Happening], width: int) -> None:
        spans = [(bar.begin, bar.end) for bar in bars] + [(e.begin, e.end) for e in events]
        begins = [first_day(begin) for begin, _ in spans]
        ends = [last_day(end) for _, end in spans if end]
        self.low, self.high = min(begins), max([*ends, *begins])
        self.high += max((self.high - self.low) * 0.06, 0.1)
        self.low -= (self.high - self.low) * 0.01
        self.width = width

    def __call__(self, when: float) -> float:
        room = self.width - LEFT - 8
        return round(LEFT + (when - self.low) / (self.high - self.low) * room, 1)


def _picture(bars: Sequence[Bar], events: Sequence[Happening], label: str, width: int) -> Node:
    x = _Scale(bars, events, width)
    placed = _lanes(events, x)
    top = (max((lane for _, lane, _, _ in placed), default=-1) + 1) * LANE + 8
    rows = list(dict.fromkeys(bar.row for bar in bars))
    bottom = top + len(rows) * ROW
    drawn: list[Any] = [*_axis(x, top - 4, bottom)]
    for place, name in enumerate(rows):
        drawn.append(h("text", name, x=LEFT - 12, y=top + place * ROW + 12, text_anchor="end"))
    lines = sorted(x(first_day(event.begin)) for event in events)
    drawn += [_bar(bar, x, top + rows.index(bar.row) * ROW, lines) for bar in bars]
    drawn += [_event(*held, x, top, bottom) for held in placed]
    return h(
        "svg",
        *drawn,
        viewBox=f"0 0 {width} {bottom + 16}",
        width="100%",
        cls="time",
        role="group",
        aria_label=label,
    )


def _axis(x: _Scale, top: float, bottom: float) -> list[Node]:
    years = range(int(x.low) + 1, int(x.high) + 1)
    step = max(1, len(years) // 12)
    return [
        h(
            "g",
            h("line", x1=x(year), x2=x(year), y1=top, y2=bottom, cls="tick"),
            h("text", year, x=x(year), y=bottom + 13, text_anchor="middle"),
        )
        for year in years[::step]
    ]


def _bar(bar: Bar, x: _Scale, y: float, lines: Sequence[float]) -> Node:
    begin, sure = x(first_day(bar.begin)), x(last_day(bar.begin))
    end = x(last_day(bar.end)) if bar.end else x.width - 8
    parts = [h("title", bar.said)]
    if "-" not in bar.begin and bar.cls == "bar" and sure < end:
        rect = {"y": y, "height": 16, "rx": 2}
        parts.append(h("rect", x=begin, width=sure - begin, cls="bar open", **rect))
        begin = sure
    held = f"{bar.cls} open" if bar.end is None else bar.cls
    parts.append(h("rect", x=begin, y=y, width=max(end - begin, 3), height=16, rx=2, cls=held))
    if bar.text:
        wide = len(bar.text) * LETTER
        fits = wide < end - begin - 8
        at = _between(lines, begin + 8, end - wide, wide) if fits else end + 6
        parts.append(h("text", bar.text, x=at, y=y + 12, cls="name" if fits else ""))
    return h(
        "g",
        *parts,
        data_go=bar.go,
        tabindex=0 if bar.go else None,
        role="link" if bar.go else None,
    )


def _between(lines: Sequence[float], first: float, last: float, wide: float) -> float:
    """The first place from `first` to `last` where a text so wide is crossed by no line; `first`
    where every place is."""
    for at in (first, *(line + 6 for line in lines if first < line)):
        if at <= last and not any(at - 3 < line < at + wide + 3 for line in lines):
            return at
    return first


def _lanes(events: Sequence[Happening], x: _Scale) -> list[tuple[Happening, int, str, bool]]:
    """Each event with its lane (0 is next to the bars), its label and whether that stands at the
    left. From right to left, so that no line of an event crosses the label of another; labels at
    the left come last, above all that they reach over."""
    right: list[Happening] = []
    left: list[Happening] = []
    for event in sorted(events, key=lambda e: first_day(e.begin), reverse=True):
        room = x.width - x(first_day(event.begin)) - 14
        fits = room >= len(event.title) * LETTER
        if not fits and room >= 24 * LETTER:
            fits = not _stands_free(event, events, x)
        (right if fits else left).append(event)
    placed: list[tuple[float, float, int]] = []
    found = []
    for event in (*right, *left):
        at = x(first_day(event.begin))
        flipped = event in left
        most = int((at - LEFT if flipped else x.width - at - 14) / LETTER)
        title = event.title if len(event.title) <= most else event.title[: most - 1].rstrip() + "…"
        wide = len(title) * LETTER + 16
        low, high = (at - wide, at + 6) if flipped else (at - 6, at + wide)
        over = [
            lane
            for begin, end, lane in placed
            if (begin <= high and end >= low if flipped else low <= begin + 6 <= high)
        ]
        lane = 1 + max(over, default=-1)
        placed.append((low, high, lane))
        found.append((event, lane, title, flipped))
    return found


def _stands_free(event: Happening, events: Sequence[Happening], x: _Scale) -> bool:
    """Whether all of an event's label has room at its left, and its line crosses no label that
    stands at the right of an earlier one."""
    at, wide = x(first_day(event.begin)), len(event.title) * LETTER
    reach = [(x(first_day(e.begin)), len(e.title) * LETTER) for e in events if e is not event]
    return wide < at - LEFT and not any(begin < at < begin + its + 16 for begin, its in reach)


def _event(
    event: Happening, lane: int, title: str, left: bool, x: _Scale, top: float, bottom: float
) -> Node:
    at, until = x(first_day(event.begin)), x(last_day(event.end))
    y = top - 8 - lane * LANE
    spans = until - at > 20  # a month is as good as a day here
    return h(
        "g",
        h("title", f"{event.title}: {event.said}"),
        h("line", x1=at, x2=at, y1=y, y2=bottom, cls="ev"),
        h(
            "rect",
            x=at,
            width=min(until, x.width - 8) - at,
            y=top,
            height=bottom - top - 4,
            cls="evspan",
        )
        if spans
        else None,
        h("circle", cx=at, cy=y, r=2.5, cls="evdot"),
        h(
            "text",
            title,
            x=at + (-8 if left else 8),
            y=y + 4,
            cls="strong",
            text_anchor="end" if left else "start",
        ),
        data_go=event.go,
        tabindex=0 if event.go else None,
        role="link" if event.go else None,
    )
