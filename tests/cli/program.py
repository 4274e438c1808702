"""Runs the program as a person does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 240


@dataclass(frozen=True)
class Said:
    """How a call of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """The program in one folder, with one environment."""

    folder: Path
    environment: dict[str, str]

    def __call__(self, *words: str, **changed: str) -> Said:
        """Runs `cmo WORDS` without a terminal; keywords change the environment."""
        done = subprocess.run(
            [sys.executable, "-m", "cmo", *words],
            cwd=self.folder,
            env=self.environment | changed,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=LIMIT,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *words: str) -> Said:
        """As a call, which must succeed."""
        said = self(*words)
        assert said.code == 0, f"cmo {' '.join(words)}: {said.err}"
        return said

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Starts `cmo WORDS` and does not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "cmo", *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def program(folder: Path, casebook: str, **more: str) -> Program:
    """The program for that casebook, as the user Ann."""
    own = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    environment = own | {
        "PYTHONPATH": str(ROOT),
        "CMO_CASEBOOK": casebook,
        "CMO_USER": "ann",
        "TERM": "xterm-256color",
        **more,
    }
    return Program(folder, environment)
