"""Many begin at once: each by itself, once however often sent; and what the entry asks for."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.market.models import Certificate, CertificateBatch
from app.market.services.batches import begin_many
from app.market.services.products import ProductFacts, add_product
from app.web.filters import tanggal

TODAY = local_today()
NEW = "/izin/sesi/baru?jalur=halal_sd"


@pytest.fixture
def by(factories):
    return factories.account().id


@pytest.fixture
def sellers(factories, by):
    """Makes enterprises, each with a product."""

    def make(count, **facts):
        ids = [factories.enterprise(sector="A").id for _ in range(count)]
        for place, key in enumerate(ids):
            with transaction():
                add_product(
                    enterprise_id=key,
                    facts=ProductFacts(name=f"Keripik {place}", kind="pangan_kering", **facts),
                    key=uuid4(), by=by, scope=everywhere(by),
                )  # fmt: skip
        return ids

    return make


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def posted(ids, **said):
    return {"chosen": [str(key) for key in ids], "on": tanggal(TODAY), **said}


def test_twenty_enterprises_are_registered_for_one_session(officer_client, sellers):
    ids = sellers(20)
    offered = officer_client.get(NEW).text
    sent = posted(ids, number=str(uuid4()), note="Balai desa")

    answers = [officer_client.post(NEW, data=sent) for _ in range(2)]
    page = officer_client.get(answers[0].location).text

    assert all(f'value="{key}"' in offered for key in ids)
    assert answers[0].location == answers[1].location
    assert "20 dari 20 usaha dimulai" in page
    assert (count(Certificate), count(CertificateBatch)) == (20, 1)
    assert set(db.session.scalars(select(Certificate.track))) == {"halal_sd"}
    assert None not in set(db.session.scalars(select(Certificate.product_id)))
    assert f'value="{ids[0]}"' not in officer_client.get(NEW).text


def test_who_can_not_begin_keeps_a_reason_and_stops_nobody(factories, by, sellers):
    first, second = sellers(2)
    bare, foreign = factories.enterprise(sector="A").id, uuid4()
    scope = everywhere(by)

    def begin(track, ids):
        with transaction():
            made = begin_many(
                batch_id=uuid4(), track_code=track, enterprise_ids=ids, on=TODAY, by=by, scope=scope
            )
            return [code for _, code in made.outcomes]

    begin("spp_irt", [first])

    assert begin("spp_irt", [first, second, bare]) == ["sudah_ada", "dimulai", "tanpa_produk"]
    assert begin("halal_sd", [bare, foreign, bare]) == ["dimulai", "tidak_ditemukan"]
    for wrong in ([], [uuid4() for _ in range(101)]):
        with pytest.raises(InvalidInput):
            begin("nib", wrong)
    with pytest.raises(InvalidInput), transaction():
        begin_many(
            batch_id=uuid4(), track_code="nib", enterprise_ids=[bare],
            on=TODAY + timedelta(days=1), by=by, scope=scope,
        )  # fmt: skip


def test_the_workbook_holds_the_record_and_marks_what_is_missing(officer_client, sellers):
    ids = sellers(2, ingredients=("=Tempe", "minyak"), shelf_life_days=90, pack_kind="2")
    location = officer_client.post(NEW, data=posted(ids)).location

    answers = [
        officer_client.get(f"{location}/unduh"),
        officer_client.get("/izin/sesi/unduh?jalur=halal_sd"),
    ]

    for answer in answers:
        sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(row for row in rows if row[0] == "Nama usaha")
        told = [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]]
        assert {row["Nama produk"] for row in told} == {"Keripik 0", "Keripik 1"}
        assert {row["Komposisi, terbanyak lebih dahulu"] for row in told} == {"=Tempe, minyak"}
        assert {row["NIB"] for row in told} == {"BELUM ADA"}
        assert {row["Masa simpan (hari)"] for row in told} == {90}


def test_areas_are_chosen_by_name_and_who_fits_is_told(officer_client, sellers):
    sellers(1, ingredients=("singkong", "minyak goreng"))

    page = officer_client.get(NEW).text

    assert '<option value="33.02.04">Rawalo</option>' in page
    assert "Kode wilayah" not in page
    assert "cocok:" not in page
    chosen = officer_client.get(f"{NEW}&wilayah=33.02.04").text
    assert '<option value="33.02.04" selected>' in chosen


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_only_the_office_registers_many_and_only_its_own(as_role, officer_client, sellers, role):
    ids = sellers(1)
    location = officer_client.post(NEW, data=posted(ids)).location
    client, elsewhere = as_role(role), as_role(Role.LABOUR_OFFICER, area="31.71")

    assert client.post(NEW, data=posted(ids)).status_code == 403
    assert client.get(f"{location}/unduh").status_code == 403
    assert elsewhere.get(location).status_code == 404
    assert elsewhere.get(f"{location}/unduh").status_code == 404
    assert elsewhere.post(NEW, data=posted(ids)).status_code == 404
    assert officer_client.post(NEW, data=posted([])).status_code == 422
    assert count(CertificateBatch) == 1
