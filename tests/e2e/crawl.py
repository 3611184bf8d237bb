"""Every page that a person can reach by following links, found without a browser."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

# With and without a filter in the address.
PAGES_OF_A_KIND = {True: 1, False: 1}
# What looks different at every stop of its way is opened more often, for the links it shows there;
# one of the kind is taken down.
OPENED_OF_A_KIND = {"aid.show": 12, "aid.tool": 4, "aid.enterprise": 12, "lenders.show": 4}
# A form that only asks, sent empty, may be told what is missing.
TOLD = (200, 422)
ORIGIN = "http://localhost"


@dataclass
class Reached:
    """What one person can open: pages by address with their endpoint, and what went wrong."""

    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.asked: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where `<a>` and forms that only ask lead to."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(given["href"] or "")
        if tag == "form" and (given.get("method") or "get").lower() == "get":
            self.found.append(given.get("action") or "")
            self.asked.add(self.found[-1])


def crawl(client: FlaskClient, addresses: MapAdapter, start: str = "/") -> Reached:
    """Follow links from `start`, breadth first, a few pages of each kind."""
    reached = Reached()
    seen = {start}
    asked: set[str] = set()
    waiting = deque([(start, "")])
    kinds: Counter[tuple[str, bool]] = Counter()
    while waiting:
        address, origin = waiting.popleft()
        endpoint = _endpoint(addresses, address)
        if endpoint is None:
            reached.broken.append(f"{origin} links to {address}, which is no address")
            continue
        kind = (endpoint, "?" in address)
        room = OPENED_OF_A_KIND.get(endpoint, PAGES_OF_A_KIND["?" in address])
        if endpoint == "static" or kinds[kind] >= room:
            continue
        kinds[kind] += 1
        opened = reached if kinds[kind] <= PAGES_OF_A_KIND["?" in address] else Reached()
        final, links = _opened(client, addresses, opened, address, origin, address in asked)
        reached.broken += opened.broken if opened is not reached else []
        for link in links.found:
            target = _own(urljoin(ORIGIN + final, link))
            if target and link in links.asked:
                asked.add(target)
            if target and target not in seen:
                seen.add(target)
                waiting.append((target, final))
    return reached


def _opened(
    client: FlaskClient,
    addresses: MapAdapter,
    reached: Reached,
    address: str,
    origin: str,
    is_asked: bool,
) -> tuple[str, Links]:
    """Open one page, take it down, and give its links with the address to which they belong."""
    links = Links()
    answer = client.get(address, follow_redirects=True)
    final = answer.request.full_path.rstrip("?")
    endpoint = _endpoint(addresses, final) or ""
    if answer.status_code not in (TOLD if is_asked else (200,)):
        reached.broken.append(f"{origin} links to {address}: {answer.status_code}")
    elif answer.mimetype != "text/html":
        reached.files[address] = endpoint
    else:
        reached.pages[final] = endpoint
        links.feed(answer.get_data(as_text=True))
    # A picture is an open file until then.
    answer.close()
    return final, links


def _own(link: str) -> str | None:
    """The path and query of a link to this site."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _endpoint(addresses: MapAdapter, address: str) -> str | None:
    try:
        endpoint, _ = addresses.match(address.partition("?")[0], method="GET")
    except HTTPException:
        return None
    return str(endpoint)
