"""What the server, or what stands before it, answers: the app does as bid and says so plainly."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect
from sqlalchemy import select

from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice, SyncOperation
from app.field.services.devices import revoke_device
from app.mentoring.models import Visit
from app.mentoring.services import end_assignment
from tests.e2e.field.conftest import Caseload, NewCaseload, NewPhone
from tests.e2e.field.phone import PIN
from tests.e2e.field.steps import open_screen
from tests.e2e.site import Site

# Lets the page go on for a moment.
PAUSE = "await new Promise((next) => setTimeout(next));"
PUSH = "**/api/v1/sync/push"
# Whoever halves blindly needs more, or never ends.
MOST_REQUESTS = 12
# Three short reports pass together, a long one doesn't pass at all.
NARROW = 2400


def findings_of(site: Site, mine: Caseload) -> list[str]:
    """What the visits at the office say."""
    with site.app.app_context():
        said = select(Visit.findings).where(Visit.enterprise_id.in_(mine.enterprises))
        return sorted(text or "" for text in db.session.scalars(said))


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Route], None]:
    """Let a push go on with operations as another version of the app writes them."""

    def handle(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        for op in body["ops"]:
            change(op)
        route.continue_(post_data=json.dumps(body))

    return handle


def test_what_is_too_large_is_halved_and_only_what_can_never_pass_is_set_aside(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Besar", "Keripik Kecil")
    asked: list[int] = []

    def narrow(route: Route) -> None:
        """A proxy that takes less than the server does, and answers with a page of its own."""
        asked.append(len(route.request.post_data or ""))
        if asked[-1] > NARROW:
            route.fulfill(status=413, content_type="text/html", body="<h1>413</h1>")
        else:
            route.continue_()

    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        phone.write_visit(mine.enterprises[0], findings="Terlalu panjang. " * 110)
        for number in range(6):
            phone.write_visit(mine.enterprises[1], findings=f"Temuan {number}")
        phone.page.route(PUSH, narrow)
        phone.context.set_offline(offline=False)
        phone.settle()

        page = open_screen(phone, "#/kiriman")
        expect(page.get_by_role("listitem").filter(has_text="terlalu besar")).to_have_count(1)
        expect(page.get_by_text("6 terkirim · 1 perlu dilihat")).to_have_count(2)
        assert len(asked) <= MOST_REQUESTS
        assert findings_of(site, mine) == [f"Temuan {number}" for number in range(6)]

        page.unroute(PUSH)
        page.get_by_role("button", name="Kirim lagi").click()
        phone.settle()
        assert phone.faults == []
    assert len(findings_of(site, mine)) == 7


def test_an_app_of_another_version_keeps_its_work_and_says_what_to_do(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Lama")
    asked: list[str] = []
    with new_phone() as phone:
        phone.begin(mine.email)
        page = phone.page
        page.route(PUSH, rewritten(lambda op: op.update(schema_version=0)))
        phone.write_visit(mine.enterprises[0], findings="Dari aplikasi lama")
        expect(page.get_by_text("Versi aplikasi ini sudah terlalu lama")).to_be_visible()
        page.unroute(PUSH)
        # The answer to an app that is newer than the server: wait ten minutes.
        page.route(PUSH, rewritten(lambda op: op.update(schema_version=99)))
        page.on("request", lambda request: asked.append(request.url))
        open_screen(phone, "#/kiriman")
        page.get_by_role("button", name="Kirim sekarang").click()
        expect(page.get_by_text("Kantor sedang sibuk").first).to_be_visible()
        page.unroute(PUSH)
        asked.clear()

        page.get_by_role("button", name="Kirim sekarang").click()
        page.reload()
        page.get_by_label("PIN, 6 angka").fill(PIN)
        # As early as anybody could tap: the app has only just been opened.
        phone.do(f"while (!here.app) {PAUSE} await here.app.sync.now();")
        expect(page.get_by_role("navigation")).to_be_visible()
        assert [url for url in asked if "/api/" in url] == []
        assert phone.state()["waiting"] == 1
        assert findings_of(site, mine) == []

        phone.do("here.app.sync.notBefore = 0;")
        phone.settle()
        assert phone.faults == []
    assert findings_of(site, mine) == ["Dari aplikasi lama"]


def test_a_busy_line_is_left_alone_for_as_long_as_it_asks(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Sibuk")
    asked: list[float] = []

    def busy(route: Route) -> None:
        asked.append(time.monotonic())
        if len(asked) == 1:
            route.fulfill(status=429, headers={"Retry-After": "4"}, body="")
        else:
            route.continue_()

    with new_phone() as phone:
        phone.begin(mine.email)
        phone.page.route(PUSH, busy)
        phone.write_visit(mine.enterprises[0], findings="Menunggu giliran")
        expect(phone.page.get_by_text("Kantor sedang sibuk")).to_be_visible()
        # Nothing is tapped: it comes by itself.
        expect(phone.page.get_by_text("1 terkirim")).to_be_visible()
        expect(phone.page.get_by_text("Kantor sedang sibuk")).to_be_hidden()
        assert phone.faults == []
    assert asked[1] - asked[0] >= 4
    assert findings_of(site, mine) == ["Menunggu giliran"]


def test_after_a_restore_the_phone_brings_back_what_the_server_lost(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Pulih")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.write_visit(mine.enterprises[0], findings="Sebelum cadangan")
        phone.settle()
        backup = site.run("backup").split(": ")[0]
        phone.write_visit(mine.enterprises[0], findings="Sesudah cadangan", photos=1)
        phone.settle()
        assert findings_of(site, mine) == ["Sebelum cadangan", "Sesudah cadangan"]

        site.crash()
        restore(site, Path(backup))
        site.__enter__()
        assert findings_of(site, mine) == ["Sebelum cadangan"]
        page = open_screen(phone, "#/kiriman")
        page.get_by_role("button", name="Kirim sekarang").click()

        expect(page.get_by_text("Ponsel ini mengirim lagi 2 kiriman")).to_be_visible()
        phone.settle()
        assert phone.state()["quarantined"] == []
        assert phone.faults == []
    assert findings_of(site, mine) == ["Sebelum cadangan", "Sesudah cadangan"]


def restore(site: Site, backup: Path) -> None:
    """Bring a backup to the emptied folder of a site, by the command that operators use."""
    with site.app.app_context():
        db.engine.dispose()
    for path in site.folder.glob("pulih.sqlite3*"):
        path.unlink()
    site.run("restore", str(backup))


def test_an_enterprise_that_moved_away_leaves_the_phone_once_its_work_is_sent(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Pindah", "Keripik Tetap")
    gone = mine.enterprises[0]
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        phone.write_visit(gone, findings="Sebelum tahu")
        page = open_screen(phone, f"#/usaha/{gone}")
        expect(page.locator("h1")).to_have_text("Keripik Pindah")
        with site.app.app_context(), transaction():
            end_assignment(
                scope=everywhere(mine.account_id),
                enterprise_id=gone,
                until_on=local_today(),
                reason="Pindah tugas",
                by=None,
            )
        phone.context.set_offline(offline=False)
        phone.settle()

        expect(page.get_by_text("Usaha ini tidak ada di ponsel")).to_be_visible()
        open_screen(phone, "#/hari-ini")
        expect(page.get_by_text("1 usaha bukan dampingan Anda lagi")).to_be_visible()
        kept = phone.do("return (await here.store.cards()).map((card) => card.name);")
        assert kept == ["Keripik Tetap"]
        assert phone.do("return here.store.items();") == []
        assert phone.faults == []
    assert findings_of(site, mine) == ["Sebelum tahu"]


def test_a_phone_that_was_turned_away_says_so_and_sends_after_the_password(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Cabut")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.write_visit(mine.enterprises[0], findings="Pertama")
        phone.settle()
        with site.app.app_context(), transaction():
            device = db.session.scalars(
                select(FieldDevice).where(FieldDevice.account_id == mine.account_id)
            ).one()
            revoke_device(
                scope=everywhere(mine.account_id), device_id=device.id, by=mine.account_id
            )
        phone.write_visit(mine.enterprises[0], findings="Kedua")

        page = phone.page
        expect(page.get_by_text("Kantor mencabut izin ponsel ini")).to_be_visible()
        expect(page.get_by_text("1 menunggu masuk")).to_be_visible()
        assert phone.do("return (await here.store.cards())[0].visits.length;") == 2
        page.get_by_role("link", name="Masuk untuk mengirim").click()
        phone.sign_in(mine.email)
        expect(page.get_by_text("2 terkirim")).to_be_visible()
        assert phone.faults == []
    assert findings_of(site, mine) == ["Kedua", "Pertama"]


def test_what_another_phone_never_sent_is_told_and_then_not_any_more(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Dua Ponsel")
    with new_phone("pertama") as first, new_phone("kedua") as second:
        first.begin(mine.email)
        first.page.route("**/api/v1/sync/push", lambda route: route.abort())
        first.write_visit(mine.enterprises[0], findings="Tertinggal")
        # A sign of life gets through, the visit doesn't. It is laid over what stops everything: in
        # a moment without either the app would send by itself.
        first.page.route(PUSH, without_operations)
        first.do("await here.app.sync.now();")
        assert first.state()["waiting"] == 1

        second.begin(mine.email)
        page = open_screen(second, "#/kiriman")
        expect(page.get_by_text("1 kiriman dari ponsel lain Anda belum pernah")).to_be_visible()

        first.page.unroute(PUSH)
        first.settle()
        page.get_by_role("button", name="Kirim sekarang").click()
        expect(page.get_by_text("dari ponsel lain Anda")).to_be_hidden()
        assert first.faults == second.faults == []
    assert findings_of(site, mine) == ["Tertinggal"]


def without_operations(route: Route) -> None:
    """Let only what the phone tells of itself through."""
    body = json.loads(route.request.post_data or "{}")
    route.continue_(post_data=json.dumps({**body, "ops": []}))


def test_two_tabs_without_locks_take_turns_by_the_lease(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Tanpa Kunci")
    sent: list[str] = []
    at_once = 0
    most = 0

    def slow(route: Route) -> None:
        nonlocal at_once, most
        sent.extend(op["op_id"] for op in json.loads(route.request.post_data or "{}")["ops"])
        at_once += 1
        most = max(most, at_once)
        answer = route.fetch()
        at_once -= 1
        route.fulfill(response=answer)

    with new_phone() as phone:
        # As in browsers that have no such thing.
        phone.context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"
        )
        phone.begin(mine.email)
        assert phone.page.evaluate("navigator.locks === undefined")
        phone.context.set_offline(offline=True)
        for number in range(4):
            phone.write_visit(mine.enterprises[0], findings=f"Temuan {number}")
        other = phone.tab()
        first, phone.page = phone.page, other
        phone.unlock()
        phone.context.route(PUSH, slow)
        phone.context.set_offline(offline=False)
        for page in (first, other):
            page.evaluate("dispatchEvent(new Event('online'))")
        phone.settle()
        phone.context.unroute(PUSH)
        # A tab that died in the middle keeps nobody waiting for longer than its lease.
        held = "{ by: 'tab-mati', until: Date.now() + value }"
        phone.do(f"await here.store.keepPlain({{ lease: {held} }});", 3_600_000)
        phone.write_visit(mine.enterprises[0], findings="Temuan 4")
        phone.do("await here.app.sync.now();")
        assert phone.state()["waiting"] == 1
        phone.do(f"await here.store.keepPlain({{ lease: {held} }});", -1)
        phone.settle()
        assert phone.faults == []

    assert len(sent) == len(set(sent)) == 4
    assert most == 1
    assert findings_of(site, mine) == [f"Temuan {number}" for number in range(5)]
    with site.app.app_context():
        rows = select(SyncOperation.n).where(SyncOperation.account_id == mine.account_id)
        assert sorted(db.session.scalars(rows)) == [1, 2, 3, 4, 5]
