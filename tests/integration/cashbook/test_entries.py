"""Lines of the cash book: each counts once, none is changed, no rupiah stands twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cashbook.models import BookHabit, CashCount, CashEntry
from app.cashbook.queries.book import cash_at_hand, habit_of, owed_lines, sums_of
from app.cashbook.queries.lines import book_lines
from app.cashbook.services.counts import record_count
from app.cashbook.services.entries import correct_entry, record_entry, take_back_entry
from app.cashbook.services.habits import save_habit
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.services import withdraw_consent
from app.history.models import HistoryEntry
from app.market.models import ChannelPayment


class Book:
    """The book of one enterprise, written as a mentor does."""

    def __init__(self, enterprise, mentor):
        self.key, self.by = enterprise.id, mentor.id
        self.who = {"scope": everywhere(), "by": self.by}

    def _said(self, category, amount, values):
        days_ago = values.pop("days_ago", 0)
        return {
            **self.who,
            "way": "pendamping",
            "enterprise_id": self.key,
            "category": category,
            "amount": amount,
            "happened_on": local_today() - timedelta(days=days_ago),
            **values,
        }

    def write(self, category, amount, **values):
        with transaction():
            return record_entry(**self._said(category, amount, values))

    def correct(self, old, category, amount, **values):
        with transaction():
            return correct_entry(corrects_id=old, **self._said(category, amount, values))

    def take_back(self, old, reason="Salah tulis", entry_id=None):
        with transaction():
            return take_back_entry(
                **self.who, entry_id=entry_id or new_id(), corrects_id=old, reason=reason
            )

    def count(self, amount, days_ago=0, **values):
        with transaction():
            return record_count(
                **self.who,
                enterprise_id=self.key,
                counted_on=local_today() - timedelta(days=days_ago),
                amount=amount,
                **values,
            )

    def lines(self, **values):
        found = book_lines(everywhere(), self.key, **values).lines
        return [(one.category, one.amount) for one in found]


@pytest.fixture
def book(enterprise, mentor):
    return Book(enterprise, mentor)


def test_a_line_that_comes_twice_is_written_once(book):
    key = new_id()
    for _ in range(2):
        written = book.write("penjualan", 75_000, entry_id=key, note=" Bazar ")

    assert written.entry_id == key
    assert book.lines() == [("penjualan", 75_000)]
    actions = db.session.scalars(
        select(HistoryEntry.action).where(HistoryEntry.subject_id == key)
    ).all()
    assert actions == ["cash.recorded"]


def test_an_id_that_says_something_else_is_refused(book, factories, mentor):
    key = book.write("penjualan", 75_000).entry_id
    other = Book(factories.enterprise(mentor=mentor), mentor)

    with pytest.raises(Conflict):
        book.write("penjualan", 80_000, entry_id=key)
    with pytest.raises(Conflict):
        other.write("penjualan", 75_000, entry_id=key)
    assert book.lines() == [("penjualan", 75_000)]
    assert other.lines() == []


def test_a_correction_names_the_old_line_which_goes_on_standing_there(book):
    old = book.write("bahan", 500_000).entry_id
    new = book.correct(old, "bahan", 50_000).entry_id

    assert book.lines() == [("bahan", 50_000)]
    assert sorted(book.lines(with_struck=True)) == [("bahan", 50_000), ("bahan", 500_000)]
    rows = {row.id: row for row in db.session.scalars(select(CashEntry))}
    assert (rows[old].amount, rows[old].is_current) == (500_000, False)
    assert rows[new].corrects_id == old
    with pytest.raises(Conflict):
        book.correct(old, "bahan", 60_000)
    with pytest.raises(Conflict):
        book.take_back(old)


def test_a_line_is_taken_back_once_and_with_a_reason(book):
    old = book.write("upah", 100_000).entry_id
    key = new_id()
    with pytest.raises(InvalidInput):
        book.take_back(old, reason="  ")
    for _ in range(2):
        book.take_back(old, entry_id=key)

    assert book.lines() == []
    struck = book_lines(everywhere(), book.key, with_struck=True).lines
    assert [(one.amount, one.is_taken_back, one.reason) for one in struck] == [
        (100_000, True, "Salah tulis")
    ]


def test_what_is_owed_is_paid_in_parts_and_never_beyond(book):
    owed = book.write("penjualan", 300_000, is_owed=True, days_ago=9).entry_id
    book.write("penjualan", 100_000, settles_id=owed, days_ago=2)

    assert [(one.amount, one.left) for one in owed_lines(book.key)] == [(300_000, 200_000)]
    with pytest.raises(InvalidInput):
        book.write("penjualan", 200_001, settles_id=owed)
    with pytest.raises(WrongState):
        book.take_back(owed)
    book.write("penjualan", 200_000, settles_id=owed)
    assert owed_lines(book.key) == ()
    assert sums_of(book.key, local_today()).sales in (0, 300_000)


def test_a_corrected_debt_keeps_what_was_paid_of_it(book):
    owed = book.write("bahan", 300_000, is_owed=True, days_ago=9).entry_id
    paid = book.write("bahan", 100_000, settles_id=owed, days_ago=2).entry_id
    with pytest.raises(InvalidInput):
        book.correct(owed, "bahan", 90_000, is_owed=True, days_ago=9)
    new = book.correct(owed, "bahan", 250_000, is_owed=True, days_ago=9).entry_id

    assert [(one.id, one.left) for one in owed_lines(book.key)] == [(new, 150_000)]
    assert db.session.get(CashEntry, paid).is_current is False
    standing = db.session.scalars(select(CashEntry).where(CashEntry.corrects_id == paid)).one()
    assert (standing.settles_id, standing.amount) == (new, 100_000)


def test_what_a_consignment_pays_stands_in_its_ledger_alone(book, factories, enterprise, mentor):
    channel = factories.sales_channel(enterprise, mentor, is_consignment=True).id
    key = new_id()
    for _ in range(2):
        written = book.write("penjualan", 90_000, channel_id=channel, entry_id=key)

    assert (written.entry_id, written.payment_id) == (None, key)
    assert db.session.scalar(select(func.count()).select_from(CashEntry)) == 0
    line = book_lines(everywhere(), book.key).lines[0]
    assert (line.source, line.amount, line.may_change) == ("kanal", 90_000, False)
    assert sums_of(book.key, local_today()).money_in == 90_000
    with pytest.raises(Conflict):
        book.write("penjualan", 95_000, channel_id=channel, entry_id=key)
    with pytest.raises(WrongState):
        book.write("penjualan", 90_000, channel_id=channel, is_owed=True)


def test_a_stall_that_pays_at_once_stands_in_the_book(book, factories, enterprise, mentor):
    stall = factories.sales_channel(enterprise, mentor, kind="pasar", payment_days=0).id
    plan = factories.sales_channel(enterprise, mentor, kind="pasar", opened_on=None).id
    book.write("penjualan", 40_000, channel_id=stall)

    assert db.session.scalars(select(CashEntry.channel_id)).all() == [stall]
    assert db.session.scalar(select(func.count()).select_from(ChannelPayment)) == 0
    with pytest.raises(WrongState):
        book.write("penjualan", 40_000, channel_id=plan)


def test_a_line_that_belonged_to_a_ledger_moves_there(book, factories, enterprise, mentor):
    channel = factories.sales_channel(enterprise, mentor, payment_days=14).id
    old = book.write("penjualan", 60_000).entry_id
    written = book.correct(old, "penjualan", 60_000, channel_id=channel)

    assert written.payment_id is not None
    assert [one.source for one in book_lines(everywhere(), book.key).lines] == ["kanal"]
    assert sums_of(book.key, local_today()).sales == 60_000


def test_cash_at_hand_is_the_last_count_and_what_moved_after_it(book):
    book.write("penjualan", 500_000, days_ago=5)
    before = cash_at_hand(book.key, on=local_today())
    book.count(200_000, days_ago=3)
    book.write("bahan", 50_000, days_ago=3)
    book.write("penjualan", 80_000, days_ago=1)
    owed = book.write("penjualan", 70_000, days_ago=1, is_owed=True).entry_id

    assert (before.amount, before.is_estimate) == (500_000, True)
    # What moved on the day of the count was counted.
    assert cash_at_hand(book.key, on=local_today()).amount == 280_000
    book.write("penjualan", 70_000, settles_id=owed)
    now = cash_at_hand(book.key, on=local_today())
    assert (now.amount, now.counted_on) == (350_000, local_today() - timedelta(days=3))


def test_a_count_comes_once_and_may_be_nothing(book):
    key = new_id()
    for _ in range(2):
        book.count(0, count_id=key)

    assert db.session.scalar(select(func.count()).select_from(CashCount)) == 1
    with pytest.raises(Conflict):
        book.count(1_000, count_id=key)
    with pytest.raises(InvalidInput):
        book.count(-1)


def test_the_habit_is_kept_with_its_version(book):
    said = {**book.who, "enterprise_id": book.key}
    with transaction():
        save_habit(**said, open_weekdays=[6, 0, 0], is_seasonal=True, version=0)
    with pytest.raises(Conflict), transaction():
        save_habit(**said, open_weekdays=[1], is_seasonal=False, version=0)
    with pytest.raises(InvalidInput), transaction():
        save_habit(**said, open_weekdays=[], is_seasonal=False)

    habit = habit_of(book.key)
    assert (habit.open_weekdays, habit.is_seasonal, habit.version) == ((0, 6), True, 1)
    assert db.session.scalar(select(func.count()).select_from(BookHabit)) == 1


def test_who_does_not_reach_an_enterprise_finds_neither_it_nor_its_lines(book, factories, mentor):
    key = book.write("penjualan", 75_000).entry_id
    stranger = Scope(account_id=mentor.id, mentor_account_id=new_id())
    book.who = {"scope": stranger, "by": mentor.id}

    for attempt in (
        lambda: book.write("penjualan", 1_000),
        lambda: book.correct(key, "penjualan", 1_000),
        lambda: book.take_back(key),
        lambda: book.take_back(new_id()),
        lambda: book.count(1_000),
        lambda: book_lines(stranger, book.key),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_line_names_nothing_of_another_enterprise(book, factories, mentor):
    elsewhere = factories.enterprise(mentor=mentor)
    other = Book(elsewhere, mentor)
    channel = factories.sales_channel(elsewhere, mentor, payment_days=0).id
    owed = other.write("penjualan", 10_000, is_owed=True).entry_id
    photo = factories.stored_photo().id

    for foreign in ({"channel_id": channel}, {"settles_id": owed}, {"photo_id": photo}):
        with pytest.raises(NotFound):
            book.write("penjualan", 5_000, **foreign)
    with pytest.raises(NotFound):
        book.correct(owed, "penjualan", 5_000)


def test_nothing_is_written_after_the_owner_withdrew(book, enterprise, mentor):
    owner_id, by = enterprise.owner_id, mentor.id
    with transaction():
        withdraw_consent(
            owner_id=owner_id,
            purpose_key="pendampingan",
            withdrawn_on=local_today(),
            reason=None,
            scope=everywhere(),
            by=by,
        )

    for attempt in (lambda: book.write("penjualan", 5_000), lambda: book.count(5_000)):
        with pytest.raises(WrongState):
            attempt()
