"""Operations as each released version of the app wrote them are taken, and every value is found
again: where it belongs, in what it is called now, or beside the operation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.accounts.models import Account
from app.cashbook.models import CashCount, CashEntry, DiaryMonth
from app.core.ids import new_id
from app.credit.models import Repayment, SavingRow
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.field.models import FileUpload, SyncOperation
from app.field.rules.versions import OLDEST_VERSION, SCHEMA_VERSION
from app.health.models import AnswerCorrection, HealthAssessment
from app.history.models import HistoryEntry
from app.interventions.models import Intervention
from app.market.models import (
    Certificate,
    CertificateStep,
    ChannelCount,
    ChannelPayment,
    ChannelReturn,
    Delivery,
    LabelCheck,
)
from app.mentoring.models import Promise, Visit

CASES = Path(__file__).resolve().parents[2] / "cases" / "sync"
VERSIONS = range(OLDEST_VERSION, SCHEMA_VERSION + 1)
TABLES = (
    AnswerCorrection,
    CashCount,
    CashEntry,
    Certificate,
    CertificateStep,
    ChannelCount,
    ChannelPayment,
    ChannelReturn,
    Delivery,
    DiaryMonth,
    Enterprise,
    FileUpload,
    HealthAssessment,
    HistoryEntry,
    LabelCheck,
    Intervention,
    Owner,
    Promise,
    Repayment,
    SavingRow,
    Visit,
)
# The name of a key says nothing by itself; what stood under it does.
NOT_A_VALUE = (None, "", [], {}, False)


def recorded(version):
    lines = (CASES / f"v{version}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def leaves(value):
    if isinstance(value, dict):
        for key, one in value.items():
            # An id that is a key is a value too.
            yield from leaves(key) if len(key) == 36 else ()
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value not in NOT_A_VALUE:
        yield value


def everything():
    """All that the database holds now, as one text."""
    rows = [
        {column.key: getattr(row, column.key) for column in table.__table__.columns}
        for table in TABLES
        for row in db.session.query(table)
    ]
    rows += [{"extra": row.extra} for row in db.session.query(SyncOperation)]
    rows += [{"phone": one.phone} for one in db.session.query(Owner)]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_every_form_that_is_taken_was_recorded():
    assert sorted(path.stem for path in CASES.glob("v*.jsonl")) == [f"v{one}" for one in VERSIONS]


@pytest.mark.parametrize("version", VERSIONS)
def test_each_recorded_operation_is_taken_and_nothing_of_it_is_lost(
    phone, cared, factories, version
):
    promise = factories.promise(cared, phone.account_id, due_on=date(2026, 11, 20))
    therapy = factories.intervention(enterprise=cared, state="disetujui")
    by = db.session.get_one(Account, phone.account_id)
    lender = factories.lender()
    factories.lender_officer(lender, account=by)
    names = {
        "enterprise": cared.id,
        "promise": promise.id,
        "therapy": therapy.id,
        "channel": factories.sales_channel(cared, by, opened_on=date(2026, 9, 1)).id,
        "product": factories.product(cared).id,
        "certificate": factories.certificate(cared, "nib", "data_siap").id,
        "member": factories.member(lender, cared.owner_id).id,
        "loan": factories.running_loan(lender, cared, disbursed_on=date(2026, 9, 1)).id,
    }
    for case in recorded(version):
        text = json.dumps(case["said"], ensure_ascii=False)
        for name, key in names.items():
            text = text.replace(f"{{{name}}}", str(key))
        op = json.loads(text)

        (told,) = phone.results(op)

        assert told["status"] == "ok", told
        here = everything()
        for value in leaves([op["data"], op.get("attachments", [])]):
            sought = str(case["becomes"].get(value, "true" if value is True else value))
            assert sought in here, sought


def test_the_day_of_a_recorded_visit_is_kept(phone, cared, factories):
    op = {**recorded(1)[0]["said"], "enterprise_id": str(cared.id), "op_id": str(new_id())}

    phone.results(op)

    visit = db.session.query(Visit).one()
    assert (visit.visited_on, visit.place_kind) == (date(2026, 11, 18), "rumah")
    assert (visit.duration_minutes, visit.lat) == (35, -7.53)
    assert db.session.query(Promise).one().text == "Urus NIB"
