"""The Neo4j driver, loaded without the libraries whose types it would accept as parameters.

Loading numpy, pandas and pyarrow takes a third of a second of each start; nothing here sends their
types.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

UNUSED = ("numpy", "pandas", "pyarrow")


@contextmanager
def _not_there(names: tuple[str, ...]) -> Iterator[None]:
    """Within the block, importing what is not loaded yet fails as if it were not installed."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: it is not there
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _not_there(UNUSED):
    import neo4j
    from neo4j import exceptions

__all__ = ["exceptions", "neo4j"]
