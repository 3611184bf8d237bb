"""Moving a rule: seen at once wherever it counts, kept with its history, by admins alone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.field.queries.reference import reference
from app.health.models import HealthAssessment
from app.market.models import DatedRuleValue
from app.market.queries.dated_rules import rule
from app.market.services.dated_rules import set_rule
from app.web.filters import tanggal
from tests.factories.health import findings

HALAL = "/aturan/halal_wajib_mulai"
TODAY = local_today()
LATER = TODAY + timedelta(days=365)


def said(**changes):
    return {
        "value": tanggal(LATER),
        "valid_from": tanggal(TODAY),
        "source": "PP 99/2026 Pasal 1",
        "note": "Ditunda setahun",
        **changes,
    }


@pytest.fixture
def made_on(factories):
    """Sets a rule, with the day from which it counts."""
    by = factories.account().id

    def make(value, valid_from, code="spp_irt_berlaku_tahun"):
        with transaction():
            set_rule(
                rule_id=uuid4(), code=code, value=value, valid_from=valid_from, source="x", by=by
            )

    return make


def test_moving_the_halal_date_moves_the_knock_out_the_same_second(factories, admin_client):
    enterprise = factories.enterprise(sector="A")
    found = findings(4, LGL3=0)
    before = factories.assessment(enterprise=enterprise, found=found).id
    told_before = admin_client.get(f"/penilaian/{before}").text
    phone_before = reference(everywhere(admin_client.account_id))

    moved = admin_client.post(HALAL, data=said())
    after = factories.assessment(enterprise=enterprise, found=found).id
    phone_after = reference(everywhere(admin_client.account_id))

    assert moved.status_code == 303
    rows = {key: db.session.get(HealthAssessment, key) for key in (before, after)}
    assert (rows[before].knockouts, rows[before].final_class) == (["KO-5"], "kurang_sehat")
    assert (rows[after].knockouts, rows[after].final_class) == ([], "sehat")
    # What was judged stays judged, and is told as it was then.
    assert "Sertifikat halal belum diurus" in told_before
    assert "Sertifikat halal belum diurus" in admin_client.get(f"/penilaian/{before}").text
    assert "Sertifikat halal belum diurus" not in admin_client.get(f"/penilaian/{after}").text
    assert phone_after["instrument"]["halal_required_from"] == LATER.isoformat()
    assert phone_after["version"] != phone_before["version"]
    page = admin_client.get(HALAL).text
    assert all(text in page for text in (tanggal(LATER), "18 Oktober 2026", "Ditunda setahun"))
    assert tanggal(LATER) in admin_client.get("/aturan").text


def test_the_last_value_set_for_the_greatest_day_counts(made_on):
    made_on("3", TODAY - timedelta(days=20))
    made_on("4", TODAY)
    made_on("6", TODAY)
    made_on("9", TODAY - timedelta(days=30))
    made_on("8", TODAY + timedelta(days=1))

    values = [
        rule("spp_irt_berlaku_tahun", on=day).value
        for day in (date(2019, 1, 1), TODAY - timedelta(days=20), TODAY, LATER)
    ]

    assert values == [5, 3, 6, 8]


def test_a_form_sent_twice_sets_a_rule_once(admin_client):
    sent = said(number=str(uuid4()))

    answers = [admin_client.post(HALAL, data=sent).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(DatedRuleValue)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"value": "kapan-kapan"}, {"source": " "}, {"valid_from": "1/1/1980"}, {"valid_from": ""}],
)
def test_what_is_no_rule_is_refused_and_nothing_moves(admin_client, wrong):
    answer = admin_client.post(HALAL, data=said(**wrong))

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(DatedRuleValue)) == 0
    assert admin_client.get("/aturan/tidak_ada").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_admins_sets_rules(as_role, role):
    client = as_role(role)

    answers = [client.get("/aturan").status_code, client.post(HALAL, data=said()).status_code]

    assert answers == [403, 403]
    assert db.session.scalar(select(func.count()).select_from(DatedRuleValue)) == 0


def test_a_kept_value_beyond_its_bounds_never_counts(factories, made_on, admin_client):
    code = "spp_irt_komitmen_bulan"
    made_on("4", TODAY - timedelta(days=2), code=code)
    with transaction():
        db.session.add(
            DatedRuleValue(
                id=uuid4(), code=code, value=999_999, valid_from=TODAY, source="dahulu", note="",
                set_by=admin_client.account_id, set_at=utc_now(),
            )
        )  # fmt: skip

    board, page = admin_client.get("/izin"), admin_client.get(f"/aturan/{code}").text

    assert board.status_code == 200
    assert rule(code, on=TODAY).value == 4
    assert "di luar batas, tidak dipakai" in page
    assert "999.999 bulan" not in admin_client.get("/aturan").text
