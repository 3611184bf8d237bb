"""The calculator of goods left on consignment, while one types: it says what the server says."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from app.core.permissions import Role
from app.db import db
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.factories.accounts import account

# The worked cases of the reference: what is typed anew, and what the page must say then.
CASES = (
    (
        {
            "jumlah": "400", "modal": "7.000", "harga": "9.600", "laku": "80", "jemput": "300",
            "tetap": "150.000", "buat": "5", "rak": "21", "tunggu": "35", "kas": "3.000.000",
        },
        ("Merah: jangan masuk", "61 hari", "Rp 5.693.333", "Rp 98.000", "77,5%", "210 buah"),
    ),
    ({"jumlah": "210"}, ("Merah: jangan masuk", "61 hari", "Rp 2.989.000", "19.800", "81,0%")),
    (
        {"jumlah": "313", "tunggu": "15"},
        ("Kuning: hati-hati", "41 hari", "Rp 2.994.367", "Rp 44.060", "78,6%", "313 buah"),
    ),
)  # fmt: skip
RESULT = "#hasil"


def test_the_worked_cases_come_out_as_one_types_and_without_script(
    open_page: OpenPage, empty_site: Site, browser: Browser
):
    empty_site.bind()
    with empty_site.app.app_context():
        cookie = empty_site.cookie_of(account(role=Role.MENTOR))
        db.session.remove()
        db.engine.dispose()
    plain = browser.new_context(base_url=empty_site.url, java_script_enabled=False)
    plain.add_cookies([cookie])  # type: ignore[list-item]
    lines, typed = [], {}
    with plain, open_page(cookie=cookie) as page:
        page.goto("/pasar/hitung")
        for changed, told in CASES:
            typed |= changed
            for name, text in changed.items():
                page.locator(f"input[name={name}]").fill("")
                page.locator(f"input[name={name}]").press_sequentially(text)
            for words in told:
                expect(page.locator(RESULT)).to_contain_text(words)
            assert page.url.endswith("/pasar/hitung")
            asked = plain.new_page()
            _ask(asked, typed)
            assert _said(page) == _said(asked)
            lines.append(_said(page)[1])

    assert all(lines)
    assert len(set(lines)) == len(CASES)


def _ask(page: Page, typed: dict[str, str]) -> None:
    page.goto("/pasar/hitung")
    for name, text in typed.items():
        page.locator(f"input[name={name}]").fill(text)
    page.get_by_role("button", name="Hitung", exact=True).click()
    expect(page.locator(f"{RESULT} svg")).to_be_visible()


def _said(page: Page) -> tuple[str, str]:
    """The words of the result, and its line."""
    place = page.locator(RESULT)
    return place.inner_text(), place.locator("svg").first.inner_html()
