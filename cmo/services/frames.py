"""Named queries as pandas data frames, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmo.services.actor import Actor
from cmo.services.asking import ask
from cmo.services.casebook import Casebook

if TYPE_CHECKING:
    import pandas as pd


def frame(casebook: Casebook, actor: Actor, name: str, /, **params: Any) -> pd.DataFrame:
    """What the named read query returns, as a data frame: a row each, columns as the query names
    them, within what the actor may see.

    Records may be given by id, code (HIPP/C-1) or fitting name. A query that returns nothing gives
    a frame of these columns without rows. Raises as asking.ask.
    """
    import pandas as pd

    answer = ask(casebook.graph, actor, name, params)
    return pd.DataFrame(answer.rows, columns=list(answer.columns))
