"""What is told about operations on the command line, and that a broken log is found."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import delete, update

from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.field.models import InboxItem, SyncOperation
from app.mentoring.models import Promise, Visit, VisitCheck


@pytest.fixture
def told(app):
    def invoke(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["sync", *arguments])

    return invoke


@pytest.fixture
def operations(factories, phone_of):
    mentor = factories.mentor().account_id
    own, foreign = factories.enterprise(), factories.enterprise()
    keys = own.id, foreign.id
    factories.assigned(mentor, own, from_on=local_today() - timedelta(days=60))
    factories.assigned(factories.mentor().account_id, foreign)
    phone = phone_of(mentor)
    sent = [factories.visit_operation(key) for key in keys]
    assert [one["status"] for one in phone.results(*sent)] == ["ok", "review"]
    return sent


def test_the_export_names_ids_and_states_and_nothing_that_was_said(told, operations):
    text, lines = told("export-ops"), told("export-ops", "--json")

    rows = list(csv.DictReader(StringIO(text.stdout)))
    assert [one["op_id"] for one in rows] == [one["op_id"] for one in operations]
    assert [one["record_id"] for one in rows] == [one["record_id"] for one in operations]
    assert [(one["status"], one["server_n"]) for one in rows] == [("ok", "1"), ("review", "2")]
    assert json.loads(lines.stdout.splitlines()[0])["device_id"] == rows[0]["device_id"]
    assert "buku kas" not in text.stdout + lines.stdout


def test_a_whole_log_is_called_good(told, operations):
    done, as_json = told("verify"), told("verify", "--json")

    assert done.exit_code == 0, done.output
    assert "BERMASALAH" not in done.output
    assert json.loads(as_json.stdout)["totals"] == {"ok": 1, "review": 1}


@pytest.mark.parametrize(
    ("flaw", "name"),
    [
        ("visit", "Kunjungan yang tercatat ada"),
        ("item", "Yang menunggu orang ada di kotak masuk"),
        ("payload", "Yang menunggu masih lengkap"),
        ("number", "Nomor server tanpa lubang"),
    ],
)
def test_what_is_broken_is_named(told, operations, flaw, name):
    with transaction() as session:
        if flaw == "visit":
            for table in (VisitCheck, Promise, Visit):
                session.execute(delete(table))
        elif flaw == "item":
            session.execute(delete(InboxItem))
        elif flaw == "payload":
            session.execute(update(SyncOperation).values(payload_sealed=None))
        else:
            session.execute(update(SyncOperation).values(server_n=SyncOperation.server_n + 5))

    done = told("verify")

    assert done.exit_code == 1
    assert f"{name}: BERMASALAH" in done.output
