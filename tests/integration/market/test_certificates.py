"""The way of permits by services and pages: steps once, refusals, papers, the NIB, who may not."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.market.models import Certificate, CertificateDocument, CertificateStep
from app.market.queries.facts import market_facts
from app.market.services.certificates import Given, move, note_held, open_track
from app.market.services.products import ProductFacts, add_product
from app.web.filters import tanggal
from tests.factories.files import photo_upload

TODAY = local_today()
NUMBER = f"215330201{7000 + 1}-{(TODAY.year + 5) % 100:02}"
SPP_WAY = ("cek_kelayakan", "nib_ok", "rancangan_label", "diajukan_oss")


@pytest.fixture
def world(factories):
    """An enterprise with a product, and steps taken by somebody who reaches everything."""
    return World(factories)


class World:
    """What the tests below do many times."""

    def __init__(self, factories):
        self.by = factories.account().id
        self.enterprise_id = factories.enterprise(sector="A").id
        self.scope = everywhere(self.by)
        with transaction():
            self.product_id = add_product(
                enterprise_id=self.enterprise_id,
                facts=ProductFacts(
                    name="Keripik tempe", kind="pangan_kering", food_type="15", pack_kind="2",
                    shelf_life_days=90, storage="ruang",
                ),
                key=uuid4(), by=self.by, scope=self.scope,
            ).id  # fmt: skip

    def begin(self, track="spp_irt", *, of_product=True, on=None, step_id=None):
        with transaction():
            return open_track(
                step_id=step_id or uuid4(),
                enterprise_id=self.enterprise_id,
                product_id=self.product_id if of_product else None,
                track_code=track,
                on=on or TODAY - timedelta(days=90),
                by=self.by,
                scope=self.scope,
            ).id

    def go(self, certificate_id, to_state, *, on=None, step_id=None, **said):
        with transaction():
            return move(
                step_id=step_id or uuid4(),
                certificate_id=certificate_id,
                to_state=to_state,
                on=on or TODAY,
                by=self.by,
                scope=self.scope,
                **said,
            ).id

    def row(self, certificate_id):
        db.session.expire_all()
        return db.session.get_one(Certificate, certificate_id)

    def fact(self, track):
        facts = market_facts(self.enterprise_id, on=TODAY)
        return next((one for one in facts.certificates if one.track == track), None)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_household_permit_goes_its_way_to_active(world):
    key = world.begin()
    for state in SPP_WAY:
        world.go(key, state)
    standing_before = world.fact("spp_irt").standing
    world.go(key, "terbit_komitmen", number=f"P-IRT No. {NUMBER}", issued_on=TODAY)
    committed = (world.fact("spp_irt").standing, world.row(key).committed_on)
    for state in ("sarana_diperiksa", "komitmen_lengkap", "aktif"):
        world.go(key, state)

    row, fact = world.row(key), world.fact("spp_irt")

    assert (standing_before, committed) == ("proses", ("komitmen", TODAY))
    assert (row.number, row.issued_on, row.committed_on) == (NUMBER, TODAY, None)
    assert (row.expires_on.year, row.expires_is_estimate) == (TODAY.year + 5, True)
    assert (fact.state, fact.standing, fact.product_id) == ("aktif", "aktif", world.product_id)
    steps = db.session.scalars(select(CertificateStep).order_by(CertificateStep.recorded_at)).all()
    assert [one.to_state for one in steps][:3] == ["belum", "cek_kelayakan", "nib_ok"]
    assert all(one.moved_by == world.by and one.happened_on for one in steps)


def test_a_way_that_is_not_in_the_machine_is_refused_and_nothing_is_kept(world):
    key = world.begin()

    for wrong in ("aktif", "terbit_komitmen", "belum", "kedaluwarsa", "terbang"):
        with pytest.raises(WrongState):
            world.go(key, wrong, number=NUMBER)

    assert (world.row(key).state, count(CertificateStep)) == ("belum", 1)


def test_a_step_that_is_sent_twice_is_taken_once(world):
    begun, taken = uuid4(), uuid4()

    keys = [world.begin(step_id=begun) for _ in range(2)]
    steps = [world.go(keys[0], "cek_kelayakan", step_id=taken) for _ in range(2)]

    assert len(set(keys)) == len(set(steps)) == 1
    assert (count(Certificate), count(CertificateStep)) == (1, 2)


def test_one_way_is_open_at_a_time_and_both_halal_ways_are_one(world):
    world.begin()
    world.begin("halal_sd")

    for again in ("spp_irt", "halal_sd", "halal_reguler"):
        with pytest.raises(Conflict):
            world.begin(again)
    with pytest.raises(InvalidInput):
        world.begin("spp_irt", of_product=False)
    with pytest.raises(InvalidInput):
        world.begin("merek")

    assert count(Certificate) == 2


def test_days_lie_in_order_and_not_ahead(world):
    key = world.begin(on=TODAY - timedelta(days=3))

    for wrong in (TODAY - timedelta(days=4), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidInput) as caught:
            world.go(key, "cek_kelayakan", on=wrong)
        assert caught.value.field == "on"


def test_a_paper_that_exists_is_noted_and_its_day_ends_it(world):
    with transaction():
        key = note_held(
            step_id=uuid4(),
            enterprise_id=world.enterprise_id,
            product_id=world.product_id,
            track_code="spp_irt",
            state="aktif",
            on=TODAY,
            given=Given(
                number=NUMBER[:-2] + f"{(TODAY.year - 1) % 100:02}",
                issued_on=TODAY - timedelta(days=5 * 366),
                expires_on=TODAY - timedelta(days=1),
            ),
            confirmed=("pirt_expired", "pirt_year_differs"),
            by=world.by,
            scope=world.scope,
        ).id

    fact, row = world.fact("spp_irt"), world.row(key)

    assert (row.state, row.expires_is_estimate) == ("aktif", False)
    assert (fact.state, fact.standing) == ("kedaluwarsa", "habis")
    world.go(key, "perpanjangan")
    with pytest.raises(InvalidInput) as caught:
        world.go(key, "aktif")
    assert caught.value.field == "number"
    world.go(key, "aktif", number=NUMBER, issued_on=TODAY)
    assert (world.fact("spp_irt").standing, world.row(key).expires_is_estimate) == ("aktif", True)


def test_the_nib_stands_on_the_enterprise_and_nowhere_else(world):
    key = world.begin("nib", of_product=False)
    for state in ("data_siap", "akun_oss"):
        world.go(key, state)
    with pytest.raises(InvalidInput):
        world.go(key, "terbit")
    world.go(key, "terbit", number="1208 2200 12345")

    enterprise = db.session.get_one(Enterprise, world.enterprise_id)
    issued = (enterprise.nib, world.row(key).number, world.fact("nib").standing)
    world.go(key, "dicabut")
    db.session.expire_all()

    assert issued == ("1208220012345", None, "aktif")
    assert (
        db.session.get_one(Enterprise, world.enterprise_id).nib,
        world.fact("nib").standing,
    ) == (
        None,
        "habis",
    )


def test_a_nib_typed_in_the_register_ends_its_way_by_itself(world):
    world.begin("nib", of_product=False)
    before = world.fact("nib").standing
    with transaction():
        db.session.get_one(Enterprise, world.enterprise_id).nib = "1208220012345"

    assert (before, world.fact("nib").standing, world.fact("nib").state) == (
        "belum",
        "aktif",
        "terbit",
    )


def test_pages_lead_from_what_fits_to_the_next_step_and_ask_about_doubts(
    world, officer_client, app
):
    base, product = f"/usaha/{world.enterprise_id}/izin", world.product_id
    tab = officer_client.get(base).text
    begun = officer_client.post(
        f"{base}/mulai/spp_irt?produk={product}", data={"on": tanggal(TODAY)}
    )
    key = db.session.scalars(select(Certificate.id)).one()
    for state in SPP_WAY:
        officer_client.post(f"/izin/{key}/langkah", data={"to_state": state, "on": tanggal(TODAY)})
    wrong_food = "2063302010072-" + NUMBER[-2:]
    said = {"to_state": "terbit_komitmen", "on": tanggal(TODAY), "paper_number": wrong_food}

    asked = officer_client.post(f"/izin/{key}/langkah", data=said)
    refused = officer_client.post(f"/izin/{key}/langkah", data={**said, "paper_number": "9" * 15})
    kept = officer_client.post(
        f"/izin/{key}/langkah", data={**said, "is_checked": "y", "seen": "pirt_food_differs"}
    )
    page = officer_client.get(f"/izin/{key}").text

    assert "SPP-IRT" in tab
    assert begun.status_code == kept.status_code == 303
    assert asked.status_code == refused.status_code == 422
    assert "Jenis pangan di nomor berbeda" in asked.text
    assert "angka pertama 1 sampai 8" in refused.text.replace("\n", " ")
    assert "(perkiraan)" in page
    assert "Yang kurang" in page
    assert world.row(key).confirmed_warnings == ["pirt_food_differs"]
    assert (
        "Langkah izin dicatat" in officer_client.get(f"/usaha/{world.enterprise_id}/riwayat").text
    )


def test_a_permit_of_a_product_asks_for_the_product_first(world, officer_client, factories):
    base = f"/usaha/{world.enterprise_id}/izin"
    bare = f"/usaha/{factories.enterprise(sector='A').id}/izin"

    begun, held = (officer_client.get(f"{base}/{way}/md") for way in ("mulai", "catat"))
    refused = officer_client.post(f"{base}/mulai/md", data={"on": tanggal(TODAY)})
    empty = officer_client.get(f"{bare}/mulai/md").text

    assert (begun.status_code, held.status_code, refused.status_code) == (200, 200, 422)
    assert f"/mulai/md?produk={world.product_id}" in begun.text
    assert f"/catat/md?produk={world.product_id}" in held.text
    assert '<form method="post"' not in begun.text.split("<main")[1]
    assert "belum punya produk" in empty
    assert "/produk/baru" in empty
    assert count(Certificate) == 0
    assert officer_client.get(f"{base}/mulai/nib").text.count("Untuk produk") == 0


def test_a_way_that_does_not_fit_the_product_is_named(world, officer_client):
    world.begin("md")

    page = officer_client.get(f"/usaha/{world.enterprise_id}/izin").text

    assert "Izin edar BPOM MD sedang diurus, tetapi yang cocok: SPP-IRT." in page


def test_papers_are_photos_of_those_who_reach_them(world, officer_client, as_role):
    key = world.begin()
    url = f"/izin/{key}/surat"

    kept = officer_client.post(
        url, data={"paper": "rancangan_label", "photo": (photo_upload(), "surat.jpg")}
    )
    pdf = (BytesIO(b"%PDF-1.7 ..."), "surat.pdf")
    refused = officer_client.post(url, data={"paper": "rancangan_label", "photo": pdf})
    document = db.session.scalars(select(CertificateDocument.id)).one()
    elsewhere = as_role(Role.LABOUR_OFFICER, area="31.71")

    assert (kept.status_code, refused.status_code) == (303, 422)
    with officer_client.get(f"{url}/{document}") as picture:
        assert picture.mimetype == "image/jpeg"
    for path in (f"/izin/{key}", url, f"{url}/{document}", f"/usaha/{world.enterprise_id}/izin"):
        assert elsewhere.get(path).status_code == 404
    assert elsewhere.post(f"/izin/{key}/langkah", data={}).status_code == 404


def test_a_photo_with_a_step_says_which_paper_it_is(world, officer_client):
    key = world.begin()
    said = {"to_state": "cek_kelayakan", "on": tanggal(TODAY)}

    refused = officer_client.post(
        f"/izin/{key}/langkah", data={**said, "photo": (photo_upload(), "surat.jpg")}
    )
    before = world.row(key).state, count(CertificateDocument)
    kept = officer_client.post(
        f"/izin/{key}/langkah",
        data={**said, "paper": "rancangan_label", "photo": (photo_upload(), "surat.jpg")},
    )

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert "Pilih surat apa yang difoto" in refused.text
    assert before == ("belum", 0)
    assert (world.row(key).state, count(CertificateDocument)) == ("cek_kelayakan", 1)


@pytest.mark.parametrize(
    "role", [Role.VILLAGE_OFFICER, Role.COOPERATIVE_OFFICER, Role.ENTREPRENEUR]
)
def test_those_who_only_read_take_no_step(world, as_role, role):
    key = world.begin()
    client = as_role(role)

    answers = {
        client.post(f"/izin/{key}/langkah", data={"to_state": "cek_kelayakan"}).status_code,
        client.post(f"/usaha/{world.enterprise_id}/izin/mulai/nib", data={}).status_code,
        client.post(f"/izin/{key}/surat", data={}).status_code,
    }

    assert answers == {403}
    assert world.row(key).state == "belum"
    assert date.min < world.row(key).state_on
