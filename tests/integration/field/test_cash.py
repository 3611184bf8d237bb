"""The cash book kept without signal: each line counts once, what is odd is asked back, and nobody
writes into the book of others."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from uuid import UUID

import pytest

from app.accounts.models import Account
from app.cashbook.models import CashCount, CashEntry, DiaryMonth
from app.cashbook.services.entries import record_entry
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.months import add_months, first_of
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.rules.consents import BASE
from app.enterprises.services.consents import withdraw_consent
from app.field.models import InboxItem
from app.field.queries.op_log import operation_checks
from app.field.services.deciding import decide
from app.files.models import StoredFile
from app.files.queries import open_photo
from app.market.models import ChannelPayment
from app.rights.services import erasing
from tests.factories.files import photo_upload
from tests.integration.field.phones import HEADERS

TODAY = local_today()
LAST_MONTH = add_months(first_of(TODAY), -1)


@pytest.fixture
def by(phone):
    return db.session.get_one(Account, phone.account_id)


def line(factories, enterprise_id, *, attachments=(), **said):
    data = {
        "happened_on": TODAY.isoformat(),
        "category": "penjualan",
        "amount": 150_000,
        **said,
    }
    return factories.operation("cash.entry", enterprise_id, data, attachments=list(attachments))


def take_back(factories, op, **around):
    data = {"entry_id": op["record_id"], "reason": "Salah ketik"}
    return factories.operation("cash.take_back", op["enterprise_id"], data, **around)


def month(factories, enterprise_id, **said):
    data = {"month": LAST_MONTH.isoformat(), "sales": 4_000_000, "costs": 2_500_000, **said}
    return factories.operation("diary.month", enterprise_id, data)


def send(phone, file_id, content):
    return phone.client.patch(
        f"/api/v1/files/{file_id}",
        data=content,
        headers={**HEADERS, "Upload-Offset": "0"},
        content_type="application/octet-stream",
    )


def accept(item, by):
    with transaction():
        decide(
            scope=everywhere(), item_id=item.id, version=item.version, decision="terima", by=by.id
        )


def entry_of(op):
    return db.session.get_one(CashEntry, UUID(op["record_id"]))


def current():
    rows = db.session.query(CashEntry).filter_by(is_current=True)
    return sorted((row.category, row.amount) for row in rows)


def test_a_day_of_the_book_is_kept_once_however_often_it_is_sent(phone, cared, factories):
    sold = line(factories, cared.id, note="Pasar Ajibarang")
    bought = line(factories, cared.id, category="bahan", amount=60_000, is_owed=True)
    wrong = line(factories, cared.id, category="ongkir", amount=15_000)
    undo = take_back(factories, wrong)
    counted = factories.operation(
        "cash.count", cared.id, {"counted_on": TODAY.isoformat(), "amount": 0}
    )

    first = phone.results(sold, bought, wrong, undo, counted)
    again = phone.results(counted, undo, wrong, bought, sold)
    # The same work under other numbers, as after a phone was set up anew.
    renewed = phone.results(*({**one, "op_id": str(new_id())} for one in (sold, undo, counted)))

    assert {one["status"] for one in first} == {"ok"}
    assert {one["status"] for one in again} == {"duplicate"}
    assert {one["status"] for one in renewed} == {"ok"}
    assert current() == [("bahan", 60_000), ("penjualan", 150_000)]
    row = entry_of(sold)
    assert (row.way, row.note, row.recorded_by) == ("ponsel", "Pasar Ajibarang", phone.account_id)
    assert entry_of(bought).is_owed
    assert db.session.query(CashEntry).filter_by(is_void=True).one().note == "Salah ketik"
    assert db.session.query(CashCount).one().amount == 0
    assert all(check.is_good for check in operation_checks())


def test_other_content_under_a_known_id_is_laid_before_a_person(phone, cared, factories):
    sold = line(factories, cared.id)
    phone.results(sold)

    same_op = phone.results({**sold, "data": {**sold["data"], "amount": 999_000}})
    same_record = phone.results(
        {**sold, "op_id": str(new_id()), "data": {**sold["data"], "amount": 999_000}}
    )

    assert (same_op[0]["status"], same_op[0]["code"]) == ("rejected", "id_reused")
    assert (same_record[0]["status"], same_record[0]["code"]) == ("review", "entry_said_otherwise")
    assert current() == [("penjualan", 150_000)]


def test_a_slip_follows_its_line_and_is_found_in_the_book(phone, cared, factories):
    picture = photo_upload().read()
    slip = {
        "id": str(new_id()),
        "sha256": hashlib.sha256(picture).hexdigest(),
        "bytes": len(picture),
    }
    extra = {**slip, "id": str(new_id())}
    op = line(factories, cared.id, attachments=[slip, extra])

    (told,) = phone.results(op)
    answer = send(phone, slip["id"], picture)
    again = send(phone, slip["id"], picture)

    assert told["status"] == "ok"
    assert (answer.status_code, again.status_code) == (204, 204)
    assert entry_of(op).photo_id is not None
    # One slip to a line.
    assert send(phone, extra["id"], picture).status_code == 404
    assert all(check.is_good for check in operation_checks())


def test_what_a_channel_with_a_ledger_pays_stands_there_and_nowhere_else(
    phone, cared, factories, by
):
    channel = factories.sales_channel(cared, by, is_consignment=True)
    paid = line(factories, cared.id, channel_id=str(channel.id))
    owed = line(factories, cared.id, channel_id=str(channel.id), is_owed=True)

    told = phone.results(paid, owed)
    (again,) = phone.results({**paid, "op_id": str(new_id())})

    assert [told[0]["status"], told[1]["status"], again["status"]] == ["ok", "rejected", "ok"]
    assert told[1]["code"] == "owed_by_ledger"
    assert "halaman kanalnya" in told[1]["pesan"]
    assert db.session.query(ChannelPayment).one().amount == 150_000
    assert current() == []


def test_a_slip_of_what_a_channel_paid_is_let_go_by_the_phone(phone, cared, factories, by):
    channel = factories.sales_channel(cared, by, is_consignment=True)
    picture = photo_upload().read()
    slip = {
        "id": str(new_id()),
        "sha256": hashlib.sha256(picture).hexdigest(),
        "bytes": len(picture),
    }
    op = line(factories, cared.id, attachments=[slip], channel_id=str(channel.id))

    (told,) = phone.results(op)
    (again,) = phone.results(op)
    asked = phone.client.head(f"/api/v1/files/{slip['id']}", headers=HEADERS)
    sent = send(phone, slip["id"], picture)

    assert [told["status"], told["code"]] == ["ok", "slip_not_kept"]
    assert "tanpa foto nota" in told["pesan"]
    assert [again["status"], again["code"]] == ["duplicate", "slip_not_kept"]
    # All there: nothing is left to send, and nothing of it is kept.
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, str(len(picture)))
    assert sent.status_code == 204
    assert db.session.query(StoredFile).count() == 0
    assert db.session.query(ChannelPayment).one().amount == 150_000
    assert all(check.is_good for check in operation_checks())


def test_a_line_put_right_stands_in_place_of_the_first_in_book_and_ledger(
    phone, cared, factories, by
):
    channel = factories.sales_channel(cared, by, is_consignment=True)
    sold = line(factories, cared.id)
    right = line(factories, cared.id, amount=155_000, corrects_id=sold["record_id"])
    paid = line(factories, cared.id, channel_id=str(channel.id), amount=90_000)
    direct = line(factories, cared.id, amount=95_000, corrects_id=paid["record_id"])
    gone = line(factories, cared.id, channel_id=str(channel.id), amount=70_000)
    undo = take_back(factories, gone)
    early = line(factories, cared.id, amount=1_000, corrects_id=str(new_id()))

    told = phone.results(sold, right, paid, direct, gone, undo, early)
    renewed = phone.results(*({**one, "op_id": str(new_id())} for one in (right, direct, undo)))

    assert [one["status"] for one in told] == ["ok"] * 6 + ["held"]
    assert {one["status"] for one in renewed} == {"ok"}
    assert current() == [("penjualan", 95_000), ("penjualan", 155_000)]
    assert entry_of(right).corrects_id == UUID(sold["record_id"])
    payments = db.session.query(ChannelPayment).all()
    assert sorted((row.amount, row.is_void) for row in payments) == [
        (70_000, False),
        (70_000, True),
        (90_000, False),
        (90_000, True),
    ]
    assert all(check.is_good for check in operation_checks())


def test_odd_sums_are_asked_back_and_odd_days_are_the_phones_clock(phone, cared, factories):
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    told = phone.results(
        line(factories, cared.id, amount=2_000_000_000),
        line(factories, cared.id, amount=5),
        line(factories, cared.id, amount=0),
        line(factories, cared.id, amount="banyak"),
        line(factories, cared.id, category="gaib"),
        line(factories, cared.id, category="prive", is_owed=True),
        line(factories, cared.id, happened_on=None),
        month(factories, cared.id, month=TODAY.replace(day=1).isoformat()),
        month(factories, cared.id, sales=None, costs=None),
        line(factories, cared.id, happened_on=tomorrow),
    )

    assert [one["status"] for one in told] == ["rejected"] * 9 + ["ok"]
    assert told[0]["code"] == "amount_too_large"
    assert "Periksa angka nolnya" in told[0]["pesan"]
    assert told[9]["labels"] == ["tanggal_dibetulkan"]
    assert db.session.query(CashEntry).one().happened_on == TODAY
    assert db.session.query(DiaryMonth).count() == 0


def test_a_line_is_taken_back_when_it_comes_even_if_it_comes_later(phone, cared, factories):
    sold = line(factories, cared.id)
    undo = take_back(factories, sold)

    (waits,) = phone.results(undo)
    (comes,) = phone.results(sold)
    (settled,) = phone.results(undo)

    assert (waits["status"], waits["code"]) == ("held", "entry_unknown")
    assert comes["status"] == "ok"
    assert (settled["status"], settled["stored"]) == ("duplicate", "ok")
    assert current() == []


def test_lines_of_other_books_are_unknown(phone, cared, factories, by):
    other = factories.enterprise()
    with transaction():
        theirs = record_entry(
            scope=everywhere(),
            by=by.id,
            way="pendamping",
            enterprise_id=other.id,
            happened_on=TODAY,
            category="bahan",
            amount=40_000,
        ).entry_id
    elsewhere = factories.enterprise(village_code="35.07.10.2003")
    undo = factories.operation("cash.take_back", cared.id, {"entry_id": str(theirs), "reason": "x"})
    nobodys = factories.operation(
        "cash.take_back", cared.id, {"entry_id": str(new_id()), "reason": "x"}
    )

    told = phone.results(undo, nobodys)
    (foreign,) = phone.results(line(factories, elsewhere.id))
    channel = factories.sales_channel(other, by)
    (of_other,) = phone.results(line(factories, cared.id, channel_id=str(channel.id)))

    keys = ("status", "code", "pesan")
    assert [told[0][key] for key in keys] == [told[1][key] for key in keys]
    assert foreign["status"] in ("review", "rejected")
    assert (of_other["status"], of_other["code"]) == ("rejected", "channel_unknown")
    assert db.session.query(CashEntry).count() == 1
    assert db.session.get_one(CashEntry, theirs).is_current


def test_an_owner_who_withdrew_has_no_book_any_more(phone, cared, factories):
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=cared.owner_id,
            purpose_key=BASE,
            withdrawn_on=TODAY,
            reason="tidak mau lagi",
            by=phone.account_id,
        )

    told = phone.results(line(factories, cared.id), month(factories, cared.id))

    assert [(one["status"], one["code"]) for one in told] == [("review", "consent_missing")] * 2
    assert db.session.query(CashEntry).count() == db.session.query(DiaryMonth).count() == 0


def test_a_month_told_twice_is_for_a_person_and_then_the_later_one_stands(
    phone, cared, factories, by
):
    told = month(factories, cared.id, workers=2, keeps_record=False)
    anew = month(factories, cared.id, sales=3_000_000, corrects_id=told["record_id"])
    blind = month(factories, cared.id, sales=9_000_000)

    results = phone.results(told, anew, blind)
    (item,) = db.session.query(InboxItem).all()
    accept(item, by)

    assert [one["status"] for one in results] == ["ok", "ok", "review"]
    assert results[2]["code"] == "month_told_meanwhile"
    rows = {row.sales: row for row in db.session.query(DiaryMonth)}
    assert {sales: row.is_current for sales, row in rows.items()} == {
        4_000_000: False,
        3_000_000: False,
        9_000_000: True,
    }
    assert (rows[4_000_000].workers, rows[4_000_000].keeps_record) == (2, False)
    assert rows[4_000_000].produced is None


def test_a_phone_fetches_the_answers_of_the_book_and_none_of_its_sums(phone, cared, factories):
    days = [add_months(first_of(TODAY), -back) for back in range(1, 8)]
    sums = {"penjualan": 7_654_321, "bahan": 1_234_567, "prive": 765_432, "bunga": 87_654}
    lines = [
        line(factories, cared.id, happened_on=day.isoformat(), category=category, amount=amount)
        for day in days
        for category, amount in sums.items()
    ]
    lines += [
        line(factories, cared.id, amount=456_789, note="Catatan rahasia"),
        line(factories, cared.id, category="bahan", amount=345_678, is_owed=True),
    ]
    phone.results(*lines)

    text = phone.get("/api/v1/sync/pull").get_data(as_text=True)

    (card,) = [one["record"] for one in json.loads(text)["changes"]]
    known = {one["code"]: one["source"] for one in card["known"]}
    assert {"KEU1", "KEU2", "KEU3", "PSR1", "MDL1"} <= set(known)
    assert all(source.startswith("Buku kas") for source in known.values())
    assert "tersisa" in known["KEU1"]
    assert "Rp" not in text
    assert "Catatan rahasia" not in text
    figures = re.sub(r"[^0-9]", "", text)
    assert not [amount for amount in sums.values() if str(amount) in figures]


def test_who_is_erased_leaves_no_slip_and_takes_no_more_lines(phone, cared, factories):
    picture = photo_upload().read()
    slip = {
        "id": str(new_id()),
        "sha256": hashlib.sha256(picture).hexdigest(),
        "bytes": len(picture),
    }
    op = line(factories, cared.id, note="PULIH-CANARY", attachments=[slip])
    phone.results(op)
    send(phone, slip["id"], picture)
    path = open_photo(entry_of(op).photo_id)
    enterprise_id, owner_id = cared.id, cared.owner_id
    db.session.rollback()

    with transaction():
        paths = erasing.erase(owner_id=owner_id, by=None)
    erasing.remove_files(paths)
    (late,) = phone.results(line(factories, enterprise_id))

    assert not path.exists()
    assert db.session.query(StoredFile).count() == 0
    assert late["status"] in ("review", "rejected", "held")
    assert "CANARY" not in repr([row.note for row in db.session.query(CashEntry)])
    assert send(phone, slip["id"], picture).status_code in (204, 410)
    assert db.session.query(StoredFile).count() == 0
