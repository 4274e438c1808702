"""Where the files that ship with the program stand: cypher/ and seed_data/.

In a checkout they are folders beside `cmo`; in an installed wheel they are `cmo/_cypher` and
`cmo/_seed_data`. This is the one place that knows both.
"""

from __future__ import annotations

from pathlib import Path

from cmo.errors import QueryFileBroken


def folder(name: str) -> Path:
    """The folder of that name ('cypher', 'seed_data', 'app').

    Raises QueryFileBroken when neither place has it, which means a damaged installation.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / f"_{name}", package.parent / name):
        if candidate.is_dir():
            return candidate
    raise QueryFileBroken(
        f"The folder {name}/ that ships with the program is missing.",
        "Nothing was opened.",
        "Install cmo-casebook again.",
    )
