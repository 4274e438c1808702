"""Named queries as pandas data frames, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.reading import read

if TYPE_CHECKING:
    import pandas as pd


def frame(casebook: Casebook, actor: Actor, name: str, /, **params: Any) -> pd.DataFrame:
    """What the named read query returns, as a data frame: a row each, columns as the query names
    them, within what the actor may see.

    A query that returns nothing gives a frame without rows or columns. Raises as reading.read.
    """
    import pandas as pd

    return pd.DataFrame(read(casebook.graph, name, actor, **params))
