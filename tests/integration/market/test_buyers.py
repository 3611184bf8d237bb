"""What buyers ask for and who can serve them; how ready a product is; and who may not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.market.models import BuyerRequest, Certificate, CurationCheck
from app.market.rules.curation import ASKED
from app.web.filters import tanggal


def permit(row, *, days=400, track="spp_irt", state="aktif", **values):
    today = local_today()
    with transaction() as session:
        session.add(
            Certificate(
                id=new_id(),
                enterprise_id=row.enterprise_id,
                product_id=row.id,
                track=track,
                state=state,
                state_on=today,
                number="2153302010072-31",
                issued_on=today - timedelta(days=900),
                expires_on=today + timedelta(days=days),
                opened_at=utc_now(),
                updated_at=utc_now(),
                **values,
            )
        )


def wish(**values):
    return {
        "area_code": "33.02",
        "buyer_name": "Toko Oleh-oleh Sawangan",
        "wanted": "Keripik tempe 100 g",
        "kind": "pangan_kering",
        "pieces_per_month": "1.000",
        "demands": ["izin_pangan"],
        "open_until": tanggal(local_today() + timedelta(days=30)),
        **values,
    }


def test_only_papers_in_force_serve_a_buyer(enterprise, factories, officer_client):
    valid = factories.product(enterprise, name="Berlaku", capacity_per_month=400)
    last_day = factories.product(enterprise, name="Hari terakhir", capacity_per_month=300)
    expired = factories.product(enterprise, name="Kemarin habis", capacity_per_month=5000)
    factories.product(enterprise, name="Tanpa izin", capacity_per_month=6000)
    permit(valid)
    permit(last_day, days=0)
    permit(expired, days=-1)

    added = officer_client.post("/pasar/permintaan/baru", data=wish())
    page = officer_client.get(added.location).get_data(as_text=True)

    able, nearly = page.split("Belum bisa, dan yang kurang")
    assert added.status_code == 303
    assert "Bersama-sama sanggup 700 dari 1.000 kemasan" in able
    assert "Kemarin habis" not in able
    assert "P-IRT atau BPOM MD sudah habis" in nearly
    assert "P-IRT atau BPOM MD belum ada" in nearly


def test_the_nib_of_the_register_serves_a_buyer(enterprise, factories, officer_client):
    factories.product(enterprise, name="Tempe Bu Sri")
    path = officer_client.post("/pasar/permintaan/baru", data=wish(demands=["nib"])).location
    before = officer_client.get(path).text.split("Belum bisa, dan yang kurang")
    with transaction():
        enterprise.nib = "1208220012345"
    after = officer_client.get(path).text

    assert "NIB belum ada" in before[1]
    assert "Tempe Bu Sri" not in before[0]
    assert "Tempe Bu Sri" in after
    assert "NIB belum ada" not in after


def test_price_time_and_capacity_count_too(enterprise, factories, officer_client):
    factories.product(enterprise, name="Mahal", price=20_000)
    factories.product(enterprise, name="Lambat", lead_time_days=30)
    factories.product(enterprise, name="Cocok", capacity_per_month=1500)
    factories.product(enterprise, name="Belum diisi", capacity_per_month=None)
    factories.product(enterprise, name="Bukan itu", kind="minuman", food_type=None)

    added = officer_client.post(
        "/pasar/permintaan/baru",
        data=wish(demands=[], price_most="15.000", ready_in_days="14"),
    )
    page = officer_client.get(added.location).get_data(as_text=True)

    able, nearly = page.split("Belum bisa, dan yang kurang")
    assert "Cocok" in able
    assert "cukup sendiri" in able
    for words in ("harga di atas", "menyiapkannya lebih lama", "kesanggupan sebulan belum"):
        assert words in nearly
    assert "Bukan itu" not in page


def test_a_request_is_changed_and_closed_with_its_result(officer_client, factories):
    factories.village_rows()
    officer_client.post("/pasar/permintaan/baru", data=wish())
    row = db.session.scalars(select(BuyerRequest)).one()
    path = f"/pasar/permintaan/{row.id}"

    changed = officer_client.post(f"{path}/ubah", data={**wish(wanted="Sale"), "version": "1"})
    late = officer_client.post(f"{path}/ubah", data={**wish(), "version": "1"})
    closed = officer_client.post(f"{path}/tutup", data={"reason": "Dilayani", "version": "2"})
    again = officer_client.post(f"{path}/tutup", data={"reason": "Lagi", "version": "3"})

    assert [one.status_code for one in (changed, late, closed, again)] == [303, 409, 303, 409]
    assert "Dilayani" in officer_client.get(path).get_data(as_text=True)
    assert "Sale" not in officer_client.get("/pasar/permintaan").get_data(as_text=True)
    ended = officer_client.get("/pasar/permintaan?keadaan=selesai").get_data(as_text=True)
    assert "Sale" in ended


def test_a_request_that_is_over_or_of_another_area_is_refused(officer_client, factories):
    factories.village_rows()
    factories.village_rows("35.07.10.2003")
    yesterday = tanggal(local_today() - timedelta(days=1))

    over = officer_client.post("/pasar/permintaan/baru", data=wish(open_until=yesterday))
    away = officer_client.post("/pasar/permintaan/baru", data=wish(area_code="35.07"))

    assert (over.status_code, away.status_code) == (422, 422)
    assert db.session.scalars(select(BuyerRequest)).all() == []


def test_a_mentor_sees_requests_around_their_enterprises_and_manages_none(
    enterprise, factories, officer_client, mentor_client, as_role
):
    mine = factories.product(enterprise, name="Milik saya")
    other = factories.enterprise(name="Usaha pendamping lain")
    factories.product(other, name="Milik orang lain")
    officer_client.post("/pasar/permintaan/baru", data=wish(demands=[]))
    row = db.session.scalars(select(BuyerRequest)).one()
    path = f"/pasar/permintaan/{row.id}"

    seen = mentor_client.get(path).get_data(as_text=True)

    assert mine.name in seen
    assert "Milik orang lain" not in seen
    assert (
        mentor_client.post(f"{path}/tutup", data={"reason": "x", "version": "1"}).status_code == 403
    )
    elsewhere = as_role(Role.LABOUR_OFFICER, "35.07")
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.post(f"{path}/ubah", data=wish()).status_code == 404
    assert "Keripik" not in elsewhere.get("/pasar/permintaan").get_data(as_text=True)
    # Who works in one village reads what is asked of the whole regency, but does not manage it.
    village = as_role(Role.LABOUR_OFFICER, enterprise.village_code)
    assert village.get(path).status_code == 200
    close = {"reason": "x", "version": "1"}
    assert village.post(f"{path}/tutup", data=close).status_code == 404


def test_readiness_says_what_is_missing(enterprise, factories, mentor_client, as_role):
    row = factories.product(enterprise, description="Resep ibu")
    before = mentor_client.get(f"/produk/{row.id}/kurasi").get_data(as_text=True)

    saved = mentor_client.post(
        f"/produk/{row.id}/kurasi/periksa", data={one.code: "ya" for one in ASKED}
    )

    after = mentor_client.get(saved.location).get_data(as_text=True)
    assert "Belum siap" in before
    assert "3 dari 25 syarat" in before
    assert "15 dari 25 syarat" in after
    assert "Sertifikat halal berlaku" in after
    elsewhere = as_role(Role.LABOUR_OFFICER, "35.07")
    village = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)
    assert elsewhere.get(f"/produk/{row.id}/kurasi").status_code == 404
    assert village.post(f"/produk/{row.id}/kurasi/periksa", data={"rasa": "ya"}).status_code == 403
    assert len(db.session.scalars(select(CurationCheck)).all()) == 1


def test_endurance_comes_from_the_diagnosis(enterprise, factories, mentor_client):
    row = factories.product(enterprise)
    words = "Tetap bisa produksi bila uang terlambat sebulan (belum diketahui)"
    before = mentor_client.get(f"/produk/{row.id}/kurasi").get_data(as_text=True)

    factories.assessment(enterprise=enterprise, health_class="sehat")

    assert words in before
    assert words not in mentor_client.get(f"/produk/{row.id}/kurasi").get_data(as_text=True)
