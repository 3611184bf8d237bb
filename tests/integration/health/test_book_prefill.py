"""What the cash book says stands in the assessment form, and the knock-outs read its numbers."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from app.cashbook.rules.windows import full_months
from app.core.clock import local_today
from app.core.months import month_end
from app.core.permissions import Role
from app.credit.models import Loan
from app.credit.services.schedules import lay_schedule
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import HealthAssessment
from app.health.queries import known_answers
from tests.cases.cash_books import write_book

TODAY = local_today()
MONTHS = full_months(TODAY)
START = {"assessed_on": f"{TODAY:%d/%m/%Y}", "has_equipment": "tidak", "off_season": "tidak"}


class Shown(HTMLParser):
    """What a form would send if it were sent as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        one = dict(attrs)
        if tag == "select":
            self._select = one["name"]
        elif tag == "option" and ("selected" in one or self._select not in self.values):
            self.values[self._select] = one.get("value", "")
        elif tag == "input" and one.get("name"):
            is_choice = one.get("type") in ("radio", "checkbox")
            if not is_choice or "checked" in one:
                self.values[one["name"]] = one.get("value", "")


@pytest.fixture
def enterprise(factories):
    return factories.enterprise(sector="D", started_on=TODAY - timedelta(days=900))


@pytest.fixture
def mentor(as_role, enterprise):
    client = as_role(Role.MENTOR)
    with transaction():
        db.session.get_one(Enterprise, enterprise.id).mentor_id = client.account_id
    return client


def failing_book() -> dict[str, list[str]]:
    """Written every day; one sale long ago, a loss in each month, installments, a large debt."""
    days = [f"{first}..{month_end(first)}" for first in MONTHS]
    lately = max(TODAY.replace(day=1), TODAY - timedelta(days=6))
    return {
        "lines": [
            *(f"{span} ongkir 100000" for span in days),
            f"{MONTHS[0]} penjualan 1000000",
            *(f"{first} cicilan_pokok 50000" for first in MONTHS),
            f"{lately} bahan 10000000 owed due={TODAY + timedelta(days=5)}",
            *(f"{TODAY - timedelta(days=back)} upah 10000" for back in range(30)),
        ],
        "counts": [f"{TODAY} 1000000"],
    }


def assess(client, enterprise_id) -> HealthAssessment:
    form = f"/penilaian/baru/{enterprise_id}"
    assert client.post(form, data=START).status_code == 303
    for step in ("keu", "psr", "mnj", "mdl"):
        said = Shown(client.get(f"{form}/{step}").text).values
        assert client.post(f"{form}/{step}", data=said).status_code == 303, step
    assert client.post(f"{form}/periksa").status_code == 303
    return db.session.query(HealthAssessment).one()


def test_a_form_sent_as_it_stands_records_the_numbers_and_the_rules_read_them(mentor, enterprise):
    write_book(failing_book(), enterprise.id, mentor.account_id)

    page = mentor.get(f"/penilaian/baru/{enterprise.id}")
    done = assess(mentor, enterprise.id)

    assert page.status_code == 200
    assert {"KO-1", "KO-2", "KO-4", "KO-7"} <= {str(one)[:4] for one in done.knockouts}
    assert done.context["loss_months"] == 3
    assert done.context["days_since_last_sale"] == (TODAY - MONTHS[0]).days
    assert done.context["installments_without_surplus"] is True
    # 1 million for 10 million and an installment of 50,000, rounded down.
    assert float(done.context["quick_ratio"]) == 0.09


def test_a_late_loan_that_the_book_does_not_know_reaches_the_rules_of_debt(
    factories, mentor, enterprise
):
    # 300,000 are left of three months; the lender asks for 100,000 a month and got nothing.
    sold = [f"{first} penjualan 100000" for first in MONTHS]
    write_book({"lines": sold}, enterprise.id, mentor.account_id)
    terms = {"amount": 1_000_000, "rate": 0, "count": 10, "state": "berjalan"}
    key = factories.loan(factories.lender(), enterprise, **terms).id
    with transaction():
        late = TODAY - timedelta(days=121)
        lay_schedule(db.session.get_one(Loan, key), first_due_on=late, schedule_no=1)

    done = assess(mentor, enterprise.id)

    assert {"KO-3", "KO-4"} <= {str(one)[:4] for one in done.knockouts}
    assert (done.context["arrears_days"], float(done.context["debt_service_ratio"])) == (121, 1.0)


