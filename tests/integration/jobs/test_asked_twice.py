"""A form that is sent twice asks for long work once; who may not ask learns nothing."""

from __future__ import annotations

import io
from importlib import import_module

import pytest
from sqlalchemy import func, select

from app.core.permissions import Role
from app.db import db
from app.enterprises.models import ImportRun
from app.enterprises.models.exports import RegisterExport
from app.health.models import InstrumentTrial
from app.interventions.models import EffectReport
from app.jobs import run_pending
from app.jobs.models import JobRun
from app.mentoring.models import AssignmentProposal

# What is asked for, with what, and the table whose rows belong to it.
FORMS: dict[str, tuple[str, dict[str, str], type | None]] = {
    "doubles": ("/mutu/cari", {}, None),
    "doubts": ("/mutu/periksa/mulai", {}, None),
    "benefit": ("/terapi/manfaat/hitung", {"wilayah": "33.02"}, EffectReport),
    "proposal": ("/penugasan/usulan", {"wilayah": "33.02"}, AssignmentProposal),
    "list": ("/usaha/unduh?kelas=sakit", {}, RegisterExport),
    "list behind a number": ("/dasbor/usaha?wilayah=33.02", {}, RegisterExport),
}


@pytest.fixture(autouse=True)
def long_lists(factories, monkeypatch):
    """Lists of three enterprises are long enough for the background."""
    for routes in ("app.enterprises.routes.exports", "app.dashboard.routes"):
        monkeypatch.setattr(import_module(routes), "AT_ONCE", 1)
    for _ in range(3):
        factories.sick_enterprise()


def rows_of(table: type | None) -> int:
    return 1 if table is None else db.session.scalar(select(func.count()).select_from(table))


def job_count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(JobRun))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_leads_to_the_same_work(officer_client, name):
    address, fields, table = FORMS[name]

    first = officer_client.post(address, data=fields)
    second = officer_client.post(address, data=fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    assert (job_count(), rows_of(table)) == (1, 1)
    assert run_pending() == 1
    again = officer_client.post(address, data=fields)
    assert again.location not in (None, first.location)
    assert job_count() == 2


@pytest.mark.parametrize("name", ["doubles", "doubts", "benefit", "proposal"])
def test_another_officer_of_the_area_is_led_to_the_work_that_goes_on(as_role, name):
    address, fields, _ = FORMS[name]
    first = as_role(Role.LABOUR_OFFICER).post(address, data=fields)
    other = as_role(Role.LABOUR_OFFICER)

    second = other.post(address, data=fields)

    assert second.location == first.location
    assert other.get(second.location).status_code == 200
    assert job_count() == 1


@pytest.mark.parametrize("name", ["doubles", "doubts"])
def test_an_officer_elsewhere_has_work_of_their_own(as_role, name):
    address, fields, _ = FORMS[name]
    first = as_role(Role.LABOUR_OFFICER).post(address, data=fields)
    other = as_role(Role.LABOUR_OFFICER, area="32.04")

    second = other.post(address, data=fields)

    assert second.location != first.location
    assert other.get(first.location).status_code == 404
    assert job_count() == 2


def test_work_of_another_area_is_refused_like_an_unknown_area(as_role):
    address, fields, _ = FORMS["proposal"]
    as_role(Role.LABOUR_OFFICER).post(address, data=fields)
    other = as_role(Role.LABOUR_OFFICER, area="32.04")

    answers = [other.post(address, data={"wilayah": code}) for code in ("33.02", "99.99")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert job_count() == 1


def test_lists_with_other_conditions_are_work_of_their_own(officer_client):
    officer_client.post("/usaha/unduh?kelas=sakit")
    officer_client.post("/usaha/unduh?wilayah=33.02")

    assert (job_count(), rows_of(RegisterExport)) == (2, 2)


def test_a_file_sent_twice_is_imported_once(officer_client):
    def send(content: bytes) -> str:
        sheet = (io.BytesIO(content), "usaha.csv")
        return officer_client.post("/impor", data={"file": sheet}).location

    one = b"Nama usaha,Nama pemilik,Desa\nKeripik,Siti,Losari\n"
    first, second, other = send(one), send(one), send(one + b"Tempe,Budi,Losari\n")

    assert second == first
    assert other != first
    assert (job_count(), rows_of(ImportRun)) == (2, 2)


def test_a_draft_tried_twice_is_computed_once(admin_client):
    draft = admin_client.post("/instrumen", data={"note": "Rancangan"}).location
    first, second = (admin_client.post(f"{draft}/coba") for _ in range(2))

    assert second.location == first.location
    assert (job_count(), rows_of(InstrumentTrial)) == (1, 1)
