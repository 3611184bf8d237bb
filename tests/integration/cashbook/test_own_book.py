"""The book as its owner keeps it: their own alone, behind their number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.models import LoginSession
from app.cashbook.models import CashEntry
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.web.filters import tanggal


def rows():
    statement = select(CashEntry).where(CashEntry.is_current).order_by(CashEntry.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def said(**changed):
    day = tanggal(local_today())
    return {"number": str(new_id()), "happened_on": day, "amount": "25rb", **changed}


def test_the_owner_writes_takes_back_and_repeats(enterprise, owner_client):
    data = said(happened_on=tanggal(local_today() - timedelta(days=1)))
    for _ in range(2):
        owner_client.post("/saya/buku/catat/penjualan", data=data)
    page = owner_client.get("/saya/buku").get_data(as_text=True)
    line = rows()[0]
    owner_client.post(
        "/saya/buku/ulangi",
        data={
            "number": str(new_id()),
            "happened_on": tanggal(local_today()),
            f"ambil_{line.id}": "ya",
            f"jumlah_{line.id}": "30rb",
        },
    )
    owner_client.post(f"/saya/buku/catatan/{line.id}/batalkan", data={"reason": "Salah"})

    assert "dua puluh lima ribu rupiah" in page
    assert [(row.enterprise_id, row.amount, row.way) for row in rows()] == [
        (enterprise.id, 30_000, "pemilik")
    ]


def test_an_owner_finds_no_book_of_others(factories, mentor, owner_client, enterprise):
    foreign = factories.enterprise(mentor=mentor).id
    line = new_id()

    for path in (
        f"?usaha={foreign}",
        f"?usaha={new_id()}",
        f"/catatan/{line}/batalkan",
        f"/catatan/{line}/betulkan",
    ):
        assert owner_client.get(f"/saya/buku{path}").status_code == 404
    answer = owner_client.post(f"/saya/buku/catat/upah?usaha={foreign}", data=said())
    assert answer.status_code == 404
    assert owner_client.get(f"/usaha/{enterprise.id}/buku").status_code == 403
    assert rows() == []


@pytest.mark.parametrize("role", [Role.MENTOR, Role.LABOUR_OFFICER, Role.VILLAGE_OFFICER])
def test_nobody_else_opens_an_owners_own_book(as_role, role):
    assert as_role(role).get("/saya/buku").status_code == 403


def test_the_owner_puts_a_line_right_where_it_stands(enterprise, owner_client, factories, mentor):
    stall = factories.sales_channel(enterprise, mentor, kind="pasar", payment_days=0).id
    owner_client.post("/saya/buku/catat/penjualan", data=said(note="Bazar"))
    old = rows()[0].id
    address = f"/saya/buku/catatan/{old}/betulkan"
    home, form = owner_client.get("/saya/buku"), owner_client.get(address)
    changed = said(amount="35rb", category="penjualan", channel=str(stall), note="Bazar Minggu")
    for _ in range(2):
        assert owner_client.post(address, data=changed).status_code == 303
    late = owner_client.post(address, data=said(amount="36rb", category="penjualan"))

    assert address in home.get_data(as_text=True)
    assert 'value="Bazar"' in form.get_data(as_text=True)
    assert late.status_code == 409
    line = rows()[0]
    assert (line.amount, line.channel_id, line.note, line.way, line.corrects_id) == (
        35_000,
        stall,
        "Bazar Minggu",
        "pemilik",
        old,
    )
    assert len(rows()) == 1


def test_an_odd_sum_is_asked_back_once_and_then_kept(enterprise, owner_client):
    data = said(amount="25 jt")
    asked = owner_client.post("/saya/buku/catat/alat", data=data)
    before = rows()
    owner_client.post("/saya/buku/catat/alat", data={**data, "sure": "25000000"})
    address = f"/saya/buku/catatan/{rows()[0].id}/betulkan"
    shown = owner_client.get(address).get_data(as_text=True)
    other = owner_client.post(
        address, data=said(amount="52 jt", category="alat", sure="25000000", note="Oven")
    )

    assert asked.status_code == 422
    assert "dua puluh lima juta rupiah), benar?" in asked.get_data(as_text=True)
    assert 'name="sure" type="hidden" value="25000000"' in asked.get_data(as_text=True)
    assert before == []
    # What stands there already is no slip of the finger.
    assert 'name="sure" type="hidden" value="25000000"' in shown
    assert other.status_code == 422
    assert 'value="Oven"' in other.get_data(as_text=True)
    assert [row.amount for row in rows()] == [25_000_000]


def test_a_payment_and_its_owed_line_stay_what_they_are(enterprise, owner_client, mentor_client):
    day = tanggal(local_today())
    mentor_client.post(
        f"/usaha/{enterprise.id}/buku/catat",
        data=said(category="bahan", amount="90rb", is_owed="y"),
    )
    owed = rows()[0].id
    mentor_client.post(
        f"/usaha/{enterprise.id}/buku/catatan/{owed}/lunas",
        data=said(amount="50rb"),
    )
    paid = next(row.id for row in rows() if row.settles_id)
    owner_client.post(
        f"/saya/buku/catatan/{paid}/betulkan", data=said(amount="60rb", category="bahan")
    )
    too_little = owner_client.post(
        f"/saya/buku/catatan/{owed}/betulkan",
        data=said(amount="50rb", category="bahan", is_owed="y", happened_on=day),
    )

    assert too_little.status_code == 422
    assert sorted((row.amount, row.settles_id == owed, row.is_owed) for row in rows()) == [
        (60_000, True, False),
        (90_000, False, True),
    ]


def test_repeating_and_taking_back_show_what_they_would_do(enterprise, owner_client):
    empty = owner_client.get("/saya/buku/ulangi").get_data(as_text=True)
    yesterday = tanggal(local_today() - timedelta(days=1))
    owner_client.post("/saya/buku/catat/bahan", data=said(happened_on=yesterday, note="Gula"))
    line = rows()[0].id
    repeat = owner_client.get("/saya/buku/ulangi").get_data(as_text=True)
    take_back = owner_client.get(f"/saya/buku/catatan/{line}/batalkan").get_data(as_text=True)
    nothing = owner_client.post("/saya/buku/ulangi", data={"happened_on": yesterday})
    no_reason = owner_client.post(f"/saya/buku/catatan/{line}/batalkan", data={"reason": " "})

    assert "Belum ada catatan hari sebelumnya." in empty
    assert f'name="ambil_{line}" value="ya" checked' in repeat
    assert 'value="25.000"' in repeat
    assert "Beli bahan <strong>Rp 25.000</strong>" in take_back
    assert (nothing.status_code, no_reason.status_code) == (422, 422)
    assert [row.id for row in rows()] == [line]


@pytest.mark.parametrize("path", ["betulkan", "batalkan"])
def test_lines_are_behind_the_owners_number(factories, enterprise, owner_client, path):
    owner_client.post("/saya/buku/catat/bahan", data=said(note="Gula"))
    with transaction() as session:
        session.execute(update(LoginSession).values(password_at=utc_now() - timedelta(hours=1)))
    answer = owner_client.get(f"/saya/buku/catatan/{rows()[0].id}/{path}")

    assert answer.status_code == 303
    assert f"{path}" in answer.location
    assert "Gula" not in answer.get_data(as_text=True)


def test_a_line_of_others_is_not_put_right(
    factories, enterprise, mentor, mentor_client, owner_client
):
    foreign = factories.enterprise(mentor=mentor).id
    mentor_client.post(f"/usaha/{foreign}/buku/catat", data=said(category="bahan"))
    address = f"/saya/buku/catatan/{rows()[0].id}/betulkan"

    assert owner_client.get(address).status_code == 404
    assert owner_client.post(address, data=said(category="bahan")).status_code == 404
    assert [row.amount for row in rows()] == [25_000]
