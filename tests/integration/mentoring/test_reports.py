"""Monthly reports: figures that are their lists, expenses, handing in, deciding; who may not."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import UUID

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.errors import NotAllowed, WrongState
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.history.models import HistoryEntry, ReadEntry
from app.mentoring.models import Expense, MonthlyReport
from app.mentoring.queries.reports import report_page, report_rows
from app.mentoring.rules.monthly import LIST_LABELS, month_of
from app.mentoring.services import accept_visits, decide_report, submit_report

TODAY = local_today()
MONTH = month_of(TODAY)
BANYUMAS = Scope(account_id=None, areas=("33.02",))


@pytest.fixture
def ani(factories, mentor_client) -> UUID:
    """The mentor who is logged in."""
    person = db.session.get_one(Account, mentor_client.account_id)
    return factories.mentor(person=person).account_id


def page_of(mentor_id: UUID) -> str:
    return f"/laporan-bulanan/{mentor_id}/{MONTH.code}"


def proof() -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "JPEG")
    stream.seek(0)
    return stream, "nota.jpg"


def spend(client, **values):
    known = {
        "spent_on": f"{TODAY:%d/%m/%Y}",
        "kind": "transport",
        "what": "Bensin ke Losari",
        "amount": "25.000",
        "no_proof_reason": "Ojek tidak memberi nota",
    }
    return client.post("/pengeluaran/baru", data={**known, **values})


def figures(scope: Scope, mentor_id: UUID, month=MONTH) -> dict[str, tuple[int, str]]:
    page = report_page(scope, mentor_id, month)
    return {one.label: (one.value, one.unit) for group in page.groups for one in group.figures}


def own_scope(mentor_id: UUID) -> Scope:
    return Scope(account_id=mentor_id, mentor_account_id=mentor_id)


def test_the_month_writes_itself_from_what_was_done(factories, ani, mentor_client):
    row = factories.enterprise()
    key = row.id
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.visit(row, ani, duration_minutes=50)
    factories.visit(db.session.get_one(Enterprise, key), ani)
    factories.visit(
        db.session.get_one(Enterprise, key), ani, outcome="minta_imbalan", reason="Minta uang",
        place_kind=None, met_with=None, findings=None,
    )  # fmt: skip
    spend(mentor_client)

    found = figures(own_scope(ani), ani)

    assert found["Kunjungan"] == (3, "")
    assert found["Bertemu pemilik atau keluarga"] == (2, "")
    assert found["Minta imbalan"] == (1, "")
    assert found["Tidak bisa dikunjungi"] == (0, "")
    assert found["Lama bertemu"] == (50, "menit")
    assert found["Usaha yang dikunjungi"] == (1, "")
    assert found["Pengeluaran"] == (25_000, "rupiah")
    assert found["Pengeluaran tanpa foto bukti"] == (25_000, "rupiah")


def test_every_figure_is_the_length_or_sum_of_its_list(factories, ani, mentor_client):
    row = factories.enterprise()
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.promise(row, ani, due_on=TODAY)
    factories.visit(db.session.get_one(Enterprise, row.id), ani, duration_minutes=30)
    spend(mentor_client)

    for scope in (own_scope(ani), BANYUMAS):
        page = report_page(scope, ani, MONTH)
        for one in (figure for group in page.groups for figure in group.figures):
            rows = report_rows(scope, ani, MONTH, one.name)
            wanted = sum(row.number or 0 for row in rows) if one.unit else len(rows)
            assert one.value == wanted, one.label


@pytest.mark.parametrize("name", sorted(LIST_LABELS))
def test_every_list_opens_for_mentor_and_officer(ani, mentor_client, officer_client, name):
    assert mentor_client.get(f"{page_of(ani)}/{name}").status_code == 200
    assert officer_client.get(f"{page_of(ani)}/{name}").status_code == 200


def test_what_an_officer_accepted_is_counted(factories, ani):
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    row = factories.enterprise()
    factories.assigned(ani, row)
    visit_id = factories.visit(row, ani).id

    with transaction():
        accept_visits(scope=everywhere(), visit_ids=[visit_id], by=officer)

    assert figures(BANYUMAS, ani)["Sudah diterima petugas"] == (1, "")


def test_an_enterprise_that_moved_up_counts_for_the_mentor_who_has_it(factories, ani):
    row, past = factories.enterprise(), MONTH.before
    key = row.id
    factories.assigned(ani, row, from_on=past.first)
    for day, health_class in (
        (past.first - timedelta(days=10), "sakit"),
        (past.first + timedelta(days=5), "sehat"),
    ):
        factories.assessment(
            enterprise=db.session.get_one(Enterprise, key),
            health_class=health_class,
            assessed_on=day,
        )

    found = figures(BANYUMAS, ani, past)

    assert found["Usaha naik kelas kesehatan"] == (1, "")
    assert found["Usaha turun kelas kesehatan"] == (0, "")
    assert figures(BANYUMAS, ani)["Usaha naik kelas kesehatan"] == (0, "")


def test_an_expense_needs_a_photo_or_a_reason(ani, mentor_client):
    bare = spend(mentor_client, no_proof_reason="")
    proven = spend(mentor_client, no_proof_reason="", photo=proof())

    assert bare.status_code == 422
    assert "tulis mengapa tidak ada bukti" in bare.text
    assert proven.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Expense.photo_id)).one() is not None


def test_the_proof_is_seen_by_mentor_and_officer_and_nobody_else(
    ani, mentor_client, officer_client, as_role, factories
):
    spend(mentor_client, photo=proof())
    db.session.rollback()
    expense_id = db.session.scalars(select(Expense.id)).one()
    path = f"/pengeluaran/{expense_id}/bukti"
    other = as_role(Role.MENTOR)
    factories.mentor(person=db.session.get_one(Account, other.account_id))

    asked = {
        "own": (mentor_client, path),
        "officer": (officer_client, path),
        "other": (other, path),
        "elsewhere": (as_role(Role.LABOUR_OFFICER, "52.03"), path),
        "unknown": (officer_client, f"/pengeluaran/{new_id()}/bukti"),
        "village": (as_role(Role.VILLAGE_OFFICER), path),
    }
    answers = {}
    for who, (client, address) in asked.items():
        with client.get(address) as answer:
            answers[who] = answer.status_code

    assert answers == {
        "own": 200, "officer": 200, "other": 404, "elsewhere": 404, "unknown": 404, "village": 403,
    }  # fmt: skip


def test_only_the_spender_takes_an_expense_out(ani, mentor_client, as_role, factories):
    spend(mentor_client)
    db.session.rollback()
    expense_id = db.session.scalars(select(Expense.id)).one()
    other = as_role(Role.MENTOR)
    factories.mentor(person=db.session.get_one(Account, other.account_id))

    foreign = other.post(f"/pengeluaran/{expense_id}/hapus")
    own = mentor_client.post(f"/pengeluaran/{expense_id}/hapus")

    assert (foreign.status_code, own.status_code) == (404, 303)
    db.session.rollback()
    assert db.session.scalars(select(Expense)).all() == []
    assert "expense.removed" in set(db.session.scalars(select(HistoryEntry.action)))


def test_a_month_is_handed_in_returned_and_handed_in_again(
    ani, mentor_client, officer_client, factories
):
    handed_in = mentor_client.post(f"{page_of(ani)}/ajukan", data={"note": "Lengkap"})
    locked = spend(mentor_client)
    bare = officer_client.post(f"{page_of(ani)}/putuskan", data={"putusan": "kembalikan"})
    officer_client.post(
        f"{page_of(ani)}/putuskan", data={"putusan": "kembalikan", "note": "Bukti kurang"}
    )
    today = mentor_client.get("/hari-ini").text
    spent = spend(mentor_client)
    mentor_client.post(f"{page_of(ani)}/ajukan", data={})
    officer_client.post(f"{page_of(ani)}/putuskan", data={"putusan": "terima"})

    assert handed_in.status_code == 303
    assert locked.status_code == 409
    assert bare.status_code == 422
    assert "Bukti kurang" in today
    assert spent.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(MonthlyReport.state)).one() == "diterima"
    assert spend(mentor_client).status_code == 409


def test_figures_of_a_month_that_was_handed_in_stay(factories, ani):
    row = factories.enterprise()
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.visit(row, ani)
    with transaction():
        submit_report(by=ani, month=MONTH, note=None)

    factories.visit(db.session.get_one(Enterprise, row.id), ani)

    assert figures(own_scope(ani), ani)["Kunjungan"] == (1, "")


def test_nobody_hands_in_or_decides_for_somebody_else(ani, as_role, factories, officer_client):
    other = as_role(Role.MENTOR)
    factories.mentor(person=db.session.get_one(Account, other.account_id))
    with transaction():
        submit_report(by=ani, month=MONTH, note=None)
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")
    decide = {"putusan": "terima"}

    assert other.get(page_of(ani)).status_code == 404
    assert other.post(f"{page_of(ani)}/ajukan", data={}).status_code == 404
    assert other.post(f"{page_of(ani)}/putuskan", data=decide).status_code == 403
    assert stranger.get(page_of(ani)).status_code == 404
    assert stranger.post(f"{page_of(ani)}/putuskan", data=decide).status_code == 404
    assert officer_client.post(f"{page_of(ani)}/ajukan", data={}).status_code == 403
    with pytest.raises(NotAllowed), transaction():
        decide_report(
            scope=everywhere(), mentor_id=ani, month=MONTH, is_accepted=True, note=None, by=ani
        )


def test_the_desk_counts_what_was_handed_in_and_leads_to_it(
    ani, officer_client, as_role, factories
):
    row = factories.enterprise()
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.visit(row, ani)
    with transaction():
        submit_report(by=ani, month=MONTH, note=None)
    waiting, number = "/laporan-bulanan/menunggu", r'href="{}"><span[^>]*>{}</span>'

    desk = officer_client.get("/daftar-kerja").text
    page = officer_client.get(waiting).text
    elsewhere = as_role(Role.LABOUR_OFFICER, "52.03")

    assert re.search(number.format(waiting, 1), desk)
    assert f'href="{page_of(ani)}"' in page
    assert re.search(number.format("/pemeriksaan-kunjungan", 1), desk)
    assert re.search(number.format(waiting, 0), elsewhere.get("/daftar-kerja").text)
    assert page_of(ani) not in elsewhere.get(waiting).text
    officer_client.post(f"{page_of(ani)}/putuskan", data={"putusan": "terima"})
    assert page_of(ani) not in officer_client.get(waiting).text


def test_a_month_is_decided_once(ani, factories):
    officer = factories.account(role=Role.LABOUR_OFFICER).id
    with transaction():
        submit_report(by=ani, month=MONTH, note=None)
    decide = {"scope": everywhere(), "mentor_id": ani, "month": MONTH, "note": None, "by": officer}
    with transaction():
        decide_report(is_accepted=True, **decide)

    with pytest.raises(WrongState), transaction():
        decide_report(is_accepted=True, **decide)


def test_an_officer_sees_only_what_lies_in_their_area(factories, ani, as_role):
    factories.village_rows("52.03.01.2001")
    here, there = factories.enterprise(), factories.enterprise(village_code="52.03.01.2001")
    factories.assigned(ani, here, there, from_on=MONTH.first)
    for row in (here, there):
        factories.visit(db.session.get_one(Enterprise, row.id), ani)

    assert figures(BANYUMAS, ani)["Kunjungan"] == (1, "")
    assert figures(own_scope(ani), ani)["Kunjungan"] == (2, "")


def test_the_name_of_an_enterprise_that_moved_on_is_not_told(factories, ani, mentor_client):
    row = factories.enterprise(name="Usaha Rahasia")
    key = row.id
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.visit(row, ani)
    budi = factories.mentor().account_id
    factories.assigned(budi, db.session.get_one(Enterprise, key))

    page = mentor_client.get(f"{page_of(ani)}/kunjungan").text

    assert "Usaha Rahasia" not in page
    assert "sudah pindah pendamping" in page


def test_the_workbook_says_what_the_page_says(factories, ani, mentor_client, officer_client):
    row = factories.enterprise(name="=1+1 Keripik")
    factories.assigned(ani, row, from_on=MONTH.first)
    factories.visit(row, ani, duration_minutes=40)
    spend(mentor_client)

    answer = officer_client.post(f"{page_of(ani)}/unduh", data={"bentuk": "xlsx"})

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    told = {line[0].value: line[1].value for line in book["Ringkasan"].iter_rows()}
    shown = {
        one.label: one.value
        for group in report_page(BANYUMAS, ani, MONTH).groups
        for one in group.figures
    }
    assert {label: told[label] for label in shown if label != "Pengeluaran"} == {
        label: value for label, value in shown.items() if label != "Pengeluaran"
    }
    visit = [cell.value for cell in book["Kunjungan"][2]]
    assert visit[1:] == ["=1+1 Keripik", "Bertemu", 40]
    assert book["Kunjungan"]["B2"].data_type == "s"
    assert book["Pengeluaran"]["D2"].value == 25_000


def test_the_printed_sheet_is_a_pdf_and_taking_it_is_noted(ani, mentor_client, officer_client):
    spend(mentor_client)

    answer = officer_client.post(f"{page_of(ani)}/unduh", data={"bentuk": "pdf"})

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    db.session.rollback()
    taken = db.session.scalars(select(ReadEntry).where(ReadEntry.kind == "export")).one()
    assert (taken.subject_type, taken.subject_id) == ("mentor_report", ani)


def test_the_list_of_a_month_shows_every_mentor(ani, officer_client, as_role):
    with transaction():
        submit_report(by=ani, month=MONTH, note=None)

    page = officer_client.get("/laporan-bulanan", query_string={"bulan": MONTH.code}).text

    assert "Diajukan, menunggu diperiksa" in page
    assert as_role(Role.MENTOR).get("/laporan-bulanan").status_code == 403
    assert as_role(Role.VILLAGE_OFFICER).get("/laporan-bulanan").status_code == 403


def test_an_unknown_month_or_list_is_not_found(ani, officer_client):
    assert officer_client.get(f"/laporan-bulanan/{ani}/2026-13").status_code == 422
    assert officer_client.get(f"{page_of(ani)}/apa-saja").status_code == 404
