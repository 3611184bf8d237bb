"""Whatever a broken or hostile app sends: an answer per operation, never a fault."""

from __future__ import annotations

import json

import pytest

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.months import add_months, first_of
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import FieldDevice, SyncOperation
from app.mentoring.models import Visit

DEEP = "[" * 2000 + "]" * 2000
# A value of JSON, written into each place of an operation.
VALUES = {
    "nul": r'"a\u0000b"',
    "lone_surrogate": r'"\ud800"',
    "nan": "NaN",
    "infinity": "-Infinity",
    "too_large": "1e999",
    "twenty_digits": "12345678901234567890",
    "deep": DEEP,
    "list": "[1, [2]]",
    "object": '{"a": {}}',
    "null": "null",
    "text": '"bukan apa-apa"',
    "true": "true",
    "number": "-7",
    "float": "0.5",
    "largest": "9223372036854775807",
    "far_day": '"9999-12-31"',
    "no_day": '"2026-02-30"',
    "long": json.dumps("x" * 20_000),
}
MARK = "@@here@@"
VISIT = """outcome visited_on started_at duration_minutes place_kind lat met_with findings reason
next_visit_on owner_confirmation settled promises practices"""
ASSESSMENT = """assessed_on instrument_version sector answers evidence not_known context
main_problem computed"""
KINDS = (
    "visit.create",
    "assessment.create",
    "enterprise.register",
    "enterprise.edit",
    "therapy.report",
    "channel.delivery",
    "channel.return",
    "label.check",
    "certificate.step",
    "cash.entry",
    "diary.month",
    "loan.repay",
    "saving.save",
)
NO_OPERATIONS = ("null", "[]", '"x"', "7", "NaN", DEEP, "{}", r'{"op_id": "\ud800"}')
BESIDE = ("sent_at", "app_version", "unsent", "highest_n", "epoch", "wiped")


def written(op, path, value):
    """The operation as text, with `value` at a place of it."""
    copy = json.loads(json.dumps(op))
    place = copy
    for name in path[:-1]:
        place = place.setdefault(name, {})
    place[path[-1]] = MARK
    return json.dumps(copy).replace(f'"{MARK}"', value)


def batch(phone, parts):
    around = json.dumps(phone.batch())[:-1].replace('"ops": []', f'"ops": [{",".join(parts)}]')
    return (around + "}").encode()


def channel_operation(cared, factories, kind, day, **more):
    by = factories.account(role=Role.MENTOR)
    channel = factories.sales_channel(cared, by)
    said = {"channel_id": str(channel.id), day: local_today().isoformat(), "value": 9000, **more}
    return factories.operation(kind, cared.id, said)


def collecting(cared, factories, account_id):
    """A loan and a membership at a lender that the mentor works for."""
    lender = factories.lender()
    factories.lender_officer(lender, account=db.session.get_one(Account, account_id))
    member = factories.member(lender, cared.owner_id).id
    return {"member": member, "loan": factories.running_loan(lender, cared).id}


