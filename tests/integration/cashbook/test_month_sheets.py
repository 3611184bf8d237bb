"""The sheet of a month adds up, and page, paper and workbook say the same."""

from __future__ import annotations

import random
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from app.cashbook.models import CashCount, CashEntry
from app.cashbook.queries.charts import BOOK, CHANNELS, DIARY, course_of
from app.cashbook.queries.months import last_sheet_month, month_sheet
from app.cashbook.responses import month_content
from app.cashbook.rules.diaries import months_back
from app.cashbook.rules.entries import CATEGORIES, COSTS, DIRECTION_OF, IN, MAY_BE_OWED, SALES
from app.cashbook.services.diaries import record_month
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.history.models import ReadEntry


def money(text):
    """ "-Rp 1.500" as a number."""
    return int(text.replace("Rp ", "").replace(".", ""))


@pytest.fixture
def write(enterprise, mentor):
    """A line, straight into the table."""
    key, by = enterprise.id, mentor.id

    def line(day, category, amount, **values):
        row = CashEntry(
            id=new_id(),
            enterprise_id=key,
            happened_on=day,
            direction=DIRECTION_OF[category],
            category=category,
            amount=amount,
            way="pendamping",
            recorded_by=by,
            recorded_at=utc_now(),
            **values,
        )
        db.session.add(row)
        db.session.flush()
        return row

    return line


