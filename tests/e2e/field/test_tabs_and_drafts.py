"""What could be lost or done twice between tabs, drafts and a store that the browser threw away."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.field.conftest import NewCaseload, NewPhone
from tests.e2e.field.phone import PIN
from tests.e2e.field.steps import SAVED, open_screen
from tests.e2e.field.test_ground import visits_of
from tests.e2e.site import Site

_DRAFTS = "return (await here.store.rows.all('drafts')).map((row) => row.name);"


def test_who_leaves_in_one_tab_leaves_in_all(
    caseload: NewCaseload, new_phone: NewPhone, site: Site
):
    mine = caseload("Keripik Dua Tab")
    with new_phone() as phone:
        phone.begin(mine.email)
        other = phone.tab()
        other.get_by_label("PIN, 6 angka").fill(PIN)
        expect(other.get_by_role("link", name="Keripik Dua Tab", exact=True)).to_be_visible()

        open_screen(phone, "#/keluar")
        phone.page.get_by_role("button", name="Keluar", exact=True).click()

        # Else what is saved there would lie in a store that nobody can open.
        for page in (phone.page, other):
            expect(page.get_by_role("link", name="Masuk", exact=True)).to_be_visible()
            expect(page.get_by_text("Keripik Dua Tab", exact=True)).to_have_count(0)
        assert other.evaluate("() => indexedDB.databases().then((all) => all.length)") == 1
    assert phone.faults == []


def test_who_left_without_signal_logs_in_once(
    caseload: NewCaseload, new_phone: NewPhone, site: Site
):
    mine = caseload("Keripik Pergi")
    with new_phone() as phone:
        phone.begin(mine.email)
        phone.context.set_offline(offline=True)
        open_screen(phone, "#/keluar")
        phone.page.get_by_role("button", name="Keluar", exact=True).click()
        expect(phone.page.get_by_text("Belum ada sinyal")).to_be_visible()

        phone.context.set_offline(offline=False)
        phone.page.get_by_role("link", name="Masuk", exact=True).click()
        phone.sign_in(mine.email)
        phone.choose_pin()
        phone.prepare()
    assert phone.faults == []


def test_what_is_saved_after_the_browser_threw_all_away_arrives_after_log_in(
    caseload: NewCaseload, new_phone: NewPhone, site: Site
):
    mine = caseload("Keripik Terhapus")
    with new_phone() as phone:
        phone.begin(mine.email)
        open_screen(phone, f"#/usaha/{mine.enterprises[0]}/kunjungan")
        phone.page.locator("textarea[name=findings]").fill("Sesudah terhapus")
        phone.context.new_cdp_session(phone.page).send(
            "Storage.clearDataForOrigin", {"origin": site.url, "storageTypes": "all"}
        )
        phone.page.get_by_role("button", name="Simpan kunjungan").click()
        expect(phone.page.get_by_text("1 menunggu masuk")).to_be_visible()
        expect(phone.page.get_by_text("Data lokal terhapus")).to_be_visible()

        phone.page.goto("/lapangan")
        phone.page.reload()
        phone.page.get_by_role("link", name="Masuk", exact=True).click()
        phone.sign_in(mine.email)
        phone.choose_pin()
        expect(phone.page.get_by_text("1 terkirim")).to_be_visible()

    assert visits_of(site, mine.enterprises[0]) == 1


def test_a_draft_ends_with_its_save_and_undoes_nothing_of_others(
    caseload: NewCaseload, new_phone: NewPhone, site: Site
):
    mine = caseload("Keripik Isian")
    (row,) = mine.enterprises
    with new_phone() as phone:
        phone.begin(mine.email)
        page = open_screen(phone, f"#/usaha/{row}/kunjungan")
        expect(page.get_by_text("Lokasi: -7,4213")).to_be_visible()
        open_screen(phone, f"#/usaha/{row}/ubah")
        page.get_by_label("Dusun").fill("Dusun Kidul")
        open_screen(phone, "#/hari-ini")
        # A form that was only looked at isn't one that was begun.
        expect(page.get_by_role("link", name="Perubahan data: Keripik Isian")).to_be_visible()
        assert phone.do(_DRAFTS) == [f"ubah:{row}"]

        phone.do(_ADDRESS, str(row))
        phone.settle()
        open_screen(phone, f"#/usaha/{row}/ubah")
        expect(page.get_by_text("dibuka lagi")).to_be_visible()
        page.get_by_role("button", name="Simpan perubahan").click()
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert phone.do(_DRAFTS) == []
        phone.settle()

        card = phone.do("return (await here.store.cards())[0];")
        assert (card["hamlet"], card["address"]) == ("Dusun Kidul", "Jalan Baru 9")
    assert phone.faults == []


# What somebody else changes meanwhile.
_ADDRESS = """
const card = await here.store.card(value);
return here.store.queue({
  type: "enterprise.edit", enterprise_id: value, record_id: value, base_version: card.version,
  data: { changes: { address: "Jalan Baru 9" }, base: { address: card.address } },
});
"""
