"""Setting offers: seen at once, kept with their history, by admins alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.permissions import Role
from app.credit.models import LoanOffer
from app.credit.queries.offers import offer, offers
from app.db import db
from app.web.filters import tanggal

PAGE = "/pinjaman/produk/kur_super_mikro"
TODAY = local_today()


def said(**changes):
    return {
        "name": "KUR Super Mikro",
        "lender": "program",
        "most": "10.000.000",
        "method": "anuitas",
        "percent": "3",
        "every": "bulan",
        "source": "Permenko 9/2026 Pasal 4",
        "is_offered": "ya",
        "valid_from": tanggal(TODAY),
        **changes,
    }


def count():
    return db.session.scalar(select(func.count()).select_from(LoanOffer))


def test_what_an_admin_sets_counts_at_once_and_what_was_stays_readable(admin_client, mentor_client):
    before = offer("kur_super_mikro", on=TODAY)

    moved = admin_client.post(f"{PAGE}/ubah", data=said())
    after = offer("kur_super_mikro", on=TODAY)

    assert (moved.status_code, moved.location) == (303, PAGE)
    assert (before.rate, after.rate) == (600, 300)
    assert offer("kur_super_mikro", on=TODAY - timedelta(days=1)).rate == 600
    page = mentor_client.get(PAGE).text
    for words in ("Permenko 9/2026 Pasal 4", "3% efektif", "6% efektif", "Nilai awal"):
        assert words in page
    # Who set it is the admins' affair.
    assert "ditetapkan" not in page
    assert "ditetapkan" in admin_client.get(PAGE).text
    calculated = mentor_client.get("/pinjaman/hitung?produk=kur_super_mikro&jumlah=10.000.000")
    assert "3,00% setahun" in calculated.text


def test_what_will_count_does_not_count_yet(admin_client):
    later = TODAY + timedelta(days=30)

    admin_client.post(f"{PAGE}/ubah", data=said(valid_from=tanggal(later)))

    assert offer("kur_super_mikro", on=TODAY).rate == 600
    assert offer("kur_super_mikro", on=later).rate == 300
    assert "akan berlaku" in admin_client.get(PAGE).text


def test_a_cooperative_gets_an_offer_of_its_own_once(admin_client, mentor_client):
    form = said(
        number=str(uuid4()),
        name="Koperasi Maju Bersama",
        lender="koperasi",
        method="flat",
        percent="18",
        most_months="10",
    )

    answers = [admin_client.post("/pinjaman/produk/baru", data=form) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert count() == 1
    listed = mentor_client.get("/pinjaman/produk").text
    assert "Koperasi Maju Bersama" in listed
    # The effective rate stands beside the flat one.
    assert "31,50% efektif setahun bila diangsur 10 bulan" in listed
    assert mentor_client.get(answers[0].location).status_code == 200


def test_an_offer_that_ended_is_offered_no_more_and_stays_readable(admin_client, mentor_client):
    admin_client.post(f"{PAGE}/ubah", data=said(is_offered="tidak"))

    assert "kur_super_mikro" not in {one.code for one in offers(on=TODAY)}
    assert 'value="kur_super_mikro"' not in mentor_client.get("/pinjaman/hitung").text
    assert "Tidak ditawarkan lagi" in mentor_client.get("/pinjaman/produk").text
    assert mentor_client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": "301"},
        {"method": "murabahah"},
        {"method": "lain"},
        {"least": "20.000.000"},
        {"source": " "},
        {"most_months": "121"},
        {"valid_from": "1/1/1980"},
        {"is_offered": ""},
    ],
)
def test_what_is_no_offer_is_refused_and_nothing_moves(admin_client, wrong):
    answer = admin_client.post(f"{PAGE}/ubah", data=said(**wrong))

    assert answer.status_code == 422
    assert count() == 0


def test_an_offer_that_is_nowhere_is_not_found(admin_client):
    answers = [admin_client.get(f"/pinjaman/produk/tidak_ada{end}") for end in ("", "/ubah")]

    assert [one.status_code for one in answers] == [404, 404]
    assert admin_client.post("/pinjaman/produk/tidak_ada/ubah", data=said()).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_admins_sets_offers(as_role, role):
    client = as_role(role)

    answers = [
        client.open(path, method=method, data=said()).status_code
        for path in ("/pinjaman/produk/baru", f"{PAGE}/ubah")
        for method in ("GET", "POST")
    ]

    assert answers == [403] * 4
    assert count() == 0
