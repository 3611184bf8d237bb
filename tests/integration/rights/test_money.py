"""What somebody earned: it goes along in a copy, and it goes when they are forgotten."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from app.cashbook.models import BookHabit, CashCount, CashEntry, DiaryMonth
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months, first_of
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.files.models import StoredFile
from app.files.queries import folder
from app.files.rules import photo_path
from app.rights import services
from app.rights.exports import column_labels, copy_for
from app.rights.services import erase
from tests.integration.rights.person import CANARY, everything_held, filled_person, unpacked

TABLES = (CashEntry, CashCount, DiaryMonth, BookHabit)
AMOUNT, COUNTED, TOLD = 7_654_321, 8_765_432, 9_876_543


def line(enterprise_id, by, **values):
    known = {
        "id": new_id(),
        "enterprise_id": enterprise_id,
        "happened_on": local_today(),
        "direction": "masuk",
        "category": "penjualan",
        "amount": AMOUNT,
        "way": "pendamping",
        "note": f"titipan Bu {CANARY}",
        "recorded_by": by,
        "recorded_at": utc_now(),
    }
    return CashEntry(**{**known, **values})


@pytest.fixture
def person(factories):
    """Somebody with a book whose lines name each other, a slip, a count, a diary; and another."""
    one = filled_person(factories)
    one.slip_id = factories.stored_photo().id
    other = factories.enterprise()
    one.other_id, by = other.id, one.mentor.id
    with transaction() as session:
        owed = line(one.enterprise_id, by, is_owed=True)
        wrong = line(one.enterprise_id, by, is_current=False)
        session.add_all([owed, wrong, line(one.other_id, by, note="lain")])
        session.flush()
        session.add_all(
            [
                line(one.enterprise_id, by, settles_id=owed.id, photo_id=one.slip_id),
                line(one.enterprise_id, by, corrects_id=wrong.id),
                CashCount(
                    id=new_id(), enterprise_id=one.enterprise_id, counted_on=local_today(),
                    amount=COUNTED, recorded_by=by, recorded_at=utc_now(),
                ),
                BookHabit(enterprise_id=one.enterprise_id, open_weekdays=[0, 1], version=1),
                DiaryMonth(
                    id=new_id(), enterprise_id=one.enterprise_id,
                    month=add_months(first_of(local_today()), -1), sales=TOLD, way="pendamping",
                    recorded_by=by, recorded_at=utc_now(),
                ),
            ]
        )  # fmt: skip
    return one


def test_the_copy_holds_the_book_the_counts_and_the_diary(app, person):
    told = json.loads(unpacked(copy_for(person.owner_id))["data.json"])["data"]

    assert len(told["Buku kas"]) == 4
    assert {row["Jumlah uang"] for row in told["Buku kas"]} == {AMOUNT}
    assert {row["Untuk apa"] for row in told["Buku kas"]} == {"penjualan"}
    assert any(CANARY in str(row) for row in told["Buku kas"])
    assert [row["Jumlah uang"] for row in told["Uang di tangan"]] == [COUNTED]
    assert [row["Hasil jualan"] for row in told["Catatan bulanan"]] == [TOLD]


def test_no_two_columns_of_a_copy_are_called_alike_and_numbers_can_be_added_up(app, person):
    pack = unpacked(copy_for(person.owner_id))
    lines = openpyxl.load_workbook(BytesIO(pack["data.xlsx"]))["Buku kas"]
    heads = [cell.value for cell in lines[1]]

    for table in db.metadata.sorted_tables:
        labels = list(column_labels(table).values())
        assert len(labels) == len(set(labels)), table.name
    assert {"Jumlah uang", "Catatan", "Nomor usaha"} <= set(heads)
    assert isinstance(lines.cell(2, heads.index("Jumlah uang") + 1).value, int)


def test_nothing_of_the_money_is_left_after_an_erasure(app, person):
    sha256 = db.session.get(StoredFile, person.slip_id).sha256
    slip = folder() / photo_path(sha256)
    assert slip.is_file()

    with transaction():
        files = erase(owner_id=person.owner_id, by=None)
    services.remove_files(files)

    held = everything_held()
    assert [word for word in (CANARY, str(COUNTED), str(TOLD)) if word in held] == []
    for table in TABLES:
        own = sa.select(sa.func.count()).where(table.enterprise_id == person.enterprise_id)
        assert db.session.scalar(own) == 0
    assert not slip.exists()
    # The book of somebody else stands.
    assert db.session.scalars(sa.select(CashEntry.enterprise_id)).all() == [person.other_id]


def test_a_slip_goes_after_two_years_and_its_line_stays(app, person):
    soon, late = (local_today() + timedelta(days=days) for days in (700, 740))
    with transaction():
        services.keep_no_longer(today=soon)
    kept = db.session.get(StoredFile, person.slip_id) is not None

    with transaction():
        services.keep_no_longer(today=late)

    assert kept
    assert db.session.get(StoredFile, person.slip_id) is None
    lines = db.session.scalars(sa.select(CashEntry.photo_id)).all()
    assert (len(lines), set(lines)) == (5, {None})


def test_who_goes_on_writing_is_not_forgotten(app, person):
    with transaction():
        for row in db.session.scalars(
            sa.select(Enterprise).where(Enterprise.owner_id == person.owner_id)
        ):
            row.life_cycle = "tutup"
        for entry in db.session.scalars(sa.select(CashEntry)):
            entry.recorded_at = utc_now() + timedelta(days=4 * 366)
    in_six_years, in_ten = (local_today() + timedelta(days=366 * years) for years in (6, 10))

    with transaction():
        early = services.keep_no_longer(today=in_six_years)
    with transaction():
        late = services.keep_no_longer(today=in_ten)

    assert (early.owners, late.owners) == (0, 1)
