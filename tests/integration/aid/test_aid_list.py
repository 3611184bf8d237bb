"""The list of aids: what its pages show is what it counts and what its file holds."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from app.aid.queries import cases as case_queries
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
from app.history.models import ReadEntry

LIST = "/bantuan"


@pytest.fixture
def aids(factories, monkeypatch):
    """Five aids of Banyumas, two of which wait for the office, and one elsewhere; small pages."""
    monkeypatch.setattr(case_queries, "PAGE_SIZE", 2)
    mentor = factories.account(role=Role.MENTOR)
    officer = factories.account(role=Role.LABOUR_OFFICER)
    states = ("usul", "analisis_kebutuhan", "usul", "disetujui", "usul")
    for number, state in enumerate(states):
        factories.aid_case(
            factories.enterprise(name=f"Usaha {number}"),
            asked_by=mentor,
            decided_by=officer,
            state=state,
        )
    away = factories.enterprise(name="Jauh Sekali", village_code="35.07.10.2003")
    factories.aid_case(away, asked_by=mentor, decided_by=officer, state="usul")


def all_pages(client, address: str) -> tuple[list[str], set[str]]:
    """The names on all pages of a list, and the counts that they told."""
    shown, counts = [], set()
    while address:
        page = client.get(address).text
        counts |= set(re.findall(r"<strong>(\d+) bantuan</strong>", page))
        shown += re.findall(r'href="/usaha/[0-9a-f-]+/alat">([^<]+)</a>', page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further and further[1].replace("&amp;", "&")
    return shown, counts


def rows_of(file) -> list[list]:
    sheet = openpyxl.load_workbook(BytesIO(file.data)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return rows[next(number for number, row in enumerate(rows) if row[0] == "Alat") + 1 :]


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 5), ("?keadaan=usul", 3), ("?keadaan=menunggu_kantor", 2), ("?keadaan=ditolak", 0)],
)
def test_pages_count_and_file_are_one_list(officer_client, aids, words, count):
    shown, counts = all_pages(officer_client, f"{LIST}{words}")
    named = [row[1] for row in rows_of(officer_client.get(f"{LIST}/unduh{words}"))]

    assert named == shown
    assert len(set(shown)) == len(shown) == count
    assert counts == {str(count)}
    assert "Jauh Sekali" not in shown


def test_what_waits_for_the_office_stands_first(officer_client, aids):
    shown, _ = all_pages(officer_client, LIST)

    assert set(shown[:2]) == {"Usaha 1", "Usaha 3"}


@pytest.mark.parametrize(
    "cursor", ["x", "WzAsMSwiMjAyNi0wMS0wMSJd", "WzAsNywiMjAyNi0wMS0wMSIsIngiXQ"]
)
def test_a_place_that_means_nothing_is_told(officer_client, aids, cursor):
    assert officer_client.get(f"{LIST}?setelah={cursor}").status_code == 422


def test_the_file_names_nobody_who_objected_and_is_noted(officer_client, factories, aids):
    owner = factories.owner()
    one = factories.enterprise(name="Tidak Mau", owner=owner)
    mentor = factories.account(role=Role.MENTOR)
    factories.aid_case(one, asked_by=mentor, decided_by=mentor, state="usul")
    with transaction():
        db.session.get_one(Owner, owner.id).objected_on = local_today()

    rows = rows_of(officer_client.get(f"{LIST}/unduh"))

    assert len(rows) == 6
    assert "Tidak Mau" not in str(rows)
    noted = db.session.query(ReadEntry).filter_by(account_id=officer_client.account_id).one()
    assert noted.shown_count == 5


@pytest.mark.parametrize("role", [Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_others_take_no_list_along(as_role, aids, role):
    assert as_role(role).get(f"{LIST}/unduh").status_code == 403


def test_a_mentor_takes_along_only_the_own(mentor_client, aids):
    assert rows_of(mentor_client.get(f"{LIST}/unduh")) == []
