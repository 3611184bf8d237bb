"""The ground of the app on a phone: sealed store, PIN, outbox, log-in, wiped and full stores."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select

from app.db import db
from app.field.models import FieldDevice, SyncOperation
from app.mentoring.models import Visit
from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.field.phone import PIN, Phone
from tests.e2e.field.steps import open_screen
from tests.e2e.site import Site

CANARIES = ("Keripik Kenari", "Wahyuni Kenari", "Temuan Kenari")
FIRST_LOAD = 60_000
# All that the browser keeps for us, its bytes as letters.
_DUMP = """
const seen = (value) => {
  if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
  if (ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
  if (value instanceof CryptoKey) return value.extractable ? "EXTRACTABLE" : "";
  if (value && typeof value === "object") {
    return Object.entries(value).map(([k, v]) => k + seen(v)).join(" ");
  }
  return String(value);
};
const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
for (const { name } of await indexedDB.databases()) {
  const open = indexedDB.open(name);
  await new Promise((done) => { open.onsuccess = done; });
  for (const store of open.result.objectStoreNames) {
    const all = open.result.transaction(store).objectStore(store).getAll();
    await new Promise((done) => { all.onsuccess = done; });
    found.push(store, ...all.result.map(seen));
  }
  open.result.close();
}
const kept = [];
for (const name of await caches.keys()) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    kept.push(new URL(request.url).pathname);
    found.push(await (await cache.match(request)).text());
  }
}
return { text: found.join("\\n"), kept };
"""


def visits_of(site: Site, *enterprise_ids: object) -> int:
    """How many visits the server has of them."""
    with site.app.app_context():
        return len(
            db.session.scalars(
                select(Visit.id).where(Visit.enterprise_id.in_(enterprise_ids))
            ).all()
        )


def test_nothing_personal_lies_open_on_the_phone(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload(CANARIES[0], owner_name=CANARIES[1])
    with new_phone() as phone:
        phone.begin(mine.email)
        expect(phone.page.get_by_text("1 usaha")).to_be_visible()
        phone.do("await here.store.drafts.put('kunjungan-x', { findings: value });", CANARIES[2])
        phone.write_visit(mine.enterprises[0], photos=1, findings=CANARIES[2])
        phone.settle()
        page = open_screen(phone, f"#/usaha/{mine.enterprises[0]}")
        expect(page.get_by_role("heading", name=CANARIES[0])).to_be_visible()
        open_screen(phone, f"#/usaha/{mine.enterprises[0]}/penilaian")
        open_screen(phone, f"#/usaha/{mine.enterprises[0]}/kunjungan")
        page.locator("textarea[name=findings]").fill(CANARIES[2])
        page.get_by_role("button", name="Simpan kunjungan").click()
        expect(page.get_by_text("Tersimpan di ponsel")).to_be_visible()

        assert phone.do("return (await here.store.cards())[0].name;") == CANARIES[0]
        assert (
            phone.do("return (await here.store.draft('kunjungan-x')).value.findings;")
            == CANARIES[2]
        )
        dump = phone.do(_DUMP)

    for canary in (*CANARIES, "EXTRACTABLE", PIN):
        assert canary not in dump["text"]
        assert canary.encode() not in b"".join(_files_below(phone.folder))
    # Nor where the browser itself remembers: titles in its history, forms to be opened again.
    remembered = b"".join(_remembered(phone.folder))
    for canary in CANARIES:
        assert canary.encode() not in remembered
        assert canary.encode("utf-16-le") not in remembered
    static = [path for path in dump["kept"] if path.startswith("/static/")]
    assert sorted(dump["kept"]) == sorted(
        ["/lapangan", "/lapangan/layar", "/lapangan/manifest.json", *static]
    )
    assert phone.faults == []


def _remembered(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "Default").rglob("*") if path.is_file()]


def _files_below(folder: Path) -> list[bytes]:
    kinds = ("IndexedDB", "Local Storage", "Session Storage", "Service Worker")
    return [
        path.read_bytes()
        for kind in kinds
        for path in (folder / "Default" / kind).rglob("*")
        if path.is_file()
    ]


def test_ten_wrong_pins_leave_the_work_to_the_log_in(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Satu")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.page.route("**/api/v1/sync/**", lambda route: route.abort())
        phone.write_visit(mine.enterprises[0])
        page = phone.page
        page.goto("/lapangan")
        page.reload()
        for left in (9, 8, 7, 6, 5):
            page.get_by_label("PIN, 6 angka").fill("999990")
            expect(page.get_by_text(f"Masih ada {left} kesempatan")).to_be_visible()
        page.get_by_label("PIN, 6 angka").fill(PIN)
        expect(page.get_by_text("Terlalu banyak PIN salah")).to_be_visible()

        page.evaluate(_FAILED, 9)
        page.get_by_label("PIN, 6 angka").fill("999990")
        expect(page.get_by_text("PIN salah 10 kali")).to_be_visible()
        page.unroute("**/api/v1/sync/**")
        phone.context.clear_cookies()
        page.get_by_role("link", name="Masuk", exact=True).click()
        phone.sign_in(mine.email)
        phone.choose_pin()
        phone.settle()

    assert visits_of(site, mine.enterprises[0]) == 1
    assert phone.faults == []


_FAILED = """(failures) => new Promise((done) => {
  const open = indexedDB.open("pulih-ponsel");
  open.onsuccess = () => {
    const tx = open.result.transaction("akun", "readwrite");
    const rows = tx.objectStore("akun").getAll();
    rows.onsuccess = () => {
      tx.objectStore("akun").put({ ...rows.result[0], failures, failed_at: 0 });
    };
    tx.oncomplete = () => { open.result.close(); done(); };
  };
})"""


def test_a_dead_log_in_stops_the_sending_and_nothing_else(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Dua")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.clear_cookies()

        phone.write_visit(mine.enterprises[0])
        expect(phone.page.get_by_text("1 menunggu masuk")).to_be_visible()
        assert phone.do("return (await here.store.cards())[0].visits.length;") == 1

        phone.page.get_by_role("link", name="Masuk untuk mengirim").click()
        phone.sign_in(mine.email)
        # Nothing is tapped after the log-in.
        expect(phone.page.get_by_text("1 terkirim")).to_be_visible()

    assert visits_of(site, mine.enterprises[0]) == 1
    assert phone.faults == []


def test_a_page_of_a_portal_acknowledges_nothing(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Portal")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.page.route(
            "**/api/v1/**",
            lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Wi-Fi</p>"),
        )

        phone.write_visit(mine.enterprises[0], photos=1)
        phone.do("await here.app.sync.now();")
        assert phone.state()["waiting"] == 1

        phone.page.unroute("**/api/v1/**")
        phone.settle()

    assert visits_of(site, mine.enterprises[0]) == 1
    assert phone.faults == []


def test_two_mentors_on_one_phone_see_nothing_of_each_other(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    first, second = caseload("Keripik Pertama"), caseload("Sale Kedua")
    with new_phone() as phone:
        phone.begin(first.email)
        phone.page.route("**/api/v1/sync/**", lambda route: route.abort())
        phone.write_visit(first.enterprises[0])
        phone.page.reload()
        phone.page.unroute("**/api/v1/sync/**")

        phone.page.get_by_role("link", name="Bukan Anda?").click()
        phone.sign_in(second.email)
        expect(phone.page.get_by_text("Masih ada 1 kiriman milik akun lain")).to_be_visible()
        phone.page.get_by_role("button", name="Lanjutkan").click()
        phone.choose_pin()
        phone.prepare()
        assert phone.do("return (await here.store.cards()).map((card) => card.name);") == [
            "Sale Kedua"
        ]
        assert phone.state()["waiting"] == 0
        assert visits_of(site, first.enterprises[0]) == 0

        phone.page.reload()
        phone.page.get_by_role("link", name="Bukan Anda?").click()
        phone.sign_in(first.email)
        expect(phone.page.get_by_text("1 terkirim")).to_be_visible()

    assert visits_of(site, first.enterprises[0]) == 1
    assert phone.faults == []


def test_a_store_that_the_browser_threw_away_is_noticed_by_both(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Hilang")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.write_visit(mine.enterprises[0])
        phone.settle()
        phone.page.route("**/api/v1/sync/**", lambda route: route.abort())
        phone.write_visit(mine.enterprises[0])
        phone.page.goto("about:blank")
        _wipe(phone, site.url)

        phone.page.unroute("**/api/v1/sync/**")
        phone.context.clear_cookies()
        phone.page.goto("/lapangan")
        expect(phone.page.get_by_text("Data lokal terhapus")).to_be_visible()
        phone.page.get_by_role("link", name="Masuk", exact=True).click()
        phone.sign_in(mine.email)
        phone.choose_pin()
        phone.prepare()
        phone.write_visit(mine.enterprises[0])
        phone.settle()

    assert visits_of(site, mine.enterprises[0]) == 2
    with site.app.app_context():
        device = db.session.scalars(
            select(FieldDevice).where(FieldDevice.account_id == mine.account_id)
        ).one()
        assert device.wiped_at is not None
        assert device.missing == [2]
    assert phone.faults == []


def _wipe(phone: Phone, origin: str) -> None:
    """What a browser does when room is scarce: databases and caches go, small settings stay."""
    session = phone.context.new_cdp_session(phone.page)
    kinds = "indexeddb,cache_storage,service_workers"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})


def test_a_full_phone_keeps_the_text_and_refuses_the_photo(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Penuh")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.page.route("**/api/v1/sync/**", lambda route: route.abort())
        session = phone.context.new_cdp_session(phone.page)
        used = session.send("Storage.getUsageAndQuota", {"origin": site.url})["usage"]
        quota = {"origin": site.url, "quotaSize": used + 60_000}
        session.send("Storage.overrideQuotaForOrigin", quota)
        # The browser reckons anew once nothing of ours is open for a while.
        phone.page.goto("about:blank")
        phone.page.wait_for_timeout(4000)
        phone.unlock()

        written = phone.write_visit(mine.enterprises[0], photos=1)

        assert written["photos_refused"] == 1
        assert written["attachments"] == []
        session.send("Storage.overrideQuotaForOrigin", {"origin": site.url})
        phone.page.unroute("**/api/v1/sync/**")
        phone.settle()

    assert visits_of(site, mine.enterprises[0]) == 1
    assert phone.faults == []


def test_a_lost_connection_to_the_store_comes_back(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Putus")
    with new_phone() as phone:
        phone.begin(mine.email)

        phone.do("(await here.store.rows.database()).close();")
        phone.write_visit(mine.enterprises[0])
        phone.do("(await here.store.rows.database()).close();")
        phone.settle()

    assert visits_of(site, mine.enterprises[0]) == 1
    assert phone.faults == []


def test_two_tabs_send_each_operation_once(site: Site, caseload: NewCaseload, new_phone: NewPhone):
    mine = caseload("Keripik Tab", "Sale Tab")
    sent: list[str] = []
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.on(
            "requestfinished",
            lambda request: (
                sent.extend(op["op_id"] for op in request.post_data_json["ops"])
                if request.url.endswith("/sync/push")
                else None
            ),
        )
        phone.page.route("**/api/v1/sync/**", lambda route: route.abort())
        for number in range(6):
            phone.write_visit(mine.enterprises[number % 2])
        sent.clear()
        other = phone.tab()
        other.get_by_label("PIN, 6 angka").fill(PIN)
        phone.page.unroute("**/api/v1/sync/**")
        phone.do("here.app.sync.tries = 0; here.app.sync.now();")
        expect(other.get_by_text("6 terkirim")).to_be_visible()
        expect(phone.page.get_by_text("6 terkirim")).to_be_visible()

    assert len(sent) == len(set(sent)) == 6
    assert visits_of(site, *mine.enterprises) == 6
    assert phone.faults == []


def test_the_first_load_is_light(caseload: NewCaseload, new_phone: NewPhone):
    with new_phone() as phone:
        session = phone.context.new_cdp_session(phone.page)
        session.send("Network.enable")
        weights: list[int] = []
        session.on(
            "Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"])
        )
        phone.page.goto("/lapangan")
        expect(phone.page.get_by_role("link", name="Masuk", exact=True)).to_be_visible()

    assert len(weights) >= 3
    assert 10_000 < sum(weights) <= FIRST_LOAD


def test_every_operation_is_numbered_without_a_gap(
    site: Site, caseload: NewCaseload, new_phone: NewPhone
):
    mine = caseload("Keripik Nomor")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.do("for (let at = 0; at < 5; at += 1) await here.store.plain('n');")
        for _ in range(5):
            phone.write_visit(mine.enterprises[0])
        phone.settle()

    with site.app.app_context():
        numbers = db.session.scalars(
            select(SyncOperation.n)
            .where(SyncOperation.account_id == mine.account_id)
            .order_by(SyncOperation.n)
        ).all()
    assert list(numbers) == [1, 2, 3, 4, 5]
