"""`python -m cmo` is `cmo`."""

from __future__ import annotations

from cmo.cli import main

if __name__ == "__main__":
    main()
