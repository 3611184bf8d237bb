"""Costs, pictures and labels of a product by their pages, and who may not."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.market.models import LabelCheck, ProductPhoto, UnitCost
from app.market.queries.facts import market_facts
from app.market.services.labels import check_label
from app.web.filters import tanggal
from tests.factories.files import photo_upload
from tests.pdf_text import pdf_text, run_count

NEEDED = ("L1", "L2", "L3", "L4", "L6", "L7", "L8", "L12")


def found(**values):
    return {**dict.fromkeys(NEEDED, "ada"), "checked_on": tanggal(local_today()), **values}


def batch(**values):
    return {
        "pieces": "40",
        "name_0": "tempe",
        "amount_0": "2,5",
        "unit_0": "kg",
        "price_0": "12.000",
        "labour": "60.000",
        "pack": "20.000",
        "price": "4.000",
        "source": "catatan",
        "counted_on": tanggal(local_today()),
        **values,
    }


def test_a_cost_is_shown_before_it_is_kept_and_tells_when_it_was_counted(
    enterprise, factories, mentor_client
):
    row = factories.product(enterprise)
    path = f"/produk/{row.id}/biaya/hitung"

    shown = mentor_client.post(path, data=batch(hitung="ya"))
    kept_before = db.session.scalars(select(UnitCost)).all()
    kept = mentor_client.post(path, data=batch())
    estimated = mentor_client.post(path, data=batch(labour="70.000", source="perkiraan"))

    assert "Rp 2.750" in shown.get_data(as_text=True)
    assert "(31,2% dari harga)" in shown.get_data(as_text=True)
    assert kept_before == []
    assert (kept.status_code, estimated.status_code) == (303, 303)
    assert "Rp 2.750" in mentor_client.get(f"/produk/{row.id}/biaya").get_data(as_text=True)
    facts = market_facts(enterprise.id, on=local_today()).products
    assert facts.unit_cost_on == local_today()


def test_an_estimate_is_no_cost_that_is_written_down(enterprise, factories, mentor_client):
    row = factories.product(enterprise)

    mentor_client.post(f"/produk/{row.id}/biaya/hitung", data=batch(source="perkiraan"))

    assert market_facts(enterprise.id, on=local_today()).products.unit_cost_on is None


def test_a_material_without_its_price_is_asked_back(enterprise, factories, mentor_client):
    row = factories.product(enterprise)

    answer = mentor_client.post(f"/produk/{row.id}/biaya/hitung", data=batch(price_0=""))

    assert answer.status_code == 422
    assert db.session.scalars(select(UnitCost)).all() == []


def test_pictures_stand_side_by_side_and_can_be_taken_away(enterprise, factories, mentor_client):
    row = factories.product(enterprise)
    for kind, colour in (("kemasan_sebelum", "red"), ("kemasan_sesudah", "green")):
        mentor_client.post(
            f"/produk/{row.id}/foto/baru",
            data={
                "kind": kind,
                "taken_on": tanggal(local_today()),
                "photo": (photo_upload(colour), "kemasan.jpg"),
            },
        )
    page = mentor_client.get(f"/produk/{row.id}/foto").get_data(as_text=True)
    photo = db.session.scalars(select(ProductPhoto).order_by(ProductPhoto.added_at)).first()
    path = f"/produk/{row.id}/foto/{photo.id}"

    with mentor_client.get(path) as answer:
        seen = answer.status_code
    removed = mentor_client.post(f"{path}/hapus")

    assert "Kemasan sebelum dan sesudah" in page
    assert (seen, removed.status_code) == (200, 303)
    assert mentor_client.get(path).status_code == 404


def test_a_check_gives_the_share_and_what_to_do(enterprise, factories, mentor_client):
    row = factories.product(enterprise)
    form = mentor_client.get(f"/produk/{row.id}/label/periksa").get_data(as_text=True)

    answer = mentor_client.post(
        f"/produk/{row.id}/label/periksa",
        data=found(L7="tidak", L8="tidak", has_brand="ya", has_contact="tidak"),
    )

    page = mentor_client.get(answer.location).get_data(as_text=True)
    assert "Di data: nomor izin edar belum terbit" in form
    assert "<strong>6 dari 8</strong>" in page
    assert "Keterangan kedaluwarsa.</strong> Hitung dari hari produksi" in page
    facts = market_facts(enterprise.id, on=local_today()).products
    assert (facts.label_share.present, facts.label_share.applicable) == (6, 8)
    assert (facts.brand_and_contact.has_brand, facts.brand_and_contact.has_contact) == (True, False)


def test_a_check_without_all_answers_is_asked_back(enterprise, factories, mentor_client):
    row = factories.product(enterprise)
    data = found()
    del data["L6"]

    answer = mentor_client.post(f"/produk/{row.id}/label/periksa", data=data)

    assert answer.status_code == 422
    assert db.session.scalars(select(LabelCheck)).all() == []


def test_the_same_check_sent_twice_is_kept_once(enterprise, factories):
    product_id = factories.product(enterprise).id
    key = new_id()
    for _ in range(2):
        with transaction():
            check_label(
                check_id=key,
                product_id=product_id,
                checked_on=local_today(),
                elements=dict.fromkeys(NEEDED, "ada"),
                scope=everywhere(),
                by=None,
            )

    assert len(db.session.scalars(select(LabelCheck)).all()) == 1


def proof_of(client, row):
    return pdf_text(client.get(f"/produk/{row.id}/label/contoh.pdf").data)


def test_a_proof_says_what_the_record_knows_and_marks_the_gaps(
    enterprise, factories, mentor_client
):
    row = factories.product(enterprise, shelf_life_days=None, brand='"Mendoan" #1 $x$')

    text = proof_of(mentor_client, row)

    assert "CONTOH, BUKAN UNTUK DICETAK MASSAL" in text
    assert "BELUM ADA: masa simpan belum dicatat" in text
    assert "BELUM ADA: nomor izin edar belum terbit" in text
    assert '"Mendoan" #1 $x$' in text
    assert "Isi bersih: 100 g" in text
    assert enterprise.name in text
    assert "HALAL INDONESIA" not in text


def test_a_long_name_has_the_whole_width_of_the_label(enterprise, factories, mentor_client):
    names = (
        "Keripik",
        "Keripik tempe sagu aneka rasa pedas manis balado khas Purwokerto",
        "Keripiktempe" * 8,
    )
    rows = [factories.product(enterprise, name=name, declared_non_halal=True) for name in names]

    proofs = [mentor_client.get(f"/produk/{row.id}/label/contoh.pdf").data for row in rows]

    short, long, endless = (run_count(proof) for proof in proofs)
    assert long == short + 1
    assert endless in (short + 1, short + 2)
    assert names[2] in re.sub(r"\s|\u200b", "", pdf_text(proofs[2]))


def test_a_product_declared_so_says_tidak_halal_and_never_halal(
    enterprise, factories, mentor_client
):
    row = factories.product(enterprise, declared_non_halal=True)

    text = proof_of(mentor_client, row)

    assert "TIDAK HALAL" in text
    assert "HALAL INDONESIA" not in text


def test_what_is_wrapped_before_the_buyer_is_not_checked(enterprise, factories, mentor_client):
    row = factories.product(enterprise, kind="pangan_siap_saji")

    page = mentor_client.get(f"/produk/{row.id}/label").get_data(as_text=True)

    assert "tidak perlu label" in page
    assert mentor_client.post(f"/produk/{row.id}/label/periksa", data=found()).status_code == 409


def test_who_may_not_neither_sees_nor_writes(enterprise, factories, as_role):
    row = factories.product(enterprise)
    elsewhere = as_role(Role.LABOUR_OFFICER, "35.07")
    village = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)

    for path in ("biaya", "foto", "label", "label/contoh.pdf"):
        assert elsewhere.get(f"/produk/{row.id}/{path}").status_code == 404
        assert village.get(f"/produk/{row.id}/{path}").status_code == 200
    for path, data in (("biaya/hitung", batch()), ("label/periksa", found())):
        assert elsewhere.post(f"/produk/{row.id}/{path}", data=data).status_code == 404
        assert village.post(f"/produk/{row.id}/{path}", data=data).status_code == 403

    assert db.session.scalars(select(UnitCost)).all() == []
    assert db.session.scalars(select(LabelCheck)).all() == []
