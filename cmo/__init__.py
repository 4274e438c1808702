"""CMO Casebook: realist evaluations kept as a property graph.

    import cmo

    with cmo.open_casebook("my-casebook") as casebook:
        me = casebook.actor()
        frame = cmo.frame(casebook, me, "case/projects")

Names are loaded when they are first used, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmo.errors import CmoError
    from cmo.graph.py2neo_graph import py2neo_graph
    from cmo.services import (
        assessing,
        coding,
        comparing,
        naming,
        reading,
        recording,
        regularities,
        seeding,
        undoing,
    )
    from cmo.services.casebook import Casebook, open_casebook
    from cmo.services.frames import frame

_HOMES = {
    "Casebook": "cmo.services.casebook",
    "CmoError": "cmo.errors",
    "frame": "cmo.services.frames",
    "open_casebook": "cmo.services.casebook",
    "py2neo_graph": "cmo.graph.py2neo_graph",
}
_MODULES = {
    "assessing",
    "coding",
    "comparing",
    "naming",
    "reading",
    "recording",
    "regularities",
    "seeding",
    "undoing",
}

__all__ = [
    "Casebook",
    "CmoError",
    "assessing",
    "coding",
    "comparing",
    "frame",
    "naming",
    "open_casebook",
    "py2neo_graph",
    "reading",
    "recording",
    "regularities",
    "seeding",
    "undoing",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _MODULES:
        return import_module(f"cmo.services.{name}")
    raise AttributeError(f"module 'cmo' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
