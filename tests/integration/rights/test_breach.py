"""Whom to tell after an account was misused."""

from __future__ import annotations

import io

import openpyxl
import pytest

from app.core.clock import local_today
from app.core.permissions import Role

TODAY = f"{local_today():%d/%m/%Y}"


def asked(account, **changed):
    return {
        "account_id": str(account.id),
        "from_on": TODAY,
        "from_time": "",
        "until_on": TODAY,
        "until_time": "",
        **changed,
    }


def texts(response):
    return response.get_data(as_text=True)


@pytest.fixture
def thief(factories):
    return factories.account(role=Role.LABOUR_OFFICER, area="33.02", name="Akun Tercuri")


def test_all_whose_pages_were_opened_are_named_and_nobody_else(
    officer_client, as_role, factories, thief
):
    seen = factories.enterprise(owner=factories.owner(name="Bu Terlihat"))
    opened = factories.owner(name="Pak Dibuka", nik="3302145208850003")
    factories.enterprise(owner=opened, name="Zzz", village_code="33.02.04.2006")
    factories.enterprise(owner=factories.owner(name="Bu Aman"), village_code="33.02.04.2007")
    client = as_role(Role.LABOUR_OFFICER, account=thief)
    client.get(f"/usaha/{seen.id}")
    client.post(f"/pemilik/{opened.id}/nik", data={"reason": "alasan yang cukup panjang"})

    page = texts(officer_client.get("/kebocoran", query_string=asked(thief)))

    assert "2 orang terdampak" in page
    assert "Bu Terlihat" in page
    assert "Pak Dibuka" in page
    assert "NIK lengkap" in page
    assert "Bu Aman" not in page
    assert "Naskah pemberitahuan" in page


def test_what_was_seen_outside_the_span_does_not_count(officer_client, as_role, factories, thief):
    row = factories.enterprise(owner=factories.owner(name="Bu Terlihat"))
    as_role(Role.LABOUR_OFFICER, account=thief).get(f"/usaha/{row.id}")
    before = asked(thief, from_on="1/1/2026", until_on="2/1/2026")

    page = texts(officer_client.get("/kebocoran", query_string=before))

    assert "0 orang terdampak" in page
    assert "Bu Terlihat" not in page


def test_the_list_can_be_taken_along(officer_client, as_role, factories, thief):
    row = factories.enterprise(owner=factories.owner(name="Bu Terlihat"))
    as_role(Role.LABOUR_OFFICER, account=thief).get(f"/usaha/{row.id}")

    file = officer_client.post("/kebocoran", data=asked(thief))

    rows = list(openpyxl.load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True))
    assert [line[0] for line in rows] == ["Pemilik", "Bu Terlihat"]


def test_who_lies_elsewhere_is_counted_and_not_named(as_role, factories, thief):
    far = factories.enterprise(owner=factories.owner(name="Bu Jauh"), village_code="35.07.10.2003")
    admin = factories.account(role=Role.ADMIN, area="")
    as_role(Role.ADMIN, account=admin).get(f"/usaha/{far.id}")
    asking = factories.account(role=Role.LABOUR_OFFICER, area="33.02")
    client = as_role(Role.LABOUR_OFFICER, account=asking)

    refused = client.get("/kebocoran", query_string=asked(admin))

    assert refused.status_code == 422
    assert "Bu Jauh" not in texts(refused)


def test_a_span_that_can_not_be_read_is_refused(officer_client, thief):
    page = officer_client.get("/kebocoran", query_string=asked(thief, from_time="pagi"))

    assert page.status_code == 422
    assert "Tulis jamnya seperti 09.30" in texts(page)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_who_manages_no_accounts_sees_no_such_list(as_role, role):
    client = as_role(role)

    assert client.get("/kebocoran").status_code == 403
    assert client.post("/kebocoran").status_code == 403
