"""The diary by its pages: the mentor's and the owner's own; who may not."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.cashbook.models import DiaryMonth
from app.cashbook.rules.diaries import months_back
from app.cashbook.rules.entries import MENTOR
from app.cashbook.rules.windows import open_days
from app.cashbook.services.entries import record_entry
from app.cashbook.services.habits import save_habit
from app.core.clock import local_today
from app.core.day_words import long_month
from app.core.months import add_months, month_end
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction

SAID = {"sales": "2,5 jt", "costs": "1.400.000", "produced": "", "workers": "2"}


def rows():
    return list(
        db.session.scalars(
            select(DiaryMonth).order_by(DiaryMonth.id).execution_options(populate_existing=True)
        )
    )


def hidden(page, name):
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0]
    return re.search(r'value="([^"]*)"', field)[1]


@pytest.fixture
def newest():
    return months_back(local_today(), 1)[0]


@pytest.mark.parametrize("who", ["mentor", "owner"])
def test_a_month_is_told_and_put_right_by_its_pages(
    enterprise, newest, who, mentor_client, owner_client
):
    client = {"mentor": mentor_client, "owner": owner_client}[who]
    base = {
        "mentor": f"/usaha/{enterprise.id}/buku/catatan-bulanan",
        "owner": "/saya/catatan-bulanan",
    }[who]
    address = f"{base}/{newest:%Y-%m}"

    told = client.post(address, data={**SAID, "keeps_record": "ya"})
    form = client.get(address).get_data(as_text=True)
    right = {**SAID, "corrects": hidden(form, "corrects"), "number": hidden(form, "number")}
    put_right = client.post(address, data={**right, "sales": "2.750.000", "keeps_record": ""})
    twice = client.post(address, data={**right, "sales": "2.750.000", "keeps_record": ""})
    listed = client.get(base).get_data(as_text=True)

    assert [told.status_code, put_right.status_code, twice.status_code] == [303, 303, 303]
    first, second = rows()
    assert (first.sales, first.produced, first.keeps_record) == (2_500_000, None, True)
    assert (second.corrects_id, second.sales, second.keeps_record) == (first.id, 2_750_000, None)
    assert second.way == {"mentor": "pendamping", "owner": "pemilik"}[who]
    assert "Rp 2.750.000" in listed
    assert "Rp 2.500.000" not in listed
    # All the other months are gaps, in words.
    assert listed.count("belum diisi") > 11
    assert 'value="2.500.000"' in form


def test_who_did_not_see_what_stands_keeps_what_was_typed(enterprise, newest, mentor_client):
    address = f"/usaha/{enterprise.id}/buku/catatan-bulanan/{newest:%Y-%m}"
    mentor_client.post(address, data=SAID)

    refused = mentor_client.post(address, data={**SAID, "sales": "9.000.000", "corrects": ""})
    nothing = mentor_client.post(address, data={"corrects": "x"})
    tiny = mentor_client.post(address, data={"sales": "5", "corrects": str(rows()[0].id)})

    assert refused.status_code == 409
    assert "Bulan ini sudah diisi" in refused.get_data(as_text=True)
    assert 'value="9.000.000"' in refused.get_data(as_text=True)
    assert [nothing.status_code, tiny.status_code] == [422, 422]
    assert "Hanya Rp 5?" in tiny.get_data(as_text=True)
    assert len(rows()) == 1


def test_who_may_not_read_the_book_reads_no_diary(
    factories, enterprise, newest, as_role, owner_client, mentor_client
):
    address = f"/usaha/{enterprise.id}/buku/catatan-bulanan"
    other = factories.enterprise()
    stranger = as_role(Role.ENTREPRENEUR)
    village = as_role(Role.VILLAGE_OFFICER)

    assert village.get(address).status_code == 403
    assert owner_client.get(address).status_code == 403
    assert mentor_client.get("/saya/catatan-bulanan").status_code == 403
    assert as_role(Role.MENTOR).get(address).status_code == 404
    assert stranger.get("/saya/catatan-bulanan").status_code == 404
    assert owner_client.get(f"/saya/catatan-bulanan?usaha={other.id}").status_code == 404
    stolen = owner_client.post(f"/saya/catatan-bulanan/{newest:%Y-%m}?usaha={other.id}", data=SAID)
    assert stolen.status_code == 404
    assert rows() == []


@pytest.mark.parametrize("month", ["2019-01", "2026-13", "abcdefg"])
def test_a_month_that_nobody_can_tell_has_no_page(enterprise, month, mentor_client):
    running = f"{local_today():%Y-%m}"
    base = f"/usaha/{enterprise.id}/buku/catatan-bulanan"

    assert mentor_client.get(f"{base}/{month}").status_code == 404
    assert mentor_client.get(f"{base}/{running}").status_code == 404


def test_what_was_told_of_a_month_stays_visible(enterprise, newest, mentor_client):
    address = f"/usaha/{enterprise.id}/buku/catatan-bulanan/{newest:%Y-%m}"
    mentor_client.post(address, data=SAID)
    mentor_client.post(address, data={**SAID, "workers": "3", "corrects": str(rows()[0].id)})

    page = mentor_client.get(address).get_data(as_text=True)
    history = mentor_client.get(f"/usaha/{enterprise.id}/riwayat").get_data(as_text=True)

    assert page.count("sudah diganti") == 1
    assert "Pendamping Rina" in page
    assert long_month(newest) in history
    assert "2.500.000" not in history


def test_a_month_that_the_book_covers_is_not_asked_for(
    enterprise, newest, mentor, mentor_client, owner_client
):
    """Open on Mondays alone, so that half of the days is a border that can be met."""
    before = add_months(newest, -1)
    with transaction():
        save_habit(
            scope=everywhere(),
            by=mentor.id,
            enterprise_id=enterprise.id,
            open_weekdays=[0],
            is_seasonal=False,
            version=0,
        )
    for month, spare in ((newest, 0), (before, 1)):
        mondays = sorted(open_days(month, month_end(month), [0]))
        for day in mondays[: -(-len(mondays) // 2) - spare]:
            with transaction():
                record_entry(
                    scope=everywhere(),
                    by=mentor.id,
                    way=MENTOR,
                    enterprise_id=enterprise.id,
                    happened_on=day,
                    category="penjualan",
                    amount=25_000,
                )

    own = owner_client.get("/saya/catatan-bulanan").get_data(as_text=True)
    mentors = mentor_client.get(f"/usaha/{enterprise.id}/buku/catatan-bulanan")
    form = owner_client.get(f"/saya/catatan-bulanan/{newest:%Y-%m}").get_data(as_text=True)

    for page in (own, mentors.get_data(as_text=True)):
        assert page.count("Sudah ada di buku kas") == 1
        assert "1 bulan lain sudah ada di buku kas." in page
        assert f"catatan-bulanan/{newest:%Y-%m}" not in page
        assert f"Isi {long_month(before)}" in page
    assert "Bulan ini sudah ada di buku kas." in form
    owner_client.post(f"/saya/catatan-bulanan/{newest:%Y-%m}", data=SAID)
    told = owner_client.get("/saya/catatan-bulanan").get_data(as_text=True)
    assert "Rp 2.500.000" in told
    assert "Sudah ada di buku kas" not in told
