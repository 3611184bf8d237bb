"""Each operation has its effect once, whatever the line, the clock and the order do."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from uuid import UUID

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.models import FieldDevice, FileUpload, InboxItem, SyncOperation
from app.field.rules.versions import SCHEMA_VERSION
from app.field.services import operation_log
from app.history.models import HistoryEntry
from app.mentoring.models import Visit, VisitPhoto
from app.mentoring.services import end_assignment
from app.places.models import AreaDecree, AreaDecreeLine
from tests.integration.field.phones import HEADERS


def count(table):
    return db.session.query(table).count()


def test_visit_is_recorded_with_its_operation_and_one_entry(phone, cared, factories):
    op = factories.visit_operation(cared.id)

    (told,) = phone.results(op)

    assert (told["status"], told["op_id"], told["labels"]) == ("ok", op["op_id"], [])
    assert told["pesan"] == "Tercatat."
    visit = db.session.query(Visit).one()
    assert (str(visit.id), visit.mentor_id) == (op["record_id"], phone.account_id)
    row = db.session.query(SyncOperation).one()
    assert (row.server_n, row.status, row.payload_sealed) == (1, "ok", None)
    entries = db.session.query(HistoryEntry).filter_by(action="visit.recorded").all()
    assert [entry.subject_id for entry in entries] == [visit.id]
    assert db.session.get_one(Enterprise, cared.id).last_visit_on == local_today()


def test_same_operation_again_is_answered_as_it_was_and_done_once(phone, cared, factories):
    op = factories.visit_operation(cared.id)
    first = phone.results(op)

    again = phone.results(op)
    # From another phone, under another number: a backup that was loaded there.
    renumbered = phone.results({**op, "n": op["n"] + 40, "depends_on": [str(new_id())]})

    assert [one["status"] for one in (*first, *again, *renumbered)] == ["ok"] + 2 * ["duplicate"]
    assert again[0]["version"] == first[0]["version"]
    assert (count(Visit), count(SyncOperation)) == (1, 1)


def test_other_content_under_a_known_id_changes_nothing_and_is_kept_for_a_person(
    phone, cared, factories
):
    op = factories.visit_operation(cared.id)
    phone.results(op)
    other = {**op, "data": {**op["data"], "findings": "Lain sama sekali."}}

    (told,) = phone.results(other)
    phone.results(other)

    assert (told["status"], told["code"]) == ("rejected", "id_reused")
    assert db.session.query(Visit).one().findings == op["data"]["findings"]
    item = db.session.query(InboxItem).one()
    assert (item.code, str(item.op_id)) == ("id_reused", op["op_id"])
    assert b"Lain" not in item.values_sealed


def test_what_fails_between_effect_and_operation_leaves_neither(
    phone, cared, factories, monkeypatch
):
    bad, good = (factories.visit_operation(cared.id) for _ in range(2))
    answer_of = operation_log._answer

    def fail(outcome):
        # The power goes after the effect of the first, before its row is written.
        if db.session.get(Visit, UUID(bad["record_id"])) and not db.session.get(
            Visit, UUID(good["record_id"])
        ):
            raise RuntimeError("the power went")
        return answer_of(outcome)

    with monkeypatch.context() as broken:
        broken.setattr(operation_log, "_answer", fail)
        told = phone.results(bad, good)
    (again,) = phone.results(bad)

    assert [(one["status"], one["code"]) for one in told] == [("retry", "fault"), ("ok", None)]
    assert again["status"] == "ok"
    assert (count(Visit), count(SyncOperation)) == (2, 2)
    assert db.session.query(HistoryEntry).filter_by(action="visit.recorded").count() == 2


def test_one_bad_operation_does_not_stop_the_others(phone, cared, factories):
    bad = factories.visit_operation(cared.id, said={"findings": None})
    good = [factories.visit_operation(cared.id) for _ in range(3)]

    told = phone.results(good[0], bad, *good[1:])

    assert [one["status"] for one in told] == ["ok", "rejected", "ok", "ok"]
    assert told[1]["code"] == "findings_missing"
    assert told[1]["pesan"]
    assert count(Visit) == 3
    assert db.session.query(HistoryEntry).filter_by(action="visit.recorded").count() == 3


def test_what_was_refused_may_come_again(phone, cared, factories):
    op = factories.visit_operation(cared.id, said={"findings": None})
    phone.results(op)
    mended = {**op, "data": {**op["data"], "findings": "Sudah diisi."}}

    (told,) = phone.results(mended)

    assert told["status"] == "ok"
    row = db.session.query(SyncOperation).one()
    assert (row.status, row.payload_sealed) == ("ok", None)


@pytest.mark.parametrize("days", [-3650, -2, 2, 3650])
def test_wrong_clock_never_loses_a_visit(phone, cared, factories, days):
    shown = utc_now() + timedelta(days=days)
    op = factories.visit_operation(
        cared.id,
        said={
            "visited_on": shown.date().isoformat(),
            "started_at": shown.isoformat(),
            "duration_minutes": -2800,
        },
        occurred_at=shown.isoformat(),
    )

    (told,) = phone.results(op, sent_at=shown.isoformat())

    assert told["status"] == "ok"
    assert {"jam_meleset", "lama_dilewati"} <= set(told["labels"])
    visit = db.session.query(Visit).one()
    assert visit.visited_on <= local_today()
    row = db.session.query(SyncOperation).one()
    assert abs(row.skew_seconds - days * 86_400) < 60
    # What was said is found again, though it isn't the day of the visit.
    assert row.extra["diabaikan"]["duration_minutes"] == -2800
    assert days < 0 or row.extra["diabaikan"]["visited_on"] == shown.date().isoformat()


def test_next_visit_that_is_too_late_is_kept_and_not_waited_for(phone, cared, factories):
    late_on = local_today() + timedelta(days=200)
    op = factories.visit_operation(cared.id, said={"next_visit_on": late_on.isoformat()})

    (told,) = phone.results(op)

    assert told["labels"] == ["tanggal_berikut_terlalu_lama"]
    assert db.session.query(Visit).one().next_visit_on == late_on
    assert db.session.get_one(Enterprise, cared.id).next_visit_due_on < late_on


def test_promise_that_was_settled_meanwhile_stays_as_it_is(phone, cared, factories):
    promise = factories.promise(cared, phone.account_id, due_on=local_today())
    key = str(promise.id)
    first = factories.visit_operation(cared.id, said={"settled": {key: "ditepati"}})
    second = factories.visit_operation(cared.id, said={"settled": {key: "tidak_ditepati"}})

    told = phone.results(first, second)

    assert [one["status"] for one in told] == ["ok", "ok"]
    assert told[1]["labels"] == ["janji_sudah_ditandai"]
    assert db.session.get_one(type(promise), promise.id).state == "ditepati"


def test_photos_are_announced_and_expected(phone, cared, factories):
    photos = [{"id": str(new_id()), "sha256": "ab" * 32, "bytes": 1000} for _ in range(2)]
    huge = {"id": str(new_id()), "sha256": "cd" * 32, "bytes": 90_000_000}

    (told,) = phone.results(factories.visit_operation(cared.id, attachments=[*photos, huge]))

    assert told["status"] == "ok"
    assert {str(one.id) for one in db.session.query(FileUpload)} == {one["id"] for one in photos}
    assert sorted(one.place for one in db.session.query(VisitPhoto)) == [0, 1]
    assert db.session.query(SyncOperation).one().extra == {"foto_ditolak": [huge["id"]]}


def test_keys_that_nobody_knows_are_kept(phone, cared, factories):
    op = factories.visit_operation(cared.id, said={"weather": "hujan"}, battery=17)

    phone.results(op)

    assert db.session.query(SyncOperation).one().extra == {"weather": "hujan", "battery": 17}


def test_former_mentor_is_believed_and_marked(phone, cared, factories, mentor):
    with transaction():
        end_assignment(
            scope=everywhere(),
            enterprise_id=cared.id,
            until_on=local_today() - timedelta(days=10),
            reason="",
            by=None,
        )
    then = utc_now() - timedelta(days=12)
    op = factories.visit_operation(
        cared.id, said={"visited_on": then.date().isoformat()}, occurred_at=then.isoformat()
    )

    (told,) = phone.results(op)

    assert (told["status"], told["labels"]) == ("ok", ["pindah_pendamping"])
    assert count(Visit) == 1
    item = db.session.query(InboxItem).one()
    assert (item.code, item.enterprise_id) == ("former_mentor", cared.id)


def test_neighbour_is_looked_at_and_shown_to_nobody_before(phone, factories):
    foreign = factories.enterprise()

    (told,) = phone.results(factories.visit_operation(foreign.id))

    assert (told["status"], told["code"]) == ("review", "never_assigned")
    assert count(Visit) == 0
    row = db.session.query(SyncOperation).one()
    assert b"Bu Sari" not in row.payload_sealed
    assert db.session.query(InboxItem).one().area_code == foreign.village_code


def test_enterprise_of_another_regency_is_refused_and_noted(phone, factories):
    foreign = factories.enterprise(village_code="35.07.10.2003")

    (told,) = phone.results(factories.visit_operation(foreign.id))

    assert (told["status"], told["code"]) == ("rejected", "enterprise_elsewhere")
    assert count(Visit) == 0
    entry = db.session.query(HistoryEntry).filter_by(action="sync.refused_elsewhere").one()
    assert (entry.account_id, entry.enterprise_id) == (phone.account_id, None)


def test_visit_waits_for_what_comes_before_it(phone, cared, factories):
    parent = factories.visit_operation(cared.id)
    child = factories.visit_operation(cared.id, depends_on=[parent["op_id"]])

    (held,) = phone.results(child)
    before = count(Visit)
    (told,) = phone.results(parent)
    (again,) = phone.results(child)

    assert (held["status"], before) == ("held", 0)
    assert told["status"] == "ok"
    assert (again["status"], again["stored"]) == ("duplicate", "ok")
    assert count(Visit) == 2


def test_numbers_that_never_came_are_named(phone, cared, factories):
    ops = [factories.visit_operation(cared.id, n=n) for n in (1, 2, 5)]

    gaps = phone.push(*ops, highest_n=6).get_json()["gaps"]
    later = phone.push(factories.visit_operation(cared.id, n=4)).get_json()["gaps"]

    assert (gaps, later) == ([3, 4, 6], [3, 6])


def test_phone_tells_of_itself_without_sending_anything(phone):
    oldest_at = utc_now() - timedelta(days=4)

    answer = phone.push(
        unsent={"count": 7, "oldest_at": oldest_at.isoformat()}, kept_for_good=False, wiped=True
    )

    assert answer.status_code == 200
    row = db.session.get_one(FieldDevice, phone.device_id)
    assert (row.unsent_count, row.unsent_oldest_at, row.is_kept_for_good) == (7, oldest_at, False)
    assert row.wiped_at is not None


def test_token_that_is_used_lives_on(phone):
    with transaction():
        row = db.session.get_one(FieldDevice, phone.device_id)
        row.expires_at = utc_now() + timedelta(days=3)

    answer = phone.push()

    assert "pulih_ponsel=" in answer.headers["Set-Cookie"]
    renewed = db.session.get_one(FieldDevice, phone.device_id)
    assert renewed.expires_at > utc_now() + timedelta(days=29)


@pytest.mark.parametrize(
    ("version", "status"),
    [(0, 426), (-4, 426), (SCHEMA_VERSION + 1, 503), (SCHEMA_VERSION + 2, 503)],
)
def test_other_forms_are_kept_on_the_phone(phone, cared, factories, version, status):
    op = factories.visit_operation(cared.id, schema_version=version)

    answer = phone.push(factories.visit_operation(cared.id), op)

    assert answer.status_code == status
    assert answer.get_json()["pesan"]
    assert (status == 503) == ("Retry-After" in answer.headers)
    assert (count(Visit), count(SyncOperation)) == (0, 0)


def test_batch_that_is_too_large_or_no_batch_is_refused_whole(phone, cared, factories):
    op = factories.visit_operation(cared.id)
    padded = factories.visit_operation(cared.id, said={"findings": "x" * 300_000})

    statuses = [
        phone.push(*[op] * 51).status_code,
        phone.push(padded).status_code,
        phone.post("/api/v1/sync/push", b'{"device_id": "').status_code,
        phone.post("/api/v1/sync/push", b"\xff\xfe").status_code,
        phone.post("/api/v1/sync/push", []).status_code,
        phone.post("/api/v1/sync/push", {"ops": []}).status_code,
        phone.push(op, epoch="e-9").status_code,
        phone.push(op, device_id=str(new_id())).status_code,
        phone.post("/api/v1/sync/push", {}, **{"Content-Encoding": "gzip"}).status_code,
    ]

    assert statuses == [413, 413, 400, 400, 400, 400, 409, 403, 415]
    assert (count(Visit), count(SyncOperation)) == (0, 0)


def test_body_that_comes_too_slowly_is_cut_and_changes_nothing(
    app, phone, cared, factories, monkeypatch
):
    monkeypatch.setattr("app.field.routes.patience.BODY_SECONDS", 0.1)
    body = json.dumps(phone.batch(factories.visit_operation(cared.id))).encode()
    ours, theirs = socket.socketpair()
    theirs.sendall(body[:-1])
    token = phone.client.get_cookie("pulih_ponsel").value
    asked = EnvironBuilder(
        "/api/v1/sync/push",
        method="POST",
        headers={**HEADERS, "Cookie": f"pulih_ponsel={token}"},
        content_type="application/json",
    ).get_environ()
    db.session.rollback()

    with ours.makefile("rb", buffering=0) as line:
        asked |= {"wsgi.input": line, "CONTENT_LENGTH": str(len(body)), "gunicorn.socket": ours}
        _, status, _ = run_wsgi_app(app.wsgi_app, asked)

    ours.close()
    theirs.close()
    assert status.startswith("400")
    assert (count(Visit), count(SyncOperation)) == (0, 0)


def renumbered(old, new, by):
    """A decree of today that gave a village another code."""
    with transaction():
        decree = AreaDecree(
            id=new_id(),
            number="1/2026",
            decided_on=local_today(),
            source="Kepmendagri",
            made_at=utc_now(),
            applied_by=by,
            applied_at=utc_now(),
        )
        db.session.add(decree)
        db.session.flush()
        db.session.add(AreaDecreeLine(decree_id=decree.id, n=1, old_code=old, new_code=new))


def test_village_is_known_by_its_old_code_too(phone, cared, factories):
    old, new = factories.village_rows("33.02.04.2006"), cared.village_code
    renumbered(old, new, phone.account_id)
    op = factories.register_operation(said={"village_code": old})

    (told,) = phone.results(op)

    assert told["status"] == "ok"
    assert db.session.get_one(Enterprise, UUID(op["enterprise_id"])).village_code == new
