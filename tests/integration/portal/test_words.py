"""Every page that an owner reaches says it in short sentences, and scolds nobody."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

from app.core.clock import local_today
from tests.e2e.crawl import Links
from tests.integration.portal.test_home import SHAME, choose_pin, sentences_of, too_long

# The text of a consent is read as it was agreed to, and a copy tells what was written.
AS_AGREED = ("/saya/data/izin", "/saya/data/salinan")


def pages_of(client) -> dict[str, str]:
    """The owner's pages by their address, one of each."""
    found: dict[str, str] = {}
    waiting, known = deque(["/saya"]), {"/saya"}
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found[path] = answer.get_data(as_text=True)
            links = Links()
            links.feed(found[path])
            for link in links.found:
                to = urlsplit(link)
                if to.path.startswith("/saya") and to.path not in known:
                    known.add(to.path)
                    waiting.append(to.path + (f"?{to.query}" if to.query else ""))
        answer.close()
    return found


def test_every_page_of_the_owner_is_short_and_kind(owner, mentor, factories):
    factories.assessment(enterprise=owner.enterprise, health_class="sakit")
    factories.promise(owner.enterprise, mentor.id, due_on=local_today())
    factories.product(owner.enterprise, name="Keripik pisang")
    choose_pin(owner.client)

    pages = pages_of(owner.client)

    own = {path: page for path, page in pages.items() if not path.startswith(AS_AGREED)}
    assert len(own) > 15
    assert all(sentences_of(page) for page in own.values())
    assert {path: too_long(page) for path, page in own.items() if too_long(page)} == {}
    assert [path for path, page in own.items() if SHAME.search(page[page.index("<main") :])] == []