def test_the_form_tells_the_numbers_behind_and_marks_who_says_otherwise(mentor, enterprise):
    write_book(failing_book(), enterprise.id, mentor.account_id)
    mentor.post(f"/penilaian/baru/{enterprise.id}", data=START)
    address = f"/penilaian/baru/{enterprise.id}/keu"

    shown = mentor.get(address).text
    said = Shown(shown).values
    refused = mentor.post(address, data={**said, "KEU1": "4"})
    kept = mentor.post(address, data={**said, "KEU1": "4", "KEU1_alasan": "Ada buku lain"})

    assert "Dari data: <strong>Rugi (kurang dari 0%)</strong>" in shown
    assert "penjualan Rp 1.000.000" in shown
    assert (said["KEU1"], said["KEU1_bukti"], said["loss_months"]) == ("0", "buku", "3")
    assert refused.status_code == 422
    assert "bertentangan dengan data" in refused.text
    assert kept.status_code == 303


def test_the_market_answers_alone_until_there_is_a_book(factories, mentor, enterprise):
    by = mentor.account_id
    shop = {"payment_days": 30, "deliveries": [], "payments": []}
    first, paid = TODAY - timedelta(days=60), TODAY - timedelta(days=20)
    write_book(
        {
            "channels": {
                "shop": {
                    **shop,
                    "deliveries": [f"{first} 1000000"],
                    "payments": [f"{paid} 1000000"],
                }
            }
        },
        enterprise.id,
        by,
    )

    alone = known_answers(enterprise.id, on=TODAY)
    write_book({"lines": [f"{TODAY} penjualan 3000000"]}, enterprise.id, by)
    both = known_answers(enterprise.id, on=TODAY)

    assert "rata-rata 40 hari" in alone["PSR4"].source
    assert not {"KEU1", "PSR2", "MNJ1"} & set(alone)
    # 1 million waited 40 days, 3 million none.
    assert "rata-rata 10 hari" in both["PSR4"].source
    assert both["PSR3"].points == 2
    assert both["PSR2"].points == 4


def test_without_a_book_the_diary_speaks_as_the_owners_word(mentor, enterprise):
    told = [f"{first:%Y-%m} 1000000 800000" for first in MONTHS]
    write_book({"diary": told}, enterprise.id, mentor.account_id)

    known = known_answers(enterprise.id, on=TODAY)

    assert (known["KEU1"].points, known["KEU1"].evidence) == (3, "pengakuan")
    assert known["KEU1"].source.startswith("Buku harian bulanan")
    assert set(known) & {"PSR1", "MNJ1", "KEU3", "MDL1"} == set()


def test_outside_its_season_the_form_begins_with_that(mentor, enterprise):
    with transaction():
        row = db.session.get_one(Enterprise, enterprise.id)
        row.is_seasonal, row.season_months = True, [TODAY.month % 12 + 1]

    off = Shown(mentor.get(f"/penilaian/baru/{enterprise.id}").text).values
    with transaction():
        row = db.session.get_one(Enterprise, enterprise.id)
        row.season_months = [TODAY.month]
    on = Shown(mentor.get(f"/penilaian/baru/{enterprise.id}").text).values

    assert (off["off_season"], on["off_season"]) == ("ya", "tidak")


def test_no_assessment_reads_a_book_of_before_it_began(mentor, enterprise):
    write_book(failing_book(), enterprise.id, mentor.account_id)

    assert "KEU1" not in known_answers(enterprise.id, on=date(2020, 1, 1))


def test_a_village_officer_reads_no_sum_of_the_book_beside_an_answer(mentor, enterprise, as_role):
    write_book(failing_book(), enterprise.id, mentor.account_id)
    form = f"/penilaian/baru/{enterprise.id}"
    mentor.post(form, data=START)
    said = Shown(mentor.get(f"{form}/keu").text).values
    mentor.post(f"{form}/keu", data={**said, "KEU1": "4", "KEU1_alasan": "Ada buku lain"})
    for step in ("psr", "mnj", "mdl"):
        mentor.post(f"{form}/{step}", data=Shown(mentor.get(f"{form}/{step}").text).values)
    mentor.post(f"{form}/periksa")
    done = db.session.query(HealthAssessment).one()
    village = as_role(Role.VILLAGE_OFFICER)

    told, kept = (one.get(f"/penilaian/{done.id}").text for one in (mentor, village))

    assert "Bertentangan dengan data" in told
    assert told.count("penjualan Rp 1.000.000") == 2
    assert "Bertentangan dengan data" not in kept
    assert "Buku kas" in kept
    assert "Ada buku lain" in kept
    assert "Rp" not in kept
