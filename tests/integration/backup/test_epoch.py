"""After a restore phones send again what they keep: nothing is lost, nothing counts twice."""

from __future__ import annotations

import os
from datetime import timedelta

import time_machine

from app.core.clock import local_today, utc_now
from app.db import db
from app.field.models import SyncEpoch, SyncOperation
from app.field.queries.op_log import operation_checks
from app.mentoring.models import Visit
from tests.integration.backup.test_backup import backed_up, run
from tests.integration.field.phones import Phone

# 500 by `sh scripts/torture epoch`.
OPERATIONS = int(os.environ.get("PULIH_REHEARSED_OPERATIONS", "100"))


def on(app, token, device_id, account_id):
    """The same phone, at a server."""
    client = app.test_client()
    client.set_cookie("pulih_ponsel", token)
    return Phone(client, device_id, account_id)


def sent(phone, operations, **around):
    """The statuses of operations that are sent in batches."""
    found = []
    for start in range(0, len(operations), 50):
        found += [one["status"] for one in phone.results(*operations[start : start + 50], **around)]
    return found


def test_phones_bring_back_what_a_restored_server_has_forgotten(
    app, factories, elsewhere, tmp_path
):
    mentor = factories.mentor().account_id
    enterprises = [factories.enterprise() for _ in range(10)]
    keys = [one.id for one in enterprises]
    factories.assigned(mentor, *enterprises, from_on=local_today() - timedelta(days=60))
    row, token = factories.device(mentor)
    # Read here: the row would be asked for again at the other server.
    device_id = row.id
    phone = on(app, token, device_id, mentor)
    kept = [factories.visit_operation(keys[n % 10]) for n in range(10)]
    sent(phone, kept)
    path = backed_up(app, tmp_path / "backups")
    late = [factories.visit_operation(keys[n % 10]) for n in range(OPERATIONS)]
    epoch = phone.push(*late[:50]).get_json()["epoch"]
    sent(phone, late[50:])
    cursor = phone.get("/api/v1/sync/pull").get_json()["cursor"]

    other = elsewhere()
    restored = run(other, "restore", str(path))

    assert restored.exit_code == 0, restored.output
    with other.app_context():
        again = on(other, token, device_id, mentor)
        refused = [
            again.get(f"/api/v1/sync/pull?cursor={cursor}"),
            again.push(*late[:5], epoch=epoch),
        ]
        assert [one.status_code for one in refused] == [409, 409]
        assert {one.get_json()["code"] for one in refused} == {"epoch_changed"}
        assert db.session.query(Visit).count() == len(kept)
        fresh = db.session.query(SyncEpoch.name).scalar()
        assert sent(again, kept, epoch=fresh) == ["duplicate"] * len(kept)
        assert sent(again, late, epoch=fresh) == ["ok"] * OPERATIONS
        assert sent(again, late[:50], epoch=fresh) == ["duplicate"] * 50
        assert db.session.query(Visit).count() == len(kept) + OPERATIONS
        assert db.session.query(SyncOperation).count() == len(kept) + OPERATIONS
        assert [one.name for one in operation_checks() if not one.is_good] == []
        pack = again.get("/api/v1/sync/pull").get_json()
        assert (pack["epoch"], pack["scope_count"]) == (fresh, 10)
        db.session.rollback()


def test_a_server_whose_clock_steps_back_hides_nothing_from_phones(app, factories):
    mentor = factories.mentor().account_id
    enterprise = factories.enterprise()
    key = enterprise.id
    factories.assigned(mentor, enterprise, from_on=local_today() - timedelta(days=60))
    row, token = factories.device(mentor)
    phone = on(app, token, row.id, mentor)
    first = phone.get("/api/v1/sync/pull").get_json()

    with time_machine.travel(utc_now() - timedelta(hours=1)):
        operation = factories.visit_operation(key)
        assert sent(phone, [operation]) == ["ok"]
        second = phone.get(f"/api/v1/sync/pull?cursor={first['cursor']}").get_json()
        third = phone.get(f"/api/v1/sync/pull?cursor={second['cursor']}").get_json()

    (change,) = second["changes"]
    assert change["record"]["visits"][0]["id"] == operation["record_id"]
    assert change["version"] > first["changes"][0]["version"]
    assert third["changes"] == []
