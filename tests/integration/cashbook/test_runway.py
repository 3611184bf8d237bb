"""Whose cash does not last two weeks, and the page of ratios."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.cashbook.queries.facts import cash_facts
from app.cashbook.queries.runway import runway_count, runway_lines
from app.cashbook.rules.windows import full_months
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere, nowhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from tests.cases.cash_books import BOOKS, ON, write_book

TODAY = local_today()


def spends(out, cash, *, counted=True):
    """Thirty days old, `out` a day for the last ten, `cash` at hand today."""
    first = TODAY - timedelta(days=40)
    days = [f"{TODAY - timedelta(days=back)} bahan {out}" for back in range(10)]
    begin = 1_000_000 if counted else cash + 10 * out
    lines = [f"{first} modal_masuk {begin}", *days]
    return {"lines": lines, "counts": [f"{TODAY} {cash}"] if counted else []}


@pytest.fixture
def mentor(as_role):
    return as_role(Role.MENTOR)


def cared(factories, client, name):
    row = factories.enterprise(name=name)
    with transaction():
        db.session.get_one(Enterprise, row.id).mentor_id = client.account_id
    return row.id


def test_less_than_fourteen_days_is_told_the_shortest_first(factories, mentor):
    by = mentor.account_id
    # 30,000 went out in 30 days: 1,000 a day.
    for name, book in (
        ("Empat belas", spends(3_000, 14_000)),
        ("Tiga belas", spends(3_000, 13_999)),
        ("Habis", spends(3_000, 0)),
        ("Perkiraan", spends(3_000, 5_000, counted=False)),
        ("Kurang dari nol", spends(3_000, -1_000, counted=False)),
        ("Tanpa pengeluaran", {"lines": [f"{TODAY} penjualan 100"]}),
    ):
        write_book(book, cared(factories, mentor, name), by)

    lines = runway_lines(everywhere(), on=TODAY)

    assert [(line.enterprise_name, line.days, line.is_estimate) for line in lines] == [
        ("Habis", 0, False),
        ("Perkiraan", 5, True),
        ("Tiga belas", 13, False),
    ]
    assert runway_count(nowhere(), on=TODAY) == 0
    for line in lines:
        facts = cash_facts([line.enterprise_id], on=TODAY)[line.enterprise_id]
        assert (line.days, line.cash) == (facts.runway_days, facts.cash)


def test_the_lines_say_the_same_as_the_ratios_of_books_by_hand(factories, mentor):
    for book in BOOKS:
        write_book(book, cared(factories, mentor, book["name"]), mentor.account_id)

    told = {line.enterprise_name: line.days for line in runway_lines(everywhere(), on=ON)}

    days = {book["name"]: book.get("expect", {}).get("runway_days") for book in BOOKS}
    assert told == {name: left for name, left in days.items() if left is not None and left < 14}


def test_nobody_is_told_of_who_closed_or_of_others_enterprises(factories, mentor, as_role):
    own = cared(factories, mentor, "Warung Sendiri")
    other = factories.enterprise(name="Warung Lain").id
    for key in (own, other):
        write_book(spends(3_000, 2_000), key, mentor.account_id)

    today, mine = mentor.get("/hari-ini").text, mentor.get("/buku-kas/kas-tipis").text
    desk = as_role(Role.LABOUR_OFFICER, area="33.02").get("/buku-kas/kas-tipis").text
    with transaction():
        db.session.get_one(Enterprise, own).life_cycle = "tutup"
    later = mentor.get("/hari-ini").text

    for page in (today, mine):
        assert "Warung Sendiri" in page
        assert "kas cukup 2 hari" in page
        assert "Warung Lain" not in page
    assert "Warung Lain" in desk
    assert "kas cukup" not in later


def test_the_officers_desk_counts_them(factories, mentor, as_role):
    write_book(spends(3_000, 2_000), cared(factories, mentor, "Warung"), mentor.account_id)

    page = as_role(Role.LABOUR_OFFICER, area="33.02").get("/daftar-kerja").text

    assert "Kas usaha kurang dari 14 hari" in page
    assert "/buku-kas/kas-tipis" in page


@pytest.mark.parametrize("role", [Role.VILLAGE_OFFICER, Role.COOPERATIVE_OFFICER])
def test_who_may_not_read_books_sees_neither_ratios_nor_thin_cash(factories, as_role, role):
    key = factories.enterprise().id
    client = as_role(role, area="33.02")

    assert client.get(f"/usaha/{key}/buku/angka").status_code == 403
    assert client.get("/buku-kas/kas-tipis").status_code == 403


def test_the_page_of_ratios_tells_each_with_its_numbers_and_leads_to_the_lines(factories, mentor):
    key, foreign = cared(factories, mentor, "Warung"), factories.enterprise().id
    month = full_months(TODAY)[0]
    lines = [
        f"{day} {said}"
        for day in full_months(TODAY)
        for said in ("penjualan 1000000", "bahan 700000", "prive 60000", "cicilan_pokok 30000")
    ]
    empty = mentor.get(f"/usaha/{key}/buku/angka").text
    write_book({"lines": lines}, key, mentor.account_id)

    page = mentor.get(f"/usaha/{key}/buku/angka").text
    costs = mentor.get(f"/usaha/{key}/buku?bulan={month:%Y-%m}&angka=cicilan").text

    assert "Belum ada catatan di buku kas" in empty
    for words in (
        "penjualan Rp 3.000.000, biaya usaha Rp 2.100.000",
        "Rp 900.000",
        "30%",
        "20%",
        "10%",
        "pengakuan",
        f"bulan={month:%Y-%m}&amp;angka=biaya",
    ):
        assert words in page
    assert "Rp 30.000" in costs
    assert "Rp 700.000" not in costs.split('id="catatan"')[1]
    assert mentor.get(f"/usaha/{foreign}/buku/angka").status_code == 404
    assert mentor.get(f"/usaha/{new_id()}/buku/angka").status_code == 404
