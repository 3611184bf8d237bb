"""The same import from the shell, and that a kill in the middle costs nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.importing import writing
from app.enterprises.importing.parts import SLICE
from app.enterprises.models import Enterprise, ImportRun
from app.enterprises.services import imports as services
from tests.cases import messy_sheets
from tests.integration.enterprises import imports as trial

ROOT = Path(__file__).parents[3]
LONG = 5_000


@pytest.fixture
def officer(factories):
    factories.country()
    return factories.account(
        role=Role.LABOUR_OFFICER, area="33.02", email="petugas@contoh.test", phone="+6281200000001"
    )


@pytest.fixture
def run(app, tmp_path):
    def run_command(content, *options, name="daftar.xlsx", login="petugas@contoh.test"):
        file = tmp_path / name
        file.write_bytes(content)
        arguments = ["enterprises", "import", str(file), "--as", login, *options]
        db.session.rollback()
        return app.test_cli_runner().invoke(args=arguments)

    return run_command


def test_the_report_has_the_published_shape(officer, run):
    result = run(messy_sheets.titles_above_and_total_below(), "--json", "--check-only")

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["sheets"] == [
        {
            "name": "Rekap 2026",
            "header_rows": [4],
            "columns": {
                "name": "Nama Usaha",
                "owner_name": "Nama Pemilik",
                "nik": "NIK",
                "phone": "No HP",
                "village": "Desa",
                "district": "Kecamatan",
                "monthly_sales": "Omset/bln",
            },
            "unknown": ["No"],
        }
    ]
    assert report["counts"] == {"new": 2, "changed": 0, "same": 0, "faulty": 0, "skipped": 8}
    first = report["problems"][0]
    assert {"sheet", "row", "column", "code", "value", "message"} <= set(first)
    assert sum(problem["level"] == "skip" for problem in report["problems"]) == 8


def test_check_only_stores_nothing(officer, run):
    run(messy_sheets.clean(), "--check-only")

    assert trial.stored() == (0, 0)


def test_without_check_only_the_rows_are_registered(officer, run):
    first = run(messy_sheets.clean(), "--json")
    second = run(messy_sheets.clean(), "--json", login="0812-0000-0001")
    third = run(messy_sheets.clean(), "--json", login=str(officer.id))

    assert json.loads(first.stdout)["counts"]["new"] == 3
    assert json.loads(second.stdout)["counts"]["same"] == 3
    assert third.exit_code == 0
    assert trial.stored() == (3, 3)


def test_one_sheet_can_be_asked_for_even_a_hidden_one(officer, run):
    result = run(messy_sheets.several_sheets(), "--json", "--sheet", "Lama")

    assert [sheet["name"] for sheet in json.loads(result.stdout)["sheets"]] == ["Lama"]


def test_a_sheet_that_was_not_understood_is_told_of_too(officer, run):
    content = messy_sheets.workbook(
        ("Catatan", [("Halo",), ("Dunia",)]),
        ("Data", [("Nama Usaha", "Nama Pemilik", "Desa"), ("Sari", "Siti", "Losari")]),
    )

    report = json.loads(run(content, "--json", "--check-only").stdout)

    assert [sheet["name"] for sheet in report["sheets"]] == ["Catatan", "Data"]
    assert report["sheets"][0] == {
        "name": "Catatan", "header_rows": [], "columns": {}, "unknown": []
    }  # fmt: skip
    assert report["counts"]["new"] == 1


def test_a_refused_file_tells_of_the_sheets_that_were_looked_at(officer, run):
    report = json.loads(run(trial.sheet(("Halo",), ("Dunia",)), "--json").stdout)

    assert [sheet["name"] for sheet in report["sheets"]] == ["Data"]


def test_a_list_of_headers_alone_is_remarked(officer, run):
    result = run(b"Nama Usaha;Nama Pemilik;Desa\n", "--json", name="kosong.csv")

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["counts"] == dict.fromkeys(report["counts"], 0)
    assert [problem["code"] for problem in report["problems"]] == ["sheet_without_rows"]


def test_a_file_that_is_too_large_is_not_read_to_its_end(officer, app, tmp_path):
    file = tmp_path / "besar.csv"
    with file.open("wb") as stream:
        stream.truncate(50 * 1024**3)

    arguments = ["enterprises", "import", str(file), "--as", "petugas@contoh.test", "--json"]
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=arguments)

    assert result.exit_code == 2
    assert json.loads(result.stdout)["refused"]["code"] == "file_too_large"


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (messy_sheets.picture(), (), "file_not_a_sheet"),
        (messy_sheets.doubled_header(), (), "header_doubled"),
        (messy_sheets.clean(), ("--sheet", "Tidak ada"), "sheet_unknown"),
        (trial.sheet(("Halo",), ("Dunia",)), (), "header_not_found"),
    ],
)
def test_a_file_refused_as_a_whole_ends_with_status_2(officer, run, content, options, code):
    result = run(content, "--json", *options)

    assert result.exit_code == 2
    assert json.loads(result.stdout)["refused"]["code"] == code
    assert result.stderr.strip()


def test_an_unknown_account_is_refused(officer, run):
    assert run(messy_sheets.clean(), "--json", login="siapa@contoh.test").exit_code == 2


def test_an_account_that_may_not_import_is_refused(officer, run, factories):
    mentor = factories.account(role=Role.MENTOR, area="33.02")

    result = run(messy_sheets.clean(), "--json", login=mentor.email)

    assert result.exit_code == 2
    assert trial.stored() == (0, 0)


def test_killed_in_the_middle_it_is_finished_by_running_it_again(officer, run, app, tmp_path):
    content = trial.long_list(LONG)
    file = tmp_path / "panjang.xlsx"
    file.write_bytes(content)
    db.session.rollback()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.enterprises.import_process", str(file)],
        cwd=ROOT,
        env={
            **os.environ,
            "TRIAL_DATABASE": app.config["SQLALCHEMY_DATABASE_URI"],
            "TRIAL_FOLDER": app.config["PULIH_FOLDER"],
        },
        start_new_session=True,
    )
    _wait_for_rows(process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    killed_at = trial.stored()
    run_id = db.session.scalars(sa.select(ImportRun.id)).one()

    again = run(content, "--json", name="panjang.xlsx")

    assert 0 < killed_at[1] < LONG
    assert killed_at[1] % SLICE == 0
    assert json.loads(again.stdout)["counts"] == {
        "new": LONG - killed_at[1], "changed": 0, "same": killed_at[1], "faulty": 0, "skipped": 0
    }  # fmt: skip
    assert trial.stored() == (LONG, LONG)
    assert trial.run_of(run_id).state == "applying"


def test_a_killed_run_resumes_where_it_stood(officer, app, tmp_path):
    run_id = trial.checked(officer, trial.long_list(1_200)).id
    _confirm(officer, run_id)
    writing._write_next(run_id, None)
    first = trial.stored()

    importing.write_run(run_id)
    importing.write_run(run_id)

    assert first == (SLICE, SLICE)
    assert trial.stored() == (1_200, 1_200)
    assert trial.run_of(run_id).applied_count == 1_200


def _confirm(officer, run_id):
    with transaction():
        services.confirm_run(run=db.session.get_one(ImportRun, run_id), by=officer.id)


def _wait_for_rows(process):
    statement = sa.select(sa.func.count()).select_from(Enterprise)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        db.session.rollback()
        if db.session.execute(statement).scalar_one() >= SLICE:
            return
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    raise AssertionError("nothing was written")
