"""Browser tests: a served site and a real Chromium, shared by the tests of a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.e2e import prepared
from tests.e2e.depth import deepen
from tests.e2e.site import Site
from tests.e2e.watch import chromium_path, watched_page

OWN = Path(__file__).parent
DEMO_ENTERPRISES = "40"
OpenPage = Callable[..., AbstractContextManager[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs in a real browser."""
    for item in items:
        if OWN in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers; there can be one of it in a process."""
    # Two browsers, a server and a database share a small machine: what comes late still comes.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """A real Chromium. Without one, tests fail; they are never passed over."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    browser = driver.chromium.launch(
        executable_path=chromium_path(),
        args=[*sandbox, "--disable-dev-shm-usage", "--disable-gpu"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the places of Indonesia and a small demo world. Tests only look at it."""
    site = prepared.on_sqlite(tmp_path_factory, "demo-site")
    site.run("demo", "load", "--seed", "1", "--enterprises", DEMO_ENTERPRISES)
    site.guest_code = deepen(site)
    with site:
        yield site


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site with the places of Indonesia and nobody in it, for stories that change things."""
    made = {"sqlite": prepared.on_sqlite, "postgresql": prepared.on_postgresql}
    site = made[request.param](tmp_path_factory, "empty-site")
    with site:
        yield site


@pytest.fixture
def open_page(browser: Browser, empty_site: Site) -> OpenPage:
    """`with open_page(cookie=…, width=…) as page:` on the empty site, watched for faults."""
    return partial(watched_page, browser, empty_site.url)
