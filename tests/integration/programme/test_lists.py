"""Lists behind numbers that are no enterprises, and the files of all lists of the programme."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.enterprises.rules.consents import BASE, WITHDRAWN
from app.history.models import ReadEntry
from app.programme import queries
from app.programme.queries import amount_lists
from app.web.filters import tanggal
from app.web.paging import encode_cursor
from tests.integration.programme.conftest import GUMELAR, LOSARI
from tests.integration.programme.test_figures import around, numbers

LIST = "/program/daftar?wilayah=33.02&angka="


def lines_of(client, address):
    """The lines of a file."""
    with client.get(address) as answer:
        sheet = openpyxl.load_workbook(BytesIO(answer.data))["Daftar"]
    return list(sheet.iter_rows(min_row=7, values_only=True))


def test_a_list_holds_what_was_counted_and_nothing_from_elsewhere(village_world, officer_client):
    visits = officer_client.get(f"{LIST}kunjungan").get_data(as_text=True)
    workers = officer_client.get(f"{LIST}pekerja").get_data(as_text=True)

    assert "<strong>1 kunjungan</strong>" in visits
    assert "Rajin" in visits
    assert "Jauh" not in visits
    assert "<strong>3 usaha</strong>, 6 orang" in workers
    assert "Jauh" not in workers
    trained = lines_of(officer_client, f"{LIST.replace('daftar', 'daftar/unduh')}penyelenggara")
    assert trained == [("PLUT Banyumas", 2)]


def test_who_may_not_is_turned_away(village_world, as_role):
    village = as_role(Role.VILLAGE_OFFICER, LOSARI)

    assert village.get(f"/program/daftar?wilayah={LOSARI}&angka=kunjungan").status_code == 200
    for area in (GUMELAR, "35.07", "99.99"):
        assert village.get(f"/program/daftar?wilayah={area}&angka=kunjungan").status_code == 404
    for path in ("/program/daftar/unduh?angka=kunjungan", "/program/usaha/unduh?angka=usaha"):
        assert village.get(path).status_code == 403
    assert as_role(Role.MENTOR).get(f"{LIST}kunjungan").status_code == 403


def test_no_file_and_no_list_of_another_area_or_of_what_is_not_counted(
    village_world, officer_client
):
    for page in ("daftar", "daftar/unduh", "usaha/unduh"):
        for words in ("wilayah=35.07&angka=kunjungan", "wilayah=33.02&angka=karangan"):
            assert officer_client.get(f"/program/{page}?{words}").status_code == 404


def test_only_accounts_within_reach_are_counted_and_listed(village_world, factories):
    factories.account(role=Role.COOPERATIVE_OFFICER, area="33.02", name="Petugas Koperasi")
    factories.account(role=Role.COOPERATIVE_OFFICER, area="35.07", name="Petugas Jauh")

    for area, scope, expected in (
        ("33.02", Scope(account_id=None, areas=("33.02",)), ["Petugas Koperasi"]),
        ("", Scope(account_id=None, areas=("33.02",)), ["Petugas Koperasi"]),
        ("", Scope(account_id=None, areas=("",)), ["Petugas Jauh", "Petugas Koperasi"]),
        (LOSARI, Scope(account_id=None, areas=(LOSARI,)), []),
    ):
        asked = around(area, scope)
        found = queries.amount_list(asked, "akun_petugas_koperasi", cursor=None)
        assert [line.name for line in found.page.rows] == expected
        assert numbers(asked)["akun_petugas_koperasi"][0] == len(expected)


def test_pages_hold_every_line_once_there_and_back(village_world, monkeypatch):
    monkeypatch.setattr(amount_lists, "PAGE_SIZE", 1)
    names, cursor, page = [], None, None

    while page is None or cursor:
        page = queries.amount_list(around(), "pekerja", cursor=cursor).page
        names += [line.enterprise_name for line in page.rows]
        cursor = page.next_cursor
    before = queries.amount_list(around(), "pekerja", cursor=page.previous_cursor).page

    assert names == ["Baru", "Lalai", "Rajin"]
    assert [line.enterprise_name for line in before.rows] == ["Lalai"]
    with pytest.raises(InvalidInput):
        queries.amount_list(around(), "pekerja", cursor=encode_cursor("baru", "x"))
    with pytest.raises(NotFound):
        queries.amount_list(around(), "usaha", cursor=None)


@pytest.mark.parametrize("page", ["usaha/unduh?wilayah=33.02&angka=usaha",
                                  "daftar/unduh?wilayah=33.02&angka=pekerja"])  # fmt: skip
def test_a_file_keeps_the_line_but_not_the_name_of_who_withdrew_and_is_noted(
    village_world, officer_client, page
):
    gone = village_world.lalai
    officer_client.post(
        f"/pemilik/{gone.owner_id}/persetujuan/{BASE}/tarik",
        data={"withdrawn_on": tanggal(local_today())},
    )

    named = [line[0] for line in lines_of(officer_client, f"/program/{page}")]

    noted = db.session.scalars(
        select(ReadEntry).where(ReadEntry.endpoint.contains("programme.download_"))
    ).one()
    assert sorted(named) == sorted(["Baru", "Rajin", WITHDRAWN])
    assert gone.id.bytes not in noted.enterprises
    assert village_world.rajin.id.bytes in noted.enterprises
