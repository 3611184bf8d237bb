"""Products by their pages, and who may not."""

from __future__ import annotations

from sqlalchemy import select

from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.belongings import Pair, settle
from app.db.transaction import transaction
from app.history.models import HistoryEntry
from app.market.models import Product

SAID = {
    "name": "Keripik <b>tempe</b>",
    "brand": "Mendoan Sari",
    "kind": "pangan_kering",
    "food_type": "15",
    "ingredients": "tempe\ntepung beras\n tempe ",
    "ingredient_flags": ["alergen"],
    "processes": ["pengeringan"],
    "net": "1,5",
    "unit": "kg",
    "pack_kind": "2",
    "shelf_life_days": "180",
    "storage": "ruang",
    "price": "12.000",
    "capacity_per_month": "1.200",
    "lead_time_days": "7",
    "is_active": "y",
}


def products_of(enterprise):
    return list(
        db.session.scalars(
            select(Product)
            .where(Product.enterprise_id == enterprise.id)
            .order_by(Product.created_at)
            .execution_options(populate_existing=True)
        )
    )


def test_a_mentor_notes_a_product_and_changes_it(enterprise, mentor_client):
    added = mentor_client.post(f"/usaha/{enterprise.id}/produk/baru", data=SAID)
    row = products_of(enterprise)[0]
    page = mentor_client.get(added.location).get_data(as_text=True)
    form = mentor_client.get(f"/produk/{row.id}/ubah").get_data(as_text=True)
    changed = mentor_client.post(
        f"/produk/{row.id}/ubah", data={**SAID, "version": "1", "price": "13.500", "is_main": "y"}
    )

    assert added.status_code == 303
    assert (row.net_amount, row.net_unit, row.is_main) == (1500, "g", True)
    assert row.ingredients == ["tempe", "tepung beras"]
    assert "Keripik &lt;b&gt;tempe&lt;/b&gt;" in page
    assert "1,5 kg" in page
    # The examples beside the box to tick are not what this product holds.
    assert "Bahan yang bisa memicu alergi" in page
    assert "udang" not in page
    assert 'value="1,5"' in form
    assert changed.status_code == 303
    assert products_of(enterprise)[0].price == 13_500
    noted = db.session.scalars(select(HistoryEntry).where(HistoryEntry.subject_id == row.id)).all()
    assert [one.action for one in noted] == ["product.added", "product.changed"]
    assert noted[1].changes == {"price": [12_000, 13_500]}


def test_a_form_that_is_sent_twice_keeps_one_product(enterprise, mentor_client):
    data = {**SAID, "number": str(new_id())}

    for _ in range(2):
        mentor_client.post(f"/usaha/{enterprise.id}/produk/baru", data=data)

    assert len(products_of(enterprise)) == 1


def test_who_saw_an_older_version_does_not_write_over_a_newer_one(
    enterprise, factories, mentor_client
):
    row = factories.product(enterprise)
    mentor_client.post(f"/produk/{row.id}/ubah", data={**SAID, "version": "1", "name": "Pertama"})

    late = mentor_client.post(
        f"/produk/{row.id}/ubah", data={**SAID, "version": "1", "name": "Kedua"}
    )

    assert late.status_code == 409
    assert products_of(enterprise)[0].name == "Pertama"


def test_one_product_at_most_is_the_main_one(enterprise, factories):
    first = factories.product(enterprise)
    second = factories.product(enterprise, name="Sale pisang", is_main=True)

    db.session.refresh(first)

    assert (first.is_main, second.is_main) == (False, True)


def test_pork_or_alcohol_must_be_declared(enterprise, mentor_client):
    hidden = {**SAID, "ingredient_flags": ["babi_atau_alkohol"]}

    refused = mentor_client.post(f"/usaha/{enterprise.id}/produk/baru", data=hidden)
    told = mentor_client.post(
        f"/usaha/{enterprise.id}/produk/baru", data={**hidden, "declared_non_halal": "y"}
    )

    assert refused.status_code == 422
    assert "harus dinyatakan tidak halal" in refused.get_data(as_text=True)
    assert told.status_code == 303


def test_an_impossible_amount_is_asked_back(enterprise, mentor_client):
    for net, unit in (("0,0004", "kg"), ("2", ""), ("5000", "kg"), ("1,5", "buah")):
        answer = mentor_client.post(
            f"/usaha/{enterprise.id}/produk/baru", data={**SAID, "net": net, "unit": unit}
        )

        assert answer.status_code == 422, (net, unit)

    assert products_of(enterprise) == []


def test_a_unit_that_is_not_offered_is_asked_back(enterprise, mentor_client):
    answer = mentor_client.post(f"/usaha/{enterprise.id}/produk/baru", data={**SAID, "unit": "ton"})

    assert answer.status_code == 422
    assert products_of(enterprise) == []


def test_who_may_only_read_reads_and_who_may_not_gets_nothing(enterprise, factories, as_role):
    row = factories.product(enterprise)
    village = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)
    elsewhere = as_role(Role.LABOUR_OFFICER, "35.07")
    unassigned = as_role(Role.MENTOR)
    paths = [f"/usaha/{enterprise.id}/produk", f"/produk/{row.id}"]
    forms = [f"/usaha/{enterprise.id}/produk/baru", f"/produk/{row.id}/ubah"]

    for path in paths:
        assert village.get(path).status_code == 200
        assert elsewhere.get(path).status_code == 404
        assert unassigned.get(path).status_code == 404
        assert as_role(Role.ENTREPRENEUR, enterprise.village_code).get(path).status_code == 403
    for path in forms:
        assert village.post(path, data=SAID).status_code == 403
        assert elsewhere.post(path, data={**SAID, "version": "1"}).status_code == 404

    assert [one.name for one in products_of(enterprise)] == ["Keripik tempe"]


def test_of_two_that_become_one_the_kept_ones_main_product_stays_the_main_one(
    enterprise, factories
):
    gone = factories.enterprise(name="Yang digabung")
    kept_main = factories.product(enterprise, name="Utama")
    gone_main = factories.product(gone, name="Utama juga")
    pair = Pair(
        kept_id=enterprise.id,
        gone_id=gone.id,
        kept_owner_id=enterprise.owner_id,
        gone_owner_id=gone.owner_id,
    )

    with transaction():
        settle(pair)

    db.session.expire_all()
    assert (kept_main.is_main, gone_main.is_main) == (True, False)