def random_book(dice, write, enterprise, mentor, factories):
    """Three months of lines, owed and paid ones, corrected ones, a channel, maybe counts."""
    channel = factories.sales_channel(enterprise, mentor, is_consignment=True)
    today = local_today()
    for _ in range(dice.randrange(5)):
        factories.paid_by(channel, mentor, dice.randrange(100), dice.randrange(1, 500) * 1_000)
    with transaction():
        for _ in range(dice.randrange(10, 50)):
            day = today - timedelta(days=dice.randrange(100))
            category = dice.choice(list(CATEGORIES))
            amount = dice.randrange(1, 900) * 1_000
            owed = category in MAY_BE_OWED and dice.random() < 0.3
            row = write(day, category, amount, is_owed=owed, is_current=dice.random() < 0.9)
            if owed and row.is_current and dice.random() < 0.6:
                write(
                    min(today, day + timedelta(days=dice.randrange(40))),
                    category,
                    dice.randrange(1, amount // 1_000 + 1) * 1_000,
                    settles_id=row.id,
                )
        for _ in range(dice.randrange(3)):
            count = CashCount(
                id=new_id(),
                enterprise_id=enterprise.id,
                counted_on=today - timedelta(days=dice.randrange(100)),
                amount=dice.randrange(0, 5_000) * 1_000,
                recorded_by=mentor.id,
                recorded_at=utc_now(),
            )
            db.session.add(count)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_sheet_paper_workbook_and_lines_agree(
    seed, enterprise, mentor, write, factories, mentor_client
):
    random_book(random.Random(seed), write, enterprise, mentor, factories)  # noqa: S311 - no secret

    for back in (0, 1, 2):
        month = add_months(local_today().replace(day=1), -back)
        sheet = month_sheet(everywhere(), enterprise.id, month)
        address = f"/usaha/{enterprise.id}/buku/{sheet.code}/laporan"
        book = openpyxl.load_workbook(BytesIO(mentor_client.get(f"{address}.xlsx").data))
        page = mentor_client.get(address).get_data(as_text=True)

        # By hand, from the lines alone.
        fresh = [one for one in sheet.lines if not one.is_settling]
        sales = sum(one.amount for one in fresh if one.category == SALES)
        costs = sum(one.amount for one in fresh if one.category in COSTS)
        paid = [one for one in sheet.lines if not one.is_owed]
        came = sum(one.amount for one in paid if one.direction == IN)
        went = sum(one.amount for one in paid if one.direction != IN)
        flow = sheet.flow
        assert (sheet.earnings.sales_total, sheet.earnings.costs_total) == (sales, costs)
        assert (flow.in_total, flow.out_total) == (came, went)
        assert flow.opening + came - went + flow.difference == flow.closing
        counted = db.session.scalars(
            select(CashCount).where(CashCount.counted_on.between(month, sheet.until))
        ).all()
        assert flow.difference == 0 or counted

        rows = [(row.label, row.amount) for one in sheet.statements for row in one.rows]
        printed = month_content(sheet, "Rina")["statements"]
        told = [(label, money(amount)) for one in printed for label, amount, _ in one["rows"]]
        cells = [
            (name, amount)
            for name, amount in book["Laporan"].iter_rows(max_col=2, values_only=True)
            if amount is not None
        ]
        assert told == rows
        assert cells == rows
        written = list(book["Baris"].iter_rows(min_row=2, values_only=True))
        assert len(written) == len(sheet.lines)
        assert sum(line[4] for line in written) == came - went
        if sheet.lines:
            assert all(f"{abs(amount):,}".replace(",", ".") in page for _, amount in rows)


def test_two_sheets_in_a_row_hand_the_cash_on(enterprise, mentor, write, factories):
    random_book(random.Random(9), write, enterprise, mentor, factories)  # noqa: S311 - no secret
    month = last_sheet_month()

    before = month_sheet(everywhere(), enterprise.id, add_months(month, -1))
    after = month_sheet(everywhere(), enterprise.id, month)

    assert before.flow.closing == after.flow.opening
    assert before.later == after.code


def test_what_a_channel_paid_counts_once(enterprise, mentor, write, factories, mentor_client):
    channel = factories.sales_channel(enterprise, mentor, is_consignment=True)
    today = local_today()
    factories.delivered_to(channel, mentor, 0, 900_000)
    factories.paid_by(channel, mentor, 0, 400_000)

    sheet = month_sheet(everywhere(), enterprise.id, today.replace(day=1))

    assert sheet.earnings.sales_total == 400_000
    assert sheet.flow.closing == 400_000


def test_what_was_typed_is_no_formula_in_the_workbook(
    enterprise, mentor, write, factories, mentor_client
):
    channel = factories.sales_channel(enterprise, mentor, name="=HYPERLINK(1)")
    with transaction():
        write(local_today(), SALES, 5_000, note="=cmd|' /C calc'!A0", channel_id=channel.id)
    address = f"/usaha/{enterprise.id}/buku/{local_today():%Y-%m}/laporan"

    book = openpyxl.load_workbook(BytesIO(mentor_client.get(f"{address}.xlsx").data))
    pdf = mentor_client.get(f"{address}.pdf")

    line = next(iter(book["Baris"].iter_rows(min_row=2)))
    assert [cell.data_type for cell in line] == ["d", "s", "s", "n", "n", "s", "s", "s"]
    assert (line[6].value, line[7].value) == ("=HYPERLINK(1)", "=cmd|' /C calc'!A0")
    assert "Pendamping Rina" in book.properties.description
    assert "Pendamping Rina" in book["Baris"].oddFooter.left.text
    assert pdf.data.startswith(b"%PDF")
    taken = db.session.scalars(
        select(ReadEntry.endpoint).where(ReadEntry.endpoint.like("cash_months.%"))
    )
    assert {"cash_months.workbook", "cash_months.printed"} <= set(taken)


def test_who_may_not_read_the_book_gets_no_sheet(
    factories, enterprise, as_role, owner_client, mentor_client
):
    base = f"/usaha/{enterprise.id}/buku"
    addresses = [f"{base}/{local_today():%Y-%m}/laporan{end}" for end in ("", ".pdf", ".xlsx")]
    addresses.append(f"{base}/grafik")
    other = factories.enterprise().id
    village, stranger = as_role(Role.VILLAGE_OFFICER), as_role(Role.MENTOR)

    for address in addresses:
        assert village.get(address).status_code == 403
        assert owner_client.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
        assert mentor_client.get(address).status_code == 200
    for page in ("laporan", "laporan.pdf", "laporan.xlsx", "grafik"):
        assert owner_client.get(f"/saya/buku/{page}?usaha={other}").status_code == 404
        assert mentor_client.get(f"/saya/buku/{page}").status_code == 403
    for month in ("2026-13", "1999-01", f"{add_months(local_today(), 1):%Y-%m}"):
        assert mentor_client.get(f"{base}/{month}/laporan").status_code == 404


def test_an_office_takes_no_file_of_who_withdrew_but_the_owner_does(
    enterprise, officer, mentor_client, owner_client, write
):
    with transaction():
        write(local_today(), SALES, 5_000)
        enterprise.owner.objected_on = local_today()
    address = f"/usaha/{enterprise.id}/buku/{local_today():%Y-%m}/laporan"

    assert mentor_client.get(f"{address}.xlsx").status_code == 409
    assert mentor_client.get(f"{address}.pdf").status_code == 409
    own = owner_client.get(f"/saya/buku/laporan.xlsx?bulan={local_today():%Y-%m}")
    assert own.status_code == 200
    own.close()


def test_a_month_of_which_nothing_is_known_is_a_gap(
    enterprise, mentor, write, factories, mentor_client, owner_client
):
    newest, _second, third = months_back(local_today(), 3)
    with transaction():
        write(newest, SALES, 800_000)
        write(newest, "bahan", 300_000, is_owed=True)
        write(newest, "prive", 100_000)
        record_month(
            scope=everywhere(), by=mentor.id, way="pendamping", enterprise_id=enterprise.id,
            month=third, sales=500_000, costs=None, produced=None, workers=None,
            keeps_record=None,
        )  # fmt: skip

    points = course_of(everywhere(), enterprise.id).points

    assert (points[-1].sales, points[-1].surplus, points[-1].source) == (800_000, 500_000, BOOK)
    assert (points[-2].sales, points[-2].surplus, points[-2].source) == (None, None, "")
    assert (points[-3].sales, points[-3].surplus, points[-3].source) == (500_000, None, DIARY)
    for client, address in (
        (mentor_client, f"/usaha/{enterprise.id}/buku/grafik"),
        (owner_client, "/saya/buku/grafik"),
    ):
        page = client.get(address).get_data(as_text=True)
        # The sales stop at the gap: two stretches, and one for the surplus.
        assert page.count("<polyline") == 3
        assert "belum diisi" in page
        assert "Rp 500.000" in page


def test_where_only_channels_paid_nobody_knows_the_surplus(enterprise, mentor, factories):
    channel = factories.sales_channel(enterprise, mentor, is_consignment=True)
    days = (local_today() - months_back(local_today(), 1)[0]).days
    factories.paid_by(channel, mentor, days, 400_000)

    point = course_of(everywhere(), enterprise.id).points[-1]

    assert (point.sales, point.surplus, point.source) == (400_000, None, CHANNELS)
