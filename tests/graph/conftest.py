"""Casebooks for tests of services: a small one to record in, and the shipped ones to ask."""

from __future__ import annotations

import pytest

from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from tests.graph.fieldwork import Fieldwork, load_demo


@pytest.fixture
def field(casebook: Casebook, programme: str) -> Fieldwork:
    """An empty programme to record in, in Ann's name."""
    return Fieldwork(casebook, casebook.actor("ann"), programme)


@pytest.fixture(scope="module")
def demo(engine_casebook: Casebook) -> tuple[Casebook, Actor]:
    """The shipped casebooks, loaded once a module and engine: a test takes back what it changes,
    and none of the module may empty the casebook after the first that uses it."""
    return engine_casebook, load_demo(engine_casebook)
