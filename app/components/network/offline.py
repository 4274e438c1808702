"""The map as one HTML file that opens anywhere without the network.

Our own picture and its few lines of script, not a drawing library: it keeps the positions, the
letters stay letters that one can search, the keyboard works, and the file is a tenth of the size.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from components.drawing import Node, joined

THEME = Path(__file__).parents[2] / ".streamlit" / "config.toml"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
NAMES = {
    "textColor": "text-color",
    "backgroundColor": "background-color",
    "borderColor": "border-color",
    "secondaryBackgroundColor": "secondary-background-color",
    "primaryColor": "primary-color",
    "linkColor": "link-color",
}
HUES = ("blue", "orange", "violet", "green", "red", "yellow", "gray")

PAGE_STYLE = """
body{margin:0;background:var(--st-background-color)}
main{max-width:1280px;margin:0 auto;padding:24px}
.leaf h1{margin-bottom:4px}.saves [data-save]{display:none}
table{margin-top:24px}
.opened{min-height:3em;font:400 16px/1.5 var(--serif);padding-top:8px}
.map{max-height:none!important}
tr.on>*{background:var(--field)}select{font:inherit;margin:0 18px 0 4px}
"""
PAGE_SCRIPT = """
const net = document.querySelector(".net");
const said = document.querySelector(".opened");
const selects = [...document.querySelectorAll("select")];
let picked = null;
function again() {
  const only = Object.fromEntries(selects.map((one) => [one.name, one.value]));
  wire(net, only, picked, (element) => {
    picked = element.dataset.id;
    said.textContent = element.getAttribute("aria-label");
    for (const row of document.querySelectorAll("tbody tr")) {
      const { id, from, to } = row.dataset;
      row.classList.toggle("on", [id, from, to].includes(picked));
    }
    again();
  });
}
for (const one of selects) one.onchange = again;
again();
"""


def offline_page(
    title: str,
    tree: Node,
    rows: Sequence[Mapping[str, Any]],
    note: str,
    ids: Sequence[Mapping[str, str]],
) -> str:
    """A whole page: the map, filters by kind, state and wave, and the table with the same facts.

    `rows` are what the table shows, `ids` of each its id and those of its parties. It asks for
    nothing: its own policy forbids every request.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
    body = "".join(_line(row, held) for row, held in zip(rows, ids, strict=True))
    style = (
        f"{_theme()}{joined('leaf.css', 'leaf-patterns.css', 'network/network.css')}{PAGE_STYLE}"
    )
    script = joined("network/network.js") + PAGE_SCRIPT
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{style}</style></head><body><main class='leaf'>"
        f"<h1>{escape(title)}</h1><p class='mute'>{escape(note)}</p><p>{_filters(tree)}</p>"
        f"{markup(tree)}<p class='opened' role='status'></p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></main>"
        f"<script type='module'>{script}</script></body></html>"
    )


def markup(node: Node, *, in_svg: bool = False) -> str:
    """A tree as markup; every text and value in it is escaped."""
    if isinstance(node, str):
        return escape(node)
    tag, attributes, children = node
    svg = in_svg or tag == "svg"
    written = "".join(
        f' {named}="{escape(held, quote=True)}"'
        for named, held in (_attribute(name, value) for name, value in attributes.items())
    )
    inside = "".join(markup(child, in_svg=svg) for child in children)
    return f"<{tag}{written}>{inside}</{tag}>"


def _attribute(name: str, value: Any) -> tuple[str, str]:
    if name == "vars":
        return "style", ";".join(f"--{key}:{held}" for key, held in value.items())
    return ("marker-end", f"url(#{value})") if name == "marker" else (name, str(value))


def _line(row: Mapping[str, Any], held: Mapping[str, str]) -> str:
    cells = "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row.values())
    named = "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in held.items())
    return f"<tr{named}>{cells}</tr>"


def _filters(tree: Node) -> str:
    found: dict[str, dict[str, None]] = {"kind": {}, "state": {}, "wave": {}}
    for attributes in _ties(tree):
        for name, values in found.items():
            if attributes[f"data-{name}"]:
                values[attributes[f"data-{name}"]] = None
    drawn = []
    for name, values in found.items():
        if len(values) > 1:
            options = "".join(
                f'<option value="{escape(v, quote=True)}">{escape(v.replace("_", " "))}</option>'
                for v in sorted(values)
            )
            select = f"<select name='{name}'><option value=''>any</option>{options}</select>"
            drawn.append(f"<label>{name} {select}</label>")
    return "".join(drawn)


def _ties(node: Node) -> list[dict[str, str]]:
    if isinstance(node, str):
        return []
    own = [node[1]] if "data-kind" in node[1] else []
    return own + [found for child in node[2] for found in _ties(child)]


@cache
def _theme() -> str:
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]
    light, dark = _variables(theme["light"]), _variables(theme["dark"])
    fonts = "--st-font:Inter,system-ui,sans-serif;--st-heading-font:'Source Serif 4',Georgia,serif"
    return (
        f":root{{color-scheme:light dark;{fonts};{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )


def _variables(theme: Mapping[str, Any]) -> str:
    held = {css: theme[name] for name, css in NAMES.items()}
    for hue in HUES:
        for part, css in (
            ("Color", "color"),
            ("TextColor", "text-color"),
            ("BackgroundColor", "background-color"),
        ):
            held[f"{hue}-{css}"] = theme[f"{hue}{part}"]
    return ";".join(f"--st-{name}:{value}" for name, value in held.items())
