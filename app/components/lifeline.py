"""The line to the program that started the app: what it says, and that the app ends with it."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import pkgutil
import signal
import sys
import threading
import time
from functools import partial

import components
from cmo.errors import CmoError

LIFELINE = "CMO_APP_LIFELINE"
"""Set by whoever starts the app and keeps its standard input open for as long as they run."""
LEAVE_SECONDS = 8.0
"""How long the server may take to end by itself."""
FIRST_PAGE_SECONDS = 3.0
"""How long whoever opened the app has it to themselves once Home is worked out."""
PROGRAMMES_AHEAD = 5
"""Of how many programmes the pages are worked out ahead: what is remembered has its bounds."""

_log = logging.getLogger("cmo.app")
_may_open = threading.Event()
_may_open.set()


def hold() -> None:
    """Makes the app ready while nobody has asked for a page yet, and ends it when the line does.

    Whoever started it may have been killed and could not say so: the line ends all the same. Until
    they say that the casebook is ready, nobody here opens it.
    """
    _may_open.clear()
    threading.Thread(target=_listen, name="lifeline", daemon=True).start()
    threading.Thread(target=_load, name="loading", daemon=True).start()


def may_open() -> bool:
    """Whether the casebook is ready to be opened."""
    return _may_open.is_set()


def wait_until_it_may_open() -> None:
    """Waits until whoever started the app says that the casebook is ready."""
    _may_open.wait()


def _listen() -> None:
    for said in sys.stdin.buffer:
        if said.strip() == b"open":
            _may_open.set()
            threading.Thread(target=_open, name="opening", daemon=True).start()
    end_hard = threading.Timer(LEAVE_SECONDS, os._exit, (0,))
    end_hard.daemon = True
    end_hard.start()
    os.kill(os.getpid(), signal.SIGTERM)


def _load() -> None:
    """Loads what the pages are made of: the first of them would have to wait for it."""
    for found in pkgutil.walk_packages(components.__path__, "components."):
        importlib.import_module(found.name)


def _open() -> None:
    """Opens the casebook, and works out what the pages tell of the whole of a programme: of the
    first one, with which the app opens, then of the others."""
    from cmo.services.ahead import work_ahead
    from cmo.services.reading import read
    from components.session import casebook

    try:
        book = casebook()
        who = book.actor()
        seconds = FIRST_PAGE_SECONDS
        for programme in read(book.graph, "case/programmes", who)[:PROGRAMMES_AHEAD]:
            work_ahead(book.graph, who, programme["id"], partial(time.sleep, seconds))
            seconds = 0.0
    except CmoError as error:
        _log.warning("Nothing more was made ready ahead of the first page: %s", error)
    importlib.import_module("pandas")  # takes half a second, and one page draws a table with it
    gc.freeze()  # what was loaded stays: looking for garbage in it would stop a page now and then
    gc.set_threshold(20_000, 20, 20)  # rows and what is drawn of them are let go without a look
