"""What a real browser finds on each page of a person: faults, width, weight, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.site import Site
from tests.e2e.watch import Watch
from tests.e2e.wording import english_words

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
NARROW = (320, 360)
WIDE = 1280
# Text as people meet it: what is shown, and what is read out in its place.
TEXTS = """
() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll("[aria-label],[placeholder],[alt],[title]")].flatMap(
    (one) => ["aria-label", "placeholder", "alt", "title"].map((name) => one.getAttribute(name)))
].join("\\n")
"""
TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > room + 1)
    .slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found on one page. Weight is what a first visit transfers, in bytes."""

    path: str
    endpoint: str
    violations: tuple[str, ...]
    too_wide: tuple[str, ...]
    english: tuple[str, ...]
    faults: tuple[str, ...]
    heading_count: int
    weight: int = field(default=0)


def survey(
    browser: Browser,
    site: Site,
    pages: dict[str, str],
    cookie: dict[str, str] | None,
    *,
    width: int = WIDE,
) -> Iterator[Seen]:
    """Open each page in a tab of its own, without a cache, at the width that its people have."""
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 800}, locale="id-ID"
    )
    watch = Watch(context, site.url)
    if cookie:
        context.add_cookies([cookie])  # type: ignore[list-item]
    try:
        for path, endpoint in pages.items():
            watch.faults.clear()
            page = context.new_page()
            yield _look(page, path, endpoint, watch)
            page.close()
    finally:
        context.close()


def _look(page: Page, path: str, endpoint: str, watch: Watch) -> Seen:
    weight = _weigh(page, path)
    violations = _violations(page)
    words = english_words(page.evaluate(TEXTS))
    heading_count = page.locator("h1").count()
    too_wide = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 640})
        too_wide += [f"{width}: {one}" for one in page.evaluate(TOO_WIDE)]
    return Seen(
        path=path,
        endpoint=endpoint,
        violations=tuple(violations),
        too_wide=tuple(too_wide),
        english=tuple(words),
        faults=tuple(watch.faults),
        heading_count=heading_count,
        weight=weight,
    )


def judge(page: Page) -> None:
    """Look at a page as it stands, in the middle of a story: accessible, Indonesian, narrow."""
    # Half of a page has faults that the whole has not.
    page.wait_for_load_state()
    assert _violations(page) == [], page.url
    assert english_words(page.evaluate(TEXTS)) == [], page.url
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW[0], "height": 640})
    assert page.evaluate(TOO_WIDE) == [], page.url
    if size:
        page.set_viewport_size(size)


def _weigh(page: Page, path: str) -> int:
    """Open the page without a cache; give the bytes that came over the wire."""
    sizes: list[float] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="load")
    wire.detach()
    return int(sum(sizes))


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['target']} "
        f"{one['nodes'][0]['html'][:160]}"
        for one in found
    ]
