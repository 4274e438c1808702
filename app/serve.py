"""The app as a server runs it: `streamlit run serve.py`. Security headers, and errors by number."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from components.faults import show_fault  # noqa: E402  # the path is set just above
from components.headers import SecurityHeaders  # noqa: E402  # as above

app = st.App(HERE / "main.py", middleware=[Middleware(SecurityHeaders)], on_script_error=show_fault)
