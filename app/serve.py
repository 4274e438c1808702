"""The app as a server runs it: `streamlit run serve.py`. Security headers, and errors by number."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from components.backups import route  # noqa: E402  # the path is set just above
from components.faults import show_fault  # noqa: E402  # as above
from components.headers import SecurityHeaders  # noqa: E402  # as above
from components.lifeline import LIFELINE, hold  # noqa: E402  # as above

if os.environ.get(LIFELINE):
    hold()
app = st.App(
    HERE / "main.py",
    middleware=[Middleware(SecurityHeaders)],
    routes=[route()],
    on_script_error=show_fault,
)
