"""Reports of mentors: the months of their own pages, side by side."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import Account, Membership
from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
from app.history.models import ReadEntry
from app.history.rules import unpack
from app.mentoring.queries.reports import report_page
from app.mentoring.rules.monthly import Month
from app.reports.models import OfficeReport
from app.reports.rules.period import span_named
from tests.integration.dashboard.conftest import visit
from tests.pdf_text import pdf_text


@pytest.fixture
def office(factories, officer_client):
    """A mentor of Banyumas who met two enterprises twice, one of them in two months."""
    person = factories.account(role=Role.MENTOR, name="Pendamping Ana")
    factories.mentor(person=person)
    makan, jahit = (factories.enterprise(name=name, mentor=person) for name in ("makan", "jahit"))
    ids = {"makan": makan.id, "jahit": jahit.id, "mentor": person.id, "owner": jahit.owner_id}
    quarter = _last_quarter()
    first, second, _ = span_named(quarter, today=local_today()).months
    visit(ids["makan"], ids["mentor"], first.first)
    visit(ids["makan"], ids["mentor"], second.first)
    visit(ids["jahit"], ids["mentor"], second.last)
    visit(ids["jahit"], ids["mentor"], second.last, outcome="tidak_bisa_dikunjungi")
    return {**ids, "quarter": quarter, "client": officer_client}


def _last_quarter() -> str:
    today = local_today()
    year, number = today.year, (today.month + 2) // 3 - 1
    return f"{year}-T{number}" if number else f"{year - 1}-T4"


def rows_in(sheet):
    """The numbers of a sheet by the word of their row."""
    return {row[0]: row[1:] for row in sheet if row[0]}


def test_each_month_is_that_of_its_page_and_the_quarter_their_sum(office, ask, fetch):
    client = office["client"]
    location = ask(client, "/laporan/pendamping", mentor=office["mentor"], span=office["quarter"])

    made = fetch(client, location)

    scope = Scope(account_id=client.account_id, areas=("33.02",))
    months = span_named(office["quarter"], today=local_today()).months
    pages = [report_page(scope, office["mentor"], month) for month in months]
    told = {**rows_in(made.sheets["Kunjungan"]), **rows_in(made.sheets["Janji"])}
    for place, page in enumerate(pages):
        for group in page.groups[:2]:
            for figure in (one for one in group.figures if not one.unit):
                assert told[figure.label][place] == figure.value, figure.label
    assert told["Kunjungan"][:4] == [1, 3, 0, 4]
    # One enterprise in both months is one enterprise.
    assert told["Usaha yang dikunjungi"][:4] == [1, 2, 0, 2]
    assert rows_in(made.sheets["Hasil"])["Usaha naik kelas kesehatan"][3] is None


def test_visits_are_named_only_when_asked_for_and_allowed(office, ask, fetch):
    client, words = office["client"], {"mentor": office["mentor"], "span": office["quarter"]}
    with transaction():
        db.session.get_one(Owner, office["owner"]).restricted_on = local_today()

    plain = fetch(client, ask(client, "/laporan/pendamping", **words))
    named = fetch(client, ask(client, "/laporan/pendamping", **words, with_names="y"))

    assert "Daftar kunjungan" not in plain.sheets
    listed = [row[1] for row in named.sheets["Daftar kunjungan"] if row[1]]
    assert listed.count("makan") == 2
    assert "jahit" not in listed
    assert "2 kunjungan lain tidak disebut" in repr(named.sheets["Daftar kunjungan"])
    noted = db.session.scalars(sa.select(ReadEntry).where(ReadEntry.kind == "export")).all()
    assert [unpack(one.enterprises) for one in noted] == [(), (office["makan"],)]


def test_a_mentor_of_elsewhere_can_not_be_chosen(office, factories):
    stranger = factories.account(role=Role.MENTOR, area="35.07")
    factories.mentor(person=stranger, village_code="35.07.10.2003")
    words = {"span": office["quarter"], "kind": "pdf", "mentor": str(stranger.id)}

    answer = office["client"].post("/laporan/pendamping", data=words)

    assert answer.status_code == 422
    assert db.session.scalars(sa.select(OfficeReport)).all() == []


def test_a_month_alone_has_no_column_of_a_quarter(office, ask, fetch):
    month = Month(first=date.fromisoformat(f"{local_today():%Y-%m}-01"))

    made = fetch(
        office["client"],
        ask(office["client"], "/laporan/pendamping", mentor=office["mentor"], span=month.code),
    )

    headings = next(row for row in made.sheets["Kunjungan"] if row[0] == "Ukuran")
    assert [word for word in headings if word] == ["Ukuran", month.label]


def test_the_page_opened_for_a_mentor_has_them_chosen(office):
    page = office["client"].get(f"/laporan/pendamping?pendamping={office['mentor']}").text

    assert f'selected value="{office["mentor"]}"' in page
    assert office["client"].get("/laporan/pendamping?pendamping=x").status_code == 200


def test_a_mentor_has_the_own_quarter_made_as_the_office_would(office, as_role, ask, fetch):
    person = db.session.get_one(Account, office["mentor"])
    client = as_role(Role.MENTOR, account=person)
    words = {"span": office["quarter"], "with_names": "y"}

    page = client.get("/laporan/saya").text
    location = ask(client, "/laporan/saya", **words)
    made = fetch(client, location)
    theirs = fetch(
        office["client"],
        ask(office["client"], "/laporan/pendamping", mentor=office["mentor"], **words),
    )

    assert "Triwulan" in page
    assert "/laporan/saya" in client.get("/laporan-saya").text
    for name in ("Kunjungan", "Janji", "Hasil"):
        assert made.sheets[name] == theirs.sheets[name]
    assert {row[1] for row in made.sheets["Daftar kunjungan"]} >= {"makan", "jahit"}
    assert "Kabupaten Banyumas" in pdf_text(made.pdf)
    assert location in client.get("/laporan/saya").text
    assert office["client"].get(location).status_code == 404


def test_a_mentor_asks_for_nobody_elses_quarter(office, as_role, factories):
    other = as_role(Role.MENTOR)
    factories.mentor(person=db.session.get_one(Account, other.account_id))
    words = {"span": office["quarter"], "kind": "pdf", "mentor": office["mentor"]}

    asked = other.post("/laporan/saya", data=words)

    row = db.session.scalars(sa.select(OfficeReport)).one()
    assert asked.status_code == 303
    assert row.mentor_id == other.account_id
    assert other.post("/laporan/pendamping", data=words).status_code == 403
    assert other.post("/laporan", data=words | {"area": "33.02"}).status_code == 403


def test_who_mentors_no_more_fetches_no_quarter(office, as_role, ask):
    person = db.session.get_one(Account, office["mentor"])
    client = as_role(Role.MENTOR, account=person)
    location = ask(client, "/laporan/saya", span=office["quarter"])
    with transaction():
        db.session.execute(
            sa.update(Membership)
            .where(Membership.account_id == office["mentor"])
            .values(role=Role.VILLAGE_OFFICER)
        )

    assert client.get(location).status_code == 404
    assert client.get(f"{location}/berkas.pdf").status_code == 404


@pytest.mark.parametrize(
    "role", [Role.VILLAGE_OFFICER, Role.LABOUR_OFFICER, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER]
)
def test_only_mentors_have_an_own_quarter(as_role, role):
    assert as_role(role).get("/laporan/saya").status_code == 403