def kinds(cared, factories, account_id):
    collected = collecting(cared, factories, account_id)
    therapy = factories.intervention(enterprise=cared, state="disetujui")
    said = {"intervention_id": str(therapy.id), "version": 1, "step": "catatan", "result_note": "x"}
    return {
        "visit.create": (
            factories.visit_operation(cared.id),
            VISIT,
        ),
        "assessment.create": (
            factories.assessment_operation(cared.id, {"KEU1": 3}),
            ASSESSMENT,
        ),
        "enterprise.register": (
            factories.register_operation(),
            "owner_id owner enterprise confirmed",
        ),
        "enterprise.edit": (
            factories.edit_operation(cared.id, {"hamlet": "RT 1"}, {}),
            "changes base",
        ),
        "therapy.report": (
            factories.operation("therapy.report", cared.id, said),
            "intervention_id version step closed_on result result_note spent spent_reason",
        ),
        "channel.delivery": (
            channel_operation(cared, factories, "channel.delivery", "delivered_on", pieces=3),
            "channel_id product_id delivered_on pieces value note",
        ),
        "channel.return": (
            channel_operation(cared, factories, "channel.return", "returned_on", reason="rusak"),
            "channel_id product_id delivery_id returned_on pieces value reason is_paid note",
        ),
        "label.check": (
            factories.operation(
                "label.check",
                cared.id,
                {
                    "product_id": str(factories.product(cared).id),
                    "checked_on": local_today().isoformat(),
                    "elements": {"L1": "ada"},
                },
            ),
            "product_id checked_on elements has_brand has_contact note",
        ),
        "certificate.step": (
            factories.operation(
                "certificate.step",
                cared.id,
                {
                    "certificate_id": str(factories.certificate(cared, "nib").id),
                    "to_state": "data_siap",
                    "on": local_today().isoformat(),
                },
            ),
            "certificate_id to_state on number issued_on expires_on note",
        ),
        "cash.entry": (
            factories.operation(
                "cash.entry",
                cared.id,
                {
                    "happened_on": local_today().isoformat(),
                    "category": "bahan",
                    "amount": 25_000,
                },
            ),
            "happened_on category amount channel_id is_owed due_on note",
        ),
        "diary.month": (
            factories.operation(
                "diary.month",
                cared.id,
                {"month": add_months(first_of(local_today()), -1).isoformat(), "sales": 1},
            ),
            "month sales costs produced workers keeps_record corrects_id",
        ),
        "loan.repay": (
            factories.operation(
                "loan.repay",
                cared.id,
                {
                    "loan_id": str(collected["loan"]),
                    "amount": 5_000,
                    "paid_on": local_today().isoformat(),
                },
            ),
            "loan_id amount paid_on note",
        ),
        "saving.save": (
            factories.operation(
                "saving.save",
                cared.id,
                {
                    "member_id": str(collected["member"]),
                    "kind": "wajib",
                    "amount": 5_000,
                    "happened_on": local_today().isoformat(),
                },
            ),
            "member_id kind amount happened_on note",
        ),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_poison_in_any_field_is_answered_and_the_others_go_through(phone, cared, factories, kind):
    op, names = kinds(cared, factories, phone.account_id)[kind]
    around = "op_id n type schema_version record_id enterprise_id depends_on base_version "
    around += "occurred_at data attachments"
    paths = [(name,) for name in around.split()] + [("data", name) for name in names.split()]
    statuses, good = set(), 0
    for path in paths:
        fresh = [{**op, "op_id": str(new_id()), "record_id": str(new_id())} for _ in VALUES]
        parts = [
            written(one, path, value) for one, value in zip(fresh, VALUES.values(), strict=True)
        ]
        visit = factories.visit_operation(cared.id)

        answer = phone.post("/api/v1/sync/push", batch(phone, [*parts, json.dumps(visit)]))

        # A form of tomorrow is for the server of tomorrow, one of the past for a newer app.
        if answer.status_code in (426, 503) and path == ("schema_version",):
            continue
        assert answer.status_code in (200, 413), (path, answer.get_data(as_text=True)[:300])
        if answer.status_code == 413:
            continue
        told = answer.get_json()["results"]
        assert [one["index"] for one in told] == list(range(len(VALUES) + 1))
        assert told[-1]["status"] == "ok"
        assert all(one["pesan"] for one in told)
        statuses |= {one["status"] for one in told[:-1]}
        good += 1
    assert good >= len(paths) - 1
    assert "rejected" in statuses
    assert "retry" not in statuses
    assert db.session.query(Visit).count() >= good


@pytest.mark.parametrize(
    "value", ["null", "[]", '"x"', "7", "NaN", DEEP, "{}", r'{"op_id": "\ud800"}']
)
def test_what_is_no_operation_is_answered_in_its_place(phone, cared, factories, value):
    visit = json.dumps(factories.visit_operation(cared.id))

    answer = phone.post("/api/v1/sync/push", batch(phone, [visit, value]))

    told = answer.get_json()["results"]
    assert [one["status"] for one in told] == ["ok", "rejected"]
    assert told[1]["op_id"] is None
    assert db.session.query(SyncOperation).count() == 1


@pytest.mark.parametrize(
    "name", ["sent_at", "app_version", "unsent", "highest_n", "epoch", "wiped"]
)
def test_poison_beside_the_operations_loses_none_of_them(phone, cared, factories, name):
    for value in VALUES.values():
        op = json.dumps(factories.visit_operation(cared.id))
        around = json.loads(batch(phone, [op]).decode())
        text = written(around, (name,), value)

        answer = phone.post("/api/v1/sync/push", text.encode())

        # An epoch of its own making is another past.
        assert answer.status_code == 200 or (answer.status_code, name) in {
            (409, "epoch"),
            (413, name),
        }, value[:40]
    row = db.session.get_one(FieldDevice, phone.device_id)
    assert row.highest_number < 2**53 + 1
    assert db.session.get_one(Enterprise, cared.id).last_visit_on is not None
