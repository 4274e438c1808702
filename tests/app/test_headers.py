"""What goes over the wire: headers that keep a page to this machine, and faults by their number."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope
from streamlit.testing.v1 import AppTest

from cmo.errors import Refused


def answer(path: str, kind: str = "http") -> dict[str, str]:
    """The headers of an answer of a small app behind the middleware."""
    from components.headers import SecurityHeaders

    async def greet(_: Request) -> Response:
        return PlainTextResponse("hello")

    app = SecurityHeaders(Starlette(routes=[Route("/", greet)]))
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": kind,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    start = next(m for m in sent if m["type"] == "http.response.start")
    return {name.decode(): value.decode() for name, value in start["headers"]}


def directives() -> dict[str, list[str]]:
    """The policy by directive."""
    held = answer("/")["content-security-policy"]
    return {part.split()[0]: part.split()[1:] for part in held.split(";")}


@pytest.mark.parametrize("path", ["/", "/no-such-page"])
def test_every_answer_carries_the_headers(path: str) -> None:
    headers = answer(path)

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_no_other_host_may_be_asked_and_nobody_may_frame_a_page() -> None:
    policy = directives()

    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]
    assert not re.search(r"https?:|\*", answer("/")["content-security-policy"])


def test_scripts_come_from_here_from_blobs_and_from_streamlits_own_page_only() -> None:
    scripts = directives()["script-src"]

    assert scripts[:3] == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    assert all(s.startswith("'sha256-") for s in scripts[3:])
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(scripts)


def failing(wrong: str) -> None:
    """A page that fails as `wrong` says; AppTest runs it as a script of its own."""
    from cmo.errors import Refused
    from components.faults import show_fault

    error: Exception = (
        Refused("This was wrong.", "Nothing was changed.", "Do that.")
        if wrong == "ours"
        else ValueError("the secret inside")
    )
    show_fault(error)


def shown(wrong: str) -> list[Any]:
    """The texts that such a page shows."""
    return [t.value for t in AppTest.from_function(failing, args=(wrong,)).run().text]


def test_a_refusal_is_told_in_its_own_words() -> None:
    assert shown("ours") == ["This was wrong.", "Nothing was changed.", "Do that."]
    assert str(Refused("a.", "b.", "c.")) == "a. b. c."


def test_a_fault_shows_a_number_that_the_log_explains_and_nothing_of_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="cmo.app"):
        texts = shown("unknown")

    number = re.search(r"\(fault ([0-9a-f]{8})\)", texts[0])
    assert number is not None
    assert "the secret inside" not in " ".join(texts)
    logged = next(r for r in caplog.records if number[1] in r.getMessage())
    assert logged.exc_info is not None
    assert "the secret inside" in str(logged.exc_info[1])
