"""The local engine of a casebook: a folder, and a process that serves it to every program here.

The engine runs as a process of its own and outlives the program that started it. Programs find it
through a run file and hold a lease, which is an open connection: the system closes it when a
program ends in whatever way. A while after the last lease the engine stops by itself.
Importing this package starts nothing and loads neither the engine nor Java.
"""

from __future__ import annotations

from cmo.graph.local.attachment import (
    Attachment,
    EngineStatus,
    attach,
    require_casebook,
    status,
    stop,
)
from cmo.graph.local.failures import find_fault
from cmo.graph.local.settings import LEASE_SECONDS
from cmo.graph.local.transient import TRANSIENT_CODES, is_transient

__all__ = [
    "LEASE_SECONDS",
    "TRANSIENT_CODES",
    "Attachment",
    "EngineStatus",
    "attach",
    "find_fault",
    "is_transient",
    "require_casebook",
    "status",
    "stop",
]
