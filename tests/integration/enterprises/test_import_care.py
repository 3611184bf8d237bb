"""Imports that stopped go on from a page, and what nobody confirmed is forgotten."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.importing import writing
from app.enterprises.importing.parts import SLICE
from app.enterprises.models import ImportPart, ImportRun
from app.enterprises.services import imports as services
from app.history.models import HistoryEntry
from app.jobs import run_pending
from tests.cases import messy_sheets
from tests.integration.enterprises import imports as trial

FAULTY = trial.sheet(("Nama Usaha", "Nama Pemilik", "Desa"), ("Sari", "Siti", "Entah"))


@pytest.fixture(autouse=True)
def places(factories):
    factories.country()


@pytest.fixture
def account(officer_client):
    return SimpleNamespace(id=officer_client.account_id)


def text_of(client, run_id):
    return client.get(f"/impor/{run_id}").get_data(as_text=True)


def aged(run_id, age):
    """Let a run lie as if it had been brought in, checked and written that long ago."""
    then = utc_now() - age
    with transaction():
        run = db.session.get_one(ImportRun, run_id)
        run.created_at = then
        run.checked_at = run.checked_at and then
        run.finished_at = run.finished_at and then
        db.session.execute(
            sa.update(ImportPart)
            .where(ImportPart.run_id == run_id, ImportPart.applied_at.is_not(None))
            .values(applied_at=then)
        )


def half_written(account):
    """A run from the shell that was killed after its first slice, a while ago."""
    run_id = trial.checked(account, trial.long_list(SLICE + 200)).id
    with transaction():
        services.confirm_run(run=db.session.get_one(ImportRun, run_id), by=account.id)
    writing._write_next(run_id, None)
    aged(run_id, timedelta(minutes=5))
    return run_id


def test_a_shell_killed_while_writing_is_gone_on_with_from_the_page(officer_client, account):
    run_id = half_written(account)
    before = text_of(officer_client, run_id)

    answer = officer_client.post(f"/impor/{run_id}/lanjut")
    run_pending()

    assert "Lanjutkan" in before
    assert answer.status_code == 303
    assert trial.stored() == (SLICE + 200, SLICE + 200)
    assert trial.run_of(run_id).state == "done"
    assert "Lanjutkan" not in text_of(officer_client, run_id)


def test_a_shell_killed_while_checking_is_gone_on_with_or_dropped(officer_client, account):
    run_id = trial.started(account, messy_sheets.clean())
    aged(run_id, timedelta(minutes=5))
    page = text_of(officer_client, run_id)

    officer_client.post(f"/impor/{run_id}/lanjut")
    run_pending()

    assert "Lanjutkan" in page
    assert "Batalkan dan hapus berkas" in page
    assert trial.run_of(run_id).state == "checked"


def test_a_run_that_is_under_way_offers_nothing_to_resume(officer_client, account):
    from_shell = trial.started(account, messy_sheets.clean())
    resumed = trial.started(account, messy_sheets.clean())
    officer_client.post(f"/impor/{resumed}/lanjut")

    pages = [text_of(officer_client, run_id) for run_id in (from_shell, resumed)]

    assert [page for page in pages if "Lanjutkan" in page] == []


def test_resuming_twice_asks_for_one_job(officer_client, account):
    run_id = half_written(account)

    first = officer_client.post(f"/impor/{run_id}/lanjut")
    second = officer_client.post(f"/impor/{run_id}/lanjut")

    assert first.location == second.location


def test_what_waits_for_a_person_can_not_be_resumed(officer_client, account):
    run_id = trial.checked(account, messy_sheets.clean()).id

    assert officer_client.post(f"/impor/{run_id}/lanjut").status_code == 409


def test_another_office_and_mentors_resume_nothing(officer_client, account, mentor_client, as_role):
    run_id = half_written(account)
    other = as_role(Role.LABOUR_OFFICER, "33.03")

    assert other.post(f"/impor/{run_id}/lanjut").status_code == 404
    assert mentor_client.post(f"/impor/{run_id}/lanjut").status_code == 403
    assert trial.run_of(run_id).state == "applying"


@pytest.mark.parametrize("content", [messy_sheets.clean(), messy_sheets.picture()])
def test_a_file_that_nobody_confirmed_is_forgotten_at_the_next_upload(
    officer_client, account, content
):
    run_id = trial.checked(account, content).id
    aged(run_id, timedelta(days=31))

    trial.started(account, messy_sheets.clean())

    assert officer_client.get(f"/impor/{run_id}").status_code == 404
    assert db.session.scalars(sa.select(ImportPart).where(ImportPart.run_id == run_id)).all() == []
    told = db.session.scalars(sa.select(HistoryEntry).where(HistoryEntry.subject_id == run_id))
    assert [(row.action, row.note) for row in told] == [("import.forgotten", "daftar.xlsx")]


def test_a_file_is_kept_for_thirty_days(officer_client, account):
    run_id = trial.checked(account, messy_sheets.clean()).id
    aged(run_id, timedelta(days=29))

    trial.started(account, messy_sheets.clean())

    assert officer_client.get(f"/impor/{run_id}").status_code == 200


def test_of_a_written_import_only_the_rows_are_forgotten(officer_client, account, app):
    run_id = trial.imported(account, FAULTY).id
    aged(run_id, timedelta(days=31))
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["enterprises", "forget-imports"])

    page = text_of(officer_client, run_id)
    assert result.exit_code == 0
    assert list(importing.items_of(run_id, importing.BAD_ROWS)) == []
    assert "sudah dihapus, karena hanya disimpan 30 hari" in page
    assert trial.run_of(run_id).faulty_count == 1


def test_a_run_that_stopped_half_way_is_never_forgotten(officer_client, account):
    run_id = half_written(account)
    aged(run_id, timedelta(days=60))

    trial.started(account, messy_sheets.clean())

    assert "Lanjutkan" in text_of(officer_client, run_id)
