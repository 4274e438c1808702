"""How a program and an engine assure each other that they belong to the same casebook.

Lines of JSON over a connection on 127.0.0.1. Either side proves that it knows the password by
answering the other's challenge, so that neither tells it to a stranger who took over a port.

    client: {"challenge": c}
    engine: {"answer": proof("engine", c), "challenge": e}
    client: {"answer": proof("client", e), "ask": "lease" | "status" | "stop"}
    engine: {"pid": ..., "leases": ...}        and for a lease the connection stays open
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import socket
from typing import Any

PATIENCE_SECONDS = 5.0
_MOST_BYTES = 2048


class NotOurs(Exception):
    """The other side is no program of this casebook, or does not answer."""


def ask(port: int, password: str, question: str) -> tuple[socket.socket, dict[str, Any]]:
    """Ask the engine at the port: the open connection and its answer. Raises NotOurs."""
    connection: socket.socket | None = None
    try:
        connection = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        challenge = secrets.token_hex(16)
        _send(connection, {"challenge": challenge})
        hello = _receive(connection)
        _verify(hello, _proof(password, "engine", challenge))
        answer = _proof(password, "client", str(hello.get("challenge")))
        _send(connection, {"answer": answer, "ask": question})
        return connection, _receive(connection)
    except (OSError, NotOurs) as error:
        if connection is not None:
            connection.close()
        raise NotOurs(str(error)) from error


def hear(connection: socket.socket, password: str) -> str:
    """What a client asks for, once it has proved who it is. Raises NotOurs, OSError."""
    connection.settimeout(PATIENCE_SECONDS)
    challenge = secrets.token_hex(16)
    theirs = str(_receive(connection).get("challenge"))
    proof = _proof(password, "engine", theirs)
    _send(connection, {"answer": proof, "challenge": challenge})
    request = _receive(connection)
    _verify(request, _proof(password, "client", challenge))
    return str(request.get("ask"))


def reply(connection: socket.socket, content: dict[str, Any]) -> None:
    """Answer a question. Raises OSError."""
    _send(connection, content)


def _proof(password: str, side: str, challenge: str) -> str:
    return hmac.new(password.encode(), f"{side}:{challenge}".encode(), hashlib.sha256).hexdigest()


def _verify(message: dict[str, Any], expected: str) -> None:
    if not hmac.compare_digest(str(message.get("answer")).encode(), expected.encode()):
        raise NotOurs("The proof is wrong.")


def _send(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def _receive(connection: socket.socket) -> dict[str, Any]:
    data = b""
    while not data.endswith(b"\n"):
        part = connection.recv(_MOST_BYTES)
        data += part
        if not part or len(data) > _MOST_BYTES:
            raise NotOurs("There is no answer.")
    try:
        message = json.loads(data)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise NotOurs("The answer is none of ours.")
    return message
