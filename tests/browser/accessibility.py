"""axe-core on a page of the browser, and what in Streamlit's own elements it may find."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]  # ships no types

from tests.browser.watching import Watched

__all__ = ["THEIRS", "Exempt", "violations"]


@dataclass(frozen=True)
class Exempt:
    """What axe may find in an element of Streamlit's own: a rule, where a selector matches."""

    rule: str
    selector: str
    reason: str


THEIRS = (
    Exempt(
        "presentation-role-conflict",
        "section[data-testid=stFileUploaderDropzone]",
        "Streamlit names the field onto which files are dropped, and calls it presentational.",
    ),
)
"""Each by rule and selector, so that it cannot hide one of ours."""

ASK = """
axe.run(document, {resultTypes: ["violations"], elementRef: true}).then(({violations}) => {
  const theirs = %s;
  return violations.flatMap(({id, help, nodes}) => nodes
    .filter(({element}) => !theirs.some((t) => t.rule === id && element.matches(t.selector)))
    .map(({html, failureSummary}) => `${id} (${help}): ${html.slice(0, 200)} ${failureSummary}`));
})
"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(watched: Watched) -> list[str]:
    """What axe finds on the page as it stands, without what is Streamlit's own; empty is well."""
    if not watched.evaluate("'axe' in globalThis"):
        watched.evaluate(f"{_axe()}; true")
    found: list[str] = watched.evaluate(ASK % json.dumps([asdict(t) for t in THEIRS]))
    return found
