"""Where standard output or standard error takes nothing: no traceback, and a true exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


def run(words: str, redirected: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs `cmo WORDS` in a shell that redirects its streams."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("CMO_")}
    return subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m cmo {words} {redirected}', sys.executable],
        env=own | {"PYTHONPATH": str(ROOT), **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@needs_full
@pytest.mark.parametrize("words", ["query", "query --format json", "query --format csv", "--help"])
def test_an_answer_that_finds_no_room_is_told_in_one_line(words: str) -> None:
    said = run(words, ">/dev/full")

    assert said.returncode == 1
    (line,) = said.stderr.splitlines()
    assert "standard output" in line
    assert "is kept" in line


HINT = "`cmo query NAME --explain` tells all that a query answers and takes.\n"


@pytest.mark.parametrize("words", ["query", "query --format json", "query --format csv"])
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&- <&-"])
def test_a_closed_standard_output_is_no_fault(words: str, closed: str) -> None:
    said = run(words, closed)

    hint = HINT if words == "query" and "2>&-" not in closed else ""
    assert (said.returncode, said.stderr) == (0, hint)


@needs_full
@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_a_refusal_that_nobody_hears_still_ends_with_1(closed: str, tmp_path: Path) -> None:
    said = run("query case/nothing", closed, CMO_CASEBOOK=str(tmp_path / "none"))

    assert (said.returncode, said.stdout) == (1, "")
