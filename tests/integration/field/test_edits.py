"""What two people change is merged field by field; where it is one field, a person decides."""

from __future__ import annotations

import pytest

from app.core.errors import Conflict, NotFound
from app.core.ids import new_id
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.field.models import InboxItem, SyncOperation
from app.field.services.deciding import decide, values_in
from app.history.models import HistoryEntry


def items():
    return db.session.query(InboxItem).all()


def fresh(row):
    db.session.expire_all()
    return db.session.get_one(Enterprise, row.id)


def change(row, **values):
    """Somebody in the office changes fields while the phone is away."""
    with transaction():
        one = db.session.get_one(Enterprise, row.id)
        for name, value in values.items():
            setattr(one, name, value)
        one.version += 1


def test_fields_that_nobody_else_changed_are_changed(phone, cared, factories):
    op = factories.edit_operation(
        cared.id,
        {"hamlet": "RT 02", "owner.phone": "0812 3456 7890", "has_equipment": True},
        {"hamlet": None, "owner.phone": cared.owner.phone, "has_equipment": False},
        base_version=cared.version,
    )

    (told,) = phone.results(op)

    row = fresh(cared)
    assert (told["status"], told["version"]) == ("ok", row.version)
    assert (row.hamlet, row.has_equipment, row.owner.phone) == ("RT 02", True, "+6281234567890")
    assert items() == []


def test_other_fields_of_two_people_are_merged(phone, cared, factories):
    version = cared.version
    change(cared, address="Dekat masjid")

    (told,) = phone.results(
        factories.edit_operation(
            cared.id, {"hamlet": "RT 02"}, {"hamlet": None}, base_version=version
        )
    )

    row = fresh(cared)
    assert (told["status"], told["labels"]) == ("merged", ["berubah_sementara"])
    assert (row.hamlet, row.address) == ("RT 02", "Dekat masjid")


def test_same_ordinary_field_takes_the_later_arrival_and_keeps_the_other(phone, cared, factories):
    version = cared.version
    change(cared, hamlet="RT 05")

    (told,) = phone.results(
        factories.edit_operation(
            cared.id, {"hamlet": "RT 02"}, {"hamlet": None}, base_version=version
        )
    )

    (item,) = items()
    assert told["status"] == "conflict"
    assert fresh(cared).hamlet == "RT 02"
    assert (item.kind, item.field) == ("bentrok", "hamlet")
    assert values_in(item) == {"base": None, "server": "RT 05", "incoming": "RT 02"}
    assert b"RT 05" not in item.values_sealed


@pytest.mark.parametrize(
    ("field", "there", "sent"),
    [
        ("capital", 5_000_000, 7_000_000),
        ("yearly_sales", 1, 2),
        ("nib", "1234567890123", "3210987654321"),
    ],
)
def test_money_and_numbers_are_never_replaced_by_themselves(
    phone, cared, factories, field, there, sent
):
    change(cared, **{field: there})

    (told,) = phone.results(factories.edit_operation(cared.id, {field: sent}, {}))

    assert told["status"] == "conflict"
    assert getattr(fresh(cared), field) == there
    assert values_in(items()[0])["incoming"] == sent


def test_nik_fills_an_empty_one_and_waits_beside_another(phone, cared, factories):
    first, second = factories.nik(), factories.nik()

    told = [
        phone.results(factories.edit_operation(cared.id, {"owner.nik": nik}, {}))[0]["status"]
        for nik in (first, first, second)
    ]

    owner = db.session.get_one(Owner, cared.owner_id)
    assert told == ["ok", "ok", "conflict"]
    assert owner.nik_masked.endswith(first[-4:]) or owner.nik_masked[:4] == first[:4]
    (item,) = items()
    assert values_in(item)["incoming"] == second
    assert second.encode() not in item.values_sealed


def test_state_that_can_not_follow_waits_for_a_person(phone, cared, factories):
    change(cared, life_cycle="tutup")

    (told,) = phone.results(
        factories.edit_operation(
            cared.id,
            {"life_cycle": "tidak_aktif", "life_cycle_reason": "Libur panen"},
            {"life_cycle": "aktif"},
        )
    )

    assert told["status"] == "conflict"
    assert fresh(cared).life_cycle == "tutup"
    assert items()[0].field == "life_cycle"


def conflicting(phone, cared, factories):
    change(cared, hamlet="RT 05")
    phone.results(factories.edit_operation(cared.id, {"hamlet": "RT 02"}, {"hamlet": None}))
    return items()[0]


@pytest.mark.parametrize(
    ("decision", "value", "expected"),
    [
        ("pakai_tercatat", None, "RT 05"),
        ("pakai_kiriman", None, "RT 02"),
        ("isi_lain", "RT 09", "RT 09"),
        ("catat_keduanya", None, "RT 02"),
    ],
)
def test_person_decides_once(phone, cared, factories, decision, value, expected):
    item = conflicting(phone, cared, factories)
    said = {"item_id": item.id, "version": item.version, "by": phone.account_id}

    with transaction():
        decide(scope=everywhere(), decision=decision, value=value, **said)
    with pytest.raises(Conflict), transaction():
        decide(scope=everywhere(), decision="pakai_tercatat", **said)

    assert fresh(cared).hamlet == expected
    (closed,) = items()
    assert (closed.state, closed.decision, closed.version) == ("selesai", decision, 2)
    entry = db.session.query(HistoryEntry).filter_by(action="sync.decided").one()
    assert entry.enterprise_id == cared.id


def test_nobody_decides_about_another_area(phone, cared, factories):
    item = conflicting(phone, cared, factories)
    elsewhere = Scope(account_id=new_id(), areas=("35.07",))

    with pytest.raises(NotFound), transaction():
        decide(
            scope=elsewhere,
            item_id=item.id,
            version=item.version,
            decision="pakai_kiriman",
            by=phone.account_id,
        )

    assert items()[0].state == "terbuka"


def test_every_value_of_two_phones_is_current_in_the_inbox_or_replaced_by_its_writer(
    phone, phone_of, cared, factories, mentor
):
    other = phone_of(mentor.account_id)
    sent = []
    for number in range(12):
        one = phone if number % 2 else other
        value = f"RT {number:02d}"
        # Each phone believes what it wrote last, or nothing: it was offline all day.
        base = sent[-2] if len(sent) > 1 else None
        sent.append(value)
        one.results(factories.edit_operation(cared.id, {"hamlet": value}, {"hamlet": base}))

    kept = {fresh(cared).hamlet}
    for item in items():
        kept |= {values_in(item)["server"], values_in(item)["incoming"]}

    assert set(sent) <= kept
    assert db.session.query(SyncOperation).count() == 12
