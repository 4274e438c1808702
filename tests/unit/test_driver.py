"""The driver is loaded without libraries that take longer to load than all the rest."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
import cmo.services.casebook
print(*(name for name in ("numpy", "pandas", "pyarrow") if name in sys.modules))
import pandas, pyarrow
"""


def test_opening_a_casebook_loads_no_data_frames_and_leaves_them_to_be_loaded() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == []
