"""The owner's page on a cheap phone: slow network, keys alone, large words, no script."""

from __future__ import annotations

import time
from contextlib import closing
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app.core.scope import everywhere
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.mentoring.models import Promise
from app.mentoring.rules import OPEN
from app.portal.services.cards import hand_out
from tests.e2e.site import Site
from tests.e2e.survey import AXE, TOO_WIDE

LIGHT = 30 * 1024
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 50_000 / 8}
PATIENCE_SECONDS = 5


@pytest.fixture(scope="module")
def card_code(demo_site: Site) -> str:
    """The code of a card for an owner who was assessed."""
    demo_site.bind()
    with demo_site.app.app_context(), transaction() as session:
        owner_id = session.scalars(
            select(Enterprise.owner_id)
            .where(Enterprise.health_class.is_not(None))
            .order_by(Enterprise.id)
            .limit(1)
        ).one()
        return hand_out(owner_id=owner_id, days="90", scope=everywhere(), by=None).code


def comes_in(browser: Browser, site: Site, code: str, **more):
    context = browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, locale="id-ID", **more
    )
    page = context.new_page()
    page.goto("/masuk/kartu")
    page.get_by_label("Angka di kartu").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Usaha saya")).to_be_visible()
    return context, page


def test_first_visit_over_a_slow_network_is_light_and_readable_soon(browser, demo_site, card_code):
    context, page = comes_in(browser, demo_site, card_code)
    with closing(context):
        cookies = context.cookies()
        fresh = browser.new_context(
            base_url=demo_site.url, viewport={"width": 360, "height": 740}, locale="id-ID"
        )
        fresh.add_cookies(cookies)
        with closing(fresh):
            page = fresh.new_page()
            wire = fresh.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.emulateNetworkConditions", {**SLOW, "uploadThroughput": 50_000 / 8})
            sizes: list[float] = []
            wire.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))

            began = time.monotonic()
            page.goto("/saya", wait_until="commit")
            expect(page.locator("main h2").first).to_be_visible(timeout=20_000)
            readable = time.monotonic() - began
            page.wait_for_load_state("load")
            page.wait_for_timeout(500)

    assert readable <= PATIENCE_SECONDS
    assert sum(sizes) <= LIGHT


def test_the_page_is_read_and_used_with_keys_large_words_and_a_reader(
    browser, demo_site, card_code
):
    context, page = comes_in(browser, demo_site, card_code)
    with closing(context):
        violations = Axe().run(page, options=AXE).response["violations"]
        page.keyboard.press("Tab")
        skip = page.evaluate("document.activeElement.textContent")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        too_wide = page.evaluate(TOO_WIDE)
        page.set_viewport_size({"width": 320, "height": 740})
        narrow = page.evaluate(TOO_WIDE)

    assert [one["id"] for one in violations] == []
    assert skip == "Langsung ke isi"
    assert (too_wide, narrow) == ([], [])


def test_without_script_the_owner_comes_in_chooses_a_number_and_leaves(
    browser, demo_site, card_code
):
    context, page = comes_in(browser, demo_site, card_code, java_script_enabled=False)
    with closing(context):
        expect(page.get_by_role("button", name="Bacakan")).to_be_hidden()
        page.get_by_role("link", name="Lihat angka").first.click()
        page.get_by_label("PIN baru, enam angka").fill("271904")
        page.get_by_label("Tulis PIN sekali lagi").fill("271904")
        page.get_by_role("button", name="Simpan PIN").click()
        expect(page.get_by_text("Angka uang dijaga PIN Anda.")).to_have_count(0)
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("heading", name="Masuk dengan kartu")).to_be_visible()


def test_the_picture_of_a_card_opens_by_itself_and_leaves_no_code_in_the_address(
    browser, demo_site, card_code
):
    context = browser.new_context(base_url=demo_site.url, viewport={"width": 360, "height": 740})
    with closing(context):
        page = context.new_page()
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.url + one.headers.get("referer", "")))

        page.goto(f"/masuk/kartu#{card_code}")
        page.wait_for_url("**/saya")

        assert [one for one in sent if card_code in one] == []


def test_a_phone_with_an_indonesian_voice_offers_to_read_aloud(browser, demo_site, card_code):
    """The browser of the test has no voice of its own: one is put in its place."""
    context, page = comes_in(browser, demo_site, card_code)
    with closing(context):
        expect(page.get_by_role("button", name="Bacakan")).to_be_hidden()
        page.add_init_script(
            """window.said = [];
            const voice = {lang: "id-ID", name: "Indonesia"};
            speechSynthesis.getVoices = () => [voice];
            speechSynthesis.speak = (one) => window.said.push([one.lang, one.text]);
            Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice",
              {set() {}, get: () => voice});"""
        )
        page.reload()
        page.get_by_role("button", name="Bacakan").click()
        said = page.evaluate("window.said")

    assert said[0] == ["id-ID", "Usaha saya"]
    assert len(said) > 5


# What can be reached by keys, in the order in which it stands in the page.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .map((one, place) => { one.dataset.place = place; return one.textContent.trim(); })"""
# Where the focus is, how it looks and whether anything lies over it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.dataset.place === undefined) return null;
  const {left, top, width, height} = one.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  const look = () => { const {outlineStyle, boxShadow, backgroundColor, borderColor} =
    getComputedStyle(one); return [outlineStyle, boxShadow, backgroundColor, borderColor].join(); };
  const now = look();
  one.blur();
  const before = look();
  one.focus();
  const is_free = Boolean(above && (one.contains(above) || above.contains(one)));
  return {place: Number(one.dataset.place), left, top: top + scrollY, height, is_free,
    is_seen: now !== before};
}"""


@pytest.fixture(scope="module")
def promised_code(demo_site: Site) -> str:
    """The code of a card for an owner who has promised something."""
    demo_site.bind()
    with demo_site.app.app_context(), transaction() as session:
        owner_id = session.scalars(
            select(Enterprise.owner_id)
            .join(Promise, Promise.enterprise_id == Enterprise.id)
            .where(Enterprise.health_class.is_not(None), Promise.state == OPEN)
            .order_by(Promise.id.desc())
            .limit(1)
        ).one()
        return hand_out(owner_id=owner_id, days="90", scope=everywhere(), by=None).code


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no_script"])
def test_the_whole_screen_is_walked_with_the_tab_key_alone(
    browser, demo_site, promised_code, with_script
):
    context, page = comes_in(browser, demo_site, promised_code, java_script_enabled=with_script)
    with closing(context):
        page.goto("/saya")
        reachable = page.evaluate(REACHABLE)
        stops = []
        for _ in reachable:
            page.keyboard.press("Tab")
            stops.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
        after = page.evaluate(FOCUSED)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        too_wide = page.evaluate(TOO_WIDE)
        page.goto("/saya")
        before = page.get_by_text("Anda menandai selesai").count()
        done = page.get_by_role("button", name="Sudah selesai").first
        while not done.evaluate("(one) => one === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Anda menandai selesai")).to_have_count(before + 1)
        page.get_by_role("button", name="Belum selesai").first.press("Space")
        expect(page.get_by_text("Anda menandai selesai")).to_have_count(before)

    assert len(reachable) > 12
    assert [stop and stop["place"] for stop in stops] == list(range(len(reachable)))
    # Past the last one the page lets go: nothing holds the focus.
    assert after is None or after["place"] == 0
    assert [reachable[one["place"]] for one in stops if not one["is_seen"]] == []
    assert [reachable[one["place"]] for one in stops if not one["is_free"]] == []
    # Below what came before, or to the right of it; the first leads past the head of the page.
    assert [
        reachable[now["place"]]
        for last, now in pairwise(stops[1:])
        if now["top"] + now["height"] / 2 < last["top"]
        or (abs(now["top"] - last["top"]) < 2 and now["left"] <= last["left"])
    ] == []
    assert too_wide == []
