"""The reckoning of the reading page, in the language in which the browser runs it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from components.reading import script

READING = Path(__file__).resolve().parents[2] / "app" / "components" / "reading"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not there")
def test_positions_cuts_lines_and_notes_are_reckoned_right() -> None:
    done = subprocess.run(
        ["node", "--test", "tests/"], cwd=READING, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]\d*$", done.stdout, re.MULTILINE)


def test_what_the_browser_gets_is_one_module_that_imports_nothing() -> None:
    code = script()

    assert not re.search(r"(?m)^import\b", code)
    assert re.findall(r"(?m)^export .*", code) == [
        "export default function ({ data, parentElement, setStateValue, setTriggerValue }) {"
    ]


def test_no_text_can_become_markup() -> None:
    for path in READING.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
            path.read_text(encoding="utf-8"),
        ), path.name
