"""A browser page that remembers everything that went wrong on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Told to the console by the page itself, so that it is seen even when nobody listens.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
# A page that answers 4xx on purpose makes the browser complain about it as well.
OF_STATUS = "Failed to load resource: the server responded with a status of 4"


def chromium_path() -> str | None:
    """The browser of this machine; None leaves the choice to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) or named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Watch:
    """What went wrong on the pages of one browser context."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.faults: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", self.follow)

    def follow(self, page: Page) -> None:
        """Listen to one page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", lambda request: self._other_host(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(OF_STATUS):
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        self._other_host(response.url)
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def _other_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme.startswith("http") and parts.netloc != self.home:
            self.faults.append(f"other host: {url}")


@contextmanager
def watched_page(
    browser: Browser,
    home: str,
    *,
    cookie: dict[str, str] | None = None,
    width: int = 1280,
    height: int = 800,
) -> Iterator[Page]:
    """A page in a fresh context; leaving it fails when anything went wrong on it."""
    context = browser.new_context(
        base_url=home,
        viewport={"width": width, "height": height},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        service_workers="allow",
    )
    context.set_default_timeout(20_000)
    watch = Watch(context, home)
    if cookie:
        context.add_cookies([cookie])  # type: ignore[list-item]
    try:
        yield context.new_page()
        assert watch.faults == []
    finally:
        context.close()
