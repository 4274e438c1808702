"""A page of the browser that writes down what it should never do."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket, expect

from cmo.cli.serving import HOST

IDLE = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)
PROBES = re.compile(r"/[a-z]+/_stcore/(health|host-config)")
"""Streamlit looks for its server below the address of a page first, and then at its root."""
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
});
"""


class Watched:
    """A page in a window of its own, with what it did that it should not, in `faults`.

    `home` is the address of the app. Nothing that leaves 127.0.0.1 gets anywhere: the browser
    resolves no other host.
    """

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self._tools = context.new_cdp_session(self.page)
        self.page.add_init_script(TELL_VIOLATIONS)
        self.page.on("request", self._asked)
        self.page.on("websocket", self._dialled)
        self.page.on("console", self._wrote)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def open(self, address: str, title: str | re.Pattern[str] = "") -> Page:
        """Opens an address below the app's, until it stands there with its title."""
        self.page.goto(f"{self.home}/{address}")
        return self.settled(title)

    def settled(self, title: str | re.Pattern[str] = "") -> Page:
        """Waits until the page says that it is done and shows a title (this one, if given)."""
        self.page.locator(IDLE).wait_for()
        expect(self.page.locator("h1").first).to_contain_text(title or re.compile(r"\S"))
        self.page.locator(IDLE).wait_for()
        return self.page

    def evaluate(self, script: str) -> Any:
        """What a script says, asked as the tools of a developer do: the policy of the page, which
        forbids eval, stays in force."""
        told = self._tools.send(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def close(self) -> None:
        """Closes the window; AssertionError names what it did that it should not."""
        self.page.close()
        assert not self.faults, "\n".join(self.faults)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != HOST:
            self.faults.append(f"leaves this computer: {request.url[:200]}")

    def _dialled(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname != HOST:
            self.faults.append(f"leaves this computer: {socket.url[:200]}")

    def _wrote(self, message: ConsoleMessage) -> None:
        if message.type != "error" or self._is_probe(message):
            return
        self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _is_probe(self, message: ConsoleMessage) -> bool:
        address = message.location["url"]
        return (
            message.text.startswith("Failed to load resource")
            and " 404 " in message.text
            and address.startswith(self.home)
            and PROBES.fullmatch(address.removeprefix(self.home)) is not None
        )
