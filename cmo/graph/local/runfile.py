"""The run file: where the running engine of a casebook is found.

It is a hint, not a fact: whoever reads it asks at the control port, where an engine proves that it
knows the casebook's password. A run file that is missing, damaged, left over or somebody else's
only means that no engine was found.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cmo.graph.local.folder import write_privately

_MOST_BYTES = 4096


@dataclass(frozen=True)
class RunFile:
    """What an engine says of itself: `started` is ISO 8601 in UTC, `engine` its version."""

    pid: int
    bolt_port: int
    control_port: int
    started: str
    engine: str

    def write(self, path: Path) -> None:
        """Write it, whole or not at all. Raises OSError."""
        write_privately(path, json.dumps(asdict(self), indent=2))


def find_run_file(path: Path) -> RunFile | None:
    """The run file at the path; None if there is none, or none that can be understood."""
    try:
        if not path.is_file():  # what reads from a pipe may wait for ever
            return None
        with path.open("rb") as file:
            content = json.loads(file.read(_MOST_BYTES))
        found = RunFile(
            pid=int(content["pid"]),
            bolt_port=int(content["bolt_port"]),
            control_port=int(content["control_port"]),
            started=str(content["started"]),
            engine=str(content["engine"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    ports = (found.bolt_port, found.control_port)
    return found if all(0 < port < 65_536 for port in ports) else None
