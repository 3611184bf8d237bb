"""Candidates for KUR and what was lent: the office's lists, and who never stands in them."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from app.cashbook.models import CashEntry
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.services import withdraw_consent
from tests.factories.enterprises import OTHER_VILLAGE

TODAY = local_today()


@pytest.fixture
def officer_client(as_role):
    return as_role(Role.LABOUR_OFFICER)


@pytest.fixture
def fitting(factories):
    """An enterprise that fulfils every rule: a sale on each day of the last three months."""
    row = factories.enterprise(
        name="Keripik Sari",
        owner=factories.owner(name="Siti Aminah", nik=factories.nik()),
        nib="9120001234567",
        started_on=date(2020, 1, 1),
        health_class="sehat",
        health_valid_until=TODAY + timedelta(days=30),
    )
    key, owner_id = row.id, row.owner_id
    by = factories.account().id
    first = add_months(TODAY.replace(day=1), -3)
    with transaction():
        db.session.add_all(
            CashEntry(
                id=new_id(),
                enterprise_id=key,
                happened_on=first + timedelta(days=number),
                direction="masuk",
                category="penjualan",
                amount=50_000,
                way="pendamping",
                recorded_by=by,
                recorded_at=utc_now(),
            )
            for number in range((TODAY - first).days)
        )
    factories.lender_consent(owner_id, factories.lender(name="Koperasi Mekar").id)
    return db.session.get_one(type(row), key)


def cells(answer) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(BytesIO(answer.data))
    return {
        sheet.title: [str(cell) for row in sheet.values for cell in row if cell] for sheet in book
    }


def test_who_fulfils_stands_in_one_list_and_the_others_with_reasons_in_the_other(
    factories, officer_client, fitting
):
    factories.enterprise(name="Warung Baru")
    factories.enterprise(name="Toko Jauh", village_code=OTHER_VILLAGE)

    fits = officer_client.get("/pinjaman/calon-kur").text
    others = officer_client.get("/pinjaman/calon-kur?keadaan=belum").text
    file = cells(officer_client.get("/pinjaman/calon-kur/unduh"))

    assert "Keripik Sari" in fits
    assert "Warung Baru" not in fits
    assert "Warung Baru" in others
    assert "belum mengizinkan" in others
    assert "Keripik Sari" not in others
    assert "Siti Aminah" in file["Memenuhi"]
    assert "Warung Baru" in file["Belum memenuhi"]
    for told in (fits, others, *map(" ".join, file.values())):
        assert "Toko Jauh" not in told


@pytest.mark.parametrize("key", ["lembaga_keuangan", "pendampingan"])
def test_who_took_a_consent_back_is_no_candidate(factories, officer_client, fitting, key):
    by = factories.account().id
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=fitting.owner_id,
            purpose_key=key,
            withdrawn_on=TODAY,
            reason=None,
            by=by,
        )

    file = cells(officer_client.get("/pinjaman/calon-kur/unduh"))

    assert "Memenuhi: 0" in officer_client.get("/pinjaman/calon-kur").text
    assert "Keripik Sari" not in file["Memenuhi"]
    assert ("Keripik Sari" in file["Belum memenuhi"]) == (key == "lembaga_keuangan")


def test_each_number_of_what_was_lent_leads_to_its_loans(
    factories, as_role, officer_client, fitting
):
    lender = factories.lender(name="BMT Amanah")
    lender_id = lender.id
    for days, left in ((-5, 1_000_000), (10, 2_000_000), (31, 4_000_000)):
        factories.loan(
            lender,
            fitting,
            state="berjalan",
            principal_left=left,
            next_due_on=TODAY - timedelta(days=days),
        )
    factories.loan(lender, fitting, state="lunas")
    far = factories.enterprise(village_code=OTHER_VILLAGE, name="Toko Jauh")
    factories.loan(lender, far, state="berjalan", principal_left=9_000_000)

    page = officer_client.get("/pinjaman/rekap").text
    lists = {
        stand: officer_client.get(f"/pinjaman/rekap/daftar?lembaga={lender_id}&keadaan={stand}")
        for stand in ("berjalan", "menunggak", "lama")
    }

    assert "7.000.000" in page
    for stand, number in (("berjalan", 3), ("menunggak", 2), ("lama", 1)):
        assert f"{number} pinjaman," in lists[stand].text, stand
    assert "Toko Jauh" not in officer_client.get("/pinjaman/rekap/daftar?lembaga=x").text
    assert "9.000.000" not in page
    for path in ("/pinjaman/rekap", "/pinjaman/rekap/daftar", "/pinjaman/calon-kur"):
        assert as_role(Role.VILLAGE_OFFICER).get(path).status_code == 403
        assert as_role(Role.COOPERATIVE_OFFICER).get(path).status_code == 403
    assert as_role(Role.MENTOR).get("/pinjaman/calon-kur/unduh").status_code == 403
    assert "BMT Amanah" not in as_role(Role.MENTOR).get("/pinjaman/rekap").text
